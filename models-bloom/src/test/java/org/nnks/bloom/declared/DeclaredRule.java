package org.nnks.bloom.declared;

import org.nnks.bloom.Bloom;
import org.nnks.bloom.DecisionRule;
import org.nnks.bloom.FirmDecisions;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.CellDecisions;

/** What firms of the declared economy decide, for comparison with the exact solver's choices. */
final class DeclaredRule implements DecisionRule<FirmDecisions> {

  private static final double ROUNDING = 1e-9;

  private final BloomDeclaration declared;
  private final Bloom firms;
  private final AgentSolution solution;
  private final CellDecisions decided;
  private AgentPeriod period;

  /**
   * Decisions.
   *
   * @param firms the economy in which they are: that of the solution, or the same on finer grids
   */
  DeclaredRule(AgentSolution solution, Bloom firms) {
    this.solution = solution;
    this.firms = firms;
    declared = new BloomDeclaration(firms.calibration());
    decided = new CellDecisions(declared.branches(), firms.cells());
  }

  @Override
  public void begin(int aggregateState, double meanCapital) {
    period =
        solution
            .deciding()
            .apply(new AgentHistogram(declared).levels())
            .period(aggregateState, new double[] {meanCapital});
  }

  @Override
  public void decide(double price, FirmDecisions decisions) {
    period.decide(new double[][] {{price}}, new CellDecisions[] {decided});
    int hours = firms.hours().size();
    int capital = firms.capital().size();
    for (int cell = 0; cell < firms.cells(); cell++) {
      double next = firms.undepreciated(cell / hours % capital);
      double n = firms.unseparated(cell % hours);
      for (int b = 0; b < declared.branches().size(); b++) {
        if (decided.probability(b)[cell] == 1) {
          for (int c = 0; c < declared.branches().get(b).controls().size(); c++) {
            if (declared.branches().get(b).controls().get(c).name().equals("k'")) {
              next = decided.control(b, c)[cell];
            } else {
              n = decided.control(b, c)[cell];
            }
          }
        }
      }
      decisions.set(
          cell,
          orNothing(next, firms.undepreciated(cell / hours % capital)),
          orNothing(n, firms.unseparated(cell % hours)));
    }
  }

  /** Firms that buy nothing do not adjust: without a fixed cost the branches meet there. */
  private static double orNothing(double chosen, double kept) {
    return Math.abs(chosen / kept - 1) < ROUNDING ? kept : chosen;
  }
}
