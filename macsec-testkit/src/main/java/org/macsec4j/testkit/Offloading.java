package org.macsec4j.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Counters;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.TransmitScSnapshot;

/** What hardware makes of one SecY: it refuses commands, and tells less than software does. */
final class Offloading {
  private final VirtualInterface parent;
  private OffloadMode mode = OffloadMode.SOFTWARE;

  /** The packet numbers that were set, by SCI (none for the own) and association number. */
  private final Map<Place, PacketNumber> numbersSet = new HashMap<>();

  private record Place(@Nullable Sci sci, AssociationNumber an) {}

  Offloading(VirtualInterface parent) {
    this.parent = parent;
  }

  boolean isOn() {
    return mode != OffloadMode.SOFTWARE;
  }

  void set(OffloadMode wanted, SecySnapshot secy) {
    String operation = "cannot offload " + secy.id() + ": ";
    Nic nic = parent.nic();
    if (wanted != OffloadMode.SOFTWARE && (nic == null || !nic.has(wanted))) {
      throw new MacsecException(
          Kind.UNSUPPORTED,
          operation + parent.name() + " has no MACsec hardware of that kind (" + wanted + ")");
    }
    if (nic == null || wanted == mode) {
      return;
    }
    if (secy.up() || !secy.transmitSc().sas().isEmpty() || !secy.receiveScs().isEmpty()) {
      throw new MacsecException(
          Kind.BUSY,
          operation + "it can change only while the SecY is down and has no SA or channel");
    }
    if (isOn()) {
      call(nic, DriverCall.DELETE_SECY, operation);
      mode = OffloadMode.SOFTWARE;
    }
    if (wanted != OffloadMode.SOFTWARE) {
      add(nic, wanted, secy, operation);
    }
  }

  private void add(Nic nic, OffloadMode wanted, SecySnapshot secy, String operation) {
    requireTaken(nic, secy.config(), operation);
    long present = parent.secys().stream().filter(SimulatedSecy::isOffloaded).count();
    requireRoom(present, nic.mostSecys(), operation);
    try {
      call(nic, DriverCall.ADD_SECY, operation);
    } catch (MacsecException e) {
      if (nic.keepsWhatItRefuses()) {
        mode = wanted;
      }
      throw e;
    }
    if (!nic.isLying()) {
      mode = wanted;
    }
  }

  private static void requireTaken(Nic nic, SecyConfig config, String operation) {
    if (!nic.takes(config.cipherSuite())) {
      throw new MacsecException(
          Kind.UNSUPPORTED, operation + "the hardware does not know " + config.cipherSuite());
    }
  }

  private static void requireWindow(Nic nic, ReplayProtection replay, String operation) {
    if (!nic.takes(replay)) {
      throw new MacsecException(
          Kind.INVALID, operation + "the hardware does not take a replay " + replay);
    }
  }

  private static void requireRoom(long present, int most, String operation) {
    if (present >= most) {
      throw new MacsecException(
          Kind.LIMIT, operation + "the hardware has no room left, it takes " + most);
    }
  }

  private static void call(Nic nic, DriverCall call, String operation) {
    Kind refusal = nic.call(call);
    if (refusal != null) {
      throw new MacsecException(refusal, operation + "the driver refuses " + call);
    }
  }

