package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.estimate.BoxEstimate;
import org.nnks.cli.estimate.EstimateFolder;
import org.nnks.cli.estimate.UnitsBeside;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.estimation.FirmInterviews;
import org.nnks.estimation.MicroMacroLayout;
import org.nnks.estimation.SurveyMoments;
import org.nnks.sbi.Data;

/** A box of Khan and Thomas's fixed cost, estimated from a survey and from firms one by one. */
@Tag("paper")
class BoxFirmsTest {

  private static final int FIRMS = 10;
  private static final double TRUTH = 0.008;
  private static final double ERROR = 0.05;

  @TempDir private static Path folder;

  @Test
  void firmsStandBesideTheSurvey() throws IOException {
    Path box = folder.resolve("box");
    Command solve =
        Command.run(
            ("solve khan-thomas --method exact --periods 400 --burn-in 100 --tolerance 1e-4 --seed 7"
                    + " --over maxFixedCost=0.006:0.01 --nodes 2 --held-out 1 --out "
                    + box)
                .split(" "));
    assertThat(solve.exitCode()).isEqualTo(ExitCode.OK);
    Path survey = folder.resolve("survey.json");
    write(survey, 0.76, 0.02);
    Path firms = folder.resolve("firms.csv");
    simulate(box, survey, firms);

    Path out = folder.resolve("estimate");
    Command estimate =
        Command.run(
            ("estimate %s --observed %s --units %s --measurement-error 0.01,%s --simulations 200"
                    + " --epochs 2 --draws 500 --quiet --out %s")
                .formatted(box, survey, firms, ERROR, out)
                .split(" "));
    assertThat(estimate.err()).isEmpty();
    assertThat(estimate.exitCode()).isIn(ExitCode.OK, ExitCode.NOT_CONVERGED);
    assertThat(estimate.out())
        .contains("What units tell beyond aggregates", "Posterior given aggregates and units")
        .contains("Interpolation at the posterior mean");
    EstimateFolder.Summary summary =
        StrictJson.read(out.resolve("summary.json"), EstimateFolder.Summary.class);
    assertThat(summary.experiment()).containsEntry("firms one by one", (double) FIRMS);
    assertThat(summary.findings().get("power of the likelihood of units")).isBetween(0.01, 1.0);
    assertThat(summary.findings().get("power of the likelihood of aggregates"))
        .isBetween(0.01, 1.0);
    double[] both = NamedArrays.read(out.resolve(UnitsBeside.BOTH_FILE)).get("maxFixedCost");
    assertThat(Arrays.stream(both).min().orElseThrow()).isGreaterThan(0.006);
    assertThat(Arrays.stream(both).max().orElseThrow()).isLessThan(0.01);
    assertThat(out.resolve(EstimateFolder.CHECKPOINT)).doesNotExist();
  }

  /** Firms and moments of one economy at the truth, as files. */
  private static void simulate(Path box, Path survey, Path firms) throws IOException {
    FirmInterviews interviews = new FirmInterviews(FIRMS, 0.01, ERROR);
    SurveyMoments simulator =
        BoxEstimate.open(box, survey, Optional.empty(), Optional.of(interviews), 1).simulator();
    Data data = simulator.simulate(Vector.of(TRUTH), new Seeds(3).stream("observed"));
    MicroMacroLayout layout = simulator.layout();
    StringBuilder csv = new StringBuilder(String.join(",", FirmInterviews.columns()) + "\n");
    for (Data firm : layout.units(data)) {
      Vector row = firm.values().row(0);
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%s%n",
              row.get(0),
              ERROR * Math.sinh(row.get(1)),
              row.get(2),
              row.get(3)));
    }
    Files.writeString(firms, csv);
    List<Double> moments =
        Arrays.stream(layout.summaries(data).values().toArray()).boxed().toList();
    assertThat(simulator.moments()).containsExactly("inaction", SurveyMoments.OUTPUT);
    write(survey, moments.get(0), moments.get(1));
  }

  private static void write(Path survey, double inaction, double output) throws IOException {
    Files.writeString(
        survey,
        "{\"survey\": {\"firms\": 500, \"years\": 17}, \"moments\": {\"inaction\": %s, \"%s\": %s}}"
            .formatted(inaction, SurveyMoments.OUTPUT, output));
  }
}
