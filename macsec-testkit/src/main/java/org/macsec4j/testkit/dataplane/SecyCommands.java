package org.macsec4j.testkit.dataplane;

import java.nio.ByteBuffer;
import java.security.Provider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;

/**
 * Carries out commands, or refuses them with nothing changed.
 *
 * <p>It refuses what a careful kernel would, so that whoever behaves here behaves there, and beyond
 * that whatever would use a packet number twice under one key.
 */
final class SecyCommands {
  private final SecyState state;
  private final @Nullable Provider provider;

  SecyCommands(SecyState state, @Nullable Provider provider) {
    this.state = state;
    this.provider = provider;
  }

  /** Carries a command out; throws a {@link MacsecException} when it is refused. */
  void run(SecyCommand command) {
    if (command instanceof SecyCommand.Change change) {
      configure(change.change());
    } else if (command instanceof SecyCommand.SetControlledPort port) {
      state.up = port.enabled();
    } else if (!runTransmit(command)) {
      runReceive(command);
    }
  }

  private boolean runTransmit(SecyCommand command) {
    if (command instanceof SecyCommand.InstallTransmitSa install) {
      install(install.sa());
    } else if (command instanceof SecyCommand.EnableTransmitSa enable) {
      enable(enable.an(), enable.enabled());
    } else if (command instanceof SecyCommand.RaiseNextPn raise) {
      raiseNextPn(raise.an(), raise.nextPn());
    } else if (command instanceof SecyCommand.SelectTransmitSa select) {
      state.noLoss = transmitSa("select", select.an()).isEnabled();
      state.encodingSa = select.an();
    } else if (command instanceof SecyCommand.DeleteTransmitSa delete) {
      delete(delete.an());
    } else {
      return false;
    }
    return true;
  }

  private void runReceive(SecyCommand command) {
    if (command instanceof SecyCommand.CreateReceiveSc create) {
      create(create.sci());
    } else if (command instanceof SecyCommand.EnableReceiveSc enable) {
      channel("enable", enable.sci()).enabled = enable.enabled();
    } else if (command instanceof SecyCommand.DeleteReceiveSc delete) {
      channel("delete", delete.sci()).destroy();
      state.removeChannel(delete.sci());
    } else if (command instanceof SecyCommand.InstallReceiveSa install) {
      install(install.sci(), install.sa());
    } else if (command instanceof SecyCommand.EnableReceiveSa enable) {
      receiveSa("enable", enable.sci(), enable.an()).enabled = enable.enabled();
    } else if (command instanceof SecyCommand.RaiseLowestPn raise) {
      raiseLowestPn(raise);
    } else if (command instanceof SecyCommand.DeleteReceiveSa delete) {
      delete(delete.sci(), delete.an());
    } else {
      throw refuse(Kind.UNSUPPORTED, "carry out", command.getClass().getSimpleName(), "unknown");
    }
  }

  private void configure(SecyChange change) {
    SecyConfig changed = state.config().with(change);
    requireOffset(state, changed, "cannot change " + state.id);
    if (state.has(Quirk.FIXED_CIPHER_SUITE)
        && changed.cipherSuite() != state.config().cipherSuite()
        && state.hasAssociations()) {
      throw refuse(
          Kind.BUSY,
          "change",
          "the cipher suite",
          "it is the one that it was made with, and it has SAs; remove them first");
    }
    state.configure(changed);
  }

  /** Refuses what {@link Quirk#NO_CONFIDENTIALITY_OFFSET} excludes. */
  static void requireOffset(SecyState state, SecyConfig config, String operation) {
    int octets = config.confidentialityOffset().octets();
    if (octets > 0 && state.has(Quirk.NO_CONFIDENTIALITY_OFFSET)) {
      throw new MacsecException(
          Kind.UNSUPPORTED,
          operation + ": there is no confidentiality offset of " + octets + "; use 0, or none");
    }
  }

