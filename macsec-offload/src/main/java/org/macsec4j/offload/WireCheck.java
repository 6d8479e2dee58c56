package org.macsec4j.offload;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.TransmitScSnapshot;
import org.macsec4j.netlink.DumpTruncatedException;
import org.macsec4j.netlink.FrameSocket;
import org.macsec4j.netlink.FrameSocket.Hears;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.offload.WireVerdict.State;

/**
 * Looks whether the wire is really protected: sends a few marked frames through a SecY, and sees in
 * which form they come by.
 *
 * <pre>{@code
 * WireVerdict here = WireCheck.of(backend, secy).atParent();
 * WireVerdict there = WireCheck.of(backend, secy).at(peersBackend, "eth0");
 * }</pre>
 *
 * <p>What is heard at an interface stands between the kernel and the driver. Where hardware
 * protects the frames, they are still in clear at the parent, and nothing can be said from there:
 * it must be looked from where the wire ends, such as the peer's interface or a mirror port. An
 * interface whose own hardware takes protection away, and one that stands above others (a bridge, a
 * bond, a VLAN), can show that frames are protected, but never that they are not. That is known for
 * SecYs of the observer's network namespace only.
 *
 * <p>Up to three frames of 110 octets are sent, which use packet numbers as any others do. They go
 * to a random group address of local administration, with an EtherType for local experiments and
 * random octets, so that every station drops them. The observing interface takes part in that group
 * for as long as it takes. Nothing is changed otherwise. It is seen, not verified: whether the ICV
 * is right only the peer knows.
 *
 * <p>It needs CAP_NET_RAW where it sends and where it looks. Immutable; safe for several threads.
 */
public final class WireCheck {
  private static final int FRAMES = 3;
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(1);
  private static final Duration MAX_PATIENCE = Duration.ofMinutes(1);

  private final LinuxBackend backend;
  private final SecyId secy;
  private final Duration patience;

  private WireCheck(LinuxBackend backend, SecyId secy, Duration patience) {
    this.backend = Objects.requireNonNull(backend, "backend");
    this.secy = Objects.requireNonNull(secy, "secy");
    this.patience = Objects.requireNonNull(patience, "patience");
  }

  /**
   * A check of a SecY, which takes one second at most.
   *
   * @param backend where it is
   * @param secy which SecY sends
   * @return a check that did nothing yet
   */
  public static WireCheck of(LinuxBackend backend, SecyId secy) {
    return new WireCheck(backend, secy, DEFAULT_PATIENCE);
  }

  /**
   * The same with another time.
   *
   * @param longest how long to look at most, up to a minute
   * @return the new check
   */
  public WireCheck within(Duration longest) {
    if (longest.isNegative() || longest.isZero() || longest.compareTo(MAX_PATIENCE) > 0) {
      throw new IllegalArgumentException("a check takes up to a minute, not " + longest);
    }
    return new WireCheck(backend, secy, longest);
  }

  /**
   * Looks at the interface below the SecY, on this host. With offload that says nothing, and
   * nothing is sent.
   *
   * @return what was seen
   * @throws MacsecException {@link Kind#PERMISSION} without CAP_NET_RAW, {@link Kind#NOT_FOUND}
   *     when the SecY is not there, or its parent is in another network namespace
   */
  public WireVerdict atParent() {
    SecySnapshot now = backend.read(secy);
    String parent = now.config().parent();
    if (now.offload() != OffloadMode.SOFTWARE) {
      return new WireVerdict(
          State.UNKNOWN,
          "hardware protects the frames of "
              + secy.name()
              + " (offload "
              + now.offload()
              + "), and what is heard at "
              + parent
              + " stands above it, where they are in clear in any case; look from the peer's side"
              + " of the wire",
          parent);
    }
    if (!backend.parents().contains(parent)) {
      throw new MacsecException(
          Kind.NOT_FOUND,
          "cannot check "
              + secy
              + " at its parent, which is in another network namespace; say where to look");
    }
    return look(now, backend, parent, Hears.RECEIVED_AND_SENT);
  }

