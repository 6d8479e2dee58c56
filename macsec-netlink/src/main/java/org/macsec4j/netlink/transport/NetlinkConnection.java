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
import org.macsec4j.netlink.wire.MessageCursor;
import org.macsec4j.netlink.wire.NetlinkLayout;
import org.macsec4j.netlink.wire.NetlinkMessage;

/**
 * Asks and waits for the answer, one request at a time.
 *
 * <p>An answer bears the number of its request; what bears another one is late for a request that
 * was given up, and is passed over. A dump that met a change while it was made is asked for again,
 * a few times; so is one of which messages were lost. A change is never asked for twice.
 *
 * <p>Nothing is allocated but the answers that are given away: a change that succeeds makes none.
 *
 * <p>Safe for several threads.
 */
public final class NetlinkConnection implements AutoCloseable {
  /** Long enough for a driver that talks to its firmware. */
  private static final int ANSWER_TIMEOUT_MILLIS = 30_000;

  private static final int DUMP_ATTEMPTS = 10;

  private final NetlinkSocket socket;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private final MessageCursor cursor = new MessageCursor();
  private final Exchange exchange = new Exchange();
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
    ask(operation, request, null);
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

  private void ask(
      String operation, MessageBuilder request, @Nullable List<NetlinkMessage> answers) {
    try (request) {
      if (!exchange(operation, request, answers)) {
        throw new NetlinkException(operation + ": the answer was lost", Errno.ENOBUFS);
      }
    }
  }

  /**
   * Whether the answers are whole: nothing was lost, and no dump met a change.
   *
   * @param answers gets them; null when nobody wants any
   */
  private boolean exchange(
      String operation, MessageBuilder request, @Nullable List<NetlinkMessage> answers) {
    lock.lock();
    RequestTrace trace = RequestTrace.begin(operation);
    try {
      exchange.begin(++sequence, request.has(NetlinkLayout.NLM_F_ACK));
      socket.send(request.finish(sequence));
      while (!exchange.isComplete()) {
        ByteBuffer datagram = receive(operation);
        if (datagram == null) {
          return false;
        }
        cursor.on(datagram);
        while (cursor.next()) {
          take(operation, request, answers);
        }
      }
      return exchange.isWhole();
    } finally {
      trace.end(answers == null ? 0 : answers.size());
      lock.unlock();
    }
  }

  /** Takes the message under the cursor. */
  private void take(
      String operation, MessageBuilder request, @Nullable List<NetlinkMessage> answers) {
    switch (exchange.see(cursor)) {
      case ANSWER -> {
        if (answers != null) {
          answers.add(cursor.message());
        }
      }
      case REFUSAL -> {
        Acknowledgement end = Acknowledgement.of(cursor.message());
        throw new NetlinkException(operation, end, request.pathTo(end.offset().orElse(0)));
      }
      case NOTHING -> {}
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

  /** What a message is to who asked. */
  private enum Meaning {
    NOTHING,
    ANSWER,
    REFUSAL
  }

  /** How far the answers to one request have come. */
  private static final class Exchange {
    private int sequence;

    /** Whether the end is an acknowledgement, whatever comes before it. */
    private boolean acknowledged;

    private boolean complete;
    private boolean whole;

    void begin(int sequence, boolean acknowledged) {
      this.sequence = sequence;
      this.acknowledged = acknowledged;
      complete = false;
      whole = true;
    }

    Meaning see(MessageCursor message) {
      int type = message.type();
      if (message.sequence() != sequence || type == NetlinkLayout.NLMSG_NOOP) {
        return Meaning.NOTHING;
      }
      // In an NLMSG_ERROR that bit has no meaning.
      whole &= !message.has(NetlinkLayout.NLM_F_DUMP_INTR) || type == NetlinkLayout.NLMSG_ERROR;
      switch (type) {
        case NetlinkLayout.NLMSG_ERROR, NetlinkLayout.NLMSG_DONE -> {
          complete = true;
          return message.isSuccess() ? Meaning.NOTHING : Meaning.REFUSAL;
        }
        case NetlinkLayout.NLMSG_OVERRUN -> {
          whole = false;
          return Meaning.NOTHING;
        }
        default -> {
          complete |= !message.has(NetlinkLayout.NLM_F_MULTI) && !acknowledged;
          return Meaning.ANSWER;
        }
      }
    }

    boolean isComplete() {
      return complete;
    }

    boolean isWhole() {
      return whole;
    }
  }
}
