package org.macsec4j.mka.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.SakPrint;

/** What a session keeps is there for the next one, whenever it is cut off. */
class SessionMemoryTest {
  private static final MemberIdentifier SELF = MemberIdentifier.parse("ab".repeat(12));
  private static final MemberIdentifier SERVER = MemberIdentifier.parse("cd".repeat(12));
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
  private static final int PLACE = 8192;
  private static final Duration LONG_AGO = Duration.ofDays(1);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("eth0.memory");
  }

  private static FormerLife life(String ckn, long messageNumber) {
    return new FormerLife(
        Ckn.parse(ckn), Sci.parse("0200000000010001"), SELF, messageNumber, 7, List.of());
  }

  private static FormerLife withKey(long messageNumber) {
    MkaKeyIdentifier key = new MkaKeyIdentifier(SERVER, 0xFFFF_FFFFL);
    return new FormerLife(
        Ckn.parse("00".repeat(32)),
        Sci.parse("ffffffffffffffff"),
        SELF,
        messageNumber,
        0xFFFF_FFFFL,
        List.of(
            new FormerLife.HeldKey(key, AssociationNumber.AN_3, new SakPrint(-1, 5)),
            new FormerLife.HeldKey(key, AssociationNumber.AN_0, new SakPrint(6, 7))));
  }

  private List<FormerLife> recalled() {
    try (SessionMemory memory = SessionMemory.open(file)) {
      return memory.recall();
    }
  }

  private void keep(List<FormerLife> lives) {
    try (SessionMemory memory = SessionMemory.open(file)) {
      memory.keep(lives, NOW);
    }
  }

  @Test
  void aNewFileRemembersNothing() throws IOException {
    assertThat(recalled()).isEmpty();
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void theLastThatWasKeptIsRecalled() {
    List<FormerLife> first = List.of(life("01", 1), withKey(0xFFFF_FFFFL));
    keep(first);
    assertThat(recalled()).isEqualTo(first);
    try (SessionMemory memory = SessionMemory.open(file)) {
      for (int number = 2; number < 100; number++) {
        memory.keep(List.of(life("01", number)), NOW);
        assertThat(memory.recall()).containsExactly(life("01", number));
      }
    }
    assertThat(recalled()).containsExactly(life("01", 99));
    keep(List.of());
    assertThat(recalled()).isEmpty();
  }

  @Test
  void whenItWasKeptIsKnown() {
    try (SessionMemory memory = SessionMemory.open(file)) {
      assertThat(memory.age(NOW)).isEqualTo(LONG_AGO);
      memory.keep(List.of(life("01", 1)), NOW);
      assertThat(memory.age(NOW.plusMillis(17))).isEqualTo(Duration.ofMillis(17));
    }
    try (SessionMemory memory = SessionMemory.open(file)) {
      assertThat(memory.age(NOW)).isEqualTo(Duration.ZERO);
      assertThat(memory.age(NOW.plusSeconds(86_400))).isEqualTo(Duration.ofDays(1));
      assertThat(memory.age(NOW.plusSeconds(86_401))).isEqualTo(LONG_AGO);
    }
  }

  /** A clock that was set back does not tell how long ago it was. */
  @Test
  void whatIsStillToComeWasLongAgo() {
    keep(List.of(life("01", 1)));
    try (SessionMemory memory = SessionMemory.open(file)) {
      assertThat(memory.age(NOW.minusMillis(1))).isEqualTo(LONG_AGO);
    }
  }

  /** What was written last may be lost when the machine goes down. */
  @Test
  void whatWasKeptBeforeTheMachineWasStartedWasLongAgo() {
    UUID before = UUID.randomUUID();
    try (SessionMemory memory = SessionMemory.open(file, before)) {
      memory.keep(List.of(withKey(1)), NOW);
    }
    try (SessionMemory memory = SessionMemory.open(file, before)) {
      assertThat(memory.age(NOW)).isEqualTo(Duration.ZERO);
    }
    try (SessionMemory memory = SessionMemory.open(file)) {
      assertThat(memory.age(NOW)).isEqualTo(LONG_AGO);
      assertThat(memory.recall()).containsExactly(withKey(1));
    }
  }

  /** A process that is killed closes nothing. */
  @Test
  void whatIsKeptIsInTheFileAtOnce() throws IOException {
    Path copy = folder.resolve("copy");
    try (SessionMemory memory = SessionMemory.open(file)) {
      for (int number = 1; number < 10; number++) {
        memory.keep(List.of(life("01", number)), NOW);
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        try (SessionMemory other = SessionMemory.open(copy)) {
          assertThat(other.recall()).containsExactly(life("01", number));
        }
      }
    }
  }

  /** The one before was written before anything was sent that it does not know of. */
  @Test
  void aWriteThatIsCutOffAnywhereLeavesTheOneBefore() throws IOException {
    keep(List.of(life("01", 1)));
    byte[] before = Files.readAllBytes(file);
    keep(List.of(withKey(2)));
    byte[] after = Files.readAllBytes(file);
    int first = firstDifference(before, after);
    for (int octets = 0; octets < 200; octets++) {
      byte[] torn = before.clone();
      System.arraycopy(after, first, torn, first, octets);
      Files.write(file, torn);
      List<FormerLife> recalled = recalled();
      if (Arrays.equals(torn, after)) {
        assertThat(recalled).containsExactly(withKey(2));
      } else {
        assertThat(recalled).containsExactly(life("01", 1));
      }
    }
  }

  private static int firstDifference(byte[] one, byte[] other) {
    return Arrays.mismatch(one, other);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 11, 12, 15, 16, 20, 60})
  void anOctetThatIsDamagedTakesItsPlaceOut(int at) throws IOException {
    keep(List.of(life("01", 1)));
    try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
      damaged.seek(PLACE + at);
      int octet = damaged.read();
      damaged.seek(PLACE + at);
      damaged.write(octet ^ 0x55);
    }
    assertThat(recalled()).isEmpty();
    keep(List.of(life("01", 5)));
    assertThat(recalled()).containsExactly(life("01", 5));
  }

  @Test
  void aFileOfSomethingElseRemembersNothing() throws IOException {
    Files.writeString(file, "#".repeat(3 * PLACE));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(recalled()).isEmpty();
  }

  @Test
  void ofVeryManyKeysSomeAreKept() {
    List<FormerLife> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(life("%064x".formatted(i), i));
    }
    keep(many);
    List<FormerLife> recalled = recalled();
    assertThat(recalled).hasSizeGreaterThan(40);
    assertThat(many).startsWith(recalled.toArray(FormerLife[]::new));
  }

  // Who may use it.

  @Test
  void oneSessionHasItForItself() {
    SessionMemory memory = SessionMemory.open(file);
    assertThatThrownBy(() -> SessionMemory.open(file))
        .isInstanceOf(MacsecException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("another session uses it");
    memory.close();
    memory.close();
    assertThat(recalled()).isEmpty();
  }

  @Test
  void aFileThatOthersCanWriteIsRefused() throws IOException {
    keep(List.of(life("01", 1)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    assertThatThrownBy(() -> SessionMemory.open(file))
        .isInstanceOf(MacsecException.class)
        .hasMessageContaining("open to group or others");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(recalled()).hasSize(1);
  }

  @Test
  void aFileThatCannotBeMadeIsRefused() {
    file = folder.resolve("no").resolve("folder");
    assertThatThrownBy(() -> SessionMemory.open(file))
        .isInstanceOf(MacsecException.class)
        .extracting(e -> ((MacsecException) e).kind())
        .isEqualTo(MacsecException.Kind.INVALID);
  }

  // What may be in it.

  @Test
  void aLifeIsInRange() {
    assertThatThrownBy(() -> life("01", -1)).hasMessageContaining("message number -1");
    assertThatThrownBy(() -> life("01", 1L << 32)).hasMessageContaining("0..2^32 - 1");
    assertThatThrownBy(
            () ->
                new FormerLife(
                    Ckn.parse("01"),
                    Sci.parse("0200000000010001"),
                    MemberIdentifier.ZERO,
                    1,
                    1,
                    List.of()))
        .hasMessageContaining("all zero");
  }
}
