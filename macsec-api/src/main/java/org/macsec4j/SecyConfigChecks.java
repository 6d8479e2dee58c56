package org.macsec4j;

/** What holds for the configuration of every SecY, whatever its backend. */
final class SecyConfigChecks {
  private static final int MIN_ICV_LENGTH = 8;
  private static final int MIN_PORT = 1;
  private static final int MAX_PORT = 65534;

  private SecyConfigChecks() {}

  /** Throws with every problem at once. */
  static void check(SecyConfig config) {
    Problems problems =
        new Problems("SecY on " + (config.parent().isBlank() ? "?" : config.parent()));
    checkNames(config, problems);
    checkTag(config, problems);
    checkProtection(config, problems);
    problems.throwIfAny();
  }

  private static void checkNames(SecyConfig config, Problems problems) {
    problems.require(!config.parent().isBlank(), "the parent interface needs a name");
    problems.require(config.name().filter(String::isBlank).isEmpty(), "the name must not be blank");
    problems.require(
        config.port() >= MIN_PORT && config.port() <= MAX_PORT,
        "port " + config.port() + " is not in 1..65534");
    config
        .sci()
        .ifPresent(
            sci ->
                problems.require(
                    !sci.address().isGroup(),
                    "the SCI " + sci + " has a group address; it must be an individual one"));
  }

  private static void checkTag(SecyConfig config, Problems problems) {
    problems.require(
        config.icvLength() >= MIN_ICV_LENGTH && config.icvLength() <= SecyConfig.DEFAULT_ICV_LENGTH,
        "ICV length " + config.icvLength() + " is not in 8..16 octets");
    problems.require(
        !(config.includeSci() && config.endStation()),
        "includeSci and endStation exclude each other: ES says that the SCI is left out");
    problems.require(
        !(config.includeSci() && config.singleCopyBroadcast()),
        "includeSci and singleCopyBroadcast exclude each other: SCB says that the SCI is left out");
    problems.require(
        !config.endStation() || config.port() == Sci.END_STATION_PORT,
        "endStation stands for port 1, but the port is " + config.port());
  }

  private static void checkProtection(SecyConfig config, Problems problems) {
    CipherSuite suite = config.cipherSuite();
    problems.require(
        !suite.isXpn() || config.replayProtection().window() <= ReplayProtection.MAX_WINDOW_XPN,
        "replay window "
            + config.replayProtection().window()
            + " is not in 0..1073741823, which is what "
            + suite
            + " takes");
    problems.require(
        !suite.isXpn() || config.confidentialityOffset().octets() == 0,
        "confidentiality offset "
            + config.confidentialityOffset().octets()
            + " is not for "
            + suite
            + "; use 0, or a suite without extended packet numbering");
    problems.require(
        config
            .offloadMode()
            .filter(mode -> mode == OffloadMode.SOFTWARE || config.offload() == OffloadPolicy.OFF)
            .isEmpty(),
        "an offload mode is MAC or PHY, and goes with PREFER or REQUIRE");
  }
}
