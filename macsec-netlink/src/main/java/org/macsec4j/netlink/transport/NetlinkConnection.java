package org.macsec4j.netlink.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.wire.Acknowledgement;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;
import org.macsec4j.netlink.wire.NetlinkMessage;

/**
 * Asks and waits for the answer, one request at a time.
 *
 * <p>An answer bears the number of its request; what bears another one is late for a request that
 * was given up, and is passed over. A dump that met a change while it was made is asked for again,
 * a few times; so is one of which messages were lost. A change is never asked for twice.
 *
 * <p>Safe for several threads.
 */
public final class NetlinkConnection implements AutoCloseable {
  /** Long enough for a driver that talks to its firmware. */
  private static final int ANSWER_TIMEOUT_MILLIS = 30_000;

  private static final int DUMP_ATTEMPTS = 10;

  private final NetlinkSocket socket;
  private final ReentrantLock lock = new ReentrantLock();
  private int sequence = (int) System.nanoTime();

  private NetlinkConnection(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Opens a connection in the network namespace of the calling thread, where it stays.
   *
   * @param libc the system
   * @param protocol such as {@link NetlinkSocket#NETLINK_ROUTE}
   * @return the connection
   * @throws NetlinkException when it cannot be opened
   */
  public static NetlinkConnection open(Libc libc, int protocol) {
    return new NetlinkConnection(NetlinkSocket.open(libc, protocol));
  }

  /**
   * Asks for a change and waits until it is made.
   *
   * @param operation what is asked, in words for an error
   * @param request with {@code NLM_F_ACK}; closed here, so that a key in it is wiped
   * @throws NetlinkException when it is refused
   */
  public void change(String operation, MessageBuilder request) {
    ask(operation, request, new ArrayList<>(0));
  }

  /**
   * Asks for something to be made, waits until it is, and takes what the kernel says of it by
   * itself.
   *
   * @param operation what is asked, in words for an error
   * @param request with {@code NLM_F_ACK}; closed here
   * @return what was made; empty when the kernel does not honour the echo
   * @throws NetlinkException when it is refused
   */
  public Optional<NetlinkMessage> make(String operation, MessageBuilder request) {
    List<NetlinkMessage> echoes = new ArrayList<>(1);
    ask(operation, request.with(NetlinkLayout.NLM_F_ECHO), echoes);
    return echoes.stream().findFirst();
  }

  /**
   * Asks for one thing.
   *
   * @param operation what is asked, in words for an error
   * @param request without {@code NLM_F_ACK}; closed here
   * @return the answer
   * @throws NetlinkException when it is refused
   */
  public NetlinkMessage get(String operation, MessageBuilder request) {
    List<NetlinkMessage> answers = new ArrayList<>(1);
    ask(operation, request, answers);
    if (answers.isEmpty()) {
      throw new NetlinkException(operation, Errno.ENOENT);
    }
    return answers.get(0);
  }

  /**
   * Asks for all there are.
   *
   * @param operation what is asked, in words for an error
   * @param request with {@code NLM_F_DUMP}; closed here
   * @return the answers of a dump that met no change
   * @throws NetlinkException when it is refused, or changes go on and on
   */
  public List<NetlinkMessage> dump(String operation, MessageBuilder request) {
    try (request) {
      for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
        List<NetlinkMessage> answers = new ArrayList<>();
        if (exchange(operation, request, answers)) {
          return answers;
        }
      }
    }
    throw new NetlinkException(operation + ": interrupted by changes again and again", Errno.EINTR);
  }

  private void ask(String operation, MessageBuilder request, List<NetlinkMessage> answers) {
    try (request) {
      if (!exchange(operation, request, answers)) {
        throw new NetlinkException(operation + ": the answer was lost", Errno.ENOBUFS);
      }
    }
  }

  /** Whether the answers are whole: nothing was lost, and no dump met a change. */
  private boolean exchange(String operation, MessageBuilder request, List<NetlinkMessage> answers) {
    lock.lock();
    RequestTrace trace = RequestTrace.begin(operation);
    try {
      int number = ++sequence;
      socket.send(request.finish(number));
      Exchange exchange = new Exchange(operation, number, request, answers);
      while (!exchange.isComplete()) {
        ByteBuffer datagram = receive(operation);
        if (datagram == null) {
          return false;
        }
        NetlinkMessage.parse(datagram).forEach(exchange::accept);
      }
      return exchange.isWhole();
    } finally {
      trace.end(answers.size());
      lock.unlock();
    }
  }

  /** Null when answers were lost. */
  private @Nullable ByteBuffer receive(String operation) {
    try {
      ByteBuffer datagram = socket.receive(ANSWER_TIMEOUT_MILLIS);
      if (datagram == null) {
        throw new NetlinkException(operation + ": no answer", Errno.ETIMEDOUT);
      }
      return datagram;
    } catch (NetlinkException e) {
      if (e.errno() == Errno.ENOBUFS) {
        return null;
      }
      throw e;
    }
  }

  /** Closes the socket. */
  @Override
  public void close() {
    socket.close();
  }

  /** The answers to one request. */
  private static final class Exchange {
    private final String operation;
    private final int sequence;
    private final MessageBuilder request;
    private final List<NetlinkMessage> answers;

    /** Whether the end is an acknowledgement, whatever comes before it. */
    private final boolean acknowledged;

    private boolean complete;
    private boolean whole = true;

    Exchange(String operation, int sequence, MessageBuilder request, List<NetlinkMessage> answers) {
      this.operation = operation;
      this.sequence = sequence;
      this.request = request;
      this.answers = answers;
      this.acknowledged = request.has(NetlinkLayout.NLM_F_ACK);
    }

    void accept(NetlinkMessage message) {
      if (message.sequence() != sequence || message.type() == NetlinkLayout.NLMSG_NOOP) {
        return;
      }
      whole &= !message.has(NetlinkLayout.NLM_F_DUMP_INTR) || isAcknowledgement(message);
      switch (message.type()) {
        case NetlinkLayout.NLMSG_ERROR, NetlinkLayout.NLMSG_DONE -> {
          complete = true;
          Acknowledgement end = Acknowledgement.of(message);
          if (!end.isSuccess()) {
            int offset = end.offset().orElse(0);
            throw new NetlinkException(operation, end, request.pathTo(offset));
          }
        }
        case NetlinkLayout.NLMSG_OVERRUN -> whole = false;
        default -> {
          answers.add(message);
          complete |= !message.has(NetlinkLayout.NLM_F_MULTI) && !acknowledged;
        }
      }
    }

    /** In an NLMSG_ERROR the bit of NLM_F_DUMP_INTR has no meaning. */
    private static boolean isAcknowledgement(NetlinkMessage message) {
      return message.type() == NetlinkLayout.NLMSG_ERROR;
    }

    boolean isComplete() {
      return complete;
    }

    boolean isWhole() {
      return whole;
    }
  }
}
