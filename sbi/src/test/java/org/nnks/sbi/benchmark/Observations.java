package org.nnks.sbi.benchmark;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nnks.core.io.CsvTable;

/** The ten standard observations of a task, from the resources. */
final class Observations {

  private Observations() {}

  static List<double[]> of(BenchmarkTask task) {
    String name = task.name().toLowerCase(Locale.ROOT) + ".csv";
    try {
      CsvTable table = CsvTable.read(Path.of(Observations.class.getResource(name).toURI()));
      return IntStream.range(0, table.rows())
          .mapToObj(i -> table.columns().stream().mapToDouble(c -> c.values().get(i)).toArray())
          .toList();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
