package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.testkit.kernel.Netns;

/** Hosts at the ports of a bridge, on each of which a session of ours or a wpa_supplicant is. */
final class WpaGroup implements AutoCloseable {
  /** Some life times and ticks of wpa_supplicant, on a machine that has much else to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Longer than the life time, before which a wpa_supplicant makes no other key. */
  private static final long SETTLED_MILLIS = 7_000;

  private static final int MI_DIGITS = 2 * MemberIdentifier.LENGTH;

  private final int number;
  private final Netns bridge;
  private final List<Netns> hosts = new ArrayList<>();
  private final List<LinkEnd> members = new ArrayList<>();

  /** The number, 1 to 255, is in the names and addresses. */
  WpaGroup(int number) {
    this.number = number;
    this.bridge = QuietNetns.create("bridge" + number);
    bridge.bridge("br0");
  }

  /** A host, whose member does not do MKA yet. */
  LinkEnd add(boolean ours, int priority) {
    int n = members.size() + 1;
    Netns host = QuietNetns.create("host" + number + n);
    hosts.add(host);
    String port = "p" + n;
    host.veth(LinkEnd.PARENT, bridge, port);
    host.ip("link set dev %s address 02:00:00:00:%02x:%02x".formatted(LinkEnd.PARENT, number, n));
    bridge.ip("link set dev %s master br0".formatted(port));
    String address = "10.0.%d.%d".formatted(number, n);
    LinkEnd made =
        ours
            ? new LinkEnd.Ours(host, address, priority)
            : new LinkEnd.Theirs(host, address, priority);
    members.add(made);
    return made;
  }

  static void begin(LinkEnd member) {
    member.prepare();
    member.begin();
    member.address();
  }

  static void settle() throws InterruptedException {
    Thread.sleep(SETTLED_MILLIS);
  }

  /** The key that a member sends under, as the kernel knows it; empty when it sends under none. */
  private static Optional<String> key(LinkEnd member) {
    return member
        .secy()
        .map(secy -> secy.transmitSc().snapshot())
        .flatMap(sc -> sc.sa(sc.encodingSa()))
        .filter(TransmitSaSnapshot::enabled)
        .map(sa -> sa.key().toString());
  }

  /**
   * The member identifier of the key server whose key a member sends under. What follows it, the
   * number of the key, stands in the order of octets of the host where a wpa_supplicant wrote it.
   */
  static Optional<String> keyServer(LinkEnd member) {
    return key(member).map(key -> key.substring(0, MI_DIGITS));
  }

  /** Whether all send under keys of one key server. */
  private static boolean haveOneKeyServer(List<LinkEnd> members) {
    List<Optional<String>> servers = members.stream().map(WpaGroup::keyServer).distinct().toList();
    return servers.size() == 1 && servers.get(0).isPresent();
  }

  private static boolean reach(List<LinkEnd> members) {
    for (LinkEnd from : members) {
      for (LinkEnd to : members) {
        // The answer is the way back.
        if (from.address.compareTo(to.address) < 0 && !reaches(from, to)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean reaches(LinkEnd from, LinkEnd to) {
    return from.space.run("ping", "-n", "-q", "-c", "2", "-i", "0.2", "-w", "3", to.address).isOk();
  }

  /**
   * Waits until all reach each other under keys of one key server.
   *
   * <p>A wpa_supplicant that leads may leave two members apart for good: it forgets that a new key
   * is wanted within 6 s of the last one. As a link without a member of ours has that as well, it
   * is made to make one by its packet numbers then, which is all that can be asked of it.
   */
  static void assertWhole(LinkEnd leader, List<LinkEnd> members) {
    boolean whole = awaitWhole(members);
    if (!whole && leader instanceof LinkEnd.Theirs) {
      System.out.println(leader.address + " leads, and has forgotten to make a key");
      leader.rekey();
      whole = awaitWhole(members);
    }
    assertThat(whole).as(() -> "whole; " + said(members)).isTrue();
  }

  private static boolean awaitWhole(List<LinkEnd> members) {
    return Pair.await(() -> haveOneKeyServer(members) && reach(members), PATIENCE);
  }

  /** Waits until all have another key server than the one of that member identifier. */
  static void awaitOtherServer(Optional<String> before, List<LinkEnd> members) {
    boolean other =
        Pair.await(
            () -> members.stream().noneMatch(member -> keyServer(member).equals(before)), PATIENCE);
    assertThat(other).as(() -> "other key server than " + before + "; " + said(members)).isTrue();
  }

  static String said(List<LinkEnd> members) {
    return members.stream()
        .map(member -> member.address + " " + key(member) + " " + member.said())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    members.forEach(LinkEnd::close);
    hosts.forEach(Netns::close);
    bridge.close();
  }
}
