package org.macsec4j.examples.inspect;

import java.util.HexFormat;

/** Writes one JSON object of one line; commas and escapes are its business. */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder(512);
  private boolean first = true;

  JsonWriter() {
    out.append('{');
  }

  JsonWriter field(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  JsonWriter field(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  JsonWriter field(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  JsonWriter nullField(String name) {
    name(name);
    out.append("null");
    return this;
  }

  /** A number, or whatever else is JSON already. */
  JsonWriter raw(String name, String json) {
    name(name);
    out.append(json);
    return this;
  }

  JsonWriter object(String name) {
    name(name);
    return open('{');
  }

  JsonWriter array(String name) {
    name(name);
    return open('[');
  }

  /** An object within an array. */
  JsonWriter object() {
    comma();
    return open('{');
  }

  JsonWriter endObject() {
    return close('}');
  }

  JsonWriter endArray() {
    return close(']');
  }

  private JsonWriter open(char bracket) {
    out.append(bracket);
    first = true;
    return this;
  }

  private JsonWriter close(char bracket) {
    out.append(bracket);
    first = false;
    return this;
  }

  /** The whole line, without its end. */
  String end() {
    return out.append('}').toString();
  }

  private void name(String name) {
    comma();
    quote(name);
    out.append(':');
  }

  private void comma() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c >= 0x7F) {
        // Pure ASCII, so that no terminal and no locale can spoil it.
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
