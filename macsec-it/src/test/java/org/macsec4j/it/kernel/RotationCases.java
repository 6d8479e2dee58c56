package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.LeftOver;
import org.macsec4j.MacsecException;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReceiveSc;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.netlink.SaRotation;
import org.macsec4j.testkit.kernel.CommandResult;

/** Keys that change under a flood of pings, with a mishap at each step in turn. */
abstract class RotationCases extends SecuredPair {
  private static final int INDEX_AT = 20;
  private static final int ATTRIBUTES_AT = 20;
  private static final int RTM_NEWLINK = 16;
  private static final int NO_INTERFACE = 0x7FFF_0000;

  /** What the process does that dies. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void noFrameIsLostInAHundredRotations() throws Exception {
    Process flood = flood();
    for (int rotation = 0; rotation < 100; rotation++) {
      AssociationNumber next = an.next();
      int ours = freshKey();
      int theirs = freshKey();
      leftBackend.rotate(here.id(), receiving(RIGHT_SCI, next, theirs));
      rightBackend.rotate(there.id(), receiving(LEFT_SCI, next, ours));
      leftBackend.rotate(here.id(), sending(next, ours));
      rightBackend.rotate(there.id(), sending(next, theirs));
      an = next;
    }
    assertNoneLost(flood, 200);
    assertThat(here.transmitSc().snapshot().encodingSa()).isEqualTo(AN_0);
    assertThat(here.transmitSc().sas()).hasSize(1);
  }

  /** A request that the kernel refuses, as it is about an interface that is not there. */
  private static ByteBuffer refused(ByteBuffer request) {
    ByteBuffer copy = Seam.direct(request);
    boolean ofLinks = copy.getShort(4) == RTM_NEWLINK;
    copy.putInt(ofLinks ? INDEX_AT : ATTRIBUTES_AT + 4, NO_INTERFACE);
    return copy;
  }

  /**
   * Whatever step fails, alone or with all that come after it: the key before goes on, or the new
   * one does when the step came after the switch. No ping is lost, and what a failure left does not
   * hinder the next rotation.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRotationThatFailsAtAnyStepLosesNothing(boolean allAfterIt) throws Exception {
    Process flood = flood();
    int failed = 0;
    int went = 0;
    int step = 0;
    do {
      step++;
      int fails = step;
      seam.hook(
          request ->
              seam.changes() == fails || (allAfterIt && seam.changes() > fails)
                  ? refused(request)
                  : request);
      if (rotates()) {
        went++;
      } else {
        failed++;
      }
    } while (lastChanges >= step);
    assertThat(failed).as("steps before the switch").isGreaterThanOrEqualTo(3);
    assertThat(went).as("steps after the switch, and none that fails").isGreaterThanOrEqualTo(3);
    assertNoneLost(flood, 50);
    assertThat(here.transmitSc().sas()).extracting(TransmitSaSnapshot::an).containsExactly(an);
  }

  private int lastChanges;

  /** Whether it went through; it did or did not, and nothing between. */
  private boolean rotates() {
    AssociationNumber next = an.next();
    int ours = freshKey();
    int theirs = freshKey();
    rightBackend.rotate(there.id(), receiving(LEFT_SCI, next, ours));
    SaRotation rotation = both(RIGHT_SCI, next, theirs, ours);
    seam.restart();
    MacsecException refusal =
        catchThrowableOfType(MacsecException.class, () -> leftBackend.rotate(here.id(), rotation));
    lastChanges = seam.changes();
    seam.hook(request -> request);
    SecySnapshot now = here.snapshot();
    AssociationNumber sends = now.transmitSc().encodingSa();
    assertThat(now.transmitSc().sa(sends).orElseThrow().enabled()).isTrue();
    assertThat(now.receiveScs().get(0).sa(an).map(ReceiveSaSnapshot::enabled)).contains(true);
    if (refusal != null) {
      assertThat(sends).isEqualTo(an);
      assertThat(refusal.getMessage()).contains("cannot ", "m0", "ENODEV");
      return false;
    }
    assertThat(sends).isEqualTo(next);
    rightBackend.rotate(there.id(), sending(next, theirs));
    an = next;
    return true;
  }