  private void install(TransmitSa sa) {
    CipherSuite suite = state.config().cipherSuite();
    sa.checkFor(suite);
    String object = "transmit SA " + sa.an();
    requireKey(sa.key(), object);
    if (state.transmitSas[sa.an().value()] != null) {
      throw refuse(Kind.EXISTS, "install", object, "it is installed already; delete it first");
    }
    ByteBuffer fingerprint = KeyLedger.fingerprint(sa.key());
    requireUnused(sa, object, fingerprint);
    FrameCipher cipher = cipher(suite, sa.key(), state.sci, sa.ssci());
    state.transmitSas[sa.an().value()] =
        new TransmitAssociation(sa, cipher, state.config(), fingerprint);
    state.noLoss |= sa.enabled() && sa.an() == state.encodingSa;
  }

  private void requireUnused(TransmitSa sa, String object, ByteBuffer fingerprint) {
    for (TransmitAssociation other : state.transmitSas) {
      if (other != null && other.fingerprint.equals(fingerprint)) {
        throw refuse(
            Kind.PACKET_NUMBER,
            "install",
            object,
            "transmit SA "
                + other.an()
                + " has the same key, so that packet numbers would be used twice; use another key");
      }
    }
    long unused = state.ledger.nextPn(fingerprint);
    if (unused == 0) {
      throw refuse(
          Kind.PACKET_NUMBER,
          "install",
          object,
          "all packet numbers of key " + sa.key().identifier() + " are used; use another key");
    }
    if (Long.compareUnsigned(sa.nextPn().value(), unused) < 0) {
      throw refuse(
          Kind.PACKET_NUMBER,
          "install",
          object,
          "key "
              + sa.key().identifier()
              + " was used up to packet number "
              + PacketNumber.of(unused - 1)
              + ", but nextPn is "
              + sa.nextPn()
              + "; go on at "
              + PacketNumber.of(unused)
              + " or above, or use another key");
    }
  }

  private void enable(AssociationNumber an, boolean enabled) {
    TransmitAssociation sa = transmitSa(enabled ? "enable" : "disable", an);
    if (enabled) {
      requireNumbersLeft("enable", sa);
    }
    sa.enable(enabled);
    if (an == state.encodingSa) {
      state.noLoss = enabled;
    }
  }

  private void raiseNextPn(AssociationNumber an, PacketNumber nextPn) {
    TransmitAssociation sa = transmitSa("raise nextPn of", an);
    requireNumbersLeft("raise nextPn of", sa);
    requireFits("raise nextPn of", "transmit SA " + an, sa.cipher.suite(), nextPn);
    if (Long.compareUnsigned(nextPn.value(), sa.nextPn()) < 0) {
      throw refuse(
          Kind.PACKET_NUMBER,
          "set nextPn of",
          "transmit SA " + an,
          nextPn
              + " is below "
              + PacketNumber.of(sa.nextPn())
              + ", so that packet numbers would be used twice; it can only be raised");
    }
    sa.raiseNextPn(nextPn.value());
    state.noLoss |= sa.isEnabled() && an == state.encodingSa;
  }

  private void requireNumbersLeft(String what, TransmitAssociation sa) {
    if (sa.isExhausted()) {
      throw refuse(
          Kind.PACKET_NUMBER,
          what,
          "transmit SA " + sa.an(),
          "all packet numbers of its key are used; install an SA with another key");
    }
  }

  private void delete(AssociationNumber an) {
    TransmitAssociation sa = transmitSa("delete", an);
    if (sa.isEnabled()) {
      throw refuse(Kind.BUSY, "delete", "transmit SA " + an, "it is enabled; disable it first");
    }
    state.ledger.used(sa.fingerprint, sa.nextPn());
    sa.cipher.destroy();
    state.transmitSas[an.value()] = null;
  }

  private void create(Sci sci) {
    String object = "receive channel " + sci;
    if (state.channel(sci) != null) {
      throw refuse(Kind.EXISTS, "create", object, "it exists already");
    }
    if (sci.equals(state.sci)) {
      throw refuse(
          Kind.INVALID, "create", object, "it is this SecY's own SCI; give that of the peer");
    }
    state.addChannel(new ReceiveChannel(sci));
  }

