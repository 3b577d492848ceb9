package org.nnks.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The names of methods, and what is said of those that a model does not have. */
final class Methods {

  /** Other names of methods: what the exact one is, and its algorithm for households. */
  private static final Map<String, RunSettings.Method> ALIASES =
      Map.of("grid", RunSettings.Method.EXACT, "egm", RunSettings.Method.EXACT);

  private Methods() {}

  /** Reads a method by its name or an alias. */
  static final class Converter implements ITypeConverter<RunSettings.Method> {

    /** Created by picocli. */
    Converter() {}

    @Override
    public RunSettings.Method convert(String name) {
      RunSettings.Method[] methods = RunSettings.Method.values();
      return Arrays.stream(methods)
          .filter(method -> method.name().equalsIgnoreCase(name))
          .findFirst()
          .or(() -> Optional.ofNullable(ALIASES.get(name.toLowerCase(Locale.ROOT))))
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of %s (case-insensitive) but was '%s'"
                          .formatted(Arrays.toString(methods), name)));
    }
  }

  /** The complaint that a model cannot be solved by a method. */
  static InvalidInputException unknown(ModelEntry<?> entry, RunSettings.Method method) {
    return new InvalidInputException(
        "%s cannot be solved by --method %s; its default is %s"
            .formatted(
                entry.name(),
                method.name().toLowerCase(Locale.ROOT),
                entry.method().name().toLowerCase(Locale.ROOT)));
  }
}
