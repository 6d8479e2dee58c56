package org.macsec4j.mka.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.LeftOver;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SecY of a session: made, changed, looked at, made anew when it is gone.
 *
 * <p>Other programs may have a hand in it. What they add is taken out, what they set is set back,
 * each with a warning; what they take away the caller has to know of. That somebody sets the
 * secured interface down is left as it is, as an administrator does that with a purpose.
 *
 * <p>Not safe for threads: the session's lock is held in each call but {@link #handle}.
 */
final class SessionSecy {
  private static final Logger LOG = LoggerFactory.getLogger(SessionSecy.class);

  private final Macsec macsec;
  private final Optional<SakLog> sakLog;
  private final LeftOver leftOver;
  private final HardwareFit fit;
  private final SecyMirror mirror = new SecyMirror();
  private final CounterLedger ledger = new CounterLedger();
  private HiddenNumbers hidden = new HiddenNumbers(0);
  private SecyConfig wanted;
  private volatile Secy secy;
  private Sci sci;

  /** Where it was before software took over for want of a suite; null when it did not. */
  private @Nullable OffloadMode left;

  /** What the session tells of it next; null for nothing. */
  private MkaEvent.@Nullable OffloadChanged news;

  /** Counts what may make a look of before obsolete. */
  private long version;

  /** What was seen when nothing had been changed since; null when that was not looked at yet. */
  private @Nullable SecySnapshot baseline;

  private long baselineVersion;

  /**
   * Makes a SecY, or takes over one that is left, as the options say; it is empty then.
   *
   * @throws MacsecException when it is refused; nothing is left behind
   */
  SessionSecy(Macsec macsec, SecyConfig config, SessionOptions options, HardwareFit fit) {
    this.macsec = macsec;
    this.fit = fit;
    this.sakLog = options.sakLog();
    this.leftOver = options.leftOver().orElseGet(macsec.backend()::leftOver);
    this.wanted = config;
    this.secy = macsec.create(config, leftOver);
    this.sci = begin();
    if (fit.isLeftToSoftware()) {
      news = new MkaEvent.OffloadChanged(OffloadMode.SOFTWARE, config.cipherSuite());
    }
  }

  private Sci begin() {
    version++;
    forget();
    left = null;
    try {
      // To read one SecY costs as much as to read all, so a new one is not looked at.
      return leftOver.makesAnew() ? beginAnew() : takeOver();
    } catch (MacsecException e) {
      // Its name and its SCI are needed by the next attempt.
      delete();
      throw e;
    }
  }

  private OptionalLong framesSent(String parent) {
    try {
      return macsec.backend().framesSent(parent);
    } catch (MacsecException e) {
      // It was renamed or went away, which the next look sees.
      return OptionalLong.empty();
    }
  }

  private Sci beginAnew() {
    ledger.beginAnew();
    return wanted
        .sci()
        .orElseGet(() -> new Sci(macsec.backend().addressOf(wanted.parent()), wanted.port()));
  }

  /** What the SecY is before any key is agreed on: as configured, its controlled port down. */
  static SecyConfig config(String interfaceName, MkaConfig config, SessionOptions options) {
    CipherSuite first = config.cipherSuites().get(0);
    SecyConfig.Builder secy =
        SecyConfig.on(interfaceName)
            .port(config.sciPort())
            .cipherSuite(first)
            .confidentialityOffset(offset(config, first))
            .validateFrames(config.validateFrames())
            .replayProtection(config.replayProtection())
            .includeSci(config.includeSci())
            .offload(options.offload());
    options.offloadMode().ifPresent(mode -> secy.offload(options.offload(), mode));
    options.deviceName().ifPresent(secy::name);
    return secy.build();
  }

  /** The configured offset, as far as a suite can have it. */
  static ConfidentialityOffset offset(MkaConfig config, CipherSuite suite) {
    ConfidentialityOffset offset = config.confidentialityOffset();
    return suite.isXpn() && offset.octets() > 0 ? ConfidentialityOffset.OFFSET_0 : offset;
  }

  /** What a former life left in the SecY is no key of this session. */
  private Sci takeOver() {
    SecySnapshot now = secy.snapshot();
    ledger.begin(now);
    remove(now);
    return now.transmitSc().sci();
  }

