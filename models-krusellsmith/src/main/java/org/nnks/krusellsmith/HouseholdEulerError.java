package org.nnks.krusellsmith;

import java.util.Arrays;
import org.nnks.core.markov.MarkovChain;

/**
 * How far households' decisions are from their Euler equation where households are, in consumption:
 * c_implied / c - 1, with
 *
 * <pre>
 *   c_implied = min { cash on hand, 1 / (beta E[(1 + r')/c']) }
 * </pre>
 *
 * <p>so that a household at the borrowing limit has no error if it would rather borrow. Points are
 * the cells of the histogram in several periods of a history, weighted with their mass. K' and the
 * distribution of the next period are those that come about, not forecasts; expectations are exact
 * sums over both chains. The same for every {@link HouseholdRule}.
 */
public final class HouseholdEulerError {

  /** Cells with a smaller share of households than this count as empty. */
  static final double EMPTY = 1e-9;

  /** Smaller errors are rounding; their logarithm would be noise. */
  private static final double ROUNDING = 1e-16;

  private final KrusellSmith economy;
  private final double[][] capital;
  private final double[][] savings;
  private final double[][] nextSavings;
  private final double[][] marginal;
  private int points;
  private double mass;
  private double absolute;
  private double signed;
  private double max;
  private double unconstrained;
  private double log10;

  /** No points yet. */
  public HouseholdEulerError(KrusellSmith economy) {
    this.economy = economy;
    int nodes = economy.capital().size();
    capital = new double[economy.states()][];
    for (int s = 0; s < capital.length; s++) {
      capital[s] = economy.capital().nodes().toArray();
    }
    savings = new double[economy.states()][nodes];
    nextSavings = new double[economy.states()][nodes];
    marginal = new double[economy.states()][nodes];
  }

  /** Adds the errors of one period. */
  public void add(HouseholdRule rule, Households households) {
    int a = households.aggregateState();
    double mean = households.meanCapital();
    rule.nextCapital(households, capital, savings);
    expectMarginalUtility(rule, households);

    double gross = economy.grossReturn(a, mean);
    double wage = economy.wage(a, mean);
    double beta = economy.calibration().discountFactor();
    for (int s = 0; s < capital.length; s++) {
      for (int i = 0; i < capital[s].length; i++) {
        double weight = households.mass(s, i);
        if (weight < EMPTY) {
          continue;
        }
        double cash = gross * capital[s][i] + wage * economy.income(a, s);
        double consumption = cash - savings[s][i];
        double implied = Math.min(cash, 1 / (beta * marginal[s][i]));
        double error = implied / consumption - 1;
        points++;
        mass += weight;
        absolute += weight * Math.abs(error);
        signed += weight * error;
        max = Math.max(max, Math.abs(error));
        if (implied < cash) {
          unconstrained += weight;
          log10 += weight * Math.log10(Math.max(Math.abs(error), ROUNDING));
        }
      }
    }
  }

  /** marginal = E[(1 + r')/c'] of the households in each cell. */
  private void expectMarginalUtility(HouseholdRule rule, Households households) {
    MarkovChain aggregate = economy.aggregate();
    int a = households.aggregateState();
    for (double[] row : marginal) {
      Arrays.fill(row, 0);
    }
    for (int b = 0; b < aggregate.size(); b++) {
      double p = aggregate.probability(a, b);
      if (p == 0) {
        continue;
      }
      Households next = households.copy();
      next.advance(savings, b);
      double mean = next.meanCapital();
      double gross = economy.grossReturn(b, mean);
      double wage = economy.wage(b, mean);
      double[][] same = new double[capital.length][];
      for (int s = 0; s < capital.length; s++) {
        // Whatever tomorrow's state t, households from today's state s carry savings[s].
        Arrays.fill(same, savings[s]);
        rule.nextCapital(next, same, nextSavings);
        for (int t = 0; t < capital.length; t++) {
          double move = economy.transition(a, b).get(s, t);
          double income = wage * economy.income(b, t);
          for (int i = 0; i < savings[s].length && move > 0; i++) {
            double consumption = gross * savings[s][i] + income - nextSavings[t][i];
            marginal[s][i] += p * move * gross / consumption;
          }
        }
      }
    }
  }

  /** Number of cells. */
  public int points() {
    return points;
  }

  /** Mean of |c_implied / c - 1| over households. */
  public double mean() {
    return absolute / mass;
  }

  /** Largest |c_implied / c - 1|. */
  public double max() {
    return max;
  }

  /** Mean of c_implied / c - 1 over households. */
  public double bias() {
    return signed / mass;
  }

  /** Mean of log10 |c_implied / c - 1| over households away from the borrowing limit. */
  public double meanLog10() {
    return log10 / unconstrained;
  }
}
