package org.macsec4j.mka.engine;

import java.util.Arrays;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;
import net.jqwik.api.statistics.Statistics;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.mka.AccessPolicy;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.engine.EngineRig.Speech;

/**
 * Frames, answers, times and commands reach two ports in any order, sensible or not. What must hold
 * after each of them is in {@link TwinPorts} and {@link StubSecy}.
 */
class EngineStateMachineTest {
  private static final int ACTIONS = 60;
  private static final long MILLIS = World.MILLIS;
  private static final long SECONDS = World.SECONDS;

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void whateverComesInWhateverOrderTheRulesHold(@ForAll("chains") ActionChain<EngineRig> chain) {
    EngineRig rig = chain.run();
    // Or the actions would be too wild to get anywhere.
    Statistics.label("secured")
        .collect(rig.wasSecured())
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 60));
  }

  @Provide
  Arbitrary<ActionChain<EngineRig>> chains() {
    return Combinators.combine(configs(), Arbitraries.of(true, true, false))
        .flatAs(EngineStateMachineTest::chainsOf);
  }

  private static Arbitrary<MkaConfig> configs() {
    Arbitrary<CipherSuite[]> suites =
        Arbitraries.of(
            new CipherSuite[] {CipherSuite.GCM_AES_128},
            new CipherSuite[] {CipherSuite.GCM_AES_XPN_256, CipherSuite.GCM_AES_128});
    Arbitrary<AccessPolicy> policies =
        Arbitraries.of(AccessPolicy.MUST_SECURE, AccessPolicy.SHOULD_SECURE);
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return Combinators.combine(
            suites, policies, Arbitraries.integers().between(1, 3), flags, flags, flags)
        .as(
            (suite, policy, version, delayProtection, rekeyOnLoss, group) ->
                Configs.group(128).toBuilder()
                    .cipherSuites(suite)
                    .accessPolicy(policy)
                    .mkaVersion(version)
                    .delayProtection(delayProtection)
                    .rekeyOnPeerLoss(rekeyOnLoss)
                    .joinGroups(group)
                    .maxPeers(6)
                    .build());
  }

  private static Arbitrary<ActionChain<EngineRig>> chainsOf(MkaConfig config, boolean secured) {
    ActionChainArbitrary<EngineRig> chain =
        ActionChain.startWith(() -> secured ? EngineRig.secured(config) : new EngineRig(config));
    return keys(host(answers(frames(lives(chain))))).withMaxTransformations(ACTIONS);
  }

  private static ActionChainArbitrary<EngineRig> lives(ActionChainArbitrary<EngineRig> chain) {
    return chain
        .withAction(6, action("start", ports(), EngineRig::start))
        .withAction(1, action("crash", ports(), EngineRig::crash))
        .withAction(1, action("stop", ports(), EngineRig::stop))
        .withAction(10, action("behave", waits(), EngineRig::behave))
        .withAction(3, action("pass", waits(), EngineRig::pass))
        .withAction(
            10,
            action(
                "timeout",
                ports(),
                Arbitraries.of(0L, 0L, -MILLIS, 1L, 300 * MILLIS, 3 * SECONDS, 40 * SECONDS),
                EngineRig::timeout));
  }

  private static ActionChainArbitrary<EngineRig> frames(ActionChainArbitrary<EngineRig> chain) {
    Arbitrary<Integer> index = Arbitraries.integers().between(0, 39);
    Arbitrary<int[]> damages =
        Combinators.combine(
                index,
                Arbitraries.integers().between(0, 8 * 300),
                Arbitraries.of(0, 0, -1, -4, -16, -60))
            .as((at, bit, length) -> new int[] {at, bit, length});
    Arbitrary<Said> said =
        Combinators.combine(Arbitraries.of(0, 0, 0, 1, 1, 2), Arbitraries.of(Speech.class))
            .as(Said::new);
    return chain
        .withAction(20, action("deliver", ports(), index, EngineRig::deliver))
        .withAction(2, action("lose", index, EngineRig::lose))
        .withAction(
            3,
            action(
                "damage", ports(), damages, (rig, port, d) -> rig.damage(port, d[0], d[1], d[2])))
        .withAction(
            1,
            action(
                "noise",
                ports(),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(90),
                EngineRig::noise))
        .withAction(
            25,
            action("hear", ports(), said, (rig, port, s) -> rig.hear(port, s.other(), s.speech())))
        .withAction(2, action("stranger", ports(), EngineRig::stranger));
  }

  private record Said(int other, Speech speech) {}

  private static ActionChainArbitrary<EngineRig> answers(ActionChainArbitrary<EngineRig> chain) {
    return chain
        .withAction(8, action("done", ports(), (rig, port) -> rig.answer(port, null)))
        .withAction(10, action("work", ports(), EngineRig::work))
        .withAction(
            6,
            action(
                "refuse", ports(), Arbitraries.of(MacsecException.Kind.class), EngineRig::answer))
        .withAction(
            2,
            action(
                "answer nothing",
                ports(),
                Arbitraries.of(0L, 1L, -1L, -2L, 1L << 40),
                EngineRig::answerNothing));
  }

  private static ActionChainArbitrary<EngineRig> host(ActionChainArbitrary<EngineRig> chain) {
    Arbitrary<Read> reads =
        Combinators.combine(
                Arbitraries.of(AssociationNumber.class),
                Arbitraries.of(1L, 2L, 1000L, 0xBFFF_FFFFL, 0xC000_0000L, 0xFFFF_FFFFL))
            .as(Read::new);
    return chain
        .withAction(
            3,
            action(
                "packet number",
                ports(),
                reads,
                (rig, port, read) -> rig.packetNumber(port, read.an(), read.next())))
        .withAction(4, action("rekey", ports(), EngineRig::rekey))
        .withAction(1, action("transmit failure", ports(), EngineRig::transmitFailure))
        .withAction(
            2, action("clock", ports(), Arbitraries.of(0, 9, 10, 59, 61, -500), EngineRig::clock))
        .withAction(2, action("suspend", ports(), Arbitraries.of(1, 5, 120), EngineRig::suspend))
        .withAction(1, action("resume", ports(), EngineRig::resume));
  }

  private record Read(AssociationNumber an, long next) {}

  private static ActionChainArbitrary<EngineRig> keys(ActionChainArbitrary<EngineRig> chain) {
    Arbitrary<Integer> numbers = Arbitraries.integers().between(1, 5);
    Arbitrary<int[]> pairs =
        Combinators.combine(numbers, numbers).as((old, other) -> new int[] {old, other});
    return chain
        .withAction(3, action("add key", ports(), numbers, EngineRig::addKey))
        .withAction(
            2,
            action(
                "replace key",
                ports(),
                pairs,
                (rig, port, pair) -> rig.replaceKey(port, pair[0], pair[1])))
        .withAction(
            1,
            action(
                "remove key", ports(), Arbitraries.integers().between(0, 5), EngineRig::removeKey))
        .withAction(1, action("distribute", ports(), numbers, EngineRig::distribute))
        .withAction(1, action("stop distributing", ports(), EngineRig::stopDistributing));
  }

  // How actions are made.

  private static Arbitrary<Integer> ports() {
    return Arbitraries.of(0, 1);
  }

  private static Arbitrary<Long> waits() {
    return Arbitraries.of(
        1L, MILLIS, 50 * MILLIS, 500 * MILLIS, 2 * SECONDS, 5 * SECONDS, 30 * SECONDS);
  }

  private interface Three<T, U> {
    void accept(EngineRig rig, T first, U second);
  }

  private static <T> Action.Independent<EngineRig> action(
      String name, Arbitrary<T> values, BiConsumer<EngineRig, T> act) {
    return () ->
        values.map(value -> Transformer.mutate(name + " " + value, rig -> act.accept(rig, value)));
  }

  private static <T, U> Action.Independent<EngineRig> action(
      String name, Arbitrary<T> firsts, Arbitrary<U> seconds, Three<T, U> act) {
    return () ->
        Combinators.combine(firsts, seconds)
            .as(
                (first, second) ->
                    Transformer.mutate(
                        name + " " + first + " " + text(second),
                        rig -> act.accept(rig, first, second)));
  }

  private static String text(Object value) {
    return value instanceof int[] numbers ? Arrays.toString(numbers) : String.valueOf(value);
  }
}
