package org.nnks.core.agents;

/**
 * A period in which agents search all their controls at every candidate price.
 *
 * @param nextMoments as forecast
 * @param prices as forecast
 * @param problem at the agents' cells, with the period's aggregate state and moments
 * @param continuation discounted expected values by own states, at the nodes of the problem's grid
 */
record MaximisingPeriod(
    double[] nextMoments, double[] prices, AgentProblem problem, double[][] continuation)
    implements AgentPeriod {

  @Override
  public void decide(double[][] candidates, CellDecisions[] decisions) {
    for (int k = 0; k < candidates.length; k++) {
      problem.onlyBranchesAt(candidates[k]);
      decide(candidates[k], decisions[k]);
    }
  }

  @Override
  public void decideBetween(
      double[] between, CellDecisions lower, CellDecisions upper, CellDecisions decisions) {
    problem.onlyBranchesBetween(lower, upper);
    decide(between, decisions);
  }

  private void decide(double[] candidate, CellDecisions decisions) {
    problem.prices(candidate);
    problem.solve(continuation);
    problem.copyTo(decisions);
    problem.noteFirst(candidate);
  }
}
