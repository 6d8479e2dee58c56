package org.macsec4j.examples.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.ReceiveSc;
import org.macsec4j.Secy;
import org.macsec4j.SecyEvent;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.examples.config.StaticLink;
import org.macsec4j.spi.Registration;

/**
 * Keeps the links with static keys of a file: makes their SecYs, tries those again that could not
 * be made, and removes them at the end.
 *
 * <p>A static key must never meet a packet number twice, and the file cannot know how far it was
 * used. So a link says that when it starts, says at its end where to go on, is not made again when
 * somebody removes it, and does not follow changes of the file.
 */
final class StaticRunner implements AutoCloseable {
  private final Macsec macsec;
  private final LinkLog log;
  private final Map<String, Running> links = new LinkedHashMap<>();
  private @Nullable Registration watch;

  /** A link that is asked for; without a SecY as long as that could not be made. */
  private static final class Running {
    private final StaticLink link;
    private Optional<Secy> secy = Optional.empty();
    private boolean refused;

    Running(StaticLink link) {
      this.link = link;
    }
  }

  StaticRunner(Macsec macsec, Consumer<String> lines) {
    this.macsec = macsec;
    this.log = new LinkLog(lines);
  }

  /** Makes the links to be these, but for changes of one that is there. */
  void apply(List<StaticLink> wanted) {
    Set<String> names = wanted.stream().map(StaticLink::name).collect(Collectors.toSet());
    for (Running running : List.copyOf(links.values())) {
      String name = running.link.name();
      if (!names.contains(name)) {
        end(running);
        links.remove(name);
        log.say(name, "ended, as it is not asked for any more");
      }
    }
    for (StaticLink link : wanted) {
      Running running = links.get(link.name());
      if (running == null || running.secy.isEmpty()) {
        Running fresh = new Running(link);
        links.put(link.name(), fresh);
        log.forget(link.name());
        start(fresh);
      } else if (!running.link.equals(link)) {
        log.say(
            link.name(),
            "stays as it is: static keys do not follow the file; end this, and start it again with"
                + " other keys");
      }
    }
  }

  private void start(Running running) {
    StaticLink link = running.link;
    try {
      watch();
      Secy secy = macsec.create(link.secy());
      try {
        install(link, secy);
      } catch (MacsecException e) {
        secy.delete();
        throw e;
      }
      running.secy = Optional.of(secy);
      log.forget(link.name());
      log.say(
          link.name(), "started on " + link.secy().parent() + ", SCI " + secy.transmitSc().sci());
      warn(link);
    } catch (MacsecException e) {
      // Of a SecY that was left over it is known how far its keys were used; waiting changes
      // nothing.
      running.refused = e.kind() == MacsecException.Kind.PACKET_NUMBER;
      String what = running.refused ? "not started: " : "not started, will try again: ";
      log.sayOnce(link.name(), what + e.getMessage());
    }
  }

  /** What the peer sends from the first moment on is taken: to receive comes before to send. */
  private static void install(StaticLink link, Secy secy) {
    link.receiveScs()
        .forEach(
            (sci, sas) -> {
              ReceiveSc channel = secy.addReceiveSc(sci);
              sas.forEach(channel::install);
            });
    link.transmitSas().forEach(secy.transmitSc()::install);
    if (link.encodingSa() != AssociationNumber.AN_0) {
      secy.transmitSc().select(link.encodingSa());
    }
    secy.up();
  }

  private void warn(StaticLink link) {
    link.transmitSas()
        .forEach(
            sa ->
                log.say(
                    link.name(),
                    "warning: transmit SA "
                        + sa.an()
                        + " begins at packet number "
                        + sa.nextPn()
                        + " of the file. A number that its key met before, in another run too,"
                        + " gives away what was sent, and lets others forge frames"));
  }

  private void watch() {
    if (watch == null) {
      watch = macsec.onEvent(this::tell);
    }
  }

  /** On a thread of the backend. */
  private void tell(SecyEvent event) {
    if (event instanceof SecyEvent.PacketNumberThresholdReached reached) {
      log.say(reached.secy().name(), "SA " + reached.an() + " needs another key soon: " + event);
    } else if (event instanceof SecyEvent.PacketNumbersExhausted exhausted) {
      log.say(exhausted.secy().name(), "SA " + exhausted.an() + " sends no more: " + event);
    }
  }

  /** Tries again what was not made, and says what is gone. */
  void tend() {
    for (Running running : links.values()) {
      if (running.refused) {
        continue;
      }
      if (running.secy.isEmpty()) {
        start(running);
      } else if (gone(running.secy.get())) {
        log.sayOnce(
            running.link.name(),
            "its device is gone, and is not made again, as its packet numbers would repeat");
      }
    }
  }

  private static boolean gone(Secy secy) {
    try {
      secy.snapshot();
      return false;
    } catch (MacsecException e) {
      return e.kind() == MacsecException.Kind.NOT_FOUND;
    }
  }

  /** How many links are asked for and were made. */
  long started() {
    return links.values().stream().filter(running -> running.secy.isPresent()).count();
  }

  private void end(Running running) {
    running.secy.ifPresent(secy -> end(running.link, secy));
    running.link.transmitSas().forEach(sa -> sa.key().destroy());
    running.link.receiveScs().values().forEach(sas -> sas.forEach(sa -> sa.key().destroy()));
  }

  /** The device may be gone already, by somebody else's hand. */
  private void end(StaticLink link, Secy secy) {
    try {
      // Down first: the numbers that are read then are the last ones.
      secy.down();
      List<TransmitSaSnapshot> sas = secy.transmitSc().sas();
      secy.delete();
      for (TransmitSaSnapshot sa : sas) {
        String after =
            sa.isExhausted()
                ? " has no packet number left; never use its key again"
                : " ended before packet number " + sa.nextPn() + "; its key may go on from there";
        log.say(link.name(), "transmit SA " + sa.an() + after);
      }
    } catch (MacsecException e) {
      log.say(link.name(), "ended, but " + e.getMessage());
    }
  }

  /** Ends all links and removes their devices. */
  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    links.values().forEach(this::end);
    links.clear();
  }
}
