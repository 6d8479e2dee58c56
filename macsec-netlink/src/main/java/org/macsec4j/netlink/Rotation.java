package org.macsec4j.netlink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyId;
import org.macsec4j.TransmitSa;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.netlink.macsec.SecyReport;

/**
 * Carries out a {@link SaRotation}. The kernel has no transaction; only the switch to another
 * transmit SA is one step. So everything that can fail comes before the switch and is undone when
 * something does, and what comes after it may be left undone without harm.
 *
 * <p>What stands where a new SA shall be is removed first, as it is there from a rotation long ago
 * or from a process that died; the SA that sends is never touched before the switch. A process that
 * dies half-way leaves at most such SAs behind, so the next rotation goes through, and takes with
 * it what is left of transmit SAs: no key stays in the kernel that nobody needs.
 */
final class Rotation {
  private final SecyId secy;
  private final BiConsumer<SecyId, SecyCommand> run;
  private final Deque<List<SecyCommand>> undo = new ArrayDeque<>();

  Rotation(SecyId secy, BiConsumer<SecyId, SecyCommand> run) {
    this.secy = secy;
    this.run = run;
  }

  void carryOut(SecyReport now, SaRotation rotation) {
    AssociationNumber old = now.transmitSc().encodingSa();
    rotation.transmit().ifPresent(sa -> requireAnother(old, now, sa));
    try {
      for (Map.Entry<Sci, ReceiveSa> entry : rotation.receive().entrySet()) {
        install(now, entry.getKey(), entry.getValue());
      }
      rotation.transmit().ifPresent(sa -> install(now, sa));
    } catch (MacsecException e) {
      rollBack(e);
      throw e;
    }
    rotation
        .transmit()
        .ifPresent(
            sa ->
                now.transmitSc().sas().stream()
                    .filter(other -> other.an() != sa.an())
                    .forEach(this::retire));
  }

  private void requireAnother(AssociationNumber old, SecyReport now, TransmitSa sa) {
    if (sa.an() == old && now.transmitSc().sa(old).isPresent()) {
      throw new MacsecException(
          MacsecException.Kind.BUSY,
          "cannot rotate "
              + secy
              + ": transmit SA "
              + old
              + " is the one in use; take "
              + old.next());
    }
  }

  private void install(SecyReport now, Sci peer, ReceiveSa sa) {
    AssociationNumber an = sa.an();
    Optional<ReceiveSaSnapshot> stale = now.receiveSc(peer).flatMap(channel -> channel.sa(an));
    if (stale.isPresent()) {
      removeReceive(peer, an).forEach(this::run);
    }
    run(new SecyCommand.InstallReceiveSa(peer, sa));
    undo.push(removeReceive(peer, an));
  }

  private static List<SecyCommand> removeReceive(Sci peer, AssociationNumber an) {
    return List.of(
        new SecyCommand.EnableReceiveSa(peer, an, false),
        new SecyCommand.DeleteReceiveSa(peer, an));
  }

  private void install(SecyReport now, TransmitSa sa) {
    if (now.transmitSc().sa(sa.an()).isPresent()) {
      removeTransmit(sa.an()).forEach(this::run);
    }
    run(new SecyCommand.InstallTransmitSa(sa));
    undo.push(removeTransmit(sa.an()));
    run(new SecyCommand.SelectTransmitSa(sa.an()));
  }

  private static List<SecyCommand> removeTransmit(AssociationNumber an) {
    return List.of(
        new SecyCommand.EnableTransmitSa(an, false), new SecyCommand.DeleteTransmitSa(an));
  }

  /**
   * Nothing sends with it any more, and it may be gone already. When this fails it stays, and the
   * next rotation finds it here again: so each looks at all others, not at the one before alone.
   */
  private void retire(TransmitSaSnapshot old) {
    try {
      removeTransmit(old.an()).forEach(this::run);
    } catch (MacsecException e) {
      if (e.kind() == MacsecException.Kind.NOT_FOUND) {
        return;
      }
      LinuxBackend.LOG.warn("{}: an SA from before the rotation stays: {}", secy, e.getMessage());
    }
  }

  private void rollBack(MacsecException cause) {
    while (!undo.isEmpty()) {
      try {
        undo.pop().forEach(this::run);
      } catch (MacsecException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private void run(SecyCommand command) {
    run.accept(secy, command);
  }
}
