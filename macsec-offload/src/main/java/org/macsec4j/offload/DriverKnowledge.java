package org.macsec4j.offload;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.macsec4j.CipherSuite;
import org.macsec4j.OffloadMode;

/**
 * What was read in the source of a driver, of Linux 6.12 but for atlantic and mscc, which are of
 * another version. It is knowledge and no fact: other kernels, firmware and cards may differ, none
 * of it was seen on hardware, and only netdevsim, which is none, was ever run. What is not here was
 * not read. A PHY's driver is known by the beginning of its name, which others of the family share
 * that have no MACsec.
 *
 * @param driver the driver, for instance {@code mlx5_core}
 * @param hardware what it drives
 * @param mode where the hardware is
 * @param cipherSuites the suites it takes; empty when that was not read
 * @param replayWindows the only replay windows it takes; empty when it is said to take any
 * @param fullIcvOnly whether it takes no ICV but one of 16 octets
 * @param confidentialOnly whether it takes no SecY without encryption
 * @param secys how many SecYs it has room for; empty when that was not read
 * @param receiveScsPerSecy how many receive channels a SecY may have; empty when not read
 * @param counters whether the counters are supplied, which otherwise read 0
 * @param packetNumberRefreshed whether the next packet number that is read is the hardware's, and
 *     not the one that was once set
 * @param behaviours what else is to be known, a sentence each
 */
public record DriverKnowledge(
    String driver,
    String hardware,
    OffloadMode mode,
    Set<CipherSuite> cipherSuites,
    Set<Integer> replayWindows,
    boolean fullIcvOnly,
    boolean confidentialOnly,
    OptionalInt secys,
    OptionalInt receiveScsPerSecy,
    Supply counters,
    boolean packetNumberRefreshed,
    List<String> behaviours) {
  /** Whether a driver supplies something. */
  public enum Supply {
    /** It does. */
    YES,
    /** It does not. */
    NO,
    /** That was not read. */
    NOT_READ
  }

  private static final OptionalInt NOT_READ = OptionalInt.empty();
  private static final Set<CipherSuite> ANY = EnumSet.allOf(CipherSuite.class);
  private static final Set<CipherSuite> WITHOUT_XPN =
      Set.of(CipherSuite.GCM_AES_128, CipherSuite.GCM_AES_256);

  private static final List<DriverKnowledge> TABLE =
      List.of(
          new DriverKnowledge(
              "netdevsim",
              "no hardware: the kernel's stand-in for tests",
              OffloadMode.MAC,
              ANY,
              Set.of(),
              false,
              false,
              OptionalInt.of(3),
              OptionalInt.of(1),
              Supply.NO,
              false,
              List.of("frames are not protected: they go out in clear")),
          new DriverKnowledge(
              "mlx5_core",
              "NVIDIA ConnectX-6 Dx and ConnectX-7",
              OffloadMode.MAC,
              Set.of(),
              Set.of(32, 64, 128, 256),
              true,
              true,
              NOT_READ,
              NOT_READ,
              Supply.NO,
              false,
              List.of(
                  "takes strict validation and protected frames only",
                  "refuses to change the packet number of an SA",
                  "claims the feature on cards without MACsec too")),
          new DriverKnowledge(
              "atlantic",
              "Marvell AQtion",
              OffloadMode.MAC,
              WITHOUT_XPN,
              Set.of(),
              false,
              false,
              OptionalInt.of(8),
              NOT_READ,
              Supply.YES,
              true,
              List.of(
                  "has room for 8 channels of 4 SAs in each direction",
                  "tells when the packet numbers are used up")),
          new DriverKnowledge(
              "rvu_nicpf",
              "Marvell OCTEON CN10K",
              OffloadMode.MAC,
              Set.of(),
              Set.of(),
              true,
              false,
              NOT_READ,
              NOT_READ,
              Supply.NOT_READ,
              false,
              List.of("has XPN", "tells when the packet numbers are used up")),
          new DriverKnowledge(
              "Microsemi",
              "Microchip VSC8584 family",
              OffloadMode.PHY,
              Set.of(),
              Set.of(),
              false,
              false,
              OptionalInt.of(1),
              NOT_READ,
              Supply.NO,
              false,
              List.of(
                  "refuses to change a receive channel, and the packet number of a receive SA",
                  "a change of the SecY takes it away and makes it anew")),
          new DriverKnowledge(
              "NXP C45",
              "NXP TJA11xx",
              OffloadMode.PHY,
              Set.of(),
              Set.of(),
              false,
              false,
              OptionalInt.of(4),
              OptionalInt.of(1),
              Supply.YES,
              false,
              List.of(
                  "has XPN",
                  "refuses SecYs of one MAC address",
                  "tells when the packet numbers are used up")));

  /**
   * Copies sets and list.
   *
   * @param driver the driver
   * @param hardware what it drives
   * @param mode where the hardware is
   * @param cipherSuites the suites it takes
   * @param replayWindows the only replay windows it takes
   * @param fullIcvOnly whether it takes no ICV but one of 16 octets
   * @param confidentialOnly whether it takes no SecY without encryption
   * @param secys how many SecYs it has room for
   * @param receiveScsPerSecy how many receive channels a SecY may have
   * @param counters whether the counters are supplied
   * @param packetNumberRefreshed whether the next packet number is the hardware's
   * @param behaviours what else is to be known
   */
  public DriverKnowledge {
    cipherSuites = Set.copyOf(cipherSuites);
    replayWindows = Set.copyOf(replayWindows);
    behaviours = List.copyOf(behaviours);
  }

  /**
   * What is known of a driver.
   *
   * @param name the driver's name as the kernel tells it; that of a PHY's goes on with the model
   * @return what is known; empty when nothing is
   */
  public static Optional<DriverKnowledge> of(String name) {
    return TABLE.stream()
        .filter(
            known ->
                known.mode == OffloadMode.PHY
                    ? name.startsWith(known.driver)
                    : name.equals(known.driver))
        .findFirst();
  }
}
