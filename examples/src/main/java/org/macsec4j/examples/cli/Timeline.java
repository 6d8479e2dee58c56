package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

/** Prints what happens, when, to whom; in virtual time. */
final class Timeline {
  private final PrintWriter out;
  private final Lab lab;
  private boolean muted;

  Timeline(PrintWriter out, Lab lab) {
    this.out = out;
    this.lab = lab;
  }

  /** Whether events are left out for a while; checks and chapters are not. */
  void mute(boolean value) {
    muted = value;
  }

  void chapter(String title) {
    out.println();
    out.println(title);
  }

  void plain(String text) {
    out.print(text);
    out.flush();
  }

  void says(String who, String what) {
    Duration now = lab.now();
    out.printf(
        Locale.ROOT,
        "  %3d.%06d s  %-8s %s%n",
        now.toSeconds(),
        now.toNanosPart() / 1000,
        who,
        what);
  }

  void check(String what, boolean holds) {
    out.println("  " + (holds ? "ok    " : "FAILED") + "        " + what);
    out.flush();
  }

  void event(Host host, MkaEvent event) {
    String sentence = muted ? null : sentence(event);
    if (sentence != null) {
      says(host.name(), sentence);
    }
  }

  /**
   * What an event means; null for one that is no news to somebody who watches for the first time.
   */
  private static @Nullable String sentence(MkaEvent event) {
    if (event instanceof MkaEvent.PeerPotential e) {
      return "hears " + e.sci();
    }
    if (event instanceof MkaEvent.PeerLive e) {
      return "is heard by " + e.sci() + ": the peer is live";
    }
    if (event instanceof MkaEvent.PeerLost e) {
      return "has lost " + e.sci();
    }
    if (event instanceof MkaEvent.KeyServerElected e) {
      return e.self() ? "is the key server" : "takes " + e.sci() + " for the key server";
    }
    return keySentence(event);
  }

  private static @Nullable String keySentence(MkaEvent event) {
    if (event instanceof MkaEvent.RekeyStarted e) {
      return "makes a new key: " + e.reason();
    }
    if (event instanceof MkaEvent.SakDistributed e) {
      return "distributes KN " + e.key().keyNumber() + ", AN " + e.an() + ", " + e.suite();
    }
    if (event instanceof MkaEvent.SakReceived e) {
      return "unwraps KN " + e.key().keyNumber() + ", AN " + e.an() + ", " + e.suite();
    }
    if (event instanceof MkaEvent.SakInstalled e) {
      return "receives under KN " + e.key().keyNumber();
    }
    if (event instanceof MkaEvent.SakInUse e) {
      return "sends under KN " + e.key().keyNumber();
    }
    if (event instanceof MkaEvent.SakRetired e) {
      return "has retired KN " + e.key().keyNumber();
    }
    return portSentence(event);
  }

  private static @Nullable String portSentence(MkaEvent event) {
    if (event instanceof MkaEvent.Secured) {
      return "SECURED: user frames may pass";
    }
    if (event instanceof MkaEvent.Unsecured) {
      return "not secured: no user frame passes";
    }
    if (event instanceof MkaEvent.SecyRefused e) {
      return "its SecY refused: " + e.cause().getMessage();
    }
    return null;
  }
}
