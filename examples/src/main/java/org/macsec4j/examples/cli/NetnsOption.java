package org.macsec4j.examples.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.netlink.LinuxBackend;
import picocli.CommandLine.Option;

/** The network namespace that a command works in. */
final class NetnsOption {
  @Option(
      names = {"-n", "--netns"},
      paramLabel = "NETNS",
      description =
          "look into another network namespace: a name of 'ip netns', or a file such as"
              + " /proc/1234/ns/net; needs CAP_SYS_ADMIN")
  private @Nullable String namespace;

  Optional<String> name() {
    return Optional.ofNullable(namespace);
  }

  LinuxBackend.Builder of(LinuxBackend.Builder builder) {
    return namespace == null ? builder : in(builder, namespace);
  }

  /** In a namespace that is given by its name or its file. */
  static LinuxBackend.Builder in(LinuxBackend.Builder builder, String namespace) {
    return namespace.contains("/")
        ? builder.namespace(Path.of(namespace))
        : builder.namespace(namespace);
  }
}