  /** The kernel is left as it is when a process dies before a request; another one goes on. */
  @ParameterizedTest
  @EnumSource(value = LeftOver.class, names = "REFUSE", mode = EnumSource.Mode.EXCLUDE)
  void whoDiesAtAnyStepIsFollowedByWhoCanGoOn(LeftOver policy) {
    boolean died;
    int step = 0;
    do {
      step++;
      int last = step;
      seam.hook(
          request -> {
            if (seam.changes() == last) {
              throw new Death();
            }
            return request;
          });
      died = catchThrowableOfType(Death.class, this::rotateLeft) != null;
      takeOver(policy);
      assertThat(leftSpace.run("ping", "-n", "-q", "-c", "1", "-W", "5", THERE).isOk())
          .as("traffic after a death at request %d, %s", step, policy)
          .isTrue();
    } while (died);
    assertThat(step).as("requests of a rotation").isGreaterThanOrEqualTo(5);
  }

  private void rotateLeft() {
    leftBackend.rotate(here.id(), both(RIGHT_SCI, an.next(), freshKey(), freshKey()));
  }

  /** What a new process does that finds a SecY left over, and what it finds must not hinder it. */
  private void takeOver(LeftOver policy) {
    seam.hook(request -> request);
    left.close();
    openLeft(policy);
    here = left.create(CONFIG);
    AssociationNumber next = here.transmitSc().snapshot().encodingSa().next();
    int ours = freshKey();
    int theirs = freshKey();
    rightBackend.rotate(there.id(), receiving(LEFT_SCI, next, ours));
    if (policy == LeftOver.KEEP) {
      leftBackend.rotate(here.id(), both(RIGHT_SCI, next, theirs, ours));
    } else {
      assertThat(here.receiveScs()).isEmpty();
      assertThat(here.transmitSc().sas()).isEmpty();
      ReceiveSc peer = here.addReceiveSc(RIGHT_SCI);
      peer.install(receiveSa(SUITE, next, theirs, 1));
      here.transmitSc().install(transmitSa(SUITE, next, ours, 1));
      here.transmitSc().select(next);
      here.up();
      leftSpace.ip("addr replace " + HERE + "/24 dev m0");
    }
    moveRight(next, theirs);
    an = next;
    assertThat(here.transmitSc().sas()).extracting(TransmitSaSnapshot::an).containsExactly(next);
  }

  /** The other end may be at that number already, after a process died that had not told. */
  private void moveRight(AssociationNumber next, int key) {
    if (there.transmitSc().snapshot().encodingSa() == next) {
      int between = freshKey();
      rightBackend.rotate(there.id(), sending(next.next(), between));
    }
    rightBackend.rotate(there.id(), sending(next, key));
  }

  /** As {@link #whoDiesAtAnyStepIsFollowedByWhoCanGoOn}, with processes that really die. */
  @Test
  void aProcessThatDiesAtAnyStepIsFollowedByOneThatCanGoOn() {
    List<LeftOver> policies = List.of(LeftOver.KEEP, LeftOver.RECONCILE, LeftOver.RECREATE);
    int step = 0;
    int exit;
    do {
      step++;
      left.close();
      CommandResult child = rotateInAnotherProcess(step);
      exit = child.exitCode();
      assertThat(exit).as(child.error()).isIn(0, DyingProcess.DIED);
      LeftOver policy = policies.get(step % policies.size());
      takeOver(policy);
      assertThat(leftSpace.run("ping", "-n", "-q", "-c", "1", "-W", "5", THERE).isOk())
          .as("traffic after a death at request %d, %s", step, policy)
          .isTrue();
      assertThat(List.of(here.receiveScs().size(), left.secys().size())).containsExactly(1, 1);
    } while (exit == DyingProcess.DIED);
    assertThat(step).as("requests of a rotation").isGreaterThanOrEqualTo(5);
  }

  private CommandResult rotateInAnotherProcess(int diesAt) {
    return leftSpace.run(
        AnotherJvm.command(
            DyingProcess.class,
            String.valueOf(diesAt),
            String.valueOf(an.next().value()),
            String.valueOf(freshKey()),
            String.valueOf(freshKey())));
  }
}
