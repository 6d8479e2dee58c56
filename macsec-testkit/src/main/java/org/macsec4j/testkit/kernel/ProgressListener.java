package org.macsec4j.testkit.kernel;

import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** In the guest: tells the host of each test and container. */
final class ProgressListener implements TestExecutionListener {
  private final EventWriter events;

  ProgressListener(EventWriter events) {
    this.events = events;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    write(GuestEvent.Kind.STARTED, test, "");
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    write(GuestEvent.Kind.SKIPPED, test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    GuestEvent.Kind kind =
        switch (result.getStatus()) {
          case SUCCESSFUL -> GuestEvent.Kind.PASSED;
          case ABORTED -> GuestEvent.Kind.ABORTED;
          case FAILED -> GuestEvent.Kind.FAILED;
        };
    Optional<String> thrown = result.getThrowable().map(Throwables::toText);
    write(kind, test, thrown.orElse(""));
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entry
        .getKeyValuePairs()
        .forEach(
            (key, value) ->
                write(
                    GuestEvent.Kind.REPORT,
                    test,
                    GuestEvent.encode(key) + "\n" + GuestEvent.encode(value)));
  }

  private void write(GuestEvent.Kind kind, TestIdentifier test, String detail) {
    System.out.flush();
    System.err.flush();
    events.write(
        new GuestEvent(
            kind,
            test.getUniqueId(),
            test.getParentId().orElse(""),
            test.getDisplayName(),
            detail));
  }
}
