package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What people read. */
class InspectDialogueTest {
  private static final Path SAMPLE = Path.of("captures");

  @Test
  void theSampleReadsLikeADialogue() {
    Cli.Result result =
        Cli.run(
            "inspect",
            SAMPLE.resolve("first-link.pcap").toString(),
            "--keys",
            SAMPLE.resolve("first-link.keys").toString());

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            captures/first-link.pcap: pcap, 38 frames in 11.846 s

              A   02:00:00:00:0a:01/1
              B   02:00:00:00:0b:02/1

            What was said
              under CKN 61626364…3435 (32 octets)
                 0.000  A   MN 1: appears, MI 3f27bc26…, MKA version 1
                            priority 128, I am the key server, MACsec wanted, encryption
                        ·   1 hello without news (A 1)
                 3.820  B   MN 1: appears, MI 2b31abf8…, MKA version 1
                            priority 255, I am the key server, MACsec wanted, encryption
                            I hear A: potential
                 4.027  A   MN 3: I hear B, and it hears me: live
                            distributes KN 1 on AN 0, GCM-AES-128, confidentiality offset 0 \
            (unwrapped)
                 4.324  A   MN 4: receives and transmits with KN 1 of A on AN 0
                 4.345  B   MN 2: I am not the key server
                            I hear A, and it hears me: live
                            receives with KN 1 of A on AN 0
                 4.361  B   MN 3: transmits with KN 1 of A on AN 0
                 4.672  A   first frame protected with KN 1 of A: AN 0, PN 1
                 4.672  B   first frame protected with KN 1 of A: AN 0, PN 1
                        ·   7 hellos without news (B 4, A 3)

            Protected frames
              from  AN  key        PN     frames  ok  bad  no key  what
              A     0   KN 1 of A  1..12      12  12    -       -  GCM-AES-128: 2 ARP, \
            10 IPv4 ICMP echo request
              B     0   KN 1 of A  1..12      12  12    -       -  GCM-AES-128: 2 ARP, \
            10 IPv4 ICMP echo reply

            Summary
              frames     38
              MKPDUs     14: ICV ok 14, bad 0, unchecked 0
              SAKs       1 unwrapped
              MACsec     24: ok 24, bad 0, no key 0
              malformed  0
            """);
  }

  @Test
  void hintsTellAWrongCak() {
    Captures.Entry capture = Captures.named("psk-wrong-cak");

    assertThat(Cli.run(capture.inspect(capture.file())).out())
        .contains("its ICV fails under the CAK given for this CKN")
        .contains("10 MKPDUs of B under CKN 61626364…3435 fail under the CAK given for it")
        .contains("B has another CAK");
  }

  @Test
  void hintsTellAnUnknownCkn() {
    Captures.Entry capture = Captures.named("psk-wrong-ckn");

    assertThat(Cli.run(capture.inspect(capture.file())).out())
        .contains("11 MKPDUs of B under CKN aa626364…3435 went unchecked: give its CAK with --ckn");
  }

  @Test
  void hintsTellAKeyThatNobodyUses() {
    Captures.Entry capture = Captures.named("psk-cak256");

    assertThat(
            Cli.run("inspect", capture.file().toString(), "--ckn", "6162", "--cak", "00".repeat(16))
                .out())
        .contains("no MKPDU bears the given CKN 6162")
        .contains("24 MACsec frames have no key");
  }

  @Test
  void aSecondLifeGetsANameOfItsOwn() {
    Captures.Entry capture = Captures.named("seq-b1-mka-only");

    assertThat(Cli.run(capture.inspect(capture.file())).out())
        .contains("has a new MI, 16aa1d15…: is B(2) from now on")
        .contains("distributes KN 4 on AN 3")
        .contains("has given up KN 3 of A");
  }
}
