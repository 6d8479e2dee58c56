package org.macsec4j.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.ReplayProtection;

/**
 * MACsec hardware of an interface of a {@link Host}: with little room, without counters, with a
 * driver that refuses, as hardware is. Applications test with it what they do when it does not do.
 *
 * <pre>{@code
 * Nic nic = Nic.in(OffloadMode.MAC).secys(3).receiveScs(1).sas(2).withoutCounters();
 * host.nic("eth0", nic);
 * nic.refuse(DriverCall.ADD_TRANSMIT_SA, Kind.LIMIT);
 * }</pre>
 *
 * <p>Frames are protected as in software; only what the host is told of it differs. All may be
 * changed at any time, and from any thread.
 */
public final class Nic {
  private final Set<OffloadMode> places = EnumSet.noneOf(OffloadMode.class);
  private final Set<CipherSuite> cipherSuites = EnumSet.allOf(CipherSuite.class);
  private final Set<Integer> replayWindows = new HashSet<>();
  private final Map<DriverCall, Kind> refusals = new EnumMap<>(DriverCall.class);
  private final Map<DriverCall, Integer> admitted = new EnumMap<>(DriverCall.class);
  private final List<DriverCall> calls = new ArrayList<>();
  private int secys = Integer.MAX_VALUE;
  private int receiveScs = Integer.MAX_VALUE;
  private int sas = Integer.MAX_VALUE;
  private boolean counting = true;
  private boolean telling = true;
  private boolean lying;
  private boolean careless;

  private Nic() {}

  /**
   * Hardware with room for everything.
   *
   * @param places where it is, of {@link OffloadMode#MAC} and {@link OffloadMode#PHY}; none for
   *     hardware without MACsec
   * @return a new one
   */
  public static Nic in(OffloadMode... places) {
    Nic nic = new Nic();
    nic.places.addAll(List.of(places));
    if (nic.places.contains(OffloadMode.SOFTWARE)) {
      throw new IllegalArgumentException("hardware is in the MAC or in the PHY");
    }
    return nic;
  }

  /**
   * Limits how many SecYs it takes; one more is {@link Kind#LIMIT}.
   *
   * @param most 0 or more
   * @return this
   */
  public synchronized Nic secys(int most) {
    secys = most;
    return this;
  }

  /**
   * Limits how many receive channels a SecY has; one more is {@link Kind#LIMIT}.
   *
   * @param most 0 or more
   * @return this
   */
  public synchronized Nic receiveScs(int most) {
    receiveScs = most;
    return this;
  }

  /**
   * Limits how many SAs a channel has; one more is {@link Kind#LIMIT}.
   *
   * @param most 1 or more; the standard has 4
   * @return this
   */
  public synchronized Nic sas(int most) {
    sas = most;
    return this;
  }

  /**
   * Limits the cipher suites; a SecY of another one is {@link Kind#UNSUPPORTED}.
   *
   * @param taken the suites
   * @return this
   */
  public synchronized Nic cipherSuites(Set<CipherSuite> taken) {
    cipherSuites.clear();
    cipherSuites.addAll(taken);
    return this;
  }

  /**
   * Limits the replay windows. As with hardware that is known to do so, a SecY with another one is
   * taken, and its receive SAs are refused as {@link Kind#INVALID}.
   *
   * @param taken the windows; none for hardware that takes any
   * @return this
   */
  public synchronized Nic replayWindows(Set<Integer> taken) {
    replayWindows.clear();
    replayWindows.addAll(taken);
    return this;
  }

  /**
   * Supplies no counter.
   *
   * @return this
   */
  public synchronized Nic withoutCounters() {
    counting = false;
    return this;
  }

  /**
   * Tells the packet numbers that were set, not those that are next, as most drivers do.
   *
   * @return this
   */
  public synchronized Nic withStalePacketNumbers() {
    telling = false;
    return this;
  }

  /**
   * Says that it took a SecY and does nothing, as kernels up to 6.1 do with one way to ask.
   *
   * @return this
   */
  public synchronized Nic lying() {
    lying = true;
    return this;
  }

  /**
   * Keeps a SecY that it refused, so that somebody has to take it away.
   *
   * @return this
   */
  public synchronized Nic keepingWhatItRefuses() {
    careless = true;
    return this;
  }

  /**
   * Refuses a call from now on.
   *
   * @param call which one
   * @param kind as what
   * @return this
   */
  public Nic refuse(DriverCall call, Kind kind) {
    return refuse(call, kind, 0);
  }

  /**
   * Refuses a call after some more that it takes.
   *
   * @param call which one
   * @param kind as what
   * @param after how many it takes before
   * @return this
   */
  public synchronized Nic refuse(DriverCall call, Kind kind, int after) {
    refusals.put(call, kind);
    admitted.put(call, after);
    return this;
  }

  /**
   * Takes all calls again.
   *
   * @return this
   */
  public synchronized Nic heal() {
    refusals.clear();
    admitted.clear();
    return this;
  }

  /**
   * What its driver was asked.
   *
   * @return all calls up to now, those that were refused too
   */
  public synchronized List<DriverCall> calls() {
    return List.copyOf(calls);
  }

  /** Notes a call; the kind of its refusal, or null. */
  synchronized @Nullable Kind call(DriverCall call) {
    calls.add(call);
    Kind refusal = refusals.get(call);
    if (refusal == null) {
      return null;
    }
    int left = admitted.getOrDefault(call, 0);
    admitted.put(call, Math.max(0, left - 1));
    return left > 0 ? null : refusal;
  }

  synchronized boolean has(OffloadMode place) {
    return places.contains(place);
  }

  synchronized boolean takes(CipherSuite suite) {
    return cipherSuites.contains(suite);
  }

  synchronized boolean takes(ReplayProtection replay) {
    return !replay.enabled()
        || replayWindows.isEmpty()
        || replayWindows.stream().anyMatch(window -> window == replay.window());
  }

  synchronized int mostSecys() {
    return secys;
  }

  synchronized int mostReceiveScs() {
    return receiveScs;
  }

  synchronized int mostSas() {
    return sas;
  }

  synchronized boolean isCounting() {
    return counting;
  }

  synchronized boolean isTellingPacketNumbers() {
    return telling;
  }

  synchronized boolean isLying() {
    return lying;
  }

  synchronized boolean keepsWhatItRefuses() {
    return careless;
  }
}
