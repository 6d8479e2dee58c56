package org.macsec4j.testkit.dataplane;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;

/** The frames of {@code captured-frames.txt}, each with the SA that it was sent with. */
final class CapturedFrames {
  private static final HexFormat HEX = HexFormat.of();

  record Sa(
      CipherSuite suite,
      AssociationNumber an,
      Sci sci,
      SecureAssociationKey key,
      Optional<Ssci> ssci) {
    static Sa parse(String[] words) {
      CipherSuite suite = CipherSuite.valueOf(words[1]);
      KeyIdentifier id = KeyIdentifier.parse("0" + words[2]);
      byte[] key = HEX.parseHex(words[4]);
      return new Sa(
          suite,
          AssociationNumber.of(Integer.parseInt(words[2])),
          Sci.parse(words[3]),
          suite.isXpn()
              ? SecureAssociationKey.ofXpn(id, key, Salt.parse(words[6]))
              : SecureAssociationKey.of(id, key),
          suite.isXpn()
              ? Optional.of(Ssci.of(Integer.parseInt(words[5])))
              : Optional.<Ssci>empty());
    }

    FrameCipher cipher() {
      FrameCipher.Builder builder = FrameCipher.builder(suite, key, sci);
      ssci.ifPresent(builder::ssci);
      return builder.build();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // frames are compared by their name alone
  record Frame(String capture, int number, Sa sa, byte[] octets) {
    PacketNumber pn() {
      return PacketNumber.of(Integer.toUnsignedLong(tag().packetNumber()));
    }

    SecTag tag() {
      return SecTag.decode(octets).orElseThrow();
    }

    /** A SecY that receives from the sender of this frame alone. */
    SoftwareSecy receiver() {
      SoftwareSecy secy = secy(Sci.parse("02:00:00:00:99:99/1"));
      Rig.done(secy, new SecyCommand.CreateReceiveSc(sa.sci()));
      ReceiveSa receiveSa = new ReceiveSa(sa.an(), sa.key(), PacketNumber.FIRST, sa.ssci(), true);
      Rig.done(secy, new SecyCommand.InstallReceiveSa(sa.sci(), receiveSa));
      return secy;
    }

    /** A SecY in the state of the sender just before it sent this frame. */
    SoftwareSecy sender() {
      SoftwareSecy secy = secy(sa.sci());
      TransmitSa transmitSa = new TransmitSa(sa.an(), sa.key(), pn(), sa.ssci(), true);
      Rig.done(secy, new SecyCommand.InstallTransmitSa(transmitSa));
      Rig.done(secy, new SecyCommand.SelectTransmitSa(sa.an()));
      return secy;
    }

    private SoftwareSecy secy(Sci sci) {
      SecyConfig config =
          SecyConfig.on("eth0")
              .cipherSuite(sa.suite())
              .encrypt(tag().encrypted())
              .includeSci(tag().sci().isPresent())
              .endStation(tag().endStation())
              .build();
      return Rig.up(
          new SoftwareSecy(new SecyId(1, "macsec0"), config, sci, SoftwareSecy.Options.DEFAULT));
    }

    @Override
    public String toString() {
      return capture + " frame " + number;
    }
  }

  private CapturedFrames() {}

  static List<Frame> all() {
    List<Frame> frames = new ArrayList<>();
    List<Sa> sas = new ArrayList<>();
    String capture = "";
    for (String line : lines()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "capture" -> {
          capture = words[1];
          sas.clear();
        }
        case "sa" -> sas.add(Sa.parse(words));
        case "frame" -> {
          byte[] octets = HEX.parseHex(words[1]);
          frames.add(new Frame(capture, frames.size() + 1, saOf(octets, sas), octets));
        }
        default -> {}
      }
    }
    return frames;
  }

  /** By the AN and the SCI; these senders use their own address and port 1. */
  private static Sa saOf(byte[] frame, List<Sa> sas) {
    SecTag tag = SecTag.decode(frame).orElseThrow();
    Sci sci = tag.sci().orElse(new Sci(MacAddress.of(frame, MacAddress.LENGTH), 1));
    return sas.stream()
        .filter(sa -> sa.an() == tag.an() && sa.sci().equals(sci))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> lines() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    CapturedFrames.class.getResourceAsStream("captured-frames.txt")),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
