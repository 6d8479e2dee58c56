package org.macsec4j.testkit.kernel;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Tells events to the host, each at once. */
final class EventWriter implements AutoCloseable {
  private final OutputStream out;

  EventWriter(Path file) throws IOException {
    this.out = new FileOutputStream(file.toFile(), true);
  }

  synchronized void write(GuestEvent event) {
    try {
      out.write(event.toLine().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("the host does not hear", e);
    }
  }

  /** A stream whose text is told as events of the given kind, line by line. */
  PrintStream stream(GuestEvent.Kind kind) {
    return new PrintStream(new Printed(kind), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  private final class Printed extends OutputStream {
    private final GuestEvent.Kind kind;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    Printed(GuestEvent.Kind kind) {
      this.kind = kind;
    }

    @Override
    public synchronized void write(int octet) {
      pending.write(octet);
    }

    @Override
    public synchronized void write(byte[] octets, int from, int count) {
      pending.write(octets, from, count);
    }

    @Override
    public synchronized void flush() {
      if (pending.size() > 0) {
        EventWriter.this.write(GuestEvent.of(kind, pending.toString(StandardCharsets.UTF_8)));
        pending.reset();
      }
    }
  }
}
