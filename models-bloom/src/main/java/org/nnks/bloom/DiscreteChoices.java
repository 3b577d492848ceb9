package org.nnks.bloom;

import java.util.ArrayList;
import java.util.List;
import org.nnks.bloom.SampledHistory.Census;
import org.nnks.core.numeric.Vector;

/**
 * How often a decision rule adjusts what the exact solver adjusts: Yokomoto (2026) Tables 11 to 13.
 * A choice is right if it is the branch of equations (47) to (50) with the largest value on the
 * grid, as {@link FactoredChoice} finds it, which the solutions compared do not use; what a wrong
 * one costs is the difference between the two branches' values there.
 *
 * @param points cells (z, k, n_-1) at aggregate states and mean capitals
 * @param right share of their weight where the branch is the exact one
 * @param lenient the same, by the criterion of Yokomoto (2026) footnote 27: where the exact solver
 *     does not invest, a purchase by less than one node counts as none. On the grid, not investing
 *     stands for every optimum between the two nodes
 * @param largest the largest share of wrong branches in one aggregate state and mean capital
 * @param losses what the wrong choices cost, in units of V, in increasing order
 * @param remaining by how much wrong choices differ that the lenient criterion does not excuse
 */
public record DiscreteChoices(
    long points,
    double right,
    double lenient,
    double largest,
    Vector losses,
    Deviations remaining) {

  /**
   * Wrong choices against the exact ones, as in Yokomoto (2026) Table 12; absolute values in
   * increasing order.
   *
   * @param investment of i, in goods
   * @param hiring of h, in hours
   * @param rightHandSide of the branches' values, in units of V
   */
  public record Deviations(Vector investment, Vector hiring, Vector rightHandSide) {

    /** The value that a share of them does not exceed; zero if there are none. */
    public static double quantile(Vector sorted, double share) {
      return sorted.size() == 0 ? 0 : sorted.get((int) (share * (sorted.size() - 1)));
    }

    /** The share of them above a bound; zero if there are none. */
    public static double shareAbove(Vector sorted, double bound) {
      long above = sorted.stream().filter(deviation -> deviation > bound).count();
      return sorted.size() == 0 ? 0 : (double) above / sorted.size();
    }
  }

  /** The share of wrong choices that cost less than the quantile. */
  public double lossQuantile(double share) {
    return Deviations.quantile(losses, share);
  }

  /** The decision rule at every node of the grids, each point with the same weight. */
  public static DiscreteChoices overGrid(
      Bloom economy, ExactSolution exact, DecisionRule<FirmDecisions> rule) {
    Counter counter = new Counter(economy, exact, rule);
    for (int state = 0; state < economy.states().size(); state++) {
      for (int j = 0; j < economy.meanCapital().size(); j++) {
        double mean = economy.meanCapital().get(j);
        counter.add(
            state,
            mean,
            exact.rules().price(state, mean),
            economy.labour().expectedPrice(exact.rules(), state, mean),
            null);
      }
    }
    return counter.result();
  }

  /**
   * The decision rule at firms, weighted by mass.
   *
   * @param census quarters of a history, by the exact solver's own choices
   */
  public static DiscreteChoices atFirms(
      Bloom economy, ExactSolution exact, DecisionRule<FirmDecisions> rule, List<Census> census) {
    Counter counter = new Counter(economy, exact, rule);
    for (Census quarter : census) {
      counter.add(
          quarter.state(),
          quarter.meanCapital(),
          quarter.prices().get(0),
          economy.labour().priceAmong(quarter.prices().toArray()),
          quarter.firms().toArray());
    }
    return counter.result();
  }

  /** Compares branches. */
  private static final class Counter {
    private final Bloom economy;
    private final ExactSolution exact;
    private final DecisionRule<FirmDecisions> rule;
    private final FactoredChoice choice;
    private final GridChoices best;
    private final double[] values;

    /** What a branch that is not the best one is worth on the grid. */
    private final ContinuousChoice onGrid;

    private final FirmDecisions decisions;
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> investment = new ArrayList<>();
    private final List<Double> hiring = new ArrayList<>();
    private final List<Double> rightHandSide = new ArrayList<>();
    private long points;
    private double weight;
    private double wrong;
    private double excused;
    private double largest;

    Counter(Bloom economy, ExactSolution exact, DecisionRule<FirmDecisions> rule) {
      this.economy = economy;
      this.exact = exact;
      this.rule = rule;
      choice = new FactoredChoice(economy);
      best = new GridChoices(economy);
      values = new double[economy.cells()];
      onGrid = new ContinuousChoice(economy, new ChoiceGrid(economy), false);
      decisions = new FirmDecisions(economy);
    }

    void add(int state, double meanCapital, double price, double hoursPrice, double[] mass) {
      double nextMean = exact.rules().nextCapital(state, meanCapital);
      double productivity = economy.states().level(state);
      double[] continuation = exact.continuation(state, nextMean);
      choice.solve(price, hoursPrice, productivity, continuation, values, 0, best);
      onGrid.begin(price, hoursPrice, productivity, continuation);
      rule.begin(state, meanCapital);
      rule.decide(price, hoursPrice, decisions);
      int hours = economy.hours().size();
      int cell = 0;
      double before = wrong;
      double weightBefore = weight;
      for (int z = 0; z < economy.calibration().idiosyncraticStates(); z++) {
        onGrid.chooseCapital(z);
        for (int k = 0; k < economy.capital().size(); k++) {
          onGrid.chooseHours(k);
          double nodeAbove = economy.capital().get(Math.max(economy.undepreciatedNode(k) + 1, 0));
          for (int i = 0; i < hours; i++, cell++) {
            double share = mass == null ? 1 : mass[cell];
            points++;
            weight += share;
            int exactBranch =
                Adjustment.index(
                    best.capital(cell) != economy.undepreciatedNode(k),
                    best.hours(cell) != economy.unseparatedNode(i));
            double moved = decisions.nextCapital(cell) - economy.undepreciated(k);
            int taken =
                Adjustment.index(moved != 0, decisions.chosenHours(cell) != economy.unseparated(i));
            if (taken != exactBranch) {
              wrong += share;
              boolean sameButInvesting = taken == exactBranch + Adjustment.CAPITAL.ordinal();
              boolean lessThanOneNode = moved > 0 && decisions.nextCapital(cell) <= nodeAbove;
              boolean excusable = sameButInvesting && (exactBranch & 1) == 0 && lessThanOneNode;
              if (excusable) {
                excused += share;
              }
              if (mass == null || share > 0) {
                double loss = values[cell] - onGrid.value(taken, i);
                losses.add(loss);
                if (!excusable) {
                  investment.add(Math.abs(decisions.nextCapital(cell) - best.nextCapital(cell)));
                  hiring.add(Math.abs(decisions.chosenHours(cell) - best.chosenHours(cell)));
                  rightHandSide.add(loss);
                }
              }
            }
          }
        }
      }
      largest = Math.max(largest, (wrong - before) / (weight - weightBefore));
    }

    DiscreteChoices result() {
      return new DiscreteChoices(
          points,
          1 - wrong / weight,
          1 - (wrong - excused) / weight,
          largest,
          sorted(losses),
          new Deviations(sorted(investment), sorted(hiring), sorted(rightHandSide)));
    }

    private static Vector sorted(List<Double> values) {
      return Vector.ofUnsafe(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }
  }
}
