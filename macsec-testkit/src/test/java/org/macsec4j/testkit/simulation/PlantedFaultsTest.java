package org.macsec4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.macsec4j.ReceiveSa;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.TransmitSa;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.testkit.dataplane.SecTag;

/** Each rule is seen to fire, in a world in which somebody breaks it on purpose. */
class PlantedFaultsTest {
  private static final int TCI_AT = 14;
  private static final int E_BIT = 0x08;

  @Test
  void aSecyThatBeginsItsPacketNumbersAnewIsNoticed() {
    Recipe recipe = healthy(r -> r.hosts().get(0).group() == 0);
    Outcome outcome = play(recipe, planted(0, (host, genuine) -> new ForgetfulPlane(host)));
    assertFires(outcome, PacketNumberLedger.RULE, "a sends packet number 1 a second time");
  }

  @Test
  void aUserFrameInClearIsNoticed() {
    Outcome outcome =
        play(healthy(r -> true), planted(1, (host, genuine) -> sending(genuine, frame -> frame)));
    assertFires(outcome, Watch.NOTHING_IN_CLEAR, "b sends a frame of EtherType 88b5");
  }

  @Test
  void aFrameThatIsNotEncryptedIsNoticed() {
    Outcome outcome =
        play(
            healthy(Recipe::confidential),
            planted(
                0,
                (host, genuine) ->
                    sending(
                        genuine,
                        frame -> {
                          byte[] wire = genuine.protect(frame);
                          if (wire != null) {
                            wire[TCI_AT] &= ~E_BIT;
                          }
                          return wire;
                        })));
    assertFires(outcome, Watch.NOTHING_IN_CLEAR, "a sends a frame not encrypted");
  }

  @Test
  void aForgedFrameThatIsDeliveredIsNoticed() {
    Outcome outcome =
        play(healthy(r -> true), planted(1, (host, genuine) -> new ForgingPlane(genuine)));
    assertFires(outcome, Watch.ONLY_GENUINE, "b delivers user frame");
    assertThat(outcome.failure().orElseThrow().what()).endsWith("but not as it was sent");
  }

  @Test
  void aReplayedFrameThatIsDeliveredIsNoticed() {
    Outcome outcome =
        play(healthy(r -> true), planted(1, (host, genuine) -> new EchoingPlane(genuine)));
    assertFires(outcome, ReplayBound.RULE, "b delivers user frame");
  }

  @Test
  void aFrameOfAStrangerOrOfOneselfThatIsDeliveredIsNoticed() {
    Recipe recipe = recipe(r -> r.hosts().stream().anyMatch(host -> host.group() == 1));
    World world = new World(recipe, false, Sabotage.NONE);
    SimulatedHost first = world.hosts.get(0);
    SimulatedHost stranger = world.hosts.get(world.hosts.size() - 1);
    UserFrame frame = new UserFrame(0, stranger, 0, 100);
    assertThatThrownBy(() -> world.watch.delivered(first, frame.octets, List.of(frame)))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("no CAK in common");
    assertThatThrownBy(() -> world.watch.delivered(stranger, frame.octets, List.of(frame)))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("its own frame");
    assertThatThrownBy(() -> world.watch.delivered(first, new byte[60], List.of(frame)))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("nobody sent");
  }

  @Test
  void oneLostFrameInAHealthyWorldIsNoticed() {
    Sabotage sabotage =
        new Sabotage() {
          private boolean done;

          @Override
          public boolean swallows(SimulatedHost from, SimulatedHost to, byte[] frame, long now) {
            boolean take =
                !done
                    && now > 10 * Schedule.SECONDS
                    && from.spec.group() == to.spec.group()
                    && Segment.etherType(frame) == SecTag.ETHER_TYPE;
            done |= take;
            return take;
          }
        };
    Outcome outcome = Simulation.play(healthy(r -> r.hosts().size() > 2), true, sabotage);
    assertFires(outcome, Traffic.NO_FRAME_LOST, "did not come to");
  }

