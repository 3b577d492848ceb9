package org.nnks.krusellsmith;

import java.util.Arrays;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.simulate.History;

/**
 * Households along a path: the endogenous grid method period by period. What stands for V is c / (1
 * + r) at nodes of k for each idiosyncratic state, the inverse of what a unit saved for that state
 * is worth; unlike its inverse it is nearly linear in k and K, and finite where c is zero.
 */
public final class HouseholdSequence implements SequenceAgents {

  private final HouseholdSolution solution;
  private final KrusellSmith economy;
  private final double[] nodes;
  private final double[][] everyState;
  private final double[][] savings;
  private final double[][] consumption;
  private final EndogenousGrid inversion;

  /**
   * Households whose decisions start from a solution by rules.
   *
   * @param solution of the economy; stays open
   */
  public HouseholdSequence(HouseholdSolution solution) {
    this.solution = solution;
    economy = solution.economy();
    Grid capital =
        KrusellSmith.spaced(economy.calibration().capitalMax(), GridHouseholds.CAPITAL_NODES);
    nodes = capital.nodes().toArray();
    everyState = new double[economy.states()][];
    Arrays.fill(everyState, nodes);
    savings = new double[economy.states()][nodes.length];
    consumption = new double[economy.states()][nodes.length];
    inversion = new EndogenousGrid(nodes);
  }

  @Override
  public KrusellSmith economy() {
    return economy;
  }

  @Override
  public ForecastRules rules() {
    return solution.rules();
  }

  @Override
  public int size() {
    return economy.states() * nodes.length;
  }

  @Override
  public void start(int aggregateState, double[] moments, double[] values) {
    Households households = Households.equal(economy, aggregateState, moments[0]);
    solution.rule().nextCapital(households, everyState, savings);
    value(aggregateState, moments[0], values);
  }

  @Override
  public void backward(
      int aggregateState, double[] moments, double[] prices, double[][] next, double[] values) {
    expect(aggregateState, next);
    save(aggregateState, moments[0], everyState, savings);
    value(aggregateState, moments[0], values);
  }

  /** c at each k' by the Euler equation: 1 / c = beta E[(1 + r') / c']. */
  private void expect(int a, double[][] next) {
    double beta = economy.calibration().discountFactor();
    for (int s = 0; s < consumption.length; s++) {
      double[] marginal = consumption[s];
      Arrays.fill(marginal, 0);
      for (int b = 0; b < next.length; b++) {
        double comes = economy.aggregate().probability(a, b);
        if (comes > 0) {
          Matrix transition = economy.transition(a, b);
          for (int t = 0; t < consumption.length; t++) {
            double probability = comes * transition.get(s, t);
            for (int m = 0, at = t * nodes.length; m < nodes.length && probability > 0; m++) {
              marginal[m] += probability / Math.max(next[b][at + m], 0);
            }
          }
        }
      }
      for (int m = 0; m < nodes.length; m++) {
        marginal[m] = 1 / (beta * marginal[m]);
      }
    }
  }

  /** k' of households with capital k, given c at each k'. */
  private void save(int a, double mean, double[][] capital, double[][] to) {
    double gross = economy.grossReturn(a, mean);
    double wage = economy.wage(a, mean);
    for (int s = 0; s < to.length; s++) {
      inversion.savings(consumption[s], gross, wage * economy.income(a, s), capital[s], to[s]);
    }
  }

  private void value(int a, double mean, double[] values) {
    double gross = economy.grossReturn(a, mean);
    double wage = economy.wage(a, mean);
    for (int s = 0; s < savings.length; s++) {
      double income = wage * economy.income(a, s);
      for (int m = 0; m < nodes.length; m++) {
        values[s * nodes.length + m] = (gross * nodes[m] + income - savings[s][m]) / gross;
      }
    }
  }

  /** A history; its forecasts are those of the rules it started from, by which nobody decides. */
  @Override
  public History forward(Beliefs beliefs) {
    return new HouseholdHistory(economy, new BelievingRule(beliefs), solution.rules());
  }

  /** Savings of households who believe in a path; asked once a period. */
  private final class BelievingRule implements HouseholdRule {

    private final Beliefs beliefs;
    private int period;

    BelievingRule(Beliefs beliefs) {
      this.beliefs = beliefs;
    }

    @Override
    public void nextCapital(Households households, double[][] capital, double[][] nextCapital) {
      int a = households.aggregateState();
      double mean = households.meanCapital();
      expect(a, beliefs.next(period++, new double[] {mean}));
      save(a, mean, capital, nextCapital);
    }
  }
}
