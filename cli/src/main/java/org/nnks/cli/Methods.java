package org.nnks.cli;

import java.util.Locale;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;

/** What is said of methods that a model does not have. */
final class Methods {

  private Methods() {}

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
