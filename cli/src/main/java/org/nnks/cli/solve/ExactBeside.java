package org.nnks.cli.solve;

import java.util.ArrayList;
import java.util.List;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.results.LearningResults;
import org.nnks.core.accuracy.CertificateLimits;
import org.nnks.core.archive.CertificateFile;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.solve.Solution;
import org.nnks.core.statistics.Figure;

/**
 * The exact solution beside a learned one, on the same calibration and shocks, where it is quick:
 * what {@code nnks certify} says, without being asked, and plots with both.
 *
 * @param certificate how far the learned solution is from the exact one
 * @param figures of both
 */
record ExactBeside(CertificateFile certificate, List<Figure> figures) {

  /**
   * Solves and compares.
   *
   * @param entry a model that is {@linkplain ModelEntry#judgedAtOnce judged at once}
   * @param learner the solver of what is judged, still open
   * @param learned what is judged, solved by these settings
   */
  static <C extends Record> ExactBeside of(
      ModelEntry<C> entry,
      C calibration,
      Economy economy,
      RunSettings settings,
      BellmanSolver learner,
      Solution learned,
      int[] shocks,
      Progress progress) {
    RunSettings rival = Rival.settings(entry, calibration, settings);
    int burnIn = settings.solver().burnIn();
    try (BellmanSolver exact = entry.open(calibration, rival, Devices.of(rival))) {
      Solution solution = Rival.solve(economy, rival, exact, shocks, progress);
      progress.part("comparing with the exact solution");
      CertificateFile certificate =
          Rival.certificate(
              learned.agents(),
              learned.path(),
              learned.accuracy(),
              "the exact solution",
              solution,
              rival,
              CertificateLimits.STANDARD);
      List<Figure> figures =
          new ArrayList<>(
              learned
                  .agents()
                  .figuresBeside(
                      learned.path(),
                      burnIn,
                      rival.method().label(),
                      solution.agents(),
                      solution.path()));
      figures.addAll(LearningResults.figures(learner, solution.agents()));
      return new ExactBeside(certificate, figures);
    } catch (DivergedException | InvalidInputException e) {
      return new ExactBeside(
          CertificateFile.refused(
              rival.method(),
              CertificateLimits.STANDARD,
              "the rival cannot be solved: " + e.getMessage()),
          learned.agents().figures(learned.path(), burnIn));
    }
  }
}
