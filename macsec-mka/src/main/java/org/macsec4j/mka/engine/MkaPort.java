package org.macsec4j.mka.engine;

import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaStatus;

/** Placeholder of the signatures; the engine follows. */
public final class MkaPort {
  private MkaPort() {}

  /**
   * Makes a port. Nothing happens before {@link #start}.
   *
   * @param config what it shall be
   * @param sci our SCI: the address of the interface and the configured port number
   * @param entropy where chance comes from
   * @return the port
   */
  public static MkaPort create(MkaConfig config, Sci sci, EntropySource entropy) {
    throw new UnsupportedOperationException();
  }

  /**
   * Starts: the first MKPDU goes out at once.
   *
   * @param now the time, monotonic nanoseconds of any origin
   */
  public void start(long now) {}

  /**
   * Takes a frame that came in on the uncontrolled port.
   *
   * @param now the time
   * @param frame the whole frame, from the destination address on; not kept, not changed
   */
  public void handleFrame(long now, byte[] frame) {}

  /**
   * Tells that {@link #nextDeadline} is reached. Calling it too early or too late does no harm.
   *
   * @param now the time
   */
  public void handleTimeout(long now) {}

  /**
   * Answers a command. An answer to a command that is not waited for is ignored.
   *
   * @param now the time
   * @param commandId {@link MkaOutput.Apply#id}
   * @param result what became of it
   */
  public void handleResult(long now, long commandId, SecyResult result) {}

  /**
   * Tells the next packet number of one of our own transmit SAs, as read from the SecY.
   *
   * @param now the time
   * @param an which SA
   * @param nextPn the number of the next frame
   */
  public void handlePacketNumber(long now, AssociationNumber an, PacketNumber nextPn) {}

  /**
   * Asks for a new SAK. Only the key server makes one; elsewhere nothing happens.
   *
   * @param now the time
   */
  public void rekey(long now) {}

  /**
   * Stops: the controlled port is disabled, SAs and channels are removed by commands, keys are
   * zeroed when the last command is answered. Nothing is sent any more.
   *
   * @param now the time
   */
  public void stop(long now) {}

  /**
   * The next thing to do.
   *
   * @return an output, or null when there is none
   */
  public @Nullable MkaOutput poll() {
    return null;
  }

  /**
   * When {@link #handleTimeout} wants to be called.
   *
   * @return the time, {@link Long#MAX_VALUE} for never
   */
  public long nextDeadline() {
    return Long.MAX_VALUE;
  }

  /**
   * What the port is now.
   *
   * @return a snapshot
   */
  public MkaStatus status() {
    throw new UnsupportedOperationException();
  }
}
