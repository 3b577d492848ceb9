package org.nnks.inventories;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.CsvTable;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/** The reference solution; its README says how it was made. */
final class Reference {

  /** Quarters discarded. */
  static final int FROM = 500;

  private static final List<String> NAMES = List.of("p", "q", "K", "S");

  private static final CsvTable PATH = table("path.csv");

  private Reference() {}

  static CsvTable table(String name) {
    try (InputStream text = Reference.class.getResourceAsStream(name)) {
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

  /** Aggregate states, counted from zero. */
  static int[] states() {
    return PATH.column("z_index").stream().mapToInt(i -> (int) i - 1).toArray();
  }

  static ForecastRules rules() {
    CsvTable rules = table("rules.csv");
    double[] coefficients =
        Stream.of("Kp", "Sp", "p", "q")
            .flatMap(y -> Stream.of(y + "_const", y + "_logK", y + "_logS"))
            .flatMapToDouble(column -> rules.column(column).stream())
            .toArray();
    return ForecastRules.ofCoefficients(2, 2, coefficients);
  }

  /** The largest gaps of a path in p, q, K and S, in percent. */
  static double[] gaps(SimulatedPath path) {
    double[] largest = new double[NAMES.size()];
    for (int j = 0; j < largest.length; j++) {
      Vector ours = j < 2 ? path.prices().get(j) : path.moments().get(j - 2);
      Vector theirs = PATH.column(NAMES.get(j));
      for (int t = FROM; t < ours.size(); t++) {
        largest[j] = Math.max(largest[j], 100 * Math.abs(ours.get(t) / theirs.get(t) - 1));
      }
    }
    return largest;
  }
}
