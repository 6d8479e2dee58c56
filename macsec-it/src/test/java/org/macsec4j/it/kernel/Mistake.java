package org.macsec4j.it.kernel;

import static org.macsec4j.it.kernel.Pair.receiveSa;
import static org.macsec4j.it.kernel.Pair.transmitSa;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Salt;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.Ssci;
import org.macsec4j.it.kernel.Bench.Given;

/**
 * What a user may do wrong with the public API, and what it says before the kernel is asked.
 *
 * @param name what is wrong
 * @param given what there is before
 * @param kind what kind of refusal it is
 * @param made does it
 * @param words all that must be in the text
 */
record Mistake(String name, Given given, Kind kind, Consumer<Bench> made, List<String> words) {
  private static final AssociationNumber AN_1 = AssociationNumber.AN_1;
  private static final CipherSuite GCM = CipherSuite.GCM_AES_128;
  private static final CipherSuite XPN = CipherSuite.GCM_AES_XPN_128;

  private static Mistake invalid(String name, Given given, Consumer<Bench> made, String... words) {
    return new Mistake(name, given, Kind.INVALID, made, List.of(words));
  }

  private static Mistake config(String name, SecyConfig.Builder config, String... words) {
    return invalid(name, Given.NOTHING, bench -> bench.backend.create(config.build()), words);
  }

  private static Mistake change(
      String name, Given given, SecyChange.Builder change, String... words) {
    return command(name, given, new SecyCommand.Change(change.build()), words);
  }

  private static Mistake command(String name, Given given, SecyCommand command, String... words) {
    return invalid(name, given, bench -> apply(bench, command), words);
  }

  private static void apply(Bench bench, SecyCommand command) {
    bench.backend.apply(bench.secy(), command).orThrow();
  }

  private Mistake is(Kind other) {
    return new Mistake(name, given, other, made, words);
  }

  private static SecyConfig.Builder on() {
    return SecyConfig.on("eth0").name("m0");
  }

  static Stream<Mistake> ofSecys() {
    return Stream.of(
        config("port 0", on().port(0), "port 0 is not in 1..65534"),
        config("port 65535", on().port(65_535), "port 65535 is not in 1..65534"),
        config("ICV 7", on().icvLength(7), "ICV length 7 is not in 8..16"),
        config("ICV 17", on().icvLength(17), "ICV length 17 is not in 8..16"),
        config("ICV 9", on().icvLength(9), "ICV length 9 is not 8 or 12..16"),
        config(
            "window with XPN",
            on().cipherSuite(XPN).replayWindow(1 << 30),
            "replay window 1073741824 is not in 0..1073741823"),
        config("ES and SC", on().endStation(true), "includeSci and endStation exclude"),
        config("SCB and SC", on().singleCopyBroadcast(true), "includeSci and singleCopyBroadcast"),
        config(
            "ES and SCB",
            on().includeSci(false).endStation(true).singleCopyBroadcast(true),
            "endStation and singleCopyBroadcast exclude each other on Linux"),
        config("a long name", on().name("sixteen-letters-"), "\"sixteen-letters-\"", "1..15"),
        config("a slash", on().name("m/0"), "1..15 characters without '/'"),
        config(
            "all at once",
            on().name("m/0")
                .icvLength(10)
                .includeSci(false)
                .endStation(true)
                .singleCopyBroadcast(true),
            "SecY on eth0: the name",
            "; ICV length 10",
            "; endStation"),
        config("no parent", SecyConfig.on("eth7"), "cannot create a SecY on eth7", "there is lo")
            .is(Kind.NOT_FOUND),
        config("lo", SecyConfig.on("lo"), "lo is no Ethernet interface"),
        config(
                "an offset",
                on().confidentialityOffset(ConfidentialityOffset.OFFSET_50),
                "Linux knows no confidentiality offset of 50")
            .is(Kind.UNSUPPORTED),
        change("ES", Given.SECY, SecyChange.builder().endStation(true), "includeSci and endSta"),
        change(
            "ES and SCB",
            Given.SECY,
            SecyChange.builder().includeSci(false).endStation(true).singleCopyBroadcast(true),
            "cannot change m0",
            "exclude each other on Linux"),
        change(
            "window with XPN",
            Given.XPN,
            SecyChange.builder().replayProtection(ReplayProtection.window(1 << 30)),
            "is not in 0..1073741823"),
        change(
                "suite",
                Given.TX_OFF,
                SecyChange.builder().cipherSuite(XPN),
                "cannot change the cipher suite of a SecY from GCM-AES-128",
                "only while it has no SA")
            .is(Kind.BUSY),
        invalid(
            "an MTU",
            Given.SECY,
            bench -> bench.backend.setMtu(bench.secy(), 1469),
            "cannot set the MTU of m0 to 1469",
            "0..1468",
            "32 octets of the 1500 of eth0"),
        invalid(
            "a new name",
            Given.SECY,
            bench -> bench.backend.rename(bench.secy(), "m 1"),
            "\"m 1\""));
  }

