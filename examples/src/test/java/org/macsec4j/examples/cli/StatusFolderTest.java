package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.Sci;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.engine.EntropySource;
import org.macsec4j.mka.engine.MkaPort;

class StatusFolderTest {
  private static final Sci SCI = Sci.parse("0200000000010001");
  private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

  @TempDir private Path folder;

  private StatusFolder at(Instant time) {
    return new StatusFolder(folder, Clock.fixed(time, ZoneOffset.UTC));
  }

  private Path file() {
    return folder.resolve("0200000000010001.mka");
  }

  private static MkaStatus status() {
    MkaConfig config =
        MkaConfig.preSharedKey(Ckn.parse("01"), Cak.parse("000102030405060708090a0b0c0d0e0f"));
    return MkaPort.create(config, SCI, EntropySource.secure()).status();
  }

  @Test
  void whatIsSaidIsFoundBySciAndByEverybody() throws IOException {
    at(NOW).say(SCI, status());
    Files.setLastModifiedTime(file(), FileTime.from(NOW));
    StatusFolder.Said said = at(NOW.plusSeconds(3)).about(SCI).orElseThrow();
    assertThat(said.age()).hasSeconds(3);
    assertThat(said.isOld()).isFalse();
    assertThat(said.json()).startsWith("{\"secured\":false").endsWith("}");
    assertThat(said.leaves()).containsEntry("in-mkpdu", 0L).hasSize(16);
    assertThat(said.text()).startsWith("    MKA: not secured: ").endsWith("\n");
    assertThat(Files.getPosixFilePermissions(file())).contains(PosixFilePermission.OTHERS_READ);
    assertThat(at(NOW).about(Sci.parse("0200000000020001"))).isEmpty();
  }

  @Test
  void whatNobodyRenewsIsOld() throws IOException {
    at(NOW).say(SCI, status());
    Files.setLastModifiedTime(file(), FileTime.from(NOW));
    assertThat(at(NOW.plusSeconds(60)).about(SCI).orElseThrow().isOld()).isTrue();
  }

  @Test
  void whatIsNotOursIsPassedOver() throws IOException {
    Files.writeString(file(), "rubbish");
    assertThat(at(NOW).about(SCI)).isEmpty();
    Files.writeString(file(), "no object\nrubbish\n");
    assertThat(at(NOW).about(SCI)).isEmpty();
    Files.writeString(file(), "\n");
    assertThat(at(NOW).about(SCI)).isEmpty();
    Files.writeString(file(), "{" + " ".repeat(2 << 20) + "}\n");
    assertThat(at(NOW).about(SCI)).isEmpty();
    Files.delete(file());
    Files.createDirectory(file());
    assertThat(at(NOW).about(SCI)).isEmpty();
  }

  @Test
  void whatIsEndedIsForgotten() throws IOException {
    at(NOW).say(SCI, status());
    at(NOW).forget(SCI);
    at(NOW).forget(SCI);
    assertThat(at(NOW).about(SCI)).isEmpty();
  }
}
