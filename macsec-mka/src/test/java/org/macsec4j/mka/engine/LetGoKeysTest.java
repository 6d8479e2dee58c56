package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.security.auth.Destroyable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;

/** A port zeroes each key that it lets go, whatever it was for. */
class LetGoKeysTest {
  private static final PreSharedKey WITH_B = key("ab");
  private static final PreSharedKey GROUP = key("aa01");
  private static final PreSharedKey OTHER_GROUP = key("aa02");

  private final World world = new World(31);

  /** What a port ever held, but for what is the caller's. */
  private final Set<Destroyable> ever = identities(List.of());

  private final PreSharedKey other = key("ad");
  private final MkaConfig config =
      MkaConfig.builder().keys(WITH_B, key("ac")).joinGroups(true).build();
  private final Member a = world.join("a", 1, config);
  private final Member b = world.join("b", 2, config);

  private static PreSharedKey key(String ckn) {
    byte[] octets = new byte[Cak.LENGTH_128];
    octets[0] = (byte) ckn.hashCode();
    return PreSharedKey.of(Ckn.parse(ckn), Cak.of(octets));
  }

  private static <T> Set<T> identities(Collection<T> objects) {
    Set<T> identities = Collections.newSetFromMap(new IdentityHashMap<>());
    identities.addAll(objects);
    return identities;
  }

  /** The keys of the port, without those of the caller. */
  private Set<Destroyable> held() {
    Set<Destroyable> held = identities(HeldKeys.of(a.port));
    held.removeAll(callers());
    return held;
  }

  private Set<Destroyable> callers() {
    return HeldKeys.of(List.of(config, other, GROUP, OTHER_GROUP));
  }

  /** What it held before and does not any more is zeroed. */
  private void look() {
    Set<Destroyable> held = held();
    Set<Destroyable> gone = identities(ever);
    gone.removeAll(held);
    assertThat(gone).allMatch(Destroyable::isDestroyed);
    ever.addAll(held);
  }

  private void live(long time) {
    for (long end = world.now() + time; world.now() < end; ) {
      look();
      world.run(50 * MILLIS);
    }
    look();
  }

  private long held(Class<?> type) {
    return HeldKeys.of(a.port).stream().filter(type::isInstance).count();
  }

  @AfterEach
  void stopped() {
    a.stop();
    assertThat(held()).allMatch(Destroyable::isDestroyed);
    assertThat(ever).isNotEmpty().allMatch(Destroyable::isDestroyed);
    assertThat(callers()).isNotEmpty().noneMatch(Destroyable::isDestroyed);
  }

  @Test
  void eachSakOnceItIsRetired() {
    live(SECONDS);
    assertThat(held(Sak.class)).isEqualTo(1);
    for (int i = 0; i < 5; i++) {
      a.rekey();
      live(7 * SECONDS);
      assertThat(held(Sak.class)).isEqualTo(1);
    }
    assertThat(ever.stream().filter(Sak.class::isInstance)).hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void theKeyThatIsTakenAwayOrReplaced() {
    live(SECONDS);
    a.tell(port -> port.replaceKey(world.now(), WITH_B.ckn(), other));
    b.tell(port -> port.replaceKey(world.now(), WITH_B.ckn(), other));
    live(10 * SECONDS);
    assertThat(a.port.keys()).extracting(PreSharedKey::ckn).doesNotContain(WITH_B.ckn());
    a.tell(port -> port.removeKey(world.now(), other.ckn()));
    live(10 * SECONDS);
  }

  @Test
  void theGroupCakThatIsHandedOutNoMore() {
    live(SECONDS);
    a.tell(port -> port.distributeCak(world.now(), GROUP));
    live(3 * SECONDS);
    a.tell(port -> port.distributeCak(world.now(), OTHER_GROUP));
    live(3 * SECONDS);
    assertThat(b.port.keys()).extracting(PreSharedKey::ckn).contains(OTHER_GROUP.ckn());
    a.tell(MkaPort::stopDistributingCak);
    live(SECONDS);
  }

  @Test
  void theGroupCakThatIsHandedOutStill() {
    live(SECONDS);
    a.tell(port -> port.distributeCak(world.now(), GROUP));
    live(SECONDS);
  }
}
