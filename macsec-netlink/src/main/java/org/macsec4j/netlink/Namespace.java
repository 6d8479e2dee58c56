package org.macsec4j.netlink;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;

/**
 * The network namespace in which sockets are opened.
 *
 * <p>A socket belongs for its whole life to the namespace of the thread that made it, and any
 * thread may use it. So a thread of its own enters the namespace, makes the sockets and ends; no
 * other thread is ever moved. Entering needs CAP_SYS_ADMIN.
 */
final class Namespace implements AutoCloseable {
  private static final Path NAMED = Path.of("/run/netns");

  private final Libc libc;
  private final String name;
  private final int descriptor;

  private Namespace(Libc libc, String name, int descriptor) {
    this.libc = libc;
    this.name = name;
    this.descriptor = descriptor;
  }

  /** The namespace of this process. */
  static Namespace own(Libc libc) {
    return new Namespace(libc, "", -1);
  }

  /** The one that {@code ip netns} calls by a name. */
  static Path pathOf(String name) {
    return NAMED.resolve(name);
  }

  /** The one that a file stands for, such as {@code /proc/1234/ns/net}; held open until closed. */
  static Namespace at(Libc libc, Path path) {
    int descriptor = libc.open(path.toString(), Sockets.O_RDONLY | Sockets.O_CLOEXEC);
    if (descriptor < 0) {
      throw new MacsecException(
          -descriptor == Errno.ENOENT ? MacsecException.Kind.NOT_FOUND : kind(-descriptor),
          "cannot open the network namespace " + path + ": " + Errno.describe(-descriptor));
    }
    return new Namespace(libc, path.toString(), descriptor);
  }

  private static MacsecException.Kind kind(int errno) {
    return errno == Errno.EPERM || errno == Errno.EACCES
        ? MacsecException.Kind.PERMISSION
        : MacsecException.Kind.BACKEND;
  }

  boolean isOwn() {
    return descriptor < 0;
  }

  /** An open file that stands for it. Not for the own namespace. */
  int descriptor() {
    return descriptor;
  }

  /** Does something in the namespace and waits for it. */
  <T> T call(Supplier<T> work) {
    if (isOwn()) {
      return work.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(result, work), "macsec4j-netns");
    thread.setDaemon(true);
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private <T extends @Nullable Object> void complete(
      CompletableFuture<T> result, Supplier<T> work) {
    try {
      int entered = libc.setns(descriptor, Sockets.CLONE_NEWNET);
      if (entered < 0) {
        throw new MacsecException(
            kind(-entered),
            "cannot enter the network namespace "
                + name
                + ": "
                + Errno.describe(-entered)
                + "; it needs CAP_SYS_ADMIN");
      }
      result.complete(work.get());
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    if (!isOwn()) {
      libc.close(descriptor);
    }
  }

  @Override
  public String toString() {
    return isOwn() ? "the network namespace of this process" : "network namespace " + name;
  }
}