  Secy handle() {
    return secy;
  }

  SecyId id() {
    return secy.id();
  }

  Sci sci() {
    return sci;
  }

  /** The interface below, by the name that it was last seen under. */
  String parent() {
    return wanted.parent();
  }

  long version() {
    return version;
  }

  SecyResult apply(SecyCommand command) {
    version++;
    SecyResult result = carryOut(command);
    if (result instanceof SecyResult.Done) {
      mirror.done(command);
      sakLog.ifPresent(log -> log.installed(sci, command));
    }
    return result;
  }

  private SecyResult carryOut(SecyCommand command) {
    if (command instanceof SecyCommand.Change change && fit.isPreferred()) {
      Optional<CipherSuite> suite = change.change().cipherSuite();
      if (suite.isPresent()) {
        return change(change, suite.get());
      }
    }
    return macsec.backend().apply(secy.id(), command);
  }

  /** Another suite may need software, or need it no more. */
  private SecyResult change(SecyCommand.Change change, CipherSuite suite) {
    try {
      SecySnapshot now = secy.snapshot();
      if (now.config().cipherSuite() == suite) {
        return macsec.backend().apply(secy.id(), change);
      }
      if (now.offload() != OffloadMode.SOFTWARE) {
        return changeOrLeave(change, suite, now);
      }
      OffloadMode before = left;
      boolean comesBack = before != null && fit.takes(suite);
      if (comesBack) {
        requireEmpty();
      }
      macsec.backend().apply(secy.id(), change).orThrow();
      if (before != null && comesBack) {
        comeBack(before, suite);
      }
      return SecyResult.done();
    } catch (MacsecException e) {
      return new SecyResult.Failed(e);
    }
  }

  private void requireEmpty() {
    if (mirror.holdsAssociations()) {
      throw new MacsecException(
          MacsecException.Kind.BUSY, secy + " leaves or joins hardware only while it has no SA");
    }
  }

  private SecyResult changeOrLeave(SecyCommand.Change change, CipherSuite suite, SecySnapshot now) {
    SecyResult onHardware = macsec.backend().apply(secy.id(), change);
    if (!(onHardware instanceof SecyResult.Failed failed)
        || !HardwareTrial.isForWhatItIs(failed.cause())) {
      return onHardware;
    }
    requireEmpty();
    LOG.warn("software protects {}: {}", secy, failed.cause().getMessage());
    move(OffloadMode.SOFTWARE, suite);
    left = now.offload();
    return macsec.backend().apply(secy.id(), change);
  }

  /** Somebody else may have its place in the hardware by now. */
  private void comeBack(OffloadMode mode, CipherSuite suite) {
    try {
      move(mode, suite);
      left = null;
      LOG.info("hardware protects {} again, as it does {}", secy, suite);
    } catch (MacsecException e) {
      LOG.warn("software still protects {}: {}", secy, e.getMessage());
    }
  }

  /** The channels go with the mode, and come back without SAs, of which there are none now. */
  private void move(OffloadMode mode, CipherSuite suite) {
    try {
      secy.changeOffload(mode);
      news = new MkaEvent.OffloadChanged(mode, suite);
    } finally {
      countFramesFromNow();
      for (Sci channel : mirror.channels()) {
        SecyCommand create = new SecyCommand.CreateReceiveSc(channel);
        if (macsec.backend().apply(secy.id(), create) instanceof SecyResult.Failed) {
          // The engine hears of it when it wants to use the channel.
          mirror.done(new SecyCommand.DeleteReceiveSc(channel));
        }
      }
    }
  }

  /** Who protects the frames since the last command, when that is somebody else. */
  Optional<MkaEvent> pollNews() {
    Optional<MkaEvent> told = Optional.ofNullable(news);
    news = null;
    return told;
  }

  /**
   * Sets right what others did, as far as that can be done here.
   *
   * @param now what the SecY is, read when nothing was under way
   * @return why the keys in the SecY are not to be relied on any more; empty when they are
   */
  Optional<String> check(SecySnapshot now) {
    ledger.take(now);
    followNames(now);
    List<String> missing = mirror.missing(now);
    if (!missing.isEmpty()) {
      return Optional.of(secy + " was changed by another program: " + String.join(", ", missing));
    }
    if (remove(now)) {
      return Optional.empty();
    }
    SecySnapshot before = baseline;
    if (before == null || baselineVersion != version) {
      baseline = now;
      baselineVersion = version;
    } else {
      setBack(before, now);
    }
    return Optional.empty();
  }

