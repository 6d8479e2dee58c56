package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a CAK and its name, in the forms that others read. */
@Command(
    name = "genkey",
    mixinStandardHelpOptions = true,
    versionProvider = MacsecCommand.Version.class,
    description = {
      "Makes a random CAK and CKN for a link, the same for both of its ends.",
      "What it prints is secret: redirect it to a file of your own (umask 077).",
    })
final class GenkeyCommand implements Callable<Integer> {
  /** Who reads the key. */
  enum Format {
    /** People and scripts. */
    text,
    /** wpa_supplicant.conf. */
    wpa_supplicant,
    /** A keyfile of NetworkManager. */
    networkmanager,
    /** All of these. */
    all
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--bits",
      paramLabel = "128|256",
      defaultValue = "128",
      description = "the length of the CAK (default ${DEFAULT-VALUE})")
  private int bits;

  @Option(
      names = "--ckn-octets",
      paramLabel = "N",
      defaultValue = "32",
      description = "the length of the CKN, 1..32 (default ${DEFAULT-VALUE})")
  private int cknOctets;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "all",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
  private Format format = Format.all;

  @Override
  public Integer call() {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      problems.forEach(problem -> err.println("macsec genkey: " + problem));
      err.flush();
      return MacsecCommand.FAILED;
    }
    SecureRandom random = new SecureRandom();
    Cak cak = Cak.generate(bits, random);
    Ckn ckn = Ckn.generate(cknOctets, random);
    byte[] octets = cak.toByteArray();
    try {
      print(HexFormat.of().formatHex(octets), ckn);
    } finally {
      Arrays.fill(octets, (byte) 0);
      cak.destroy();
    }
    return MacsecCommand.DONE;
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (bits != 128 && bits != 256) {
      problems.add("--bits: a CAK has 128 or 256 bits, not " + bits);
    }
    if (cknOctets < Ckn.MIN_LENGTH || cknOctets > Ckn.MAX_LENGTH) {
      problems.add("--ckn-octets: a CKN has 1 to 32 octets, not " + cknOctets);
    }
    if (format == Format.networkmanager && bits == 256) {
      problems.add("--format: NetworkManager takes a CAK of 128 bits only (32 digits)");
    }
    return problems;
  }

  private void print(String cak, Ckn ckn) {
    PrintWriter out = spec.commandLine().getOut();
    boolean all = format == Format.all;
    if (all || format == Format.text) {
      out.println("CAK " + cak);
      out.println("CKN " + ckn);
    }
    if (all || format == Format.wpa_supplicant) {
      separate(out, "wpa_supplicant.conf, for: wpa_supplicant -D macsec_linux -i eth0 -c FILE");
      wpaSupplicant(out, cak, ckn);
    }
    if (all || format == Format.networkmanager) {
      separate(out, "NetworkManager, /etc/NetworkManager/system-connections/macsec0.nmconnection");
      networkManager(out, cak, ckn);
    }
    out.flush();
  }

  private void separate(PrintWriter out, String title) {
    if (format == Format.all) {
      out.println();
    }
    out.println("# " + title);
  }

  private static void wpaSupplicant(PrintWriter out, String cak, Ckn ckn) {
    out.println("eapol_version=3");
    out.println("ap_scan=0");
    out.println("network={");
    out.println("\tkey_mgmt=NONE");
    out.println("\teapol_flags=0");
    out.println("\tmacsec_policy=1");
    out.println("\tmka_cak=" + cak);
    out.println("\tmka_ckn=" + ckn);
    out.println("}");
  }

  private void networkManager(PrintWriter out, String cak, Ckn ckn) {
    if (bits == 256) {
      out.println("# takes a CAK of 128 bits only (32 digits): use --bits 128 for it");
      return;
    }
    out.println("[connection]");
    out.println("id=macsec0");
    out.println("type=macsec");
    out.println("interface-name=macsec0");
    out.println();
    out.println("[macsec]");
    out.println("parent=eth0");
    out.println("mode=0");
    out.println("mka-cak=" + cak);
    out.println("mka-ckn=" + ckn);
  }
}
