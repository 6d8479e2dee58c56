package org.macsec4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** An MKPDU read and verified, beside a bare CMAC. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MkpduDecode {
  /** Which MKPDU. */
  @Param({"HELLO", "SAK"})
  public String kind;

  private MkpduWork work;

  /** Makes keys and frame. */
  @Setup
  public void prepare() {
    work = new MkpduWork(MkpduWork.Kind.valueOf(kind));
  }

  /** Headers, basic set, ICV, all other sets. */
  @Benchmark
  public Object ours() throws Exception {
    return work.decodeAndVerify();
  }

  /** The CMAC of the same octets alone. */
  @Benchmark
  public byte[] bare() {
    return work.cmac();
  }

  /** Both in turns; {@link Ratios} reads the counters. */
  @Benchmark
  public void pair(Meter meter, Blackhole blackhole) throws Exception {
    meter.measure(() -> oursTurn(blackhole), () -> bareTurn(blackhole));
  }

  private void oursTurn(Blackhole blackhole) throws Exception {
    for (int i = 0; i < Meter.TURN; i++) {
      blackhole.consume(work.decodeAndVerify());
    }
  }

  private void bareTurn(Blackhole blackhole) {
    for (int i = 0; i < Meter.TURN; i++) {
      blackhole.consume(work.cmac());
    }
  }
}