  @Test
  void twoWhoStayApartAreNoticed() {
    Outcome outcome =
        Simulation.play(
            recipe(r -> !r.healthy() && r.hosts().size() == 2),
            true,
            new Sabotage() {
              @Override
              public boolean swallows(
                  SimulatedHost from, SimulatedHost to, byte[] frame, long now) {
                return from.spec.number() == 0;
              }
            });
    assertFires(outcome, Traffic.EVERY_PAIR, "after the faults stopped");
  }

  @Test
  void oneWhoStopsToReceiveLaterIsNoticed() {
    Outcome outcome =
        Simulation.play(
            recipe(r -> r.healthy() && r.hosts().size() == 2),
            true,
            new Sabotage() {
              @Override
              public boolean swallows(
                  SimulatedHost from, SimulatedHost to, byte[] frame, long now) {
                return from.spec.number() == 0 && now > 24_500 * Schedule.MILLIS;
              }
            });
    assertFires(outcome, Traffic.EVERY_PAIR, "after the faults stopped");
  }

  @Test
  void twoKeyServersInOneGroupAreNoticed() {
    Outcome outcome =
        Simulation.play(
            recipe(
                r ->
                    !r.healthy()
                        && r.hosts().size() == 4
                        && r.hosts().stream().allMatch(host -> host.group() == 0)),
            true,
            new Sabotage() {
              @Override
              public boolean swallows(
                  SimulatedHost from, SimulatedHost to, byte[] frame, long now) {
                return from.spec.number() / 2 != to.spec.number() / 2;
              }
            });
    assertFires(outcome, Watch.ONE_KEY_SERVER, "all lead group 0");
  }

  @Test
  void whateverIsThrownIsNoticed() {
    Outcome outcome =
        play(
            healthy(r -> true),
            planted(
                0,
                (host, genuine) ->
                    sending(
                        genuine,
                        frame -> {
                          throw new IllegalStateException("planted");
                        })));
    assertFires(outcome, "nothing throws", "planted");
  }

  @Test
  void boundsOfMemoryAndTimersInThePastAreNoticed() {
    World world = new World(healthy(r -> true), false, Sabotage.NONE);
    SimulatedHost host = world.hosts.get(0);
    world.watch.outputs(host, 10);
    assertThatThrownBy(() -> world.watch.outputs(host, 1000)).isInstanceOf(Violation.class);
    world.watch.peers(host, 100);
    assertThatThrownBy(() -> world.watch.peers(host, 101)).isInstanceOf(Violation.class);
    world.watch.deadline(host, 1);
    assertThatThrownBy(() -> world.watch.deadline(host, 0)).isInstanceOf(Violation.class);
  }

  @Test
  void aReportTellsTheRuleTheEndOfTheTraceAndHowToReplay() {
    Recipe recipe = healthy(r -> true);
    Outcome outcome = play(recipe, planted(1, (host, genuine) -> sending(genuine, frame -> frame)));
    assertThat(outcome.report())
        .contains("FAILED seed " + recipe.seed())
        .contains(Watch.NOTHING_IN_CLEAR)
        .contains("starts (life 1)")
        .contains("./macsec simulate --seed " + recipe.seed());
  }

  private static void assertFires(Outcome outcome, String rule, String what) {
    assertThat(outcome.passed()).isFalse();
    Outcome.Failure failure = outcome.failure().orElseThrow();
    assertThat(failure.rule()).isEqualTo(rule);
    assertThat(failure.what()).contains(what);
  }

  private static Outcome play(Recipe recipe, Sabotage sabotage) {
    return Simulation.play(recipe, true, sabotage);
  }

  private static Recipe healthy(Predicate<Recipe> wanted) {
    return recipe(wanted.and(Recipe::healthy));
  }

