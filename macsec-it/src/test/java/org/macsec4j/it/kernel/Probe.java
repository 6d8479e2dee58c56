package org.macsec4j.it.kernel;

import java.util.function.Function;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.it.kernel.Bench.Given;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.wire.MessageBuilder;

/**
 * A request, mostly one that nobody should send, and what the kernels answer.
 *
 * @param name what is wrong with it
 * @param given what there is before
 * @param request makes it
 * @param through the operation of the backend whose request it takes the place of
 * @param on61 the error number of Linux 6.1, 0 when it is accepted
 * @param on612 that of Linux 6.12
 * @param said what both kernels say in words, and at which attribute; empty for nothing
 */
record Probe(
    String name,
    Given given,
    Function<Bench, MessageBuilder> request,
    Through through,
    int on61,
    int on612,
    String said) {

  /** An operation of the backend. It ends in a request for a change. */
  enum Through {
    CREATE(
        "cannot create m9 on eth0",
        bench -> bench.backend.create(SecyConfig.on("eth0").name("m9").port(9).build())),
    CHANGE(
        "cannot change m0",
        bench ->
            apply(
                bench, new SecyCommand.Change(SecyChange.builder().protectFrames(false).build()))),
    DELETE("cannot delete m0", 2, bench -> delete(bench)),
    MTU("cannot set the MTU of m0 to 1000", bench -> mtu(bench)),
    RENAME("cannot rename m0", bench -> bench.backend.rename(bench.secy(), "m8")),
    ADD_RXSC(
        "cannot create receive channel " + Bench.STRANGER + " of m0",
        bench -> apply(bench, new SecyCommand.CreateReceiveSc(Bench.STRANGER))),
    UPD_RXSC(
        "cannot disable receive channel " + Bench.PEER + " of m0",
        bench -> apply(bench, new SecyCommand.EnableReceiveSc(Bench.PEER, false))),
    DEL_RXSC(
        "cannot delete receive channel " + Bench.PEER + " of m0",
        bench -> apply(bench, new SecyCommand.DeleteReceiveSc(Bench.PEER))),
    ADD_TXSA(
        "cannot install transmit SA 1 of m0",
        bench -> apply(bench, new SecyCommand.InstallTransmitSa(bench.transmit(1, false)))),
    UPD_TXSA(
        "cannot disable transmit SA 1 of m0",
        bench ->
            apply(bench, new SecyCommand.EnableTransmitSa(bench.transmit(1, false).an(), false))),
    DEL_TXSA(
        "cannot delete transmit SA 1 of m0",
        bench -> apply(bench, new SecyCommand.DeleteTransmitSa(bench.transmit(1, false).an()))),
    ADD_RXSA(
        "cannot install receive SA 1 of " + Bench.PEER + " of m0",
        bench -> apply(bench, new SecyCommand.InstallReceiveSa(Bench.PEER, bench.receive(false)))),
    UPD_RXSA(
        "cannot disable receive SA 1 of " + Bench.PEER + " of m0",
        bench ->
            apply(
                bench,
                new SecyCommand.EnableReceiveSa(Bench.PEER, bench.receive(false).an(), false))),
    DEL_RXSA(
        "cannot delete receive SA 1 of " + Bench.PEER + " of m0",
        bench ->
            apply(bench, new SecyCommand.DeleteReceiveSa(Bench.PEER, bench.receive(false).an()))),
    OFFLOAD("cannot offload m0", bench -> offload(bench));

    /** How the sentence begins when it fails. */
    final String cannot;

    /** Which of its requests for a change it is, from 1 on. */
    final int which;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
    private final Operation operation;

    Through(String cannot, Operation operation) {
      this(cannot, 1, operation);
    }

    Through(String cannot, int which, Operation operation) {
      this.cannot = cannot;
      this.which = which;
      this.operation = operation;
    }

    void run(Bench bench) {
      operation.run(bench);
    }

    boolean isOfLinks() {
      return switch (this) {
        case CREATE, CHANGE, DELETE, MTU, RENAME -> true;
        default -> false;
      };
    }

    private static void apply(Bench bench, SecyCommand command) {
      bench.backend.apply(bench.secy(), command).orThrow();
    }

    private static void delete(Bench bench) {
      bench.backend.delete(bench.secy());
    }

    private static void mtu(Bench bench) {
      bench.backend.setMtu(bench.secy(), 1000);
    }

    private static void offload(Bench bench) {
      bench.backend.setOffload(bench.secy(), OffloadMode.SOFTWARE);
    }

    @FunctionalInterface
    private interface Operation {
      void run(Bench bench);
    }
  }

  /** Accepted, or refused with the same number by both kernels. */
  static Probe of(
      String name,
      Given given,
      Through through,
      int errno,
      Function<Bench, MessageBuilder> request) {
    return new Probe(name, given, request, through, errno, errno, "");
  }

  Probe on612(int errno) {
    return new Probe(name, given, request, through, on61, errno, said);
  }

  Probe says(String text) {
    return new Probe(name, given, request, through, on61, on612, text);
  }

  /** What the kernel of this guest answers. */
  int errno() {
    return is61() ? on61 : on612;
  }

  static boolean is61() {
    return System.getProperty("os.version").startsWith("6.1.");
  }

  /** What a user is told that it is. */
  Kind kind() {
    return switch (errno()) {
      case Errno.ENODEV -> Kind.NOT_FOUND;
      case Errno.EEXIST -> Kind.EXISTS;
      case Errno.EBUSY -> Kind.BUSY;
      case Errno.EOPNOTSUPP -> Kind.UNSUPPORTED;
      case Errno.EINVAL, Errno.ERANGE -> Kind.INVALID;
      default -> throw new IllegalArgumentException(name + ": no kind for " + errno());
    };
  }

  @Override
  public String toString() {
    return through + ", " + given + ": " + name;
  }
}
