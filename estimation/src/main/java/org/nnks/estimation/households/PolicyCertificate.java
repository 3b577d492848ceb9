package org.nnks.estimation.households;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.conditioned.ConsumptionTable;
import org.nnks.krusellsmith.conditioned.DetrendedEconomy;
import org.nnks.krusellsmith.conditioned.DetrendedSolver;
import org.nnks.krusellsmith.conditioned.PanelEulerError;
import org.nnks.krusellsmith.conditioned.SolvedEconomy;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.NeuralPosterior;

/**
 * How far the errors of one policy for a whole prior move an estimate. At one theta, data sets are
 * simulated on the same random numbers by the policy and by two exact solves, and their posterior
 * means compared:
 *
 * <ul>
 *   <li>a solve as those of the policy's design, on their shocks: what interpolation in theta
 *       costs;
 *   <li>a solve on shocks of its own and on more periods: also what it costs that the design's laws
 *       of motion are estimates. Most of the error is here.
 * </ul>
 *
 * @param interpolation root mean square over data sets of what the first solve moves posterior
 *     means by, in posterior standard deviations, for each parameter
 * @param total the same for the second solve
 * @param policy Euler errors of the policy, on shocks that neither solve has seen
 * @param exact those of the second solve, on the same shocks
 * @param converged whether both exact solves did
 */
public record PolicyCertificate(
    Vector interpolation,
    Vector total,
    PanelEulerError policy,
    PanelEulerError exact,
    boolean converged) {

  /** Root mean squares are then known to a sixth. */
  private static final int DATA_SETS = 20;

  /** With the same normal draws on all sides their number hardly matters. */
  private static final int DRAWS = 1_000;

  /** Four times the design's: the law of motion that judges is twice as precise as those judged. */
  private static final int PERIODS_FACTOR = 4;

  /**
   * The certificate at one theta.
   *
   * @param estimator whose posterior means are compared
   * @param draws given the observed data: their mean is theta, their spread the unit
   * @param solver of the design
   * @param design seeds of the design
   * @param fresh other seeds
   */
  public static PolicyCertificate of(
      KrusellSmithSeries simulator,
      NeuralPosterior estimator,
      Draws draws,
      DetrendedSolver solver,
      Seeds design,
      Seeds fresh) {
    List<Draws.Row> table = draws.table();
    Vector theta = Vector.ofUnsafe(table.stream().mapToDouble(Draws.Row::mean).toArray());
    Vector sd = Vector.ofUnsafe(table.stream().mapToDouble(Draws.Row::sd).toArray());
    DetrendedEconomy economy = KrusellSmithSeries.economy(theta);
    DetrendedSolver longer =
        new DetrendedSolver(
            solver.shape(),
            solver.shocks(),
            solver.households(),
            PERIODS_FACTOR * solver.periods(),
            solver.burnIn());
    SolvedEconomy same = solver.solve(economy, design);
    SolvedEconomy other = longer.solve(economy, fresh);
    ConsumptionTable policy = simulator.policy().at(economy);
    double[] interpolation = new double[sd.size()];
    double[] total = new double[sd.size()];
    for (int r = 0; r < DATA_SETS; r++) {
      List<Vector> means = new ArrayList<>();
      for (ConsumptionTable decisions : List.of(policy, same.consumption(), other.consumption())) {
        Data data = simulator.simulate(decisions, theta, fresh.stream("certificate data", r));
        means.add(mean(estimator, data, fresh, r));
      }
      for (int j = 0; j < sd.size(); j++) {
        double first = (means.get(1).get(j) - means.get(0).get(j)) / sd.get(j);
        double second = (means.get(2).get(j) - means.get(0).get(j)) / sd.get(j);
        interpolation[j] += first * first / DATA_SETS;
        total[j] += second * second / DATA_SETS;
      }
    }
    // The streams of the panel are those of a solve, so that it needs seeds of its own.
    Seeds unseen = new Seeds(fresh.stream("euler errors").nextLong());
    return new PolicyCertificate(
        Vector.ofUnsafe(interpolation).map(Math::sqrt),
        Vector.ofUnsafe(total).map(Math::sqrt),
        PanelEulerError.of(policy, unseen),
        PanelEulerError.of(other.consumption(), unseen),
        same.converged() && other.converged());
  }

  private static Vector mean(NeuralPosterior estimator, Data data, Seeds seeds, int number) {
    Draws draws = estimator.given(data).sample(DRAWS, seeds.stream("certificate draws", number));
    return Vector.ofUnsafe(draws.table().stream().mapToDouble(Draws.Row::mean).toArray());
  }
}
