package org.macsec4j.netlink.libc;

import java.util.Map;

/**
 * The error numbers of Linux that this module meets, with their names and the C library's texts.
 */
public final class Errno {
  /** Operation not permitted. */
  public static final int EPERM = 1;

  /** No such file or directory. */
  public static final int ENOENT = 2;

  /** Interrupted system call. */
  public static final int EINTR = 4;

  /** No such device or address. */
  public static final int ENXIO = 6;

  /** Bad file descriptor. */
  public static final int EBADF = 9;

  /** Resource temporarily unavailable. */
  public static final int EAGAIN = 11;

  /** Cannot allocate memory. */
  public static final int ENOMEM = 12;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** Device or resource busy. */
  public static final int EBUSY = 16;

  /** File exists. */
  public static final int EEXIST = 17;

  /** No such device. */
  public static final int ENODEV = 19;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** No space left on device. */
  public static final int ENOSPC = 28;

  /** Numerical result out of range. */
  public static final int ERANGE = 34;

  /** Message too long. */
  public static final int EMSGSIZE = 90;

  /** Protocol not available: an option of a socket that the kernel does not know. */
  public static final int ENOPROTOOPT = 92;

  /** Operation not supported. */
  public static final int EOPNOTSUPP = 95;

  /** Address family not supported by protocol. */
  public static final int EAFNOSUPPORT = 97;

  /** Network is down: the interface of a packet socket is down or gone. */
  public static final int ENETDOWN = 100;

  /** No buffer space available: of a netlink socket, that messages were lost. */
  public static final int ENOBUFS = 105;

  /** Connection timed out. */
  public static final int ETIMEDOUT = 110;

  private record Entry(String name, String text) {}

  private static final Map<Integer, Entry> KNOWN =
      Map.ofEntries(
          entry(EPERM, "EPERM", "operation not permitted"),
          entry(ENOENT, "ENOENT", "no such file or directory"),
          entry(EINTR, "EINTR", "interrupted system call"),
          entry(ENXIO, "ENXIO", "no such device or address"),
          entry(EBADF, "EBADF", "bad file descriptor"),
          entry(EAGAIN, "EAGAIN", "resource temporarily unavailable"),
          entry(ENOMEM, "ENOMEM", "cannot allocate memory"),
          entry(EACCES, "EACCES", "permission denied"),
          entry(EBUSY, "EBUSY", "device or resource busy"),
          entry(EEXIST, "EEXIST", "file exists"),
          entry(ENODEV, "ENODEV", "no such device"),
          entry(EINVAL, "EINVAL", "invalid argument"),
          entry(ENOSPC, "ENOSPC", "no space left on device"),
          entry(ERANGE, "ERANGE", "numerical result out of range"),
          entry(EMSGSIZE, "EMSGSIZE", "message too long"),
          entry(ENOPROTOOPT, "ENOPROTOOPT", "protocol not available"),
          entry(EOPNOTSUPP, "EOPNOTSUPP", "operation not supported"),
          entry(EAFNOSUPPORT, "EAFNOSUPPORT", "address family not supported"),
          entry(ENETDOWN, "ENETDOWN", "network is down"),
          entry(ENOBUFS, "ENOBUFS", "no buffer space available"),
          entry(ETIMEDOUT, "ETIMEDOUT", "connection timed out"));

  private Errno() {}

  private static Map.Entry<Integer, Entry> entry(int number, String name, String text) {
    return Map.entry(number, new Entry(name, text));
  }

  /**
   * The name of an error number.
   *
   * @param number the number, positive
   * @return for instance {@code EBUSY}; {@code errno 71} when this table does not have it
   */
  public static String name(int number) {
    Entry known = KNOWN.get(number);
    return known == null ? "errno " + number : known.name;
  }

  /**
   * The name and what the C library says of it.
   *
   * @param number the number, positive
   * @return for instance {@code EBUSY (device or resource busy)}
   */
  public static String describe(int number) {
    Entry known = KNOWN.get(number);
    return known == null ? "errno " + number : known.name + " (" + known.text + ")";
  }
}
