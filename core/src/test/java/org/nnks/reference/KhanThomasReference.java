package org.nnks.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.IntStream;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.CsvTable;
import org.nnks.core.numeric.Vector;

/**
 * The run of Terry's (2017) Fortran that stands in this folder; its README says how it was made.
 *
 * @param path periods 1 to 2,499, one row each
 * @param rules forecast coefficients, one row for each aggregate state
 */
public record KhanThomasReference(CsvTable path, CsvTable rules) {

  /** Reads the files of the test-jar. */
  public static KhanThomasReference load() {
    return new KhanThomasReference(table("khan-thomas-path.csv"), table("khan-thomas-rules.csv"));
  }

  /** Aggregate states, counted from zero. */
  public int[] states() {
    return path.column("A_index").stream().mapToInt(i -> (int) i - 1).toArray();
  }

  /** A series of the path. */
  public Vector series(String name) {
    return path.column(name);
  }

  /** The rules with which firms formed expectations in the last iteration. */
  public ForecastRules usedRules() {
    return rulesOf("used");
  }

  /** The least-squares estimates on the path. */
  public ForecastRules estimatedRules() {
    return rulesOf("ols");
  }

  private ForecastRules rulesOf(String kind) {
    double[] coefficients =
        IntStream.range(0, 4)
            .mapToObj(i -> new String[] {"a_K_", "b_K_", "a_p_", "b_p_"}[i] + kind)
            .flatMapToDouble(name -> rules.column(name).stream())
            .toArray();
    return ForecastRules.ofCoefficients(coefficients);
  }

  /** Resources may lie in a jar, and tables are read from files. */
  public static CsvTable table(String name) {
    try (InputStream text = KhanThomasReference.class.getResourceAsStream(name)) {
      Path copy = Files.createTempFile("reference", ".csv");
      try {
        Files.copy(text, copy, StandardCopyOption.REPLACE_EXISTING);
        return CsvTable.read(copy);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