  /**
   * Looks at another interface that the frames come to, such as the peer's or a mirror port. What
   * that interface itself sends does not count, unless it is the SecY's own parent.
   *
   * @param observer where that interface is; may be the same backend
   * @param interfaceName an interface of Ethernet, not a secured one
   * @return what was seen
   * @throws MacsecException {@link Kind#PERMISSION} without CAP_NET_RAW, {@link Kind#NOT_FOUND}
   *     when the SecY or the interface is not there, {@link Kind#INVALID} when the interface is a
   *     secured one, which shows frames that were protected below it
   */
  public WireVerdict at(LinuxBackend observer, String interfaceName) {
    SecySnapshot now = backend.read(secy);
    return observer == backend && interfaceName.equals(now.config().parent())
        ? atParent()
        : look(now, observer, interfaceName, Hears.RECEIVED);
  }

  private WireVerdict look(
      SecySnapshot now, LinuxBackend observer, String interfaceName, Hears hears) {
    try (FrameSocket eye = observer.openFrames(interfaceName, hears);
        FrameSocket mouth = backend.openFrames(secy.name(), Hears.NOTHING)) {
      if (eye.isSecured()) {
        throw new MacsecException(
            Kind.INVALID,
            "cannot check "
                + secy
                + " at "
                + interfaceName
                + ", which is a secured interface: look at the interface below");
      }
      if (!now.up()) {
        return unknown(secy.name() + " is down and sends nothing", interfaceName);
      }
      if (!sends(now)) {
        return unknown(
            "%s sends nothing, as its encoding SA (%s) is not there or not enabled"
                .formatted(secy.name(), now.transmitSc().encodingSa()),
            interfaceName);
      }
      MarkerFrame frame =
          MarkerFrame.random(mouth.address(), now.transmitSc().sci(), new SecureRandom());
      eye.join(frame.destination());
      WireJudge judge =
          new WireJudge(
              frame,
              now,
              new WireJudge.Place(
                  interfaceName,
                  hears == Hears.RECEIVED ? doubt(observer, eye, interfaceName) : "",
                  eye.isUp() ? "" : ", as " + interfaceName + " is down"));
      try {
        watch(frame, mouth, eye, judge);
      } catch (MacsecException e) {
        return unknown(String.valueOf(e.getMessage()), interfaceName);
      }
      return judge.verdict();
    }
  }

  /** A kernel also calls a SecY operational that had no SA yet and was given no frame to send. */
  private static boolean sends(SecySnapshot now) {
    TransmitScSnapshot channel = now.transmitSc();
    return !now.config().protectFrames()
        || (now.operational()
            && channel.sa(channel.encodingSa()).filter(TransmitSaSnapshot::enabled).isPresent());
  }

  private static WireVerdict unknown(String reason, String interfaceName) {
    return new WireVerdict(State.UNKNOWN, reason, interfaceName);
  }

  /** Why a frame that is read in clear there may have been protected on the wire. */
  private static String doubt(LinuxBackend observer, FrameSocket eye, String name) {
    return eye.isAboveOthers()
        ? name
            + " stands above other interfaces, where a SecY may have taken the protection away;"
            + " look at the interface that ends the wire"
        : hardware(observer, name);
  }

  private static String hardware(LinuxBackend observer, String name) {
    List<SecySnapshot> secys;
    try {
      secys = observer.readAll();
    } catch (DumpTruncatedException e) {
      return "the kernel hides a SecY there, and whether it decrypts in hardware is not known";
    }
    return OffloadUse.of(name, secys).secys() == 0
        ? ""
        : "hardware of "
            + name
            + " does MACsec itself and may have taken the protection away;"
            + " look from an interface without offload";
  }

  /** One frame after the other, each as soon as the one before came by. */
  private void watch(MarkerFrame frame, FrameSocket mouth, FrameSocket eye, WireJudge judge) {
    long begin = System.nanoTime();
    for (int sent = 1; sent <= FRAMES; sent++) {
      mouth.send(frame.octets());
      long end = begin + patience.toNanos() / FRAMES * sent;
      long left = end - System.nanoTime();
      while (judge.sightings() < sent && left > 0) {
        eye.receive(Duration.ofNanos(left)).ifPresent(judge::see);
        left = end - System.nanoTime();
      }
    }
    // A second copy of a frame may differ from the first, so all that is there counts.
    long end = begin + patience.toNanos();
    Optional<byte[]> more = eye.receive(Duration.ZERO);
    while (more.isPresent() && System.nanoTime() < end) {
      judge.see(more.get());
      more = eye.receive(Duration.ZERO);
    }
  }
}
