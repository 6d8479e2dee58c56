package org.macsec4j;

/**
 * What a backend calls a SecY: the number stays when the interface is renamed.
 *
 * @param index the interface index, unique within the backend
 * @param name the name of the secured interface when the SecY was made or read
 */
public record SecyId(int index, String name) {
  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