  static Stream<Mistake> ofSas() {
    return Stream.concat(ofTransmitSas(), ofReceiveSas());
  }

  private static Mistake install(
      String name, Given given, CipherSuite suite, long pn, String... words) {
    return invalid(
        name,
        given,
        bench -> apply(bench, new SecyCommand.InstallTransmitSa(transmitSa(suite, AN_1, 9, pn))),
        words);
  }

  private static Stream<Mistake> ofTransmitSas() {
    return Stream.of(
        invalid("AN 4", Given.NOTHING, bench -> AssociationNumber.of(4), "0..3"),
        invalid("key id", Given.NOTHING, bench -> KeyIdentifier.of(new byte[17]), "16"),
        invalid("salt", Given.NOTHING, bench -> Salt.of(new byte[11]), "12"),
        invalid("SSCI 0", Given.NOTHING, bench -> Ssci.of(0), "1..4294967295"),
        invalid(
            "a key of 15 octets",
            Given.NOTHING,
            bench -> SecureAssociationKey.of(KeyIdentifier.parse("01"), new byte[15]),
            "16 or 32 octets, not 15"),
        install("long key", Given.SECY, CipherSuite.GCM_AES_256, 1, "of 16 octets, not 32"),
        install("short key", Given.LONG_KEY, GCM, 1, "of 32 octets, not 16"),
        install("salt", Given.SECY, XPN, 1, "takes no salt", "takes no SSCI"),
        install("no salt", Given.XPN, GCM, 1, "needs a salt of 12 octets", "needs an SSCI"),
        install("PN 0", Given.SECY, GCM, 0, "nextPn must be given, at least 1"),
        install("PN 2^32", Given.SECY, GCM, 1L << 32, "4294967296 is not in 1..4294967295"),
        command(
                "PN lower",
                Given.TX_OFF,
                new SecyCommand.RaiseNextPn(AN_1, PacketNumber.of(99)),
                "cannot raise nextPn of transmit SA 1 of m0",
                "99 is below 100")
            .is(Kind.PACKET_NUMBER),
        command(
            "PN 0",
            Given.TX_OFF,
            new SecyCommand.RaiseNextPn(AN_1, PacketNumber.of(0)),
            "packet number 0 is not in 1..4294967295"),
        command(
                "nothing to send with",
                Given.SECY,
                new SecyCommand.SelectTransmitSa(AN_1),
                "cannot send with transmit SA 1 of m0: it is not installed")
            .is(Kind.NOT_FOUND),
        command(
                "nothing to enable",
                Given.SECY,
                new SecyCommand.EnableTransmitSa(AN_1, true),
                "cannot enable transmit SA 1 of m0: it is not installed")
            .is(Kind.NOT_FOUND),
        command(
                "nothing to delete",
                Given.SECY,
                new SecyCommand.DeleteTransmitSa(AN_1),
                "cannot delete transmit SA 1 of m0: it is not installed")
            .is(Kind.NOT_FOUND));
  }

  private static Mistake receive(String name, Given given, CipherSuite suite, String... words) {
    return command(
        name,
        given,
        new SecyCommand.InstallReceiveSa(Bench.PEER, receiveSa(suite, AN_1, 9, 1)),
        words);
  }

  private static Stream<Mistake> ofReceiveSas() {
    return Stream.of(
        receive("long key", Given.CHANNEL, CipherSuite.GCM_AES_256, "of 16 octets, not 32"),
        receive("salt", Given.CHANNEL, XPN, "takes no salt", "takes no SSCI"),
        receive("no salt", Given.XPN_CHANNEL, GCM, "needs a salt", "needs an SSCI"),
        invalid(
            "own SCI",
            Given.SECY,
            bench ->
                apply(
                    bench,
                    new SecyCommand.CreateReceiveSc(
                        bench.backend.read(bench.secy()).transmitSc().sci())),
            "it is this SecY's own SCI"),
        command(
                "no SA to raise",
                Given.CHANNEL,
                new SecyCommand.RaiseLowestPn(Bench.PEER, AN_1, PacketNumber.of(5)),
                "cannot raise lowestPn of receive SA 1 of " + Bench.PEER + " of m0",
                "it is not installed")
            .is(Kind.NOT_FOUND),
        command(
            "PN 0",
            Given.RX_OFF,
            new SecyCommand.RaiseLowestPn(Bench.PEER, AN_1, PacketNumber.of(0)),
            "packet number 0 is not in 1..4294967295"),
        invalid(
            "a key that was destroyed",
            Given.SECY,
            bench -> {
              var sa = bench.transmit(1, false);
              sa.key().destroy();
              apply(bench, new SecyCommand.InstallTransmitSa(sa));
            },
            "cannot install transmit SA 1 of m0: its key was destroyed"));
  }

  @Override
  public String toString() {
    return given + ": " + name;
  }
}
