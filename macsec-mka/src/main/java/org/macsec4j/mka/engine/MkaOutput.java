package org.macsec4j.mka.engine;

import java.util.Objects;
import org.macsec4j.SecyCommand;
import org.macsec4j.mka.MkaEvent;

/** What a port wants done, in the order in which it wants it. */
public sealed interface MkaOutput {
  /**
   * Send a frame on the uncontrolled port.
   *
   * @param frame from the destination address to the last octet before the FCS; the receiver's own
   */
  @SuppressWarnings("ArrayRecordComponent") // octets on their way, never compared
  record Transmit(byte[] frame) implements MkaOutput {
    /**
     * Checks that there is a frame.
     *
     * @param frame from the destination address on
     */
    public Transmit {
      Objects.requireNonNull(frame, "frame");
    }

    /** The length alone. */
    @Override
    public String toString() {
      return "Transmit[" + frame.length + " octets]";
    }
  }

  /**
   * Tell the SecY, and answer by {@link MkaPort#handleResult}. The keys in a command stay the
   * engine's and are valid until the answer.
   *
   * @param id what the answer refers to
   * @param command the command
   */
  record Apply(long id, SecyCommand command) implements MkaOutput {
    /**
     * Checks that there is a command.
     *
     * @param id what the answer refers to
     * @param command the command
     */
    public Apply {
      Objects.requireNonNull(command, "command");
    }
  }

  /**
   * Tell the application.
   *
   * @param event what happened
   */
  record Event(MkaEvent event) implements MkaOutput {
    /**
     * Checks that there is an event.
     *
     * @param event what happened
     */
    public Event {
      Objects.requireNonNull(event, "event");
    }
  }
}
