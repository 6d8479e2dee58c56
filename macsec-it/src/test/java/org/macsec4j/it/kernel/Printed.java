package org.macsec4j.it.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What {@code ip} of iproute2 6.1 prints of the settings of a SecY: all of them, so that a setting
 * that changed another one is seen. {@code sc} and {@code sa} of {@code ip macsec show} are left
 * out, as they are made up from the encoding SA.
 */
final class Printed {
  private static final Pattern MADE_UP = Pattern.compile(" sc (on|off) sa (on|off)");
  private static final Pattern MADE_UP_JSON = Pattern.compile("\"sc\":\\w+,\"sa\":\\w+,");
  private static final String[] SWITCHES = {"encrypt", "send_sci", "end_station", "scb"};

  private final Map<String, String> settings = new LinkedHashMap<>();

  private Printed() {}

  /** As macsec4j makes a SecY unless asked otherwise, with what differs. */
  static Printed with(Map<String, String> differences) {
    Printed printed = new Printed();
    Map<String, String> all = printed.settings;
    all.put("sci", "020000000a010001");
    all.put("protect", "on");
    all.put("cipher", "GCM-AES-128");
    all.put("icvlen", "16");
    all.put("encodingsa", "0");
    all.put("validate", "strict");
    all.put("offload", "off");
    all.put("encrypt", "on");
    all.put("send_sci", "on");
    all.put("end_station", "off");
    all.put("scb", "off");
    all.put("replay", "on");
    all.put("window", "0");
    all.putAll(differences);
    return printed;
  }

  private String get(String name) {
    return settings.getOrDefault(name, "");
  }

  private String bool(String name) {
    return Boolean.toString(get(name).equals("on"));
  }

  /** {@code ip -d link show}; before Linux 6.3 a link does not tell of offload. */
  String link() {
    StringBuilder text = new StringBuilder("macsec");
    settings.forEach(
        (name, value) -> {
          if (!isSilent(name)) {
            text.append(' ').append(name).append(' ').append(value);
          }
        });
    return text.append(' ').toString();
  }

  private boolean isSilent(String name) {
    boolean noWindow = name.equals("window") && get("replay").equals("off");
    return noWindow || (name.equals("offload") && Probe.is61());
  }

  /** {@code ip -d -j link show}. */
  String linkJson() {
    return "\"info_data\":{\"sci\":\"%s\",\"protect\":%s,\"cipher_suite\":\"%s\",\"icv_len\":%s,"
            .formatted(get("sci"), bool("protect"), get("cipher"), get("icvlen"))
        + "\"encoding_sa\":%s,\"validation\":\"%s\",".formatted(get("encodingsa"), get("validate"))
        + (Probe.is61() ? "" : "\"offload\":\"%s\",".formatted(get("offload")))
        + "\"encrypt\":%s,\"inc_sci\":%s,\"es\":%s,\"scb\":%s,\"replay_protect\":%s"
            .formatted(
                bool("encrypt"), bool("send_sci"), bool("end_station"), bool("scb"), bool("replay"))
        + (get("replay").equals("on") ? ",\"window\":" + get("window") : "")
        + "}";
  }

  /** {@code ip macsec show} without what it makes up. */
  String show() {
    StringBuilder text = new StringBuilder("m0: protect ").append(get("protect"));
    text.append(" validate ").append(get("validate"));
    for (String name : SWITCHES) {
      text.append(' ').append(name).append(' ').append(get(name));
    }
    text.append(" replay ").append(get("replay"));
    if (get("replay").equals("on")) {
      text.append(" window ").append(unsigned(get("window")));
    }
    return text.append(" \n    cipher suite: ")
        .append(get("cipher"))
        .append(", using ICV length ")
        .append(get("icvlen"))
        .append("\n    TXSC: ")
        .append(get("sci"))
        .append(" on SA ")
        .append(get("encodingsa"))
        .append('\n')
        .toString();
  }

  /** {@code ip -d link} prints the window as a signed number, {@code ip macsec} does not. */
  private static String unsigned(String number) {
    return Integer.toUnsignedString(Integer.parseInt(number));
  }

  static String withoutMadeUp(String shown) {
    return MADE_UP_JSON.matcher(MADE_UP.matcher(shown).replaceAll("")).replaceAll("");
  }

  /** {@code ip -j macsec show} without what it makes up. */
  String showJson() {
    return "\"protect\":%s,\"validate\":\"%s\",\"encrypt\":%s,\"send_sci\":%s,"
            .formatted(bool("protect"), get("validate"), bool("encrypt"), bool("send_sci"))
        + "\"end_station\":%s,\"scb\":%s,\"replay\":%s,"
            .formatted(bool("end_station"), bool("scb"), bool("replay"))
        + (get("replay").equals("on") ? "\"window\":" + unsigned(get("window")) + "," : "")
        + "\"cipher_suite\":\"%s\",\"icv_length\":%s,\"sci\":\"0x%x\",\"encoding_sa\":%s,"
            .formatted(
                get("cipher"),
                get("icvlen"),
                Long.parseUnsignedLong(get("sci"), 16),
                get("encodingsa"));
  }
}
