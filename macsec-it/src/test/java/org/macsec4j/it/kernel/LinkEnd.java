package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.LeftOver;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.Secy;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/**
 * One end of a wire whose times are measured: a host, and on it a process that does MKA and can be
 * killed.
 */
abstract class LinkEnd implements AutoCloseable {
  static final String PARENT = "eth0";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Netns space;
  final String address;
  final int priority;
  private final Macsec view;
  String cak = WpaSettings.CAK;
  String ckn = WpaSettings.CKN;
  private @Nullable Process tool;
  private @Nullable String name;

  LinkEnd(Netns space, String address, int priority) {
    this.space = space;
    this.address = address;
    this.priority = priority;
    this.view = Macsec.using(LinuxBackend.builder().namespace(space.name()).open());
  }

  /** Does what does not count: starts programs that wait until they are needed. */
  void prepare() {
    endTool();
    tool = space.start("ip", "-batch", "-");
  }

  private void endTool() {
    if (tool != null) {
      tool.destroyForcibly();
    }
  }

  /** Another key, with which it begins the next time. */
  void use(String nextCak, String nextCkn) {
    cak = nextCak;
    ckn = nextCkn;
  }

  /** Starts to do MKA. */
  abstract void begin();

  /** Ends as an administrator ends it; its SecY goes with it. */
  abstract void leave();

  /** As a crash does; its SecY stays. */
  abstract void kill();

  /** Makes it, which leads, distribute another key, and waits for that. */
  abstract void rekey();

  /** What to ask it when a test fails. */
  abstract String said();

  final Optional<Secy> secy() {
    return view.secys().stream().filter(secy -> secy.config().parent().equals(PARENT)).findFirst();
  }

  /**
   * Gives the SecY its address as soon as it is there, by a program that has begun already. One
   * that knew the device of that name before would take this one for the same.
   */
  final void address() {
    if (!Pair.await(() -> secy().isPresent(), PATIENCE)) {
      throw new IllegalStateException("no SecY: " + said());
    }
    name = device();
    say(Objects.requireNonNull(tool), "addr replace %s/24 dev %s".formatted(address, name));
  }

  final String device() {
    return secy().orElseThrow().id().name();
  }

  final void deleteDevice() {
    space.ip("link del dev " + Objects.requireNonNull(name));
  }

  static void say(Process to, String line) {
    try {
      to.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      to.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    endTool();
    view.close();
  }

  /** A wpa_supplicant. */
  static final class Theirs extends LinkEnd {
    private static final long THRESHOLD = 0xC000_0001L;

    private @Nullable WpaSupplicant process;

    Theirs(Netns space, String address, int priority) {
      super(space, address, priority);
    }

    /** It has ended before, as it reads its configuration once. */
    @Override
    void use(String nextCak, String nextCkn) {
      super.use(nextCak, nextCkn);
      close(process);
      process = null;
    }

    private static void close(@Nullable WpaSupplicant process) {
      if (process != null) {
        process.close();
      }
    }

    @Override
    void begin() {
      if (process == null) {
        process = WpaSupplicant.start(space, PARENT, WpaSettings.theirs(cak, ckn, priority));
      } else {
        process.start();
      }
    }

    @Override
    void leave() {
      if (process != null) {
        process.terminate();
      }
    }

    @Override
    void kill() {
      if (process != null) {
        process.kill();
      }
    }

    /** It wants another key when three quarters of all packet numbers are used. */
    @Override
    void rekey() {
      AssociationNumber before = encodingSa();
      space.ip("macsec set %s tx sa %s pn %d on".formatted(device(), before, THRESHOLD));
      if (!Pair.await(() -> !encodingSa().equals(before), PATIENCE)) {
        throw new IllegalStateException("no other key: " + said());
      }
    }

    private AssociationNumber encodingSa() {
      return secy().orElseThrow().transmitSc().snapshot().encodingSa();
    }

    @Override
    String said() {
      return process == null ? "not started" : process.said();
    }

    @Override
    public void close() {
      close(process);
      super.close();
    }
  }

  /** A session of ours in this process, which survives. */
  static final class Ours extends LinkEnd {
    private static final Duration HELLO = Duration.ofMillis(Long.getLong("link.hello", 2_000));

    private Macsec macsec;
    private @Nullable MkaSession session;

    Ours(Netns space, String address, int priority) {
      super(space, address, priority);
      macsec = open(space);
    }

    /** What a killed process leaves is taken over, as a process that starts again does. */
    private static Macsec open(Netns space) {
      LinuxBackend.Builder backend = LinuxBackend.builder().namespace(space.name());
      return Macsec.using(backend.leftOver(LeftOver.RECONCILE).open());
    }

    @Override
    void begin() {
      MkaConfig config = WpaSettings.ours(cak, ckn, priority).toBuilder().helloTime(HELLO).build();
      session = MkaSession.start(macsec, PARENT, config);
    }

    MkaSession session() {
      return Objects.requireNonNull(session);
    }

    @Override
    void leave() {
      session().close();
    }

    /** Nothing that it does reaches the kernel any more, as when its process dies. */
    @Override
    void kill() {
      macsec.close();
      assertThatExceptionOfType(MacsecException.class).isThrownBy(session()::close);
      session = null;
      macsec = open(space);
    }

    /** Waits until the one before it is gone, so that a next one has room. */
    @Override
    void rekey() {
      long before = keyNumber();
      session().rekey();
      if (!Pair.await(() -> keyNumber() > before && session().status().old().isEmpty(), PATIENCE)) {
        throw new IllegalStateException("no other key: " + said());
      }
    }

    private long keyNumber() {
      return session()
          .status()
          .transmitKey()
          .map(MkaStatus.Key::identifier)
          .orElseThrow()
          .keyNumber();
    }

    @Override
    String said() {
      return session().status().toString();
    }

    @Override
    public void close() {
      if (session != null) {
        session.close();
      }
      macsec.close();
      super.close();
    }
  }
}
