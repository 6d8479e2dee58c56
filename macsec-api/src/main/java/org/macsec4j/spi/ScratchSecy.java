package org.macsec4j.spi;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.Sci;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;

/**
 * A SecY to try something with, as what hardware takes cannot be asked. It is never up, and is
 * taken away whatever happens.
 *
 * <p>Its name and SCI are drawn at random, and those that exist are refused; it is taken away by
 * number and name together, so that no other SecY is ever meant. If this process is killed in that
 * moment, an interface {@code mprobe…} is left over.
 */
public final class ScratchSecy {
  private static final String NAME = "mprobe";
  private static final int NAME_OCTETS = 4;
  private static final int LOCAL_UNICAST = 0x02;
  private static final int ATTEMPTS = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  private ScratchSecy() {}

  /**
   * Makes a SecY, tries something and takes it away.
   *
   * @param <T> what the trial tells
   * @param backend where
   * @param config of the SecY; it gets another name and SCI
   * @param trial what is tried
   * @return what the trial told
   * @throws MacsecException when the SecY is refused, by the trial, or when it cannot be taken away
   */
  public static <T> T with(MacsecBackend backend, SecyConfig config, Function<SecyId, T> trial) {
    RandomGenerator random = backend.randomness().orElse(RANDOM);
    SecyId scratch = create(backend, config, random);
    T told;
    try {
      told = trial.apply(scratch);
    } catch (MacsecException e) {
      try {
        remove(backend, scratch);
      } catch (MacsecException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
    remove(backend, scratch);
    return told;
  }

  /**
   * What was said of a scratch SecY, without its name, which tells nobody anything.
   *
   * @param message for instance of an exception
   * @return the message with {@code a scratch SecY} in its place
   */
  public static String withoutName(String message) {
    return message.replaceAll(NAME + "[0-9a-f]{" + 2 * NAME_OCTETS + "}", "a scratch SecY");
  }

  private static SecyId create(MacsecBackend backend, SecyConfig config, RandomGenerator random) {
    for (int attempt = 1; ; attempt++) {
      try {
        return backend.create(
            config.toBuilder().name(name(backend, random)).sci(strangeSci(random)).build());
      } catch (MacsecException e) {
        if (e.kind() != Kind.EXISTS || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** A name that no interface has, whatever the backend does with those that are left over. */
  private static String name(MacsecBackend backend, RandomGenerator random) {
    byte[] octets = new byte[NAME_OCTETS];
    String name;
    do {
      random.nextBytes(octets);
      name = NAME + HexFormat.of().formatHex(octets);
    } while (backend.list().stream().map(SecyId::name).anyMatch(name::equals));
    return name;
  }

  /**
   * An SCI that nobody has, as its address is drawn at random of those that nobody gives out.
   *
   * @param random draws it
   * @return the SCI
   */
  public static Sci strangeSci(RandomGenerator random) {
    byte[] address = new byte[MacAddress.LENGTH];
    random.nextBytes(address);
    address[0] = (byte) ((address[0] & ~1) | LOCAL_UNICAST);
    return new Sci(MacAddress.of(address, 0), Sci.END_STATION_PORT);
  }

  private static void remove(MacsecBackend backend, SecyId scratch) {
    if (backend.list().contains(scratch)) {
      backend.delete(scratch);
    }
  }
}
