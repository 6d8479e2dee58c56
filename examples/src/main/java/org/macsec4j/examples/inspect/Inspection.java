package org.macsec4j.examples.inspect;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.wire.DecodeLimits;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;
import org.macsec4j.mka.wire.ReceivedMkpdu;
import org.macsec4j.testkit.dataplane.DropReason;
import org.macsec4j.testkit.dataplane.SecTag;

/**
 * Reads a capture twice: once to learn its keys, once to look at every frame with all of them. So a
 * frame opens even when the MKPDU with its key was captured later, and memory stays bounded
 * whatever the size of the file.
 */
public final class Inspection {
  private static final MkpduDecoder DECODER =
      MkpduDecoder.DEFAULT
          .withEtherTypes(EthernetView.MKA, EthernetView.MKA_ALTERNATE)
          .withIndividualDestinations()
          .withLimits(new DecodeLimits(PcapFile.MAX_FRAME, 1024, LivePeerList.MAX_PEERS));

  /** A CAK that is distributed under a CAK that is distributed… ends somewhere. */
  private static final int MAX_LEARNING_ROUNDS = 4;

  private final Path file;
  private final Report report;
  private final CakRing caks = new CakRing();
  private final MkaLearner learner = new MkaLearner(caks);
  private final List<KnownSak> given = new ArrayList<>();
  private final Cast cast = new Cast();
  private final FindingTally tally = new FindingTally();

  private Inspection(Path file, InspectKeys keys, Report report) {
    this.file = file;
    this.report = report;
    keys.caks().forEach(named -> caks.add(named.ckn(), named.cak()));
    Salt salt = keys.salt().orElse(null);
    keys.saks().forEach(sak -> given.add(KnownSak.given(sak, salt)));
  }

  /**
   * Inspects a file for programs: one JSON object a line, the summary last. When the file breaks
   * off, all frames before the break are reported, and the summary, before the exception is thrown.
   *
   * @param file the capture
   * @param keys what is known of its keys; not destroyed
   * @param showKeys whether unwrapped SAKs are written
   * @param out where the lines go
   * @return the counters
   * @throws CaptureException when the file cannot be read, or breaks off
   */
  public static Summary asJson(Path file, InspectKeys keys, boolean showKeys, PrintWriter out)
      throws CaptureException {
    return run(file, keys, new JsonReport(out, showKeys));
  }

  /**
   * Inspects a file for people. When it breaks off, as {@link #asJson} does.
   *
   * @param file the capture
   * @param keys what is known of its keys; not destroyed
   * @param showKeys whether unwrapped SAKs are written
   * @param style colours or none
   * @param out where the lines go
   * @return the counters
   * @throws CaptureException when the file cannot be read, or breaks off
   */
  public static Summary asText(
      Path file, InspectKeys keys, boolean showKeys, Style style, PrintWriter out)
      throws CaptureException {
    return run(file, keys, new TextReport(out, file.toString(), keys, showKeys, style));
  }

  static Summary run(Path file, InspectKeys keys, Report report) throws CaptureException {
    Inspection inspection = new Inspection(file, keys, report);
    try {
      return inspection.run(keys);
    } finally {
      inspection.caks.destroy();
      inspection.learner.destroy();
      inspection.given.forEach(KnownSak::destroy);
    }
  }

