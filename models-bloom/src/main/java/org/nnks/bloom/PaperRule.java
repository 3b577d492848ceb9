package org.nnks.bloom;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.forecast.ForecastRules;

/**
 * Decisions by the paper's policy networks: the branch of g_d, and where g_c leads given the
 * branch. A branch that leaves capital or hours alone gives k_0 and n_0 to the bit. At the lowest
 * nodes, where inaction would leave the grid, firms adjust. The firms' grids may be finer than
 * those that the networks were trained on.
 *
 * <p>In a quarter the networks are asked for the firms that there are, and until the market's price
 * is between two at which they were. Between those, logits and places are linear in the price.
 */
final class PaperRule implements DecisionRule<FirmDecisions> {

  /**
   * Prices this far apart, relatively, are close enough to interpolate between: the two candidates
   * around a forecast are .4 % apart, and the networks are trained over 4 % on either side.
   */
  private static final double CLOSE = .01;

  /** Firms of cells with less mass do as those of the cell before; all 16,835 have 2e-8 at most. */
  private static final double NEGLIGIBLE = 1e-12;

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final ForecastRules rules;
  private final PaperNetworks networks;

  /** Intervals of the firms' grids for each of the networks'. */
  private final double capitalTimes;

  private final double hoursTimes;

  /** The cells that are asked, by number, and their inputs. */
  private int[] cells;

  private double[] inputs;
  private double forecast;

  /** What the networks said in this quarter, by price. */
  private final List<Answer> answers = new ArrayList<>();

  /**
   * What the networks say at a price.
   *
   * @param price the price
   * @param logits of all branches, one cell after the other
   * @param branches taken
   * @param places of k' and n given these, in [-1, 1]
   */
  private record Answer(double price, double[] logits, int[] branches, double[] places) {}

  /**
   * A rule.
   *
   * @param economy in which the firms are
   * @param trained the grids that the networks were trained on
   */
  PaperRule(Bloom economy, ChoiceGrid trained, ForecastRules rules, PaperNetworks networks) {
    this.economy = economy;
    grid = new ChoiceGrid(economy);
    capitalTimes = grid.capitalTimes(trained);
    hoursTimes = grid.hoursTimes(trained);
    this.rules = rules;
    this.networks = networks;
  }

  @Override
  public void begin(int aggregateState, double meanCapital) {
    begin(aggregateState, meanCapital, IntStream.range(0, economy.cells()).toArray());
  }

  @Override
  public void begin(int aggregateState, double meanCapital, FirmHistogram firms) {
    begin(
        aggregateState,
        meanCapital,
        IntStream.range(0, economy.cells())
            .filter(cell -> cell == 0 || firms.mass(cell) > NEGLIGIBLE)
            .toArray());
  }

  private void begin(int aggregateState, double meanCapital, int[] asked) {
    forecast = rules.price(aggregateState, meanCapital);
    answers.clear();
    cells = asked;
    inputs = new double[cells.length * PaperNetworks.DISCRETE_INPUTS];
    for (int i = 0; i < cells.length; i++) {
      networks.writeState(
          aggregateState,
          meanCapital,
          cells[i] / grid.size(),
          capitalNode(cells[i]) / capitalTimes,
          hoursNode(cells[i]) / hoursTimes,
          inputs,
          i * PaperNetworks.DISCRETE_INPUTS);
    }
  }

  private int capitalNode(int cell) {
    return cell / grid.hoursNodes() % grid.capitalNodes();
  }

  private int hoursNode(int cell) {
    return cell % grid.hoursNodes();
  }

  @Override
  public void decide(double price, FirmDecisions decisions) {
    int above = 0;
    while (above < answers.size() && answers.get(above).price() < price) {
      above++;
    }
    Answer answer;
    if (0 < above
        && above < answers.size()
        && answers.get(above).price() < (1 + CLOSE) * answers.get(above - 1).price()) {
      answer = between(answers.get(above - 1), answers.get(above), price);
    } else {
      answer = ask(price);
      answers.add(above, answer);
    }
    for (int i = 0; i < cells.length; i++) {
      int end = i + 1 < cells.length ? cells[i + 1] : economy.cells();
      for (int cell = cells[i]; cell < end; cell++) {
        set(cell, answer.branches()[i], answer.places(), 2 * i, decisions);
      }
    }
  }

