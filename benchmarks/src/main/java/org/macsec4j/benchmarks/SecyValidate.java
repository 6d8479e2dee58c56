package org.macsec4j.benchmarks;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.macsec4j.CipherSuite;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A SecY validates a frame, beside the bare cipher that opens its data. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SecyValidate {
  /** The cipher suite. */
  @Param({"GCM_AES_128", "GCM_AES_256", "GCM_AES_XPN_128", "GCM_AES_XPN_256"})
  public CipherSuite suite;

  /** Octets of secure data. */
  @Param({"64", "512", "1400", "9000"})
  public int octets;

  private SecyWork work;

  /** Makes SecYs, cipher and frames. */
  @Setup
  public void prepare() {
    work = new SecyWork(suite, octets);
  }

  /** Fails the run when frames were dropped. */
  @TearDown
  public void check() {
    work.requireNoDrops();
  }

  /** SecTAG, channel, replay check, cipher, counters. */
  @Benchmark
  public int ours() {
    return work.validate();
  }

  /** The cipher alone. */
  @Benchmark
  public int bare() throws GeneralSecurityException {
    return work.open();
  }

  /** Both in turns; {@link Ratios} reads the counters. */
  @Benchmark
  public void pair(Meter meter, Blackhole blackhole) throws Exception {
    meter.measure(() -> oursTurn(blackhole), () -> bareTurn(blackhole));
  }

  private void oursTurn(Blackhole blackhole) {
    for (int i = 0; i < Meter.TURN; i++) {
      blackhole.consume(work.validate());
    }
  }

  private void bareTurn(Blackhole blackhole) throws GeneralSecurityException {
    for (int i = 0; i < Meter.TURN; i++) {
      blackhole.consume(work.open());
    }
  }
}
