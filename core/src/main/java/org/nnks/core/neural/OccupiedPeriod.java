package org.nnks.core.neural;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.economy.Branch;

/** A period in which only some points have agents: networks are asked for those. */
final class OccupiedPeriod implements AgentPeriod, AutoCloseable {

  private final NeuralPolicies policies;
  private final NeuralPeriod period;
  private final int[] points;
  private final int all;
  private final List<CellDecisions> decided = new ArrayList<>();

  /**
   * The period.
   *
   * @param policies of agents at those points; closed with the period
   * @param points their numbers among all, increasing
   * @param all the number of all points
   */
  OccupiedPeriod(
      NeuralPolicies policies, int[] points, int all, int aggregateState, double[] moments) {
    this.policies = policies;
    this.points = points;
    this.all = all;
    period = policies.period(aggregateState, moments);
  }

  @Override
  public double[] nextMoments() {
    return period.nextMoments();
  }

  @Override
  public double[] prices() {
    return period.prices();
  }

  @Override
  public void decide(double[][] prices, CellDecisions[] decisions) {
    List<Branch> branches = policies.networks().economy().branches();
    int own = policies.networks().exogenous().own();
    while (decided.size() < prices.length) {
      decided.add(new CellDecisions(branches, own * points.length));
    }
    period.decide(prices, decided.subList(0, prices.length).toArray(CellDecisions[]::new));
    for (int c = 0; c < prices.length; c++) {
      CellDecisions here = decided.get(c);
      spread(here.paid(), decisions[c].paid());
      for (int b = 0; b < branches.size(); b++) {
        spread(here.probability(b), decisions[c].probability(b));
        for (int u = 0; u < branches.get(b).controls().size(); u++) {
          spread(here.control(b, u), decisions[c].control(b, u));
        }
        spread(here.value(b), decisions[c].value(b));
      }
    }
  }

  @Override
  public void decideBetween(
      double[] prices, CellDecisions lower, CellDecisions upper, CellDecisions decisions) {
    if (!period.decidedBetween(prices, lower, upper, decisions)) {
      decide(new double[][] {prices}, new CellDecisions[] {decisions});
    }
  }

  /** Writes what stands at the points; elsewhere is nobody, who decides as ever. */
  private void spread(double[] here, double[] cells) {
    for (int i = 0; i < here.length; i++) {
      cells[i / points.length * all + points[i % points.length]] = here[i];
    }
  }

  @Override
  public void close() {
    policies.close();
  }
}
