package org.macsec4j.it.kernel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Cases that share a bench, which is cleared after each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BenchCases {
  Bench bench;

  @BeforeAll
  final void layOut() {
    bench = new Bench();
  }

  @AfterAll
  final void takeAway() {
    bench.close();
  }

  @AfterEach
  final void clear() {
    bench.clear();
  }
}
