package org.macsec4j.it.kernel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Stories of sessions of ours and wpa_supplicants, some told at a time, each on a link of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WpaStories {
  private final AtOnce<Object> told = new AtOnce<>();
  private WpaHosts hosts;
  private int number;

  @BeforeAll
  final void beginAll() {
    hosts = new WpaHosts();
    begin();
  }

  /** Begins all stories. */
  abstract void begin();

  final void begin(Object name, WpaLink.Story story) {
    int n = ++number;
    told.begin(name, () -> WpaLink.tell(hosts, n, story));
  }

  final void await(Object name) throws Exception {
    told.await(name);
  }

  @AfterAll
  final void end() {
    told.close();
    hosts.close();
  }
}
