package org.macsec4j.mka.statespace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.macsec4j.Sci;
import org.macsec4j.Ssci;
import org.macsec4j.mka.statespace.SmallSecy.Sa;

/**
 * Who has ever done what with which key, and the rules for that; never changed. It is a part of the
 * state: two worlds that differ only in what was done before are two, since one of them may break a
 * rule with the next step.
 */
final class Ledger {
  static final Ledger EMPTY = new Ledger(List.of());

  /** Something done with a key. */
  sealed interface Deed {
    /** A transmit SA is installed. */
    record Transmit(Sci sender, Sa sa) implements Deed {}

    /** A receive SA is installed. */
    record Receive(Sci receiver, Sci sender, Sa sa) implements Deed {}

    /** A transmit SA becomes the one that is used. */
    record Select(Sci sender, Sa sa) implements Deed {}
  }

  /** One use of a key; the receiver of a transmission is null. */
  private record Use(SmallSecy.Key key, Sci sender, Sci receiver, Optional<Ssci> ssci) {}

  private final List<Use> uses;

  private Ledger(List<Use> uses) {
    this.uses = uses;
  }

  /** What the ledger is after some deeds; an error when one of them must not be. */
  Ledger after(List<Deed> deeds) {
    List<Use> more = null;
    for (Deed deed : deeds) {
      List<Use> known = more == null ? uses : more;
      Use use = use(known, deed);
      if (use != null && !known.contains(use)) {
        more = more == null ? new ArrayList<>(uses) : more;
        more.add(use);
      }
    }
    return more == null ? this : new Ledger(more);
  }

  private static Use use(List<Use> known, Deed deed) {
    if (deed instanceof Deed.Transmit transmit) {
      return transmits(known, transmit);
    } else if (deed instanceof Deed.Receive receive) {
      checkKey(known, receive.sa, receive.sender);
      return new Use(receive.sa.key(), receive.sender, receive.receiver, receive.sa.ssci());
    }
    checkIsReceived(known, (Deed.Select) deed);
    return null;
  }

  /** A transmit SA begins with packet number 1, so there is one for a key and an SCI, ever. */
  private static Use transmits(List<Use> known, Deed.Transmit deed) {
    checkKey(known, deed.sa, deed.sender);
    Use use = new Use(deed.sa.key(), deed.sender, null, deed.sa.ssci());
    if (known.contains(use)) {
      throw new AssertionError(deed.sender + " transmits anew with " + deed.sa.key());
    }
    return use;
  }

  /** A key comes into use for sending when another member was ready for it. */
  private static void checkIsReceived(List<Use> known, Deed.Select deed) {
    for (Use use : known) {
      if (use.receiver != null && use.sender.equals(deed.sender) && use.key.equals(deed.sa.key())) {
        return;
      }
    }
    throw new AssertionError(deed.sender + " sends with a key that nobody ever received");
  }

  /** One identifier is one key, and under a key the greater SCI has the lower SSCI. */
  private static void checkKey(List<Use> known, Sa sa, Sci sender) {
    for (Use use : known) {
      if (!use.key.identifier().equals(sa.key().identifier())) {
        continue;
      }
      if (use.key.octets() != sa.key().octets()) {
        throw new AssertionError("two keys are called " + use.key.identifier());
      }
      if (!isInOrder(use.sender, use.ssci, sender, sa.ssci())) {
        throw new AssertionError(
            sa.ssci() + " of " + sender + " beside " + use.ssci + " of " + use.sender);
      }
    }
  }

  private static boolean isInOrder(
      Sci one, Optional<Ssci> ofOne, Sci other, Optional<Ssci> ofOther) {
    if (ofOne.isEmpty() || ofOther.isEmpty()) {
      return ofOne.isEmpty() && ofOther.isEmpty();
    }
    int bySci = Integer.signum(one.compareTo(other));
    return bySci == Integer.compareUnsigned(ofOther.get().value(), ofOne.get().value());
  }

  void addTo(Fingerprint target) {
    for (Use use : uses) {
      Fingerprint one = new Fingerprint();
      one.add(use.key.octets());
      one.add(use.sender.hashCode());
      one.add(use.receiver == null ? 0 : use.receiver.hashCode());
      target.addUnordered(one);
    }
    target.add(uses.size());
  }
}
