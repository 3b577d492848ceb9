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

  /** Firms of places with less mass do as those of the place before; all have 4e-9 at most. */
  private static final double NEGLIGIBLE = 1e-12;

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final ForecastRules rules;
  private final PaperNetworks networks;

  /** Intervals of the firms' grids for each of the networks'. */
  private final double capitalTimes;

  private final double hoursTimes;
  private final int shocks;

  /** The places (k, n_-1) that are asked, by number, and their inputs. */
  private int[] asked;

  private double[] inputs;
  private int state;
  private double forecast;

  /** What the networks said in this quarter, by price. */
  private final List<Answer> answers = new ArrayList<>();

  /**
   * What the networks say at a price: for one place after the other, in every z.
   *
   * @param price the price
   * @param logits of all branches
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
    shocks = economy.calibration().idiosyncraticStates();
    this.rules = rules;
    this.networks = networks;
  }

  @Override
  public void begin(int aggregateState, double meanCapital) {
    begin(aggregateState, meanCapital, IntStream.range(0, grid.size()).toArray());
  }

  @Override
  public void begin(int aggregateState, double meanCapital, FirmHistogram firms) {
    begin(
        aggregateState,
        meanCapital,
        IntStream.range(0, grid.size()).filter(i -> i == 0 || isOccupied(firms, i)).toArray());
  }

  private boolean isOccupied(FirmHistogram firms, int place) {
    double mass = 0;
    for (int z = 0; z < shocks; z++) {
      mass += firms.mass(z * grid.size() + place);
    }
    return mass > NEGLIGIBLE;
  }

  private void begin(int aggregateState, double meanCapital, int[] places) {
    state = aggregateState;
    forecast = rules.price(aggregateState, meanCapital);
    answers.clear();
    asked = places;
    inputs = new double[asked.length * PaperNetworks.POLICY_INPUTS];
    for (int i = 0; i < asked.length; i++) {
      networks.writeState(
          meanCapital,
          capitalNode(asked[i]) / capitalTimes,
          hoursNode(asked[i]) / hoursTimes,
          inputs,
          i * PaperNetworks.POLICY_INPUTS);
    }
  }

  private int capitalNode(int place) {
    return place / grid.hoursNodes();
  }

  private int hoursNode(int place) {
    return place % grid.hoursNodes();
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
    for (int i = 0; i < asked.length; i++) {
      int end = i + 1 < asked.length ? asked[i + 1] : grid.size();
      for (int place = asked[i]; place < end; place++) {
        for (int z = 0; z < shocks; z++) {
          set(z, place, answer, i * shocks + z, decisions);
        }
      }
    }
  }

  private void set(int shock, int place, Answer answer, int at, FirmDecisions decisions) {
    int k = capitalNode(place);
    int n = hoursNode(place);
    int branch = answer.branches()[at];
    boolean moves = (branch & 1) != 0 || economy.undepreciatedNode(k) < 0;
    boolean changes = (branch & 2) != 0 || economy.unseparatedNode(n) < 0;
    decisions.set(
        shock * grid.size() + place,
        moves
            ? grid.capital(grid.capitalPosition(answer.places()[2 * at]))
            : economy.undepreciated(k),
        changes
            ? grid.hours(grid.hoursPosition(answer.places()[2 * at + 1]))
            : economy.unseparated(n));
  }

  private Answer ask(double price) {
    double scaled = networks.scaledPrice(Math.log(price / forecast));
    for (int i = 0; i < asked.length; i++) {
      inputs[i * PaperNetworks.POLICY_INPUTS + PaperNetworks.STATE_INPUTS] = scaled;
    }
    double[] logits = networks.logits(inputs, state);
    int[] branches = largest(logits);
    for (int at = 0; at < branches.length; at++) {
      int place = asked[at / shocks];
      branches[at] |=
          Adjustment.index(
              economy.undepreciatedNode(capitalNode(place)) < 0,
              economy.unseparatedNode(hoursNode(place)) < 0);
    }
    double[] all = networks.places(inputs, state);
    double[] places = new double[2 * branches.length];
    for (int at = 0; at < branches.length; at++) {
      places[2 * at] = all[PaperNetworks.capital(branches[at], at)];
      places[2 * at + 1] = all[PaperNetworks.hours(branches[at], at)];
    }
    return new Answer(price, logits, branches, places);
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
}