  private void set(int cell, int branch, double[] places, int at, FirmDecisions decisions) {
    int k = capitalNode(cell);
    int n = hoursNode(cell);
    boolean moves = (branch & 1) != 0 || economy.undepreciatedNode(k) < 0;
    boolean changes = (branch & 2) != 0 || economy.unseparatedNode(n) < 0;
    decisions.set(
        cell,
        moves
            ? grid.capital((places[at] + 1) / 2 * (grid.capitalNodes() - 1))
            : economy.undepreciated(k),
        changes
            ? grid.hours((places[at + 1] + 1) / 2 * (grid.hoursNodes() - 1))
            : economy.unseparated(n));
  }

  private Answer ask(double price) {
    double scaled = networks.scaledPrice(Math.log(price / forecast));
    for (int i = 0; i < cells.length; i++) {
      inputs[i * PaperNetworks.DISCRETE_INPUTS + PaperNetworks.STATE_INPUTS] = scaled;
    }
    double[] logits = networks.logits(inputs);
    int[] branches = largest(logits);
    for (int i = 0; i < cells.length; i++) {
      branches[i] |=
          Adjustment.index(
              economy.undepreciatedNode(capitalNode(cells[i])) < 0,
              economy.unseparatedNode(hoursNode(cells[i])) < 0);
    }
    return new Answer(
        price, logits, branches, networks.places(conditionalInputs(inputs, branches)));
  }

  /** Firms that take the same branch at both ends move along a line; others change at a price. */
  private static Answer between(Answer lower, Answer upper, double price) {
    double weight = (price - lower.price()) / (upper.price() - lower.price());
    double[] places = new double[lower.places().length];
    int[] branches = new int[lower.branches().length];
    for (int i = 0; i < branches.length; i++) {
      int low = lower.branches()[i];
      int high = upper.branches()[i];
      if (low == high) {
        branches[i] = low;
        for (int at = 2 * i; at < 2 * i + 2; at++) {
          places[at] = (1 - weight) * lower.places()[at] + weight * upper.places()[at];
        }
      } else {
        int first = i * Adjustment.COUNT;
        double lead =
            (1 - weight) * (lower.logits()[first + low] - lower.logits()[first + high])
                + weight * (upper.logits()[first + low] - upper.logits()[first + high]);
        Answer end = lead >= 0 ? lower : upper;
        branches[i] = end.branches()[i];
        places[2 * i] = end.places()[2 * i];
        places[2 * i + 1] = end.places()[2 * i + 1];
      }
    }
    return new Answer(price, lower.logits(), branches, places);
  }

  /** The branch with the largest logit of every row. */
  static int[] largest(double[] logits) {
    int[] branches = new int[logits.length / Adjustment.COUNT];
    for (int i = 0; i < branches.length; i++) {
      int first = i * Adjustment.COUNT;
      for (int branch = 1; branch < Adjustment.COUNT; branch++) {
        branches[i] = logits[first + branch] > logits[first + branches[i]] ? branch : branches[i];
      }
    }
    return branches;
  }

  /** Inputs of g_d with the indicators a and b of a branch in every row. */
  static double[] conditionalInputs(double[] inputs, int[] branches) {
    double[] result = new double[branches.length * PaperNetworks.CONDITIONAL_INPUTS];
    for (int i = 0; i < branches.length; i++) {
      int at = i * PaperNetworks.CONDITIONAL_INPUTS;
      System.arraycopy(
          inputs, i * PaperNetworks.DISCRETE_INPUTS, result, at, PaperNetworks.DISCRETE_INPUTS);
      result[at + PaperNetworks.DISCRETE_INPUTS] = branches[i] & 1;
      result[at + PaperNetworks.DISCRETE_INPUTS + 1] = branches[i] >> 1;
    }
    return result;
  }
}
