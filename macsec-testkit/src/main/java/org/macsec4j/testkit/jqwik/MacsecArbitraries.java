package org.macsec4j.testkit.jqwik;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyConfig;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.ValidateFrames;

/** Arbitrary values of the model of 802.1AE. All are valid unless a method says otherwise. */
@SuppressWarnings("exports") // whoever uses this class has the module of these types
public final class MacsecArbitraries {
  private static final long MAX_48_BITS = 0xFFFF_FFFF_FFFFL;
  private static final long GROUP_BIT = 0x0100_0000_0000L;
  private static final int MAX_CONFIGURED_PORT = 65534;
  private static final int MAX_PORT = 65535;
  private static final int MIN_ICV_LENGTH = 8;

  private MacsecArbitraries() {}

  /**
   * Octets.
   *
   * @param length how many
   * @return arrays of that length
   */
  public static Arbitrary<byte[]> octets(int length) {
    return Arbitraries.bytes().array(byte[].class).ofSize(length);
  }

  /**
   * MAC addresses, group addresses among them.
   *
   * @return addresses
   */
  public static Arbitrary<MacAddress> macAddresses() {
    return Arbitraries.longs().between(0, MAX_48_BITS).map(MacAddress::new);
  }

  /**
   * MAC addresses of single stations.
   *
   * @return addresses without the group bit
   */
  public static Arbitrary<MacAddress> individualMacAddresses() {
    return macAddresses().map(address -> new MacAddress(address.value() & ~GROUP_BIT));
  }

  /**
   * SCIs of every kind that a frame can hold.
   *
   * @return SCIs
   */
  public static Arbitrary<Sci> scis() {
    return Combinators.combine(macAddresses(), Arbitraries.integers().between(0, MAX_PORT))
        .as(Sci::new);
  }

  /**
   * SCIs that a SecY can have.
   *
   * @return SCIs of single stations with ports 1..65534
   */
  public static Arbitrary<Sci> secyScis() {
    return Combinators.combine(
            individualMacAddresses(), Arbitraries.integers().between(1, MAX_CONFIGURED_PORT))
        .as(Sci::new);
  }

  /**
   * Cipher suites.
   *
   * @return the four suites
   */
  public static Arbitrary<CipherSuite> cipherSuites() {
    return Arbitraries.of(CipherSuite.class);
  }

  /**
   * Association numbers.
   *
   * @return the four numbers
   */
  public static Arbitrary<AssociationNumber> associationNumbers() {
    return Arbitraries.of(AssociationNumber.class);
  }

  /**
   * Packet numbers that a suite can send.
   *
   * @param suite the suite
   * @return 1 up to the greatest number, with the edges of 32 and 64 bits
   */
  public static Arbitrary<PacketNumber> packetNumbers(CipherSuite suite) {
    if (!suite.isXpn()) {
      return Arbitraries.longs().between(1, 0xFFFF_FFFFL).map(PacketNumber::of);
    }
    return Arbitraries.longs()
        .edgeCases(
            edges -> edges.add(0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL, 0x1_0000_0000L, -1L))
        .filter(value -> value != 0)
        .map(PacketNumber::of);
  }

  /**
   * SSCIs.
   *
   * @return 1 up to 2^32 - 1
   */
  public static Arbitrary<Ssci> sscis() {
    return Arbitraries.integers().filter(value -> value != 0).map(Ssci::of);
  }

  /**
   * Salts.
   *
   * @return salts of twelve octets
   */
  public static Arbitrary<Salt> salts() {
    return octets(Salt.LENGTH).map(Salt::of);
  }

  /**
   * Key identifiers.
   *
   * @return identifiers of sixteen octets
   */
  public static Arbitrary<KeyIdentifier> keyIdentifiers() {
    return octets(KeyIdentifier.LENGTH).map(KeyIdentifier::of);
  }

  /**
   * Keys for a suite.
   *
   * @param suite the suite
   * @return keys of its length, with a salt when it is an XPN suite
   */
  public static Arbitrary<SecureAssociationKey> keys(CipherSuite suite) {
    Arbitrary<byte[]> octets = octets(suite.keyLength());
    return suite.isXpn()
        ? Combinators.combine(keyIdentifiers(), octets, salts()).as(SecureAssociationKey::ofXpn)
        : Combinators.combine(keyIdentifiers(), octets).as(SecureAssociationKey::of);
  }

  /**
   * Transmit SAs for a suite.
   *
   * @param suite the suite
   * @return SAs, enabled or not
   */
  public static Arbitrary<TransmitSa> transmitSas(CipherSuite suite) {
    return Combinators.combine(
            associationNumbers(),
            keys(suite),
            packetNumbers(suite),
            sscisFor(suite),
            Arbitraries.of(true, false))
        .as(TransmitSa::new);
  }

  /**
   * Receive SAs for a suite.
   *
   * @param suite the suite
   * @return SAs, enabled or not
   */
  public static Arbitrary<ReceiveSa> receiveSas(CipherSuite suite) {
    return Combinators.combine(
            associationNumbers(),
            keys(suite),
            packetNumbers(suite),
            sscisFor(suite),
            Arbitraries.of(true, false))
        .as(ReceiveSa::new);
  }

