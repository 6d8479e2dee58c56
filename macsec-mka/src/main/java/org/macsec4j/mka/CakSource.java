package org.macsec4j.mka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a CAK is kept, to be read when it is needed: a file, a key store, a credential that systemd
 * hands to a service or, for who has nothing better, the environment.
 *
 * <p>There is none for the arguments of a program: every user of a machine can see these. Errors
 * name the place and never repeat what is in it.
 */
public final class CakSource {
  private static final Logger LOG = LoggerFactory.getLogger(CakSource.class);
  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";
  private static final UnaryOperator<@Nullable String> ENVIRONMENT = System::getenv;

  private final String place;
  private final Supplier<Cak> reader;

  private CakSource(String place, Supplier<Cak> reader) {
    this.place = place;
    this.reader = reader;
  }

  /**
   * A text file of 32 or 64 hexadecimal digits that its owner alone may read; see {@link
   * Cak#read(Path)}.
   *
   * @param file the file
   * @return the source
   */
  public static CakSource file(Path file) {
    Objects.requireNonNull(file, "file");
    return new CakSource("file " + file, () -> Cak.read(file));
  }

  /**
   * A secret key in a PKCS#12 key store.
   *
   * @param file the key store
   * @param alias the name of the key in it
   * @param password gives the password of the store, which is the key's as well; the array is
   *     filled with zeros after use
   * @return the source
   */
  public static CakSource keyStore(Path file, String alias, Supplier<char[]> password) {
    Objects.requireNonNull(alias, "alias");
    Objects.requireNonNull(password, "password");
    String place = "key store " + Objects.requireNonNull(file, "file") + ", alias " + alias;
    return new CakSource(place, () -> fromKeyStore(file, alias, password, place));
  }

  /**
   * A credential of a systemd service ({@code LoadCredential=} or {@code SetCredential=}): a file
   * as of {@link #file} in the folder that the environment names {@code CREDENTIALS_DIRECTORY}.
   * systemd keeps others away from that folder, so permissions of the file do not matter.
   *
   * @param name the name of the credential
   * @return the source
   * @throws IllegalArgumentException when the name is none of a file in that folder
   */
  public static CakSource credential(String name) {
    return credential(name, ENVIRONMENT);
  }

  static CakSource credential(String name, UnaryOperator<@Nullable String> environment) {
    if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "a credential is named as a file, without a folder: not \"" + name + '"');
    }
    return new CakSource(
        "credential " + name,
        () -> {
          String folder = environment.apply(CREDENTIALS);
          if (folder == null) {
            throw new IllegalArgumentException(
                "there is no credential "
                    + name
                    + ": "
                    + CREDENTIALS
                    + " is not set; hint: LoadCredential= in the unit of the service");
          }
          return Cak.read(Path.of(folder, name), false);
        });
  }

  /**
   * A variable of the environment with 32 or 64 hexadecimal digits. Reading it logs a warning: all
   * children of this process and whoever may look at it see the environment, and it cannot be
   * zeroed.
   *
   * @param variable its name
   * @return the source
   */
  public static CakSource environment(String variable) {
    return environment(variable, ENVIRONMENT);
  }

  static CakSource environment(String variable, UnaryOperator<@Nullable String> environment) {
    Objects.requireNonNull(variable, "variable");
    return new CakSource(
        "environment variable " + variable,
        () -> {
          String digits = environment.apply(variable);
          if (digits == null) {
            throw new IllegalArgumentException(
                "there is no CAK in the environment: " + variable + " is not set");
          }
          LOG.warn(
              "a CAK is read from the environment ({}), which children of this process see too;"
                  + " a file, a key store or a credential is better",
              variable);
          return parse(digits, variable);
        });
  }

  private static Cak parse(String digits, String variable) {
    try {
      return Cak.parse(digits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(variable + ": " + e.getMessage(), e);
    }
  }

  private static Cak fromKeyStore(
      Path file, String alias, Supplier<char[]> passwordOf, String place) {
    char[] password = passwordOf.get();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      Key key = store.getKey(alias, password);
      if (key == null) {
        throw new IllegalArgumentException("there is no key in " + place);
      }
      return ofKey(key, place);
    } catch (UnrecoverableKeyException e) {
      throw new IllegalArgumentException(place + ": the password does not open the key", e);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw new IllegalArgumentException(place + ": the password does not open the store", e);
      }
      throw new UncheckedIOException("cannot read the " + place + ": " + e, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static Cak ofKey(Key key, String place) {
    byte[] octets = key.getEncoded();
    if (octets == null) {
      throw new IllegalArgumentException(place + ": the key store does not give the key away");
    }
    try {
      return Cak.of(octets);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * Reads the key.
   *
   * @return a new key, for the caller to destroy
   * @throws UncheckedIOException when a file cannot be read
   * @throws IllegalArgumentException when there is no such key, its file is open to others, the
   *     password is wrong, or something else is there
   */
  public Cak read() {
    return reader.get();
  }

  /** Where the key is; never the key. */
  @Override
  public String toString() {
    return place;
  }
}
