package org.macsec4j.netlink.transport;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.wire.Acknowledgement;

/** What the kernel refused, with all that it said. */
public final class NetlinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The request, in words. */
  private final String operation;

  /** The error number. */
  private final int errno;

  /** What the kernel said in words. */
  private final @Nullable String kernelText;

  /** The numbers of the nests around the attribute that is not liked, then its own. */
  @SuppressWarnings("serial") // an immutable list of the JDK, which is serializable
  private final List<Integer> attribute;

  /**
   * A failed system call.
   *
   * @param operation what was tried, such as {@code "bind"}
   * @param errno the error number, positive
   */
  public NetlinkException(String operation, int errno) {
    super(operation + ": " + Errno.describe(errno));
    this.operation = operation;
    this.errno = errno;
    this.kernelText = null;
    this.attribute = List.of();
  }

  /**
   * A refused request.
   *
   * @param operation what was asked
   * @param refusal the kernel's answer
   * @param attribute the numbers of the nests around the attribute that the answer points to, then
   *     its own; empty when it points to none
   */
  public NetlinkException(String operation, Acknowledgement refusal, List<Integer> attribute) {
    super(operation + ": " + describe(refusal));
    this.operation = operation;
    this.errno = refusal.errno();
    this.kernelText = refusal.text().orElse(null);
    this.attribute = List.copyOf(attribute);
  }

  private static String describe(Acknowledgement refusal) {
    StringBuilder text = new StringBuilder(Errno.describe(refusal.errno()));
    refusal.text().ifPresent(said -> text.append(", kernel: \"").append(said).append('"'));
    refusal
        .missing()
        .ifPresent(type -> text.append(", attribute ").append(type).append(" missing"));
    refusal
        .offset()
        .ifPresent(at -> text.append(", at octet ").append(at).append(" of the request"));
    return text.toString();
  }

  /**
   * What was asked.
   *
   * @return the operation in words
   */
  public String operation() {
    return operation;
  }

  /**
   * The error number.
   *
   * @return positive, see {@link Errno}
   */
  public int errno() {
    return errno;
  }

  /**
   * What the kernel said in words (extended acknowledgement).
   *
   * @return the text, mostly empty as the macsec driver says little
   */
  public Optional<String> kernelText() {
    return Optional.ofNullable(kernelText);
  }

  /**
   * The attribute that the kernel pointed to.
   *
   * @return the numbers of the nests around it, then its own; mostly empty
   */
  public List<Integer> attribute() {
    return attribute;
  }
}
