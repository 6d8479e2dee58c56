package org.macsec4j.mka.runtime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;

/**
 * What a SecY holds by the commands that it carried out, to be held against what it shows: whoever
 * else has a hand in it is noticed.
 */
final class SecyMirror {
  private final Map<AssociationNumber, Held> transmit = new EnumMap<>(AssociationNumber.class);
  private final Map<Sci, Map<AssociationNumber, Held>> channels = new HashMap<>();
  private @Nullable AssociationNumber selected;

  /** An SA by what tells it from another one. */
  private record Held(KeyIdentifier key, boolean enabled) {
    Held enabled(boolean now) {
      return new Held(key, now);
    }
  }

  /** Takes a command that was carried out. */
  void done(SecyCommand command) {
    if (command instanceof SecyCommand.InstallTransmitSa install) {
      transmit.put(
          install.sa().an(), new Held(install.sa().key().identifier(), install.sa().enabled()));
    } else if (command instanceof SecyCommand.EnableTransmitSa enable) {
      transmit.computeIfPresent(enable.an(), (an, held) -> held.enabled(enable.enabled()));
    } else if (command instanceof SecyCommand.SelectTransmitSa select) {
      selected = select.an();
    } else if (command instanceof SecyCommand.DeleteTransmitSa delete) {
      transmit.remove(delete.an());
    } else if (command instanceof SecyCommand.CreateReceiveSc create) {
      channels.put(create.sci(), new EnumMap<>(AssociationNumber.class));
    } else if (command instanceof SecyCommand.DeleteReceiveSc delete) {
      channels.remove(delete.sci());
    } else if (command instanceof SecyCommand.InstallReceiveSa install) {
      Held held = new Held(install.sa().key().identifier(), install.sa().enabled());
      channel(install.sci()).put(install.sa().an(), held);
    } else if (command instanceof SecyCommand.EnableReceiveSa enable) {
      channel(enable.sci())
          .computeIfPresent(enable.an(), (an, held) -> held.enabled(enable.enabled()));
    } else if (command instanceof SecyCommand.DeleteReceiveSa delete) {
      channel(delete.sci()).remove(delete.an());
    }
  }

  boolean holdsAssociations() {
    return !transmit.isEmpty() || channels.values().stream().anyMatch(sas -> !sas.isEmpty());
  }

  Set<Sci> channels() {
    return Set.copyOf(channels.keySet());
  }

  private Map<AssociationNumber, Held> channel(Sci sci) {
    return channels.computeIfAbsent(sci, unused -> new EnumMap<>(AssociationNumber.class));
  }

  /**
   * What was put into the SecY and is not there any more as it was: then it does not do what the
   * engine takes it to do.
   */
  List<String> missing(SecySnapshot now) {
    List<String> found = new ArrayList<>();
    transmit.forEach(
        (an, held) -> {
          TransmitSaSnapshot sa = now.transmitSc().sa(an).orElse(null);
          String name = "transmit SA " + an;
          if (sa == null) {
            found.add(name + " is gone");
          } else {
            // The SecY itself disables an SA that has no packet number left.
            boolean enabled = sa.enabled() || sa.isExhausted();
            compare(found, name, held, sa.key(), enabled);
          }
        });
    AssociationNumber chosen = selected;
    if (chosen != null && transmit.containsKey(chosen) && now.transmitSc().encodingSa() != chosen) {
      found.add("transmit SA " + now.transmitSc().encodingSa() + " is selected, not " + chosen);
    }
    channels.forEach((sci, sas) -> missing(found, sci, sas, now.receiveSc(sci).orElse(null)));
    return found;
  }

  private static void missing(
      List<String> found,
      Sci sci,
      Map<AssociationNumber, Held> sas,
      @Nullable ReceiveScSnapshot channel) {
    if (channel == null) {
      found.add("receive channel " + sci + " is gone");
      return;
    }
    sas.forEach(
        (an, held) -> {
          String name = "receive SA " + an + " of " + sci;
          ReceiveSaSnapshot sa = channel.sa(an).orElse(null);
          if (sa == null) {
            found.add(name + " is gone");
          } else {
            compare(found, name, held, sa.key(), sa.enabled());
          }
        });
  }

  private static void compare(
      List<String> found, String name, Held held, KeyIdentifier key, boolean enabled) {
    if (!held.key().equals(key)) {
      found.add(name + " has another key");
    } else if (held.enabled() && !enabled) {
      found.add(name + " is disabled");
    }
  }

  /** What takes out of the SecY what was never put into it: a stranger's SAs and channels. */
  List<SecyCommand> strangers(SecySnapshot now) {
    List<SecyCommand> removal = new ArrayList<>();
    for (ReceiveScSnapshot channel : now.receiveScs()) {
      Map<AssociationNumber, Held> known = channels.get(channel.sci());
      if (known == null) {
        removal.add(new SecyCommand.DeleteReceiveSc(channel.sci()));
        continue;
      }
      for (ReceiveSaSnapshot sa : channel.sas()) {
        if (!known.containsKey(sa.an())) {
          removal.add(new SecyCommand.EnableReceiveSa(channel.sci(), sa.an(), false));
          removal.add(new SecyCommand.DeleteReceiveSa(channel.sci(), sa.an()));
        }
      }
    }
    for (TransmitSaSnapshot sa : now.transmitSc().sas()) {
      if (!transmit.containsKey(sa.an())) {
        removal.add(new SecyCommand.EnableTransmitSa(sa.an(), false));
        removal.add(new SecyCommand.DeleteTransmitSa(sa.an()));
      }
    }
    return removal;
  }

  /** The SecY is as it was made. */
  void clear() {
    transmit.clear();
    channels.clear();
    selected = null;
  }
}
