package org.macsec4j.mka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;

/**
 * What holds for every {@link MkaConfig}; finds all that is wrong, each with the accepted range.
 */
final class MkaConfigChecks {
  private static final Duration MAX_TIME = Duration.ofSeconds(60);
  private static final Duration MIN_HELLO = Duration.ofMillis(100);
  private static final Duration MAX_HELLO = Duration.ofSeconds(10);
  private static final Duration MIN_REKEY = Duration.ofSeconds(30);
  private static final Duration MAX_REKEY = Duration.ofSeconds(65535);
  private static final Duration MIN_RAMP_UP = Duration.ofMillis(10);
  private static final int MAX_RAMP_UP = 16;
  private static final int MIN_KMD = 5;
  private static final int MAX_KMD = 253;
  private static final int MAX_NID = 100;
  private static final int MIN_ETHERTYPE = 0x0600;

  private final List<String> found = new ArrayList<>();

  private MkaConfigChecks() {}

  static List<String> problems(MkaConfigBuilder values) {
    MkaConfigChecks checks = new MkaConfigChecks();
    checks.keys(values);
    checks.suites(values);
    checks.numbers(values);
    checks.times(values);
    checks.announcements(values);
    return checks.found;
  }

  private void keys(MkaConfigBuilder values) {
    require(!values.keys.isEmpty(), "keys: at least one pre-shared key is needed");
    Set<Ckn> names = new HashSet<>();
    for (PreSharedKey key : values.keys) {
      require(names.add(key.ckn()), "keys: two keys have the CKN " + key.ckn());
      require(!key.isDestroyed(), "keys: the key of the CKN " + key.ckn() + " was destroyed");
    }
  }

  private void suites(MkaConfigBuilder values) {
    require(!values.cipherSuites.isEmpty(), "cipherSuites: at least one suite is needed");
    require(
        values.cipherSuites.size() == new HashSet<>(values.cipherSuites).size(),
        "cipherSuites: a suite stands twice in " + values.cipherSuites);
    require(
        values.cipherSuites.containsAll(values.assumedCipherSuites),
        "assumedCipherSuites: "
            + values.assumedCipherSuites
            + " are not all in the cipherSuites "
            + values.cipherSuites);
    require(
        values.macsecCapability.supports(values.confidentialityOffset),
        "confidentialityOffset: "
            + values.confidentialityOffset
            + " is not within the capability "
            + values.macsecCapability);
    boolean xpn = values.cipherSuites.stream().anyMatch(CipherSuite::isXpn);
    long window = values.replayProtection.window();
    require(
        !xpn || window <= ReplayProtection.MAX_WINDOW_XPN,
        "replayProtection: window "
            + window
            + " is not in 0..1073741823, which an XPN suite takes");
  }

  private void numbers(MkaConfigBuilder values) {
    range("keyServerPriority", values.keyServerPriority, 0, 255);
    range("mkaVersion", values.mkaVersion, 1, 3);
    range("sciPort", values.sciPort, 1, 65534);
    range("maxPeers", values.maxPeers, 1, 250);
    require(
        values.etherType >= MIN_ETHERTYPE && values.etherType <= 0xFFFF,
        "etherType: " + Integer.toHexString(values.etherType) + " is not in 0600..ffff");
    require(
        values.destination.isGroup(),
        "destination: " + values.destination + " is not a group address");
    require(
        values.pnThreshold.fits32() && values.pnThreshold.value() != 0,
        "pnThreshold: " + values.pnThreshold + " is not in 1..4294967295");
    require(
        values.xpnThreshold.isAtLeast(PacketNumber.FIRST),
        "xpnThreshold: 0 is not in 1..18446744073709551615");
  }

  private void times(MkaConfigBuilder values) {
    within("helloTime", values.helloTime, MIN_HELLO, MAX_HELLO);
    within("lifeTime", values.lifeTime, values.helloTime.multipliedBy(2), MAX_TIME);
    within("sakRetireTime", values.sakRetireTime, Duration.ZERO, MAX_TIME);
    rampUp(values.helloRampUp);
    if (values.rekeyInterval != null) {
      within("rekeyInterval", values.rekeyInterval, MIN_REKEY, MAX_REKEY);
    }
  }

  private void rampUp(List<Duration> times) {
    require(
        times.size() <= MAX_RAMP_UP,
        "helloRampUp: " + times.size() + " times are not in 0.." + MAX_RAMP_UP);
    for (Duration time : times) {
      within("helloRampUp", time, MIN_RAMP_UP, MAX_HELLO);
    }
  }

  private void announcements(MkaConfigBuilder values) {
    octets("kmd", values.kmd, MIN_KMD, MAX_KMD);
    octets("nid", values.nid, 1, MAX_NID);
  }

  private void octets(String name, @Nullable String value, int min, int max) {
    if (value != null) {
      int length = value.getBytes(StandardCharsets.UTF_8).length;
      require(
          length >= min && length <= max,
          name + ": " + length + " octets are not in " + min + ".." + max);
    }
  }

  private void range(String name, int value, int min, int max) {
    require(value >= min && value <= max, name + ": " + value + " is not in " + min + ".." + max);
  }

  private void within(String name, Duration value, Duration min, Duration max) {
    require(
        value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
        name + ": " + inSeconds(value) + " is not in " + inSeconds(min) + ".." + inSeconds(max));
  }

  private static String inSeconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      found.add(otherwise);
    }
  }
}