  private void install(Sci sci, ReceiveSa sa) {
    ReceiveChannel channel = channel("install receive SA " + sa.an() + " on", sci);
    CipherSuite suite = state.config().cipherSuite();
    sa.checkFor(suite);
    String object = "receive SA " + sa.an() + " of " + sci;
    requireKey(sa.key(), object);
    if (channel.sas[sa.an().value()] != null) {
      throw refuse(Kind.EXISTS, "install", object, "it is installed already; delete it first");
    }
    channel.sas[sa.an().value()] =
        new ReceiveAssociation(sa, cipher(suite, sa.key(), sci, sa.ssci()), replay(suite, sa));
  }

  private ReplayWindow replay(CipherSuite suite, ReceiveSa sa) {
    long lowest = sa.lowestPn().value();
    return state.has(Quirk.ONE_PACKET_NUMBER)
        ? new OneNumberWindow(
            suite.isXpn(),
            state.has(Quirk.PACKET_NUMBERS_IN_32_BITS),
            lowest,
            state.config().replayProtection())
        : new ReplayWindow(suite.isXpn(), lowest);
  }

  private void raiseLowestPn(SecyCommand.RaiseLowestPn raise) {
    ReceiveAssociation sa = receiveSa("raise lowestPn of", raise.sci(), raise.an());
    requireFits(
        "raise lowestPn of", "receive SA " + raise.an(), sa.cipher.suite(), raise.lowestPn());
    sa.replay.raiseLowest(raise.lowestPn().value(), state.config().replayProtection());
  }

  private void delete(Sci sci, AssociationNumber an) {
    ReceiveAssociation sa = receiveSa("delete", sci, an);
    if (sa.enabled) {
      throw refuse(
          Kind.BUSY,
          "delete",
          "receive SA " + an + " of " + sci,
          "it is enabled; disable it first");
    }
    sa.cipher.destroy();
    channel("delete an SA of", sci).sas[an.value()] = null;
  }

  private FrameCipher cipher(
      CipherSuite suite, SecureAssociationKey key, Sci sci, Optional<Ssci> ssci) {
    FrameCipher.Builder builder =
        FrameCipher.builder(suite, key, sci)
            .confidentialityOffset(state.config().confidentialityOffset())
            .icvLength(state.config().icvLength())
            .provider(provider);
    ssci.ifPresent(builder::ssci);
    return builder.build();
  }

  private TransmitAssociation transmitSa(String what, AssociationNumber an) {
    TransmitAssociation sa = state.transmitSas[an.value()];
    if (sa == null) {
      throw refuse(Kind.NOT_FOUND, what, "transmit SA " + an, "it is not installed");
    }
    return sa;
  }

  private ReceiveChannel channel(String what, Sci sci) {
    ReceiveChannel channel = state.channel(sci);
    if (channel == null) {
      throw refuse(Kind.NOT_FOUND, what, "receive channel " + sci, "there is none; create it");
    }
    return channel;
  }

  private ReceiveAssociation receiveSa(String what, Sci sci, AssociationNumber an) {
    ReceiveAssociation sa = channel(what + " an SA of", sci).sas[an.value()];
    if (sa == null) {
      throw refuse(Kind.NOT_FOUND, what, "receive SA " + an + " of " + sci, "it is not installed");
    }
    return sa;
  }

  private void requireKey(SecureAssociationKey key, String object) {
    if (key.isDestroyed()) {
      throw refuse(
          Kind.INVALID, "install", object, "key " + key.identifier() + " was destroyed before");
    }
  }

  private void requireFits(String what, String object, CipherSuite suite, PacketNumber pn) {
    if (!suite.isXpn() && !pn.fits32()) {
      throw refuse(
          Kind.INVALID,
          what,
          object,
          "packet number " + pn + " is not in 1..4294967295, which is what " + suite + " takes");
    }
  }

  private MacsecException refuse(Kind kind, String what, String object, String why) {
    return new MacsecException(
        kind, "cannot " + what + " " + object + " of " + state.id + ": " + why);
  }
}
