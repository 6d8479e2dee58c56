package org.macsec4j.examples.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.Sci;
import org.macsec4j.examples.config.Link;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;

/**
 * Keeps the links of a file secured: starts them, tries those again that did not start, and follows
 * the file when it changes. A link whose keys alone change goes on without losing a frame.
 *
 * <p>For one thread; lines come from the sessions' thread too.
 */
final class LinkRunner implements AutoCloseable {
  private final Macsec macsec;
  private final Consumer<String> lines;
  private final LinkLog log;
  private final Map<String, Running> links = new LinkedHashMap<>();
  private final StatusFolder statuses;
  private final Function<Link, SessionOptions> options;
  private boolean statusRefused;

  /** A link that is asked for; without a session as long as that could not be started. */
  private static final class Running {
    private Link link;
    private Optional<MkaSession> session = Optional.empty();

    /** Of which SCI the status was left. */
    private Optional<Sci> told = Optional.empty();

    Running(Link link) {
      this.link = link;
    }
  }

  /**
   * Begins with no link.
   *
   * @param lines takes a line for people
   * @param statuses where the links' states are left for others
   * @param options of the session of each link
   */
  LinkRunner(
      Macsec macsec,
      Consumer<String> lines,
      StatusFolder statuses,
      Function<Link, SessionOptions> options) {
    this.macsec = macsec;
    this.lines = lines;
    this.log = new LinkLog(lines);
    this.statuses = statuses;
    this.options = options;
  }

  /** Makes the links to be these. */
  void apply(List<Link> wanted) {
    Set<String> names = wanted.stream().map(Link::interfaceName).collect(Collectors.toSet());
    List<String> gone = links.keySet().stream().filter(name -> !names.contains(name)).toList();
    for (String name : gone) {
      end(name);
      links.remove(name);
      log.forget(name);
      log.say(name, "ended, as it is not asked for any more");
    }
    wanted.forEach(this::apply);
  }

  private void apply(Link wanted) {
    String name = wanted.interfaceName();
    Running running = links.get(name);
    if (running == null) {
      links.put(name, new Running(wanted));
      start(links.get(name));
      return;
    }
    List<String> changes = running.link.changes(wanted);
    running.link = wanted;
    if (running.session.isEmpty()) {
      start(running);
    } else if (changes.isEmpty()) {
      changeKeys(name, running.session.get(), wanted.mka().keys());
    } else {
      end(name);
      log.say(name, "starts again: " + String.join("; ", changes));
      start(running);
    }
  }

  /** In pairs where it can be: a key that takes another one's place loses no frame. */
  private void changeKeys(String name, MkaSession session, List<PreSharedKey> wanted) {
    List<PreSharedKey> now = session.keys().list();
    List<PreSharedKey> gone = new ArrayList<>(now);
    gone.removeAll(wanted);
    List<PreSharedKey> fresh = new ArrayList<>(wanted);
    fresh.removeAll(now);
    for (PreSharedKey key : fresh) {
      Optional<PreSharedKey> sameName =
          gone.stream().filter(old -> old.ckn().equals(key.ckn())).findFirst();
      if (sameName.isPresent()) {
        // No two keys have one name, so this one cannot be taken over without a gap.
        gone.remove(sameName.get());
        session.keys().remove(key.ckn());
        session.keys().add(key);
      } else if (gone.isEmpty()) {
        session.keys().add(key);
      } else {
        session.keys().replace(gone.remove(0).ckn(), key);
      }
      log.say(name, "takes the key " + key.ckn());
    }
    for (PreSharedKey key : gone) {
      session.keys().remove(key.ckn());
      log.say(name, "drops the key " + key.ckn());
    }
  }

  private void start(Running running) {
    Link link = running.link;
    String name = link.interfaceName();
    try {
      MkaSession session =
          MkaSession.start(macsec, name, link.mka(), link.offload().addTo(options.apply(link)));
      running.session = Optional.of(session);
      log.forget(name);
      log.say(name, "started as " + session.secy().id().name());
      session.onEvent(event -> tell(name, event));
    } catch (MacsecException e) {
      log.sayOnce(name, "not started, will try again: " + e.getMessage());
    }
  }

  private void tell(String name, MkaEvent event) {
    // Counted, and part of the diagnosis; a flood of them must not be a flood of lines.
    if (!(event instanceof MkaEvent.FrameDropped)) {
      log.say(name, event.toString());
    }
  }

  /** Tries again what did not start, and says why what did is not secured. */
  void tend() {
    for (Running running : links.values()) {
      if (running.session.isEmpty()) {
        start(running);
      } else if (running.session.get().isSecured()) {
        log.forget(running.link.interfaceName());
      } else {
        String diagnosis = running.session.get().status().diagnosis().toString();
        log.sayOnce(running.link.interfaceName(), "not secured: " + diagnosis);
      }
      leaveStatus(running);
    }
  }

  /** For {@code macsec show}. The links go on when it cannot be left, which is said once. */
  private void leaveStatus(Running running) {
    try {
      Optional<MkaStatus> status = running.session.map(MkaSession::status);
      Optional<Sci> now = status.map(MkaStatus::sci);
      if (running.told.isPresent() && !running.told.equals(now)) {
        statuses.forget(running.told.get());
      }
      running.told = now;
      if (status.isPresent()) {
        statuses.say(status.get().sci(), status.get());
      }
      statusRefused = false;
    } catch (IOException e) {
      if (!statusRefused) {
        lines.accept("the state of the links cannot be left for macsec show: " + e.getMessage());
      }
      statusRefused = true;
    }
  }

  /** The session of an interface, when it has been started. */
  Optional<MkaSession> session(String interfaceName) {
    return Optional.ofNullable(links.get(interfaceName)).flatMap(running -> running.session);
  }

  /** How many links are asked for and have a session. */
  long started() {
    return links.values().stream().filter(running -> running.session.isPresent()).count();
  }

  private void end(String name) {
    Running running = links.get(name);
    if (running != null) {
      running.session.ifPresent(session -> close(name, session));
      running.session = Optional.empty();
      leaveStatus(running);
    }
  }

  /** One whose device cannot be removed does not keep the others from their end. */
  private void close(String name, MkaSession session) {
    try {
      session.close();
    } catch (MacsecException e) {
      log.say(name, "ended, but " + e.getMessage());
    }
  }

  /** Ends all links and removes their devices. */
  @Override
  public void close() {
    links.keySet().forEach(this::end);
    links.clear();
  }
}
