package org.macsec4j.mka;

import java.time.Duration;
import org.macsec4j.MacsecException;

/**
 * A link was not secured in time. The message is the diagnosis, in words for the person on call.
 */
public final class MkaNotSecuredException extends MacsecException {
  private static final long serialVersionUID = 1L;

  /** What was seen. */
  private final transient MkaDiagnosis diagnosis;

  /**
   * A link that is not secured.
   *
   * @param interfaceName the interface
   * @param waited how long it was waited for
   * @param diagnosis what was seen meanwhile
   */
  public MkaNotSecuredException(String interfaceName, Duration waited, MkaDiagnosis diagnosis) {
    super(
        Kind.NOT_SECURED,
        interfaceName + " is not secured after " + seconds(waited) + " s: " + diagnosis.text());
    this.diagnosis = diagnosis;
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.toMillis() / 1000.0);
  }

  /**
   * What was seen.
   *
   * @return the diagnosis
   */
  public MkaDiagnosis diagnosis() {
    return diagnosis;
  }
}