  /**
   * The transmit SAs of which hardware may have used so many packet numbers that another key is
   * needed, without telling them.
   *
   * @param now what the SecY is
   */
  List<AssociationNumber> nearlyUsedUp(SecySnapshot now, MkaConfig config) {
    if (now.offload() == OffloadMode.SOFTWARE) {
      return List.of();
    }
    OptionalLong frames = framesSent(now.config().parent());
    if (frames.isEmpty()) {
      return List.of();
    }
    hidden.look(now, frames.getAsLong());
    PacketNumber threshold = config.pnThreshold(now.config().cipherSuite());
    return now.transmitSc().sas().stream()
        .filter(sa -> hidden.atMost(sa).isAtLeast(threshold))
        .map(TransmitSaSnapshot::an)
        .toList();
  }

  /** What was counted until the last look, also by SecYs and channels that are gone. */
  Map<String, Long> counters() {
    return ledger.sums();
  }

  /** Interfaces may be renamed, and a SecY that is made anew shall have the last names. */
  private void followNames(SecySnapshot now) {
    if (!now.config().parent().equals(wanted.parent())
        || !wanted.name().equals(Optional.of(now.id().name()))) {
      wanted = wanted.toBuilder().parent(now.config().parent()).name(now.id().name()).build();
    }
  }

  private boolean remove(SecySnapshot now) {
    List<SecyCommand> strangers = mirror.strangers(now);
    for (SecyCommand command : strangers) {
      SecyResult result = apply(command);
      String outcome = result instanceof SecyResult.Failed failed ? failed.toString() : "done";
      LOG.warn(
          "another program put something into {}, which is taken out: {}: {}",
          secy,
          command,
          outcome);
    }
    return !strangers.isEmpty();
  }

  private void setBack(SecySnapshot before, SecySnapshot now) {
    SecyChange was = SecyChange.toSettingsOf(before.config());
    if (!was.equals(SecyChange.toSettingsOf(now.config()))) {
      SecyResult result = macsec.backend().apply(secy.id(), new SecyCommand.Change(was));
      String outcome = result instanceof SecyResult.Failed failed ? failed.toString() : "set back";
      LOG.warn("the settings of {} were changed by another program: {}", secy, outcome);
    }
    if (before.up() && !now.up()) {
      LOG.warn("{} was set down by another program: user frames pass when it is up again", secy);
      baseline = now;
    }
  }

  /**
   * Takes all keys out of a SecY that is still there; its suite is the first again, which a new
   * engine takes it to be.
   */
  void empty(SecySnapshot now) {
    forget();
    remove(now);
    if (now.config().cipherSuite() != wanted.cipherSuite()) {
      SecyChange first =
          SecyChange.builder()
              .cipherSuite(wanted.cipherSuite())
              .confidentialityOffset(wanted.confidentialityOffset())
              .build();
      if (apply(new SecyCommand.Change(first)) instanceof SecyResult.Failed failed) {
        LOG.warn("{} cannot have {}: {}", secy, wanted.cipherSuite(), failed.cause().getMessage());
      }
    }
  }

  /** Nothing in the SecY is of this session any more, or not yet. */
  private void forget() {
    mirror.clear();
    baseline = null;
    countFramesFromNow();
  }

  private void countFramesFromNow() {
    hidden = new HiddenNumbers(framesSent(wanted.parent()).orElse(0));
  }

  /**
   * Makes a SecY in the place of one that is gone; its network addresses went with it.
   *
   * @throws MacsecException when it cannot be made (yet); nothing is left behind
   */
  void createAgain() {
    secy = macsec.create(wanted, leftOver);
    sci = begin();
  }

  /** Removes the SecY; that it is gone already does no harm. */
  void delete() {
    try {
      secy.delete();
    } catch (MacsecException e) {
      if (e.kind() != MacsecException.Kind.NOT_FOUND) {
        throw e;
      }
    }
  }
}
