package org.macsec4j.examples.cli;

import java.util.Arrays;
import java.util.Locale;
import org.macsec4j.CipherSuite;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a cipher suite by its standard name, in any case, with hyphens or underscores. */
final class SuiteConverter implements ITypeConverter<CipherSuite> {
  @Override
  public CipherSuite convert(String value) {
    String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(CipherSuite.values())
        .filter(suite -> suite.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + value + "' is none of " + Arrays.toString(CipherSuite.values())));
  }
}
