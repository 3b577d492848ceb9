package org.nnks.cli.estimate;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.nnks.cli.progress.Progress;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.estimation.MicroMacroEstimate;
import org.nnks.estimation.MicroMacroLayout;
import org.nnks.estimation.MicroMacroReport;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.LikelihoodPowers;
import org.nnks.sbi.MarkovDraws;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.DiagnosticsReport;
import org.nnks.sbi.sampling.Convergence;
import org.nnks.sbi.sampling.SliceSampler;

/**
 * Likelihoods of units, multiplied, beside a summary-statistic posterior of the same economies.
 *
 * @param sample of the layout, to learn from, and the data
 * @param layout of the simulations
 * @param truth if it is known
 * @param coordinates of theta in which units change smoothly
 * @param unit how the likelihood of a unit is learned
 * @param estimation that they stand beside
 */
public record UnitsBeside(
    Sample sample,
    MicroMacroLayout layout,
    Optional<Vector> truth,
    UnaryOperator<Vector> coordinates,
    EstimatorConfig unit,
    Estimation estimation) {

  /** Draws of the posterior given aggregates and units, by chains. */
  public static final String BOTH_FILE = "draws-units.npz";

  /** Steps that are thrown away: chains start in draws of the posterior. */
  private static final int WARM_UP = 100;

  /** Steps between draws, for each parameter: see {@link #sampler}. */
  private static final double THINNING = 10. / 6;

  /**
   * Trains, samples and judges.
   *
   * @param summary the summary-statistic posterior
   * @param draws of it given the observed data
   */
  public Estimation.Comparison beside(NeuralPosterior summary, Draws draws) {
    Progress progress = estimation.progress();
    Prior prior = sample.prior();
    Seeds seeds = new Seeds(new Seeds(estimation.seed()).stream("units").nextLong());
    try (MicroMacroEstimate estimate =
        estimation.time(
            "training on units",
            () ->
                MicroMacroEstimate.train(
                    prior,
                    layout,
                    sample.toLearnFrom(),
                    coordinates,
                    estimation.config(),
                    unit,
                    estimation.seed(),
                    Optional.of(estimation.checkpoint()),
                    estimation.listener("aggregates and units", unit)))) {
      progress.part("chains given %d units".formatted(layout.units()));
      MicroMacroEstimate.Posteriors posteriors =
          estimation.time(
              "chains", () -> estimate.given(sample.observed(), draws.size(), sampler(), seeds));
      Simulations truths = HeldOutRanks.truths(sample.toJudgeBy());
      progress.part("posteriors of %d truths".formatted(truths.size()));
      List<Draws> ofSummary =
          summary.sample(
              layout.summaries(truths), DiagnosticsReport.DRAWS, seeds.stream("summary draws"));
      MicroMacroReport report =
          estimation.time(
              "truths", () -> MicroMacroReport.of(prior, estimate, truths, ofSummary, seeds));
      return new Estimation.Comparison(
          List.of(
              UnitsTables.contraction(
                  prior,
                  draws,
                  posteriors,
                  posteriors.units().resampled(draws.size(), seeds.stream("resampled"))),
              UnitsTables.chains("Posterior given aggregates and units", posteriors.both(), truth),
              UnitsTables.judged(report)),
          violations(posteriors, report),
          remarks(estimate.powers(), report),
          List.of(folder -> posteriors.both().draws().write(folder.resolve(BOTH_FILE))),
          findings(estimate.powers(), posteriors.both()));
    }
  }

  /**
   * A step moves along one line: in six dimensions draws are independent after some 36 steps, so
   * that with ten steps between draws R-hat is about 1 + (3.6 - 1) / 400. With fewer it would miss
   * its bar, and all would be run again with twice as many. That is allowed once: a step costs ten
   * densities of all units, and chains that still disagree are said to.
   */
  private SliceSampler sampler() {
    return new SliceSampler(
        WARM_UP, SliceSampler.DRAWS, (int) Math.ceil(THINNING * sample.prior().size()), 1);
  }

  /** What summary.json says of the posterior given aggregates and units. */
  private static Map<String, Double> findings(LikelihoodPowers powers, MarkovDraws both) {
    Map<String, Double> findings = new LinkedHashMap<>();
    findings.put("power of the likelihood of aggregates", powers.values().get(0));
    findings.put("power of the likelihood of units", powers.values().get(1));
    findings.put("data sets behind the powers", (double) powers.dataSets());
    findings.put("largest R-hat given units", rHat(both));
    return findings;
  }

  /** Of the parameter whose chains agree least. */
  public static double rHat(MarkovDraws draws) {
    return draws.convergence().stream().mapToDouble(Convergence::rHat).max().orElseThrow();
  }

  /** What speaks against the posterior given aggregates and units. */
  public static List<String> violations(
      MicroMacroEstimate.Posteriors posteriors, MicroMacroReport report) {
    List<String> violations = new ArrayList<>();
    if (!posteriors.both().converged()) {
      violations.add(
          "the chains given units do not agree: R-hat is %.3f, not below %.2f"
              .formatted(rHat(posteriors.both()), Convergence.AGREED));
    }
    violations.addAll(ranks(report));
    return violations;
  }

  /** That ranks leave the band of all parameters together, if they do. */
  public static List<String> ranks(MicroMacroReport report) {
    List<String> outside = named(report, row -> !row.jointly());
    return outside.isEmpty()
        ? List.of()
        : List.of(
            "given units, the ranks of %s leave the joint 95 %% band (%d data sets)"
                .formatted(String.join(", ", outside), report.truths()));
  }

  /** What the posterior given aggregates and units is worth, as far as truths know. */
  public static List<String> remarks(LikelihoodPowers powers, MicroMacroReport report) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        powers.dataSets() == 0
            ? "given units, learned likelihoods are taken at their word: there are too few simulations"
                + " to judge them by"
            : ("given units, the learned likelihood of aggregates is raised to the power %.2f and that of"
                    + " units to %.2f, as %d economies that were not learned from ask for")
                .formatted(powers.values().get(0), powers.values().get(1), powers.dataSets()));
    DoubleSummaryStatistics held =
        both(report).mapToDouble(MicroMacroReport.Row::coverage90).summaryStatistics();
    remarks.add(
        "given units, 90 %% sets hold %.0f to %.0f %% of %d truths"
            .formatted(100 * held.getMin(), 100 * held.getMax(), report.truths()));
    List<String> alone = named(report, row -> row.jointly() && !row.inBand());
    if (!alone.isEmpty()) {
      remarks.add(
          "given units, the ranks of %s leave their own 95 %% band, though not the joint one"
              .formatted(String.join(", ", alone)));
    }
    return remarks;
  }

  private static List<String> named(
      MicroMacroReport report, Predicate<MicroMacroReport.Row> which) {
    return both(report).filter(which).map(MicroMacroReport.Row::parameter).toList();
  }

  private static Stream<MicroMacroReport.Row> both(MicroMacroReport report) {
    return report.sources().stream().filter(row -> row.source().equals(MicroMacroReport.BOTH));
  }
}