  /** While it is on, throws when the hardware refuses a command. */
  void admit(SecyCommand command, SecySnapshot secy) {
    Nic nic = parent.nic();
    if (nic == null) {
      return;
    }
    String operation = "cannot change " + secy.id() + ": ";
    if (command instanceof SecyCommand.Change change) {
      requireTaken(nic, secy.config().with(change.change()), operation);
    } else if (command instanceof SecyCommand.CreateReceiveSc create
        && secy.receiveSc(create.sci()).isEmpty()) {
      requireRoom(secy.receiveScs().size(), nic.mostReceiveScs(), operation);
    } else if (command instanceof SecyCommand.InstallTransmitSa install
        && secy.transmitSc().sa(install.sa().an()).isEmpty()) {
      requireRoom(secy.transmitSc().sas().size(), nic.mostSas(), operation);
    } else if (command instanceof SecyCommand.InstallReceiveSa install) {
      List<ReceiveSaSnapshot> sas =
          secy.receiveSc(install.sci()).map(ReceiveScSnapshot::sas).orElse(List.of());
      if (sas.stream().noneMatch(sa -> sa.an() == install.sa().an())) {
        requireRoom(sas.size(), nic.mostSas(), operation);
      }
      requireWindow(nic, secy.config().replayProtection(), operation);
    }
    call(nic, DriverCall.of(command), operation);
  }

  /** Notes a command that was carried out. */
  void done(SecyCommand command) {
    if (command instanceof SecyCommand.InstallTransmitSa install) {
      numbersSet.put(new Place(null, install.sa().an()), install.sa().nextPn());
    } else if (command instanceof SecyCommand.RaiseNextPn raise) {
      numbersSet.put(new Place(null, raise.an()), raise.nextPn());
    } else if (command instanceof SecyCommand.InstallReceiveSa install) {
      numbersSet.put(new Place(install.sci(), install.sa().an()), install.sa().lowestPn());
    } else if (command instanceof SecyCommand.RaiseLowestPn raise) {
      numbersSet.put(new Place(raise.sci(), raise.an()), raise.lowestPn());
    }
  }

  void deleted() {
    Nic nic = parent.nic();
    if (isOn() && nic != null) {
      nic.call(DriverCall.DELETE_SECY);
    }
  }

  /** A SecY as its host sees it. */
  SecySnapshot seen(SecySnapshot secy) {
    Nic nic = parent.nic();
    if (!isOn() || nic == null) {
      return secy;
    }
    View view = new View(nic.isCounting(), nic.isTellingPacketNumbers());
    return new SecySnapshot(
        secy.id(),
        secy.config(),
        secy.up(),
        secy.operational(),
        mode,
        view.of(secy.transmitSc()),
        secy.receiveScs().stream().map(view::of).toList(),
        nic.isCounting() ? secy.counters() : Counters.absent());
  }

  private final class View {
    private final boolean counting;
    private final boolean telling;

    View(boolean counting, boolean telling) {
      this.counting = counting;
      this.telling = telling;
    }

    private PacketNumber number(@Nullable Sci sci, AssociationNumber an, PacketNumber next) {
      return telling ? next : Optional.ofNullable(numbersSet.get(new Place(sci, an))).orElse(next);
    }

    TransmitScSnapshot of(TransmitScSnapshot channel) {
      return new TransmitScSnapshot(
          channel.sci(),
          channel.encodingSa(),
          channel.sas().stream().map(this::of).toList(),
          counting ? channel.counters() : Counters.absent());
    }

    private TransmitSaSnapshot of(TransmitSaSnapshot sa) {
      return new TransmitSaSnapshot(
          sa.an(),
          sa.key(),
          number(null, sa.an(), sa.nextPn()),
          sa.ssci(),
          sa.enabled(),
          counting ? sa.counters() : Counters.absent());
    }

    ReceiveScSnapshot of(ReceiveScSnapshot channel) {
      return new ReceiveScSnapshot(
          channel.sci(),
          channel.enabled(),
          channel.sas().stream().map(sa -> of(channel.sci(), sa)).toList(),
          counting ? channel.counters() : Counters.absent());
    }

    private ReceiveSaSnapshot of(Sci sci, ReceiveSaSnapshot sa) {
      return new ReceiveSaSnapshot(
          sa.an(),
          sa.key(),
          number(sci, sa.an(), sa.nextPn()),
          telling ? sa.lowestPn() : Optional.empty(),
          sa.ssci(),
          sa.enabled(),
          counting ? sa.counters() : Counters.absent());
    }
  }
}