  private static Recipe recipe(Predicate<Recipe> wanted) {
    long seed = 1;
    while (!wanted.test(Recipe.of(seed))) {
      seed++;
    }
    return Recipe.of(seed);
  }

  private interface Planter {
    DataPlane plant(HostSpec host, DataPlane genuine);
  }

  private static Sabotage planted(int number, Planter planter) {
    return new Sabotage() {
      @Override
      public DataPlane plant(World world, HostSpec host, DataPlane genuine) {
        return host.number() == number ? planter.plant(host, genuine) : genuine;
      }
    };
  }

  private static DataPlane sending(DataPlane genuine, UnaryOperator<byte[]> protect) {
    return new Plane(genuine) {
      @Override
      public byte @Nullable [] protect(byte[] frame) {
        return protect.apply(frame);
      }
    };
  }

  /** Passes everything on. */
  private static class Plane implements DataPlane {
    DataPlane inner;

    Plane(DataPlane inner) {
      this.inner = inner;
    }

    @Override
    public SecyResult apply(SecyCommand command) {
      return inner.apply(command);
    }

    @Override
    public byte @Nullable [] protect(byte[] frame) {
      return inner.protect(frame);
    }

    @Override
    public byte @Nullable [] validate(byte[] frame) {
      return inner.validate(frame);
    }

    @Override
    public List<TransmitSaSnapshot> transmitSas() {
      return inner.transmitSas();
    }

    @Override
    public String lastDrop() {
      return inner.lastDrop();
    }

    @Override
    public void destroy() {
      inner.destroy();
    }
  }

  /** After some frames it is made anew, with the same keys. */
  private static final class ForgetfulPlane extends Plane {
    private final HostSpec host;
    private final List<SecyCommand> commands = new ArrayList<>();
    private int sent;

    ForgetfulPlane(HostSpec host) {
      super(fresh(host));
      this.host = host;
    }

    private static DataPlane fresh(HostSpec host) {
      return new SoftwareDataPlane(host.name(), host.number() + 1, host.sci(), host.config());
    }

    @Override
    public SecyResult apply(SecyCommand command) {
      commands.add(copy(command));
      return inner.apply(command);
    }

    private static SecyCommand copy(SecyCommand command) {
      if (command instanceof SecyCommand.InstallTransmitSa install) {
        TransmitSa sa = install.sa();
        return new SecyCommand.InstallTransmitSa(
            new TransmitSa(sa.an(), sa.key().copy(), sa.nextPn(), sa.ssci(), sa.enabled()));
      } else if (command instanceof SecyCommand.InstallReceiveSa install) {
        ReceiveSa sa = install.sa();
        return new SecyCommand.InstallReceiveSa(
            install.sci(),
            new ReceiveSa(sa.an(), sa.key().copy(), sa.lowestPn(), sa.ssci(), sa.enabled()));
      }
      return command;
    }

    @Override
    public byte @Nullable [] protect(byte[] frame) {
      byte[] wire = inner.protect(frame);
      if (wire != null && ++sent == 20) {
        inner = fresh(host);
        commands.forEach(inner::apply);
      }
      return wire;
    }
  }

  /** Changes a bit of what it delivers. */
  private static final class ForgingPlane extends Plane {
    ForgingPlane(DataPlane inner) {
      super(inner);
    }

    @Override
    public byte @Nullable [] validate(byte[] frame) {
      byte[] user = inner.validate(frame);
      if (user != null) {
        user[user.length - 1] ^= 1;
      }
      return user;
    }
  }

  /** Delivers an old frame now and then. */
  private static final class EchoingPlane extends Plane {
    private final List<byte[]> delivered = new ArrayList<>();

    EchoingPlane(DataPlane inner) {
      super(inner);
    }

    @Override
    public byte @Nullable [] validate(byte[] frame) {
      byte[] user = inner.validate(frame);
      if (user == null) {
        return null;
      }
      delivered.add(user);
      return delivered.size() == 200 ? delivered.get(0) : user;
    }
  }
}