  private static Arbitrary<Optional<Ssci>> sscisFor(CipherSuite suite) {
    return suite.isXpn() ? sscis().map(Optional::of) : Arbitraries.just(Optional.empty());
  }

  /**
   * Replay protection that a suite takes.
   *
   * @param suite the suite
   * @return off, or on with windows up to the widest
   */
  public static Arbitrary<ReplayProtection> replayProtections(CipherSuite suite) {
    long widest = suite.isXpn() ? ReplayProtection.MAX_WINDOW_XPN : ReplayProtection.MAX_WINDOW;
    return Arbitraries.oneOf(
        Arbitraries.just(ReplayProtection.OFF),
        Arbitraries.longs().between(0, widest).map(ReplayProtection::window));
  }

  /**
   * Confidentiality offsets that a suite takes.
   *
   * @param suite the suite
   * @return all four, or with an XPN suite integrity only and offset 0
   */
  public static Arbitrary<ConfidentialityOffset> confidentialityOffsets(CipherSuite suite) {
    return Arbitraries.of(ConfidentialityOffset.class)
        .filter(offset -> !suite.isXpn() || offset.octets() == 0);
  }

  /**
   * Configurations of a SecY with every combination of options that is allowed.
   *
   * @param parent the interface
   * @return configurations without a name, so that the backend chooses one
   */
  public static Arbitrary<SecyConfig> secyConfigs(String parent) {
    return cipherSuites().flatMap(suite -> secyConfigs(parent, suite));
  }

  private static Arbitrary<SecyConfig> secyConfigs(String parent, CipherSuite suite) {
    Arbitrary<SecyConfig.Builder> protection =
        Combinators.combine(
                confidentialityOffsets(suite),
                replayProtections(suite),
                Arbitraries.of(ValidateFrames.class),
                Arbitraries.of(true, true, true, false),
                Arbitraries.integers().between(MIN_ICV_LENGTH, SecyConfig.DEFAULT_ICV_LENGTH))
            .as(
                (offset, replay, validate, protect, icvLength) ->
                    SecyConfig.on(parent)
                        .cipherSuite(suite)
                        .confidentialityOffset(offset)
                        .replayProtection(replay)
                        .validateFrames(validate)
                        .protectFrames(protect)
                        .icvLength(icvLength));
    return Combinators.combine(
            protection,
            Arbitraries.integers().between(1, MAX_CONFIGURED_PORT),
            Arbitraries.of(List.of(1, 2, 3, 4)))
        .as(MacsecArbitraries::withTag);
  }

  /** The four ways to tell the SCI: in the tag, by the ES bit, by the SCB bit, not at all. */
  private static SecyConfig withTag(SecyConfig.Builder builder, int port, int way) {
    return builder
        .port(way == 2 ? Sci.END_STATION_PORT : port)
        .includeSci(way == 1)
        .endStation(way == 2)
        .singleCopyBroadcast(way == 3)
        .build();
  }

  /**
   * Builders with one to three mistakes: {@code build()} throws {@link
   * InvalidConfigurationException} with at least one problem.
   *
   * @param parent the interface
   * @return builders that refuse
   */
  public static Arbitrary<SecyConfig.Builder> invalidSecyConfigs(String parent) {
    return Arbitraries.of(Mistake.class)
        .set()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            mistakes -> {
              SecyConfig.Builder builder = SecyConfig.on(parent);
              mistakes.forEach(mistake -> mistake.makeIn(builder));
              return builder;
            });
  }

  /** No mistake undoes another. */
  private enum Mistake {
    PORT {
      @Override
      void makeIn(SecyConfig.Builder builder) {
        builder.port(0);
      }
    },
    ICV_LENGTH {
      @Override
      void makeIn(SecyConfig.Builder builder) {
        builder.icvLength(MIN_ICV_LENGTH - 1);
      }
    },
    END_STATION_BESIDE_SCI {
      @Override
      void makeIn(SecyConfig.Builder builder) {
        builder.endStation(true);
      }
    },
    SINGLE_COPY_BROADCAST_BESIDE_SCI {
      @Override
      void makeIn(SecyConfig.Builder builder) {
        builder.singleCopyBroadcast(true);
      }
    },
    WINDOW_OF_XPN {
      @Override
      void makeIn(SecyConfig.Builder builder) {
        builder.cipherSuite(CipherSuite.GCM_AES_XPN_256);
        builder.replayWindow(ReplayProtection.MAX_WINDOW_XPN + 1);
      }
    },
    OFFSET_OF_XPN {
      @Override
      void makeIn(SecyConfig.Builder builder) {
        builder.cipherSuite(CipherSuite.GCM_AES_XPN_256);
        builder.confidentialityOffset(ConfidentialityOffset.OFFSET_30);
      }
    };

    abstract void makeIn(SecyConfig.Builder builder);
  }
}
