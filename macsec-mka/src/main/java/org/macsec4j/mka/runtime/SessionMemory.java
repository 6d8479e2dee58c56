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
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which a session keeps what the next one needs to go on in its place. It holds no
 * secret.
 *
 * <p>Each MKPDU changes it, so the file is mapped: what is written is there also when the process
 * is killed at that moment, without a call of the system. When the machine itself goes down it may
 * be older; that costs time alone, as {@link org.macsec4j.mka.engine.MkaPort#goOn} says.
 *
 * <p>Two places take turns, each with a number and a checksum, so that there is always one that is
 * whole. What is about to be sent is written first, so the older one lacks nothing that was sent.
 */
final class SessionMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionMemory.class);

  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private static final int MAGIC = 0x4d4b4131;
  private static final int PLACE = 8192;
  private static final int HEADER = 2 * Integer.BYTES + Long.BYTES;

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;
  private final MappedByteBuffer octets;
  private long number;
  private List<FormerLife> last;

  private SessionMemory(Path file, FileChannel channel, FileLock lock) throws IOException {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
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
    FileChannel channel = null;
    try {
      channel = OwnersFile.open(file, OPTIONS);
      return new SessionMemory(file, channel, lock(channel));
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

  private List<FormerLife> newest() {
    List<FormerLife> newest = List.of();
    for (int place = 0; place < 2; place++) {
      int length = octets.getInt(place * PLACE + Integer.BYTES + Long.BYTES);
      if (octets.getInt(place * PLACE) != MAGIC || length < 0 || length > PLACE - HEADER - 8) {
        continue;
      }
      long found = octets.getLong(place * PLACE + Integer.BYTES);
      byte[] content = new byte[HEADER + length];
      octets.get(place * PLACE, content);
      if (octets.getLong(place * PLACE + HEADER + length) != checksum(content)) {
        LOG.info("a write to {} was cut off; the one before it counts", file);
      } else if (found > number) {
        number = found;
        newest = decode(content);
      }
    }
    return newest;
  }

  /** Keeps what is so from now on; before it is said. */
  void keep(List<FormerLife> lives) {
    if (lives.equals(last)) {
      return;
    }
    last = lives;
    byte[] content = encode(++number, lives);
    int place = (int) (number % 2) * PLACE;
    octets.put(place, content);
    octets.putLong(place + content.length, checksum(content));
  }

  private static long checksum(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return crc.getValue();
  }

  // One place: what it is, its number, the length of what follows, and that for each CAK.

  private static byte[] encode(long number, List<FormerLife> lives) {
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
    out.writeBoolean(life.key().isPresent());
    if (life.key().isPresent()) {
      FormerLife.HeldKey key = life.key().get();
      out.write(key.identifier().keyServer().toByteArray());
      out.writeLong(key.identifier().keyNumber());
      out.writeByte(key.an().value());
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
    FormerLife.@Nullable HeldKey key = null;
    if (in.readBoolean()) {
      MemberIdentifier server = MemberIdentifier.of(octets(in, MemberIdentifier.LENGTH));
      MkaKeyIdentifier identifier = new MkaKeyIdentifier(server, in.readLong());
      key = new FormerLife.HeldKey(identifier, AssociationNumber.of(in.readUnsignedByte()));
    }
    return new FormerLife(ckn, sci, member, messageNumber, keyNumber, Optional.ofNullable(key));
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
