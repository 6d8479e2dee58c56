package org.macsec4j.examples.inspect;

import java.util.HexFormat;

/** Writes one JSON object of one line; commas and escapes are its business. */
public final class JsonWriter {
  private final StringBuilder out = new StringBuilder(512);
  private boolean first = true;

  /** An object without fields yet. */
  public JsonWriter() {
    out.append('{');
  }

  /**
   * Adds a text.
   *
   * @param name the name of the field
   * @param value its value
   * @return this writer
   */
  public JsonWriter field(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  /**
   * Adds a whole number.
   *
   * @param name the name of the field
   * @param value its value, signed
   * @return this writer
   */
  public JsonWriter field(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  /**
   * Adds a truth value.
   *
   * @param name the name of the field
   * @param value its value
   * @return this writer
   */
  public JsonWriter field(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  /**
   * Adds a null.
   *
   * @param name the name of the field
   * @return this writer
   */
  public JsonWriter nullField(String name) {
    name(name);
    out.append("null");
    return this;
  }

  /**
   * Adds a number, or whatever else is JSON already.
   *
   * @param name the name of the field
   * @param json its value as it is to stand there
   * @return this writer
   */
  public JsonWriter raw(String name, String json) {
    name(name);
    out.append(json);
    return this;
  }

  /**
   * Begins an object as a field.
   *
   * @param name the name of the field
   * @return this writer
   */
  public JsonWriter object(String name) {
    name(name);
    return open('{');
  }

  /**
   * Begins an array as a field.
   *
   * @param name the name of the field
   * @return this writer
   */
  public JsonWriter array(String name) {
    name(name);
    return open('[');
  }

  /**
   * Begins an object within an array.
   *
   * @return this writer
   */
  public JsonWriter object() {
    comma();
    return open('{');
  }

  /**
   * Ends the object that was begun last.
   *
   * @return this writer
   */
  public JsonWriter endObject() {
    return close('}');
  }

  /**
   * Ends the array that was begun last.
   *
   * @return this writer
   */
  public JsonWriter endArray() {
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

  /**
   * A text within an array.
   *
   * @param value the text
   * @return this writer
   */
  public JsonWriter element(String value) {
    comma();
    quote(value);
    return this;
  }

  /**
   * Ends the whole.
   *
   * @return the line, without its end
   */
  public String end() {
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
