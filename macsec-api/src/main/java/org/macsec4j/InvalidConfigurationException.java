package org.macsec4j;

import java.util.List;

/** A configuration was refused; every problem is listed, each with the range that is accepted. */
public final class InvalidConfigurationException extends MacsecException {
  private static final long serialVersionUID = 1L;

  /** Each problem, a sentence. */
  @SuppressWarnings("serial") // an immutable list of the JDK, which is serializable
  private final List<String> problems;

  /**
   * A refusal of a configuration.
   *
   * @param subject what was configured, for instance {@code SecY on eth0}
   * @param problems at least one problem, each a sentence that names option, value and range
   */
  public InvalidConfigurationException(String subject, List<String> problems) {
    super(Kind.INVALID, subject + ": " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * The problems.
   *
   * @return one or more, in the order of the options
   */
  public List<String> problems() {
    return problems;
  }
}
