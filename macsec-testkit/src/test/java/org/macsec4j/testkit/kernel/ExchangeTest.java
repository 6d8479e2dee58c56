package org.macsec4j.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  /** What a host leaves that is killed: the folder, and a lock that nobody holds. */
  private static Path abandoned(String lock) throws IOException {
    Path folder = Files.createTempDirectory("macsec4j-guest").toRealPath();
    Files.writeString(folder.resolve("lock"), lock);
    Files.writeString(folder.resolve("events"), "PASSED");
    return folder;
  }

  @Test
  void removesWhatKilledHostsLeftAndNothingElse() throws IOException {
    Path left = abandoned("x");
    Path beginning = abandoned("");
    Path strange = Files.createTempDirectory("macsec4j-guest").toRealPath();
    try (Exchange first = Exchange.create()) {
      assertThat(left).doesNotExist();
      try (Exchange second = Exchange.create()) {
        assertThat(second.folder()).exists().isNotEqualTo(first.folder());
      }
      assertThat(first.folder()).exists();
      assertThat(beginning).exists();
      assertThat(strange).exists();
    } finally {
      Files.delete(strange);
      Files.delete(beginning.resolve("lock"));
      Files.delete(beginning.resolve("events"));
      Files.delete(beginning);
    }
  }
}
