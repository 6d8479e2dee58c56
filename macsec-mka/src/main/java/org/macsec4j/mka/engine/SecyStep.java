package org.macsec4j.mka.engine;

import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;

/**
 * One command on its way to the SecY, with what it is about.
 *
 * @param target what it is about; a step that failed is known by it when it is tried again
 * @param command the command
 * @param sak the key in it, null for none
 */
record SecyStep(Target target, SecyCommand command, @Nullable Sak sak) {
  /** Kinds of steps. */
  enum Kind {
    CLOSE_PORT("disable the controlled port"),
    PASS_IN_CLEAR("let frames pass in clear"),
    PROTECT("protect and validate frames"),
    CHANGE("change cipher suite or confidentiality offset"),
    CREATE_CHANNEL("create the receive channel"),
    DELETE_CHANNEL("delete the receive channel"),
    INSTALL_RECEIVE("install the receive SA"),
    RAISE_RECEIVE("raise the lowest packet number of the receive SA"),
    DISABLE_RECEIVE("disable the receive SA"),
    DELETE_RECEIVE("delete the receive SA"),
    INSTALL_TRANSMIT("install the transmit SA"),
    ENABLE_TRANSMIT("enable the transmit SA"),
    SELECT_TRANSMIT("transmit with the SA"),
    DISABLE_TRANSMIT("disable the transmit SA"),
    DELETE_TRANSMIT("delete the transmit SA"),
    OPEN_PORT("enable the controlled port");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Whether the step only takes something away. */
    boolean isRemoval() {
      return switch (this) {
        case CLOSE_PORT,
            DELETE_CHANNEL,
            DISABLE_RECEIVE,
            DELETE_RECEIVE,
            DISABLE_TRANSMIT,
            DELETE_TRANSMIT ->
            true;
        default -> false;
      };
    }
  }

  /** What a step is about. */
  record Target(Kind kind, @Nullable Sci sci, @Nullable AssociationNumber an) {}

  /** In words, without key material. */
  String describe() {
    StringBuilder text = new StringBuilder(target.kind().text);
    if (target.sci() != null) {
      text.append(" of ").append(target.sci());
    }
    if (target.an() != null) {
      text.append(", AN ").append(target.an());
    }
    if (command instanceof SecyCommand.Change change) {
      change.change().cipherSuite().ifPresent(suite -> text.append(" to ").append(suite));
    }
    return text.toString();
  }
}
