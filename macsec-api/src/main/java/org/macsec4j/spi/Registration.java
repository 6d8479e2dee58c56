package org.macsec4j.spi;

/** Something that goes on until it is closed. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  /** Ends it. Repeating it does no harm. */
  @Override
  void close();
}
