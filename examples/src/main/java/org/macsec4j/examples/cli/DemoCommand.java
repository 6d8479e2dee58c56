package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code macsec demo}: a link is secured, used, re-keyed and attacked, all in memory. */
@Command(
    name = "demo",
    description =
        "Two hosts agree on keys by MKA, exchange protected frames and change keys under traffic;"
            + " then a tampered frame, a replayed frame and a host with a wrong key are refused."
            + " All in memory: no root, no network.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--suite",
      paramLabel = "SUITE",
      defaultValue = "GCM_AES_XPN_256",
      converter = SuiteConverter.class,
      description = "cipher suite: GCM-AES-128, -256, -XPN-128, -XPN-256 (default GCM-AES-XPN-256)")
  private CipherSuite suite = CipherSuite.GCM_AES_XPN_256;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "repeat the run of this seed, keys included (default: another each time)")
  private @Nullable Long seed;

  @Option(names = "--pcap", paramLabel = "FILE", description = "write all frames as pcapng")
  private @Nullable Path pcap;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "write the key of this run in clear, as 'macsec inspect --keys' reads it")
  private @Nullable Path keys;

  @Option(
      names = "--wireshark",
      paramLabel = "DIR",
      description = "write the key of this run in clear, as tables of a Wireshark profile")
  private @Nullable Path wireshark;

  @Override
  public Integer call() {
    PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    boolean passed = new Demo(out, suite, seed, new Demo.Files(pcap, keys, wireshark)).run();
    out.flush();
    return passed ? 0 : 1;
  }
}
