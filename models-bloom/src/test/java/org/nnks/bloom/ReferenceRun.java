package org.nnks.bloom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.CsvTable;

/**
 * The independent reference run at full size.
 *
 * @param path its history of 4,999 quarters
 * @param rules the forecast rules of its last iteration
 * @param states the aggregate states of the history
 */
public record ReferenceRun(CsvTable path, ForecastRules rules, int[] states) {

  /** The first quarter that counts. */
  public static final int FROM = 500;

  /** Reads it by way of a folder. */
  public static ReferenceRun read(Bloom economy, Path folder) {
    CsvTable path = table("path.csv", folder);
    CsvTable lines = table("rules.csv", folder);
    ForecastRules rules =
        ForecastRules.ofCoefficients(
            Stream.of("K_const", "K_slope", "p_const", "p_slope")
                .flatMapToDouble(name -> lines.column(name).stream())
                .toArray());
    int[] states =
        economy
            .states()
            .history(indices(path, "a_index"), indices(path, "s_index"), AggregateStates.LOW);
    return new ReferenceRun(path, rules, states);
  }

  private static int[] indices(CsvTable path, String name) {
    return path.column(name).stream().mapToInt(i -> (int) i - 1).toArray();
  }

  private static CsvTable table(String name, Path folder) {
    try (InputStream text = ReferenceRun.class.getResourceAsStream(name)) {
      Path copy = folder.resolve(name);
      Files.copy(text, copy, StandardCopyOption.REPLACE_EXISTING);
      return CsvTable.read(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
