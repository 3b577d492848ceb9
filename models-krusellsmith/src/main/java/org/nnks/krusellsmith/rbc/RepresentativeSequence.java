package org.nnks.krusellsmith.rbc;

import java.util.Arrays;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.simulate.History;

/**
 * The representative agent along a path, as one of many who take prices as given: the endogenous
 * grid method on the own k, with K of the path. What stands for V is c / R at nodes of k, the
 * inverse of what a unit saved is worth, R being the gross return on capital.
 *
 * <p>Why an own k, which in the end is K: at given prices the Euler equation alone leaves the level
 * of consumption open.
 */
public final class RepresentativeSequence implements SequenceAgents {

  /** Nodes of the own k; c is nearly linear in it. */
  private static final int NODES = 101;

  /** The highest node, relative to k of the steady state. */
  private static final double HIGHEST = 2;

  private final RepresentativeSolution solution;
  private final Rbc economy;
  private final double[] nodes;
  private final double[] consumption;
  private final double[] savings;
  private final EndogenousGrid inversion;

  /** An agent whose decisions start from a solution. */
  public RepresentativeSequence(RepresentativeSolution solution) {
    this.solution = solution;
    economy = solution.economy();
    nodes = Grid.linear(0, HIGHEST * economy.steadyCapital(), NODES).nodes().toArray();
    consumption = new double[NODES];
    savings = new double[NODES];
    inversion = new EndogenousGrid(nodes);
  }

  @Override
  public Rbc economy() {
    return economy;
  }

  @Override
  public ForecastRules rules() {
    return solution.rules();
  }

  @Override
  public int size() {
    return NODES;
  }

  /** Whoever owns more than K consumes what the difference yields when returns are 1 / beta. */
  @Override
  public void start(int state, double[] moments, double[] values) {
    double mean = moments[0];
    double gross = economy.grossReturn(state, mean);
    double yield = (1 - economy.discountFactor()) * gross;
    double atMean = solution.rule().consumption(state, mean);
    Arrays.setAll(values, m -> (atMean + yield * (nodes[m] - mean)) / gross);
  }

  @Override
  public void backward(
      int state, double[] moments, double[] prices, double[][] next, double[] values) {
    double gross = economy.grossReturn(state, moments[0]);
    double wage = wage(state, moments[0]);
    expect(state, next);
    inversion.savings(consumption, gross, wage, nodes, savings);
    Arrays.setAll(values, m -> (gross * nodes[m] + wage - savings[m]) / gross);
  }

  private double wage(int state, double mean) {
    return economy.cash(state, mean) - economy.grossReturn(state, mean) * mean;
  }

  /** c at each k' by the Euler equation: 1 / c = beta E[R' / c']. */
  private void expect(int state, double[][] next) {
    for (int m = 0; m < NODES; m++) {
      double worth = 0;
      for (int b = 0; b < next.length; b++) {
        double probability = economy.aggregate().probability(state, b);
        worth += probability > 0 ? probability / next[b][m] : 0;
      }
      consumption[m] = 1 / (economy.discountFactor() * worth);
    }
  }

  /** A history; its forecasts are those of the rules it started from, by which nobody decides. */
  @Override
  public History forward(Beliefs beliefs) {
    return new RepresentativeHistory(economy, new BelievingRule(beliefs), solution.rules());
  }

  /** Consumption of an agent who believes in a path; asked once a period. */
  private final class BelievingRule implements RbcRule {

    private final Beliefs beliefs;
    private final double[] saved = new double[1];
    private int period;

    BelievingRule(Beliefs beliefs) {
      this.beliefs = beliefs;
    }

    @Override
    public double consumption(int state, double capital) {
      double gross = economy.grossReturn(state, capital);
      double wage = wage(state, capital);
      expect(state, beliefs.next(period++, new double[] {capital}));
      inversion.savings(consumption, gross, wage, new double[] {capital}, saved);
      return gross * capital + wage - saved[0];
    }
  }
}