  private Summary run(InspectKeys keys) throws CaptureException {
    report.begin(learn());
    FrameOpener opener = new FrameOpener(learner, given, keys.sscis());
    CaptureException broken = null;
    try (CaptureReader reader = CaptureReader.open(file)) {
      for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
        tally.frame();
        Finding finding = look(frame, opener);
        if (finding != null) {
          tally.add(finding);
          report.found(finding);
        }
      }
    } catch (CaptureException e) {
      broken = e;
    } finally {
      opener.destroy();
    }
    Summary summary = tally.summary();
    report.end(summary);
    if (broken != null) {
      throw broken;
    }
    return summary;
  }

  private Overview learn() throws CaptureException {
    Overview overview = readThrough(true);
    for (int round = 1; learner.takeCakLearned() && round < MAX_LEARNING_ROUNDS; round++) {
      readThrough(false);
    }
    return overview;
  }

  /** A file that breaks off later is an error of the second reading, after what it does hold. */
  private Overview readThrough(boolean first) throws CaptureException {
    long frames = 0;
    long firstNanos = CapturedFrame.NO_TIME;
    long lastNanos = CapturedFrame.NO_TIME;
    String format;
    try (CaptureReader reader = CaptureReader.open(file)) {
      format = reader.format();
      while (true) {
        CapturedFrame frame;
        try {
          frame = reader.next();
        } catch (CaptureException e) {
          break;
        }
        if (frame == null) {
          break;
        }
        frames++;
        firstNanos = firstNanos == CapturedFrame.NO_TIME ? frame.timeNanos() : firstNanos;
        lastNanos = frame.timeNanos() == CapturedFrame.NO_TIME ? lastNanos : frame.timeNanos();
        learn(frame, first);
      }
    }
    return new Overview(format, frames, firstNanos, lastNanos, cast);
  }

  private void learn(CapturedFrame frame, boolean introduce) {
    if (frame.linkType() != CapturedFrame.ETHERNET || frame.isCut()) {
      return;
    }
    EthernetView view = EthernetView.of(frame.octets());
    if (view.isMka()) {
      learnMka(frame, view, introduce);
    } else if (view.isMacsec() && introduce) {
      SecTag.decode(view.octets()).flatMap(SecTag::sci).ifPresent(cast::appears);
    }
  }

  private void learnMka(CapturedFrame frame, EthernetView view, boolean introduce) {
    try {
      ReceivedMkpdu received = DECODER.open(view.octets());
      Mkpdu mkpdu = received.mkpdu();
      if (introduce) {
        cast.appears(received.basic().sci(), received.basic().actorMemberIdentifier());
      }
      MkaKeys keys = caks.verify(received);
      if (keys != null) {
        learner.learn(frame.number(), mkpdu, keys);
      }
    } catch (MalformedMkpduException e) {
      // Nothing to be learnt; the second reading reports it.
    }
  }

  private @Nullable Finding look(CapturedFrame frame, FrameOpener opener) {
    if (frame.linkType() != CapturedFrame.ETHERNET) {
      return null;
    }
    EthernetView view = EthernetView.of(frame.octets());
    if (!view.isMka() && !view.isMacsec()) {
      return null;
    }
    if (frame.isCut()) {
      return new Finding.Cut(frame, view.isMka() ? "mka" : "macsec", view.source());
    }
    return view.isMka() ? lookAtMka(frame, view) : lookAtMacsec(frame, view, opener);
  }

  private Finding lookAtMka(CapturedFrame frame, EthernetView view) {
    try {
      ReceivedMkpdu received = DECODER.open(view.octets());
      Mkpdu mkpdu = received.mkpdu();
      MkaKeys keys = caks.verify(received);
      IcvVerdict icv = IcvVerdict.OK;
      MkaLearner.Lesson lesson = MkaLearner.Lesson.NONE;
      if (keys != null) {
        lesson = learner.learn(frame.number(), mkpdu, keys);
      } else {
        icv = caks.knows(received.basic().ckn()) ? IcvVerdict.BAD : IcvVerdict.UNCHECKED;
      }
      return new Finding.MkaFrame(
          frame, received.header(), mkpdu, icv, lesson.sak(), lesson.cakName());
    } catch (MalformedMkpduException e) {
      int offset = view.originalOffset(e.offset());
      return new Finding.Malformed(frame, "mka", view.source(), e.reason().toString(), offset);
    }
  }

  private Finding lookAtMacsec(CapturedFrame frame, EthernetView view, FrameOpener opener) {
    byte[] octets = MacsecLength.trim(view.octets());
    Optional<DropReason> problem = SecTag.problem(octets, MacsecLength.ICV);
    Optional<SecTag> tag = SecTag.decode(octets);
    if (problem.isPresent() || tag.isEmpty()) {
      String why = problem.map(Inspection::words).orElse("no SecTAG");
      int offset = view.originalOffset(MacsecLength.problemAt(problem));
      return new Finding.Malformed(frame, "macsec", view.source(), why, offset);
    }
    FrameOpener.Result result = opener.open(frame.number(), octets, tag.get());
    // Without SCI and key, but with one member of that address, it can only be that one.
    Optional<Sci> sender =
        result.sci().or(() -> cast.onlyOneAt(MacAddress.of(octets, MacAddress.LENGTH)));
    return new Finding.MacsecFrame(
        frame, view, tag.get(), sender, result.verdict(), result.opened());
  }

  private static String words(DropReason reason) {
    return switch (reason) {
      case TAG_TRUNCATED -> "the frame ends within its SecTAG";
      case TAG_VERSION -> "the version bit of the SecTAG is set";
      case TAG_SCI_CONFLICT -> "ES or SCB is set together with SC";
      case TAG_SHORT_LENGTH -> "the short length is above 47, or a reserved bit beside it is set";
      case TAG_LENGTH -> "the frame has not the length that its SecTAG tells";
      default -> reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}
