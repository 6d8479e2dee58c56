package org.macsec4j;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with an argument, so that a caller hears all of it at once. */
final class Problems {
  private final String subject;
  private final List<String> found = new ArrayList<>();

  Problems(String subject) {
    this.subject = subject;
  }

  /** Adds a problem unless {@code holds}; the text names the option, the value, the range. */
  void require(boolean holds, String otherwise) {
    if (!holds) {
      found.add(otherwise);
    }
  }

  /** Throws when there was any problem. */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidConfigurationException(subject, found);
    }
  }
}
