package org.nnks.cli.estimate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.sbi.Data;
import org.nnks.sbi.ModelComparison;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.ModelCalibration;

/**
 * Models of the same data, each known by simulations from its own prior: their probabilities given
 * the observed data, if all are equally probable a priori.
 *
 * @param names of their files
 * @param training simulations of each to learn from, equally many
 * @param held simulations of each that judge, equally many
 * @param observed what is to be explained
 * @param estimation that they stand beside
 */
public record RivalModels(
    List<String> names,
    List<Simulations> training,
    List<Simulations> held,
    Data observed,
    Estimation estimation) {

  private static final int DECIMALS = 4;

  /**
   * The first model beside those of files.
   *
   * @param sample its simulations in any order, and the data
   * @throws InvalidInputException if a file has data of another shape, or too few simulations
   */
  public static RivalModels read(
      Path file, Sample sample, List<Path> rivals, Estimation estimation) {
    Simulations first = sample.simulations();
    List<String> names = new ArrayList<>(List.of(file.getFileName().toString()));
    List<Simulations> all = new ArrayList<>(List.of(first));
    for (Path rival : rivals) {
      Simulations other = FileEstimate.read(rival);
      if (!other.shape().equals(first.shape())) {
        throw new InvalidInputException(
            "%s has data of %s, but %s of %s: rivals explain the same data"
                .formatted(rival, other.shape(), file, first.shape()));
      }
      String name = rival.getFileName().toString();
      if (names.contains(name)) {
        throw new InvalidInputException(
            "--rivals: two files are called %s: give each model a name of its own".formatted(name));
      }
      names.add(name);
      all.add(
          other.permuted(new Seeds(estimation.seed()).stream("held-out simulations", all.size())));
    }
    int count = all.stream().mapToInt(Simulations::size).min().orElseThrow();
    int training = count - FileEstimate.held(count);
    return new RivalModels(
        names,
        all.stream().map(each -> each.slice(0, training)).toList(),
        all.stream().map(each -> each.slice(training, count)).toList(),
        sample.observed(),
        estimation);
  }

  /** Trains, compares and judges. */
  public Estimation.Comparison beside() {
    estimation.progress().part("comparing %d models".formatted(names.size()));
    try (ModelComparison comparison =
        estimation.time(
            "comparison of models",
            () ->
                ModelComparison.train(
                    training, estimation.config(), Device.cpu(), estimation.seed()))) {
      Vector probabilities = comparison.probabilities(observed);
      ModelCalibration calibration = ModelCalibration.of(comparison, held);
      List<ComparisonTable.Row> rows = new ArrayList<>();
      Map<String, Double> findings = new LinkedHashMap<>();
      for (int k = 0; k < names.size(); k++) {
        rows.add(new ComparisonTable.Row(names.get(k), DECIMALS, Vector.of(probabilities.get(k))));
        findings.put("probability of " + names.get(k), probabilities.get(k));
      }
      findings.put("Spiegelhalter's z of the probabilities", calibration.z());
      ComparisonTable table =
          new ComparisonTable(
              "Probabilities of models given the observed data",
              ("All are equally probable a priori. A classifier learned from %d simulations of each; of %d"
                      + " others of each it names the right model in %.0f %%, its expected calibration error is"
                      + " %.3f, Spiegelhalter's z %.2f.")
                  .formatted(
                      training.get(0).size(),
                      held.get(0).size(),
                      100 * calibration.accuracy(),
                      calibration.error(),
                      calibration.z()),
              List.of("probability"),
              rows);
      return new Estimation.Comparison(
          List.of(table), violations(calibration), List.of(), List.of(), findings);
    }
  }

  /** What speaks against the probabilities. */
  public static List<String> violations(ModelCalibration calibration) {
    return calibration.calibrated()
        ? List.of()
        : List.of(
            "the probabilities of models are not calibrated (Spiegelhalter's z is %.2f)"
                .formatted(calibration.z()));
  }
}
