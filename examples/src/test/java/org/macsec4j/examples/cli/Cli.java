package org.macsec4j.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.fake.NetlinkScript;

/** Runs the command within this JVM. */
final class Cli {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Cli() {}

  /** What came of a run. */
  record Result(int code, String out, String err) {
    /** Every line of the output, read as JSON by a strict parser. */
    List<JsonNode> json() {
      return out.lines().map(Result::parse).toList();
    }

    private static JsonNode parse(String line) {
      try (var parser = JSON.createParser(line)) {
        JsonNode node = JSON.readTree(parser);
        if (parser.nextToken() != null || !node.isObject()) {
          throw new AssertionError("not one JSON object: " + line);
        }
        return node;
      } catch (IOException e) {
        throw new UncheckedIOException("not JSON: " + line, e);
      }
    }

    JsonNode summary() {
      List<JsonNode> lines = json();
      return lines.get(lines.size() - 1);
    }
  }

  /** Runs it over another kernel. */
  static Result on(NetlinkScript kernel, String... args) {
    return run(new FakeLibc(kernel), args);
  }

  static Result run(FakeLibc libc, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        MacsecCommand.run(
            builder -> builder.open(libc), new PrintWriter(out), new PrintWriter(err), args);
    return new Result(code, out.toString(), err.toString());
  }

  static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = MacsecCommand.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Result(code, out.toString(), err.toString());
  }
}
