package org.macsec4j.mka.runtime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.SakPrint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which a session keeps what the next one needs to go on in its place. It holds no
 * secret.
 *
 * <p>Each MKPDU changes it, so the file is mapped: what is written is there also when the process
 * is killed at that moment, without a call of the system. When the machine itself goes down it may
 * be older, so after that nobody goes on with it; the keys in it are not taken again all the same.
 *
 * <p>Two places take turns, each with a number and a checksum, so that there is always one that is
 * whole. What is about to be sent is written first, so the older one lacks nothing that was sent.
 */
final class SessionMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionMemory.class);

  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private static final int MAGIC = 0x4d4b4132;
  private static final int PLACE = 8192;
  private static final int NUMBER_AT = Integer.BYTES;
  private static final int TIME_AT = NUMBER_AT + Long.BYTES;
  private static final int BOOT_AT = TIME_AT + Long.BYTES;
  private static final int LENGTH_AT = BOOT_AT + 2 * Long.BYTES;
  private static final int HEADER = LENGTH_AT + Integer.BYTES;

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** Longer than anybody waits for who has gone. */
  private static final Duration LONG_AGO = Duration.ofDays(1);

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;
  private final MappedByteBuffer octets;
  private final UUID boot;
  private long number;
  private Instant lastKept = Instant.EPOCH;
  private List<FormerLife> last;

  private SessionMemory(Path file, FileChannel channel, FileLock lock, UUID boot)
      throws IOException {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
    this.boot = boot;
    fill(channel);
    this.octets = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * PLACE);
    this.last = newest();
  }

  /**
   * Opens the file, or makes it for its owner alone. No other session can until it is closed.
   *
   * @throws MacsecException when it cannot be used
   */
  static SessionMemory open(Path file) {
    return open(file, boot());
  }

  /** By what this run of the machine is known; all zero where the system does not tell. */
  private static UUID boot() {
    try {
      return UUID.fromString(Files.readString(BOOT).strip());
    } catch (IOException | IllegalArgumentException e) {
      return new UUID(0, 0);
    }
  }

  static SessionMemory open(Path file, UUID boot) {
    FileChannel channel = null;
    try {
      channel = OwnersFile.open(file, OPTIONS);
      return new SessionMemory(file, channel, lock(channel), boot);
    } catch (IOException e) {
      close(channel);
      throw new MacsecException(
          MacsecException.Kind.INVALID,
          "the memory of a session cannot be kept in " + file + ": " + OwnersFile.reason(e));
    }
  }

  /** A full disk is found out now: what is written to a map has no way to say so. */
  private static void fill(FileChannel channel) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate((int) Math.max(0, 2L * PLACE - channel.size()));
    channel.position(channel.size());
    while (zeros.hasRemaining()) {
      channel.write(zeros);
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException("another session uses it");
    }
    return lock;
  }

  /** What was kept last; nothing when there is none, or none that is whole. */
  List<FormerLife> recall() {
    return last;
  }

  /**
   * How long ago that was, by the clock. It was long ago if the machine was started since, as not
   * all may be there that was written, and the clock may be wrong; or if it is still to come.
   */
  Duration age(Instant now) {
    Duration age = Duration.between(lastKept, now);
    return age.isNegative() || age.compareTo(LONG_AGO) > 0 ? LONG_AGO : age;
  }

  private List<FormerLife> newest() {
    List<FormerLife> newest = List.of();
    for (int place = 0; place < 2; place++) {
      int length = octets.getInt(place * PLACE + LENGTH_AT);
      if (octets.getInt(place * PLACE) != MAGIC || length < 0 || length > PLACE - HEADER - 8) {
        continue;
      }
      long found = octets.getLong(place * PLACE + NUMBER_AT);
      byte[] content = new byte[HEADER + length];
      octets.get(place * PLACE, content);
      if (octets.getLong(place * PLACE + HEADER + length) != checksum(content)) {
        LOG.info("a write to {} was cut off; the one before it counts", file);
      } else if (found > number) {
        number = found;
        lastKept = isOfThisRun(place) ? timeOf(place) : Instant.EPOCH;
        newest = decode(content);
      }
    }
    return newest;
  }

  private boolean isOfThisRun(int place) {
    long high = octets.getLong(place * PLACE + BOOT_AT);
    long low = octets.getLong(place * PLACE + BOOT_AT + Long.BYTES);
    return new UUID(high, low).equals(boot);
  }

  private Instant timeOf(int place) {
    return Instant.ofEpochMilli(octets.getLong(place * PLACE + TIME_AT));
  }

  /** Keeps what is so from now on; before it is said. */
  void keep(List<FormerLife> lives, Instant now) {
    if (lives.equals(last)) {
      return;
    }
    last = lives;
    lastKept = now;
    byte[] content = encode(++number, now, lives);
    int place = (int) (number % 2) * PLACE;
    octets.put(place, content);
    octets.putLong(place + content.length, checksum(content));
  }

  private static long checksum(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return crc.getValue();
  }

  // One place: what it is, its number, when it was kept, in which run of the machine, the length of
  // what follows, and that for each CAK.

  private byte[] encode(long number, Instant now, List<FormerLife> lives) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(body);
      for (FormerLife life : lives) {
        if (body.size() > PLACE / 2) {
          break; // A hundred keys and more; the others' peers have to wait.
        }
        write(out, life);
      }
      DataOutputStream head = new DataOutputStream(all);
      head.writeInt(MAGIC);
      head.writeLong(number);
      head.writeLong(now.toEpochMilli());
      head.writeLong(boot.getMostSignificantBits());
      head.writeLong(boot.getLeastSignificantBits());
      head.writeInt(body.size());
      body.writeTo(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toByteArray();
  }

  private static void write(DataOutputStream out, FormerLife life) throws IOException {
    byte[] ckn = life.ckn().toByteArray();
    out.writeByte(ckn.length);
    out.write(ckn);
    out.writeLong(life.sci().toLong());
    out.write(life.memberIdentifier().toByteArray());
    out.writeLong(life.messageNumber());
    out.writeLong(life.keyNumber());
    out.writeByte(life.keys().size());
    for (FormerLife.HeldKey key : life.keys()) {
      out.write(key.identifier().keyServer().toByteArray());
      out.writeLong(key.identifier().keyNumber());
      out.writeByte(key.an().value());
      out.writeLong(key.print().high());
      out.writeLong(key.print().low());
    }
  }

  private List<FormerLife> decode(byte[] content) {
    List<FormerLife> lives = new ArrayList<>();
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(content, HEADER, content.length - HEADER));
    try {
      while (in.available() > 0) {
        lives.add(read(in));
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("what is in {} is no memory of a session, and is not used: {}", file, e.toString());
      return List.of();
    }
    return List.copyOf(lives);
  }

  private static FormerLife read(DataInputStream in) throws IOException {
    Ckn ckn = Ckn.of(octets(in, in.readUnsignedByte()));
    Sci sci = Sci.ofLong(in.readLong());
    MemberIdentifier member = MemberIdentifier.of(octets(in, MemberIdentifier.LENGTH));
    long messageNumber = in.readLong();
    long keyNumber = in.readLong();
    List<FormerLife.HeldKey> keys = new ArrayList<>();
    for (int count = in.readUnsignedByte(); count > 0; count--) {
      keys.add(readKey(in));
    }
    return new FormerLife(ckn, sci, member, messageNumber, keyNumber, keys);
  }

  private static FormerLife.HeldKey readKey(DataInputStream in) throws IOException {
    MemberIdentifier server = MemberIdentifier.of(octets(in, MemberIdentifier.LENGTH));
    MkaKeyIdentifier identifier = new MkaKeyIdentifier(server, in.readLong());
    AssociationNumber an = AssociationNumber.of(in.readUnsignedByte());
    return new FormerLife.HeldKey(identifier, an, new SakPrint(in.readLong(), in.readLong()));
  }

  private static byte[] octets(DataInputStream in, int length) throws IOException {
    byte[] octets = new byte[length];
    in.readFully(octets);
    return octets;
  }

  /** Lets another session use the file. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      lock.release();
    } catch (IOException e) {
      LOG.warn("{} stays locked: {}", file, OwnersFile.reason(e));
    }
    close(channel);
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      LOG.warn("a file was not closed: {}", OwnersFile.reason(e));
    }
  }
}
