package org.macsec4j.netlink.transport;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A request in JDK Flight Recorder: what was asked of the kernel, for how long, and with how many
 * answers. Nothing is made while nobody records.
 */
abstract class RequestTrace {
  private static final RequestTrace NONE =
      new RequestTrace() {
        @Override
        void end(int answers) {}
      };

  /** A runtime image may be made without the module of Flight Recorder. */
  private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private RequestTrace() {}

  /**
   * Begins to take the time of a request.
   *
   * @param operation what is asked, in words; no key is in them
   */
  static RequestTrace begin(String operation) {
    return AVAILABLE && Recorded.isAsked() ? new Recorded(operation) : NONE;
  }

  /** The request was answered or refused. */
  abstract void end(int answers);

  /** Loaded only where Flight Recorder is there. */
  private static final class Recorded extends RequestTrace {
    private static final EventType TYPE = EventType.getEventType(RequestEvent.class);

    private final RequestEvent event = new RequestEvent();

    Recorded(String operation) {
      event.operation = operation;
      event.begin();
    }

    static boolean isAsked() {
      return TYPE.isEnabled();
    }

    @Override
    void end(int answers) {
      event.answers = answers;
      event.commit();
    }
  }

  @Name("org.macsec4j.NetlinkRequest")
  @Label("Netlink Request")
  @Description("A request to the kernel, until its last answer")
  @Category({"MACsec", "Netlink"})
  @StackTrace(false)
  static final class RequestEvent extends Event {
    @Label("Operation")
    String operation = "";

    @Label("Answers")
    int answers;
  }
}
