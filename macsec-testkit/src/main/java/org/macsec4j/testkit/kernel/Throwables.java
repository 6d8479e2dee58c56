package org.macsec4j.testkit.kernel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.Base64;

/**
 * Carries what was thrown from the guest to the host, so that here the same type is thrown with the
 * stack trace of there. What cannot be serialised travels as {@link GuestException}.
 */
final class Throwables {
  private Throwables() {}

  static String toText(Throwable thrown) {
    byte[] octets;
    try {
      octets = serialise(thrown);
    } catch (IOException | RuntimeException e) {
      octets = serialiseCopy(GuestException.copyOf(thrown));
    }
    return Base64.getEncoder().encodeToString(octets);
  }

  static Throwable fromText(String text, ClassLoader loader) {
    byte[] octets = Base64.getDecoder().decode(text);
    try (ObjectInputStream in = new LoaderInput(new ByteArrayInputStream(octets), loader)) {
      return (Throwable) in.readObject();
    } catch (IOException | ReflectiveOperationException | RuntimeException e) {
      return new IllegalStateException("the guest threw what cannot be read here", e);
    }
  }

  private static byte[] serialise(Throwable thrown) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(octets)) {
      out.writeObject(thrown);
    }
    return octets.toByteArray();
  }

  private static byte[] serialiseCopy(GuestException copy) {
    try {
      return serialise(copy);
    } catch (IOException e) {
      throw new AssertionError("made of strings only", e);
    }
  }

  /** Looks for classes where the test class is from. */
  private static final class LoaderInput extends ObjectInputStream {
    private final ClassLoader loader;

    LoaderInput(InputStream in, ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(type.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(type); // primitive types
      }
    }
  }
}
