package org.macsec4j.testkit;

import java.util.Map;
import java.util.Objects;
import org.macsec4j.SecyCommand;

/** What a host asks of the driver of MACsec hardware, cut as the operations of Linux are. */
public enum DriverCall {
  /** A SecY is handed to the hardware. */
  ADD_SECY,
  /** The settings of a SecY change; which SA it sends with is one of them. */
  UPDATE_SECY,
  /** A SecY is taken from the hardware. */
  DELETE_SECY,
  /** The secured interface comes up. */
  OPEN,
  /** The secured interface goes down. */
  STOP,
  /** A receive channel is made. */
  ADD_RECEIVE_SC,
  /** A receive channel is enabled or disabled. */
  UPDATE_RECEIVE_SC,
  /** A receive channel is removed. */
  DELETE_RECEIVE_SC,
  /** A receive SA is installed. */
  ADD_RECEIVE_SA,
  /** A receive SA is enabled or disabled, or its packet number raised. */
  UPDATE_RECEIVE_SA,
  /** A receive SA is removed. */
  DELETE_RECEIVE_SA,
  /** A transmit SA is installed. */
  ADD_TRANSMIT_SA,
  /** A transmit SA is enabled or disabled, or its packet number raised. */
  UPDATE_TRANSMIT_SA,
  /** A transmit SA is removed. */
  DELETE_TRANSMIT_SA;

  private static final Map<Class<? extends SecyCommand>, DriverCall> CALLS =
      Map.ofEntries(
          Map.entry(SecyCommand.Change.class, UPDATE_SECY),
          Map.entry(SecyCommand.SelectTransmitSa.class, UPDATE_SECY),
          Map.entry(SecyCommand.CreateReceiveSc.class, ADD_RECEIVE_SC),
          Map.entry(SecyCommand.EnableReceiveSc.class, UPDATE_RECEIVE_SC),
          Map.entry(SecyCommand.DeleteReceiveSc.class, DELETE_RECEIVE_SC),
          Map.entry(SecyCommand.InstallReceiveSa.class, ADD_RECEIVE_SA),
          Map.entry(SecyCommand.EnableReceiveSa.class, UPDATE_RECEIVE_SA),
          Map.entry(SecyCommand.RaiseLowestPn.class, UPDATE_RECEIVE_SA),
          Map.entry(SecyCommand.DeleteReceiveSa.class, DELETE_RECEIVE_SA),
          Map.entry(SecyCommand.InstallTransmitSa.class, ADD_TRANSMIT_SA),
          Map.entry(SecyCommand.EnableTransmitSa.class, UPDATE_TRANSMIT_SA),
          Map.entry(SecyCommand.RaiseNextPn.class, UPDATE_TRANSMIT_SA),
          Map.entry(SecyCommand.DeleteTransmitSa.class, DELETE_TRANSMIT_SA));

  static DriverCall of(SecyCommand command) {
    if (command instanceof SecyCommand.SetControlledPort set) {
      return set.enabled() ? OPEN : STOP;
    }
    return Objects.requireNonNull(CALLS.get(command.getClass()));
  }
}
