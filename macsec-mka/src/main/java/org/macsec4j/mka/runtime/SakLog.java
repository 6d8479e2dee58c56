package org.macsec4j.mka.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.Ssci;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file to which sessions write every SAK that they install, so that a recording of their frames
 * can be decrypted. <b>It holds keys in clear.</b> There is none unless {@link
 * SessionOptions#withSakLog} names it, and each session that has one says so with a warning.
 *
 * <p>Only SAKs, and never the CAK: a SAK opens the frames of one key's time, and those who hold it
 * can forge frames as long as it is in use. From the CAK follow all SAKs, of the past if MKPDUs
 * were recorded and of the future, and with it anybody becomes a member. Who wants to give
 * Wireshark the CAK has it at hand, in the configuration.
 *
 * <p>The file is a table {@code psk_config_data} of a Wireshark profile: a line for each SA, the
 * key and a description. With that table Wireshark 4.6.9 decrypts the suites GCM-AES-128 and
 * GCM-AES-256; for the XPN suites it takes no salt there. Version 4.4 has no table and takes one
 * key, the preference {@code macsec.psk}. The description has all that a decoder needs, also for
 * XPN:
 *
 * <pre>{@code
 * 0f0e...,"sci=02000000000a0001 an=0 ki=... salt=... ssci=1"
 * }</pre>
 *
 * <p>{@code macsec inspect --saks} reads it. The file is made for its owner alone; one that others
 * can read or write, that is another user's, or that is a symbolic link is refused. A line is
 * written at once, so several sessions may share a file.
 *
 * <p>Safe for several threads.
 */
public final class SakLog {
  private static final Logger LOG = LoggerFactory.getLogger(SakLog.class);
  private static final Set<OpenOption> APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private final Path file;
  private boolean failed;

  private SakLog(Path file) {
    this.file = Objects.requireNonNull(file, "file");
  }

  /**
   * Names the file; it is made or looked at when a session starts.
   *
   * @param file where the keys go, in clear; lines are added to one that exists
   * @return the log
   */
  public static SakLog to(Path file) {
    return new SakLog(file);
  }

  /**
   * Where the keys go.
   *
   * @return the file
   */
  public Path file() {
    return file;
  }

  /**
   * Makes the file, or checks that it is the owner's alone, and warns.
   *
   * @throws MacsecException when no key may be written to it
   */
  void begin(String interfaceName) {
    try (FileChannel open = OwnersFile.open(file, APPEND)) {
      Objects.requireNonNull(open);
    } catch (IOException e) {
      throw new MacsecException(
          MacsecException.Kind.INVALID,
          "the SAKs of "
              + interfaceName
              + " cannot be written to "
              + file
              + ": "
              + OwnersFile.reason(e));
    }
    LOG.warn(
        "{}: every SAK is written in clear to {}: who reads it can read the frames of this"
            + " interface, and forge them while a key is in use",
        interfaceName,
        file);
  }

  /** Writes the key, if one was installed. A link goes on when that fails; it is said once. */
  void installed(Sci own, SecyCommand command) {
    if (command instanceof SecyCommand.InstallTransmitSa install) {
      write(own, install.sa().an(), install.sa().key(), install.sa().ssci());
    } else if (command instanceof SecyCommand.InstallReceiveSa install) {
      write(install.sci(), install.sa().an(), install.sa().key(), install.sa().ssci());
    }
  }

  private synchronized void write(
      Sci sci, AssociationNumber an, SecureAssociationKey key, Optional<Ssci> ssci) {
    byte[] line = line(sci, an, key, ssci);
    try (FileChannel open = OwnersFile.open(file, APPEND)) {
      // One write: what another process appends meanwhile stands before or after the line.
      open.write(ByteBuffer.wrap(line));
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        LOG.warn("a SAK of {} was not written to {}: {}", sci, file, OwnersFile.reason(e));
      }
      failed = true;
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  /** Made without a String of the key, which could not be zeroed. */
  private static byte[] line(
      Sci sci, AssociationNumber an, SecureAssociationKey key, Optional<Ssci> ssci) {
    StringBuilder text = new StringBuilder(",\"sci=").append(sci.toHex());
    text.append(" an=").append(an.value()).append(" ki=").append(key.identifier());
    key.salt().map(Salt::toByteArray).ifPresent(salt -> text.append(" salt=").append(hex(salt)));
    ssci.ifPresent(value -> text.append(" ssci=").append(value));
    byte[] tail = text.append("\"\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] octets = key.toByteArray();
    byte[] line = new byte[2 * octets.length + tail.length];
    int at = 0;
    for (byte octet : octets) {
      line[at++] = (byte) HexFormat.of().toHighHexDigit(octet);
      line[at++] = (byte) HexFormat.of().toLowHexDigit(octet);
    }
    Arrays.fill(octets, (byte) 0);
    System.arraycopy(tail, 0, line, at, tail.length);
    return line;
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  /** The file; no key. */
  @Override
  public String toString() {
    return "SAKs to " + file;
  }
}
