package org.nnks.bloom.networks;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.nnks.bloom.Adjustment;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.DecisionRule;
import org.nnks.bloom.FirmDecisions;
import org.nnks.bloom.FirmHistogram;
import org.nnks.core.forecast.ForecastRules;

/**
 * Decisions by the paper's policy networks: the branch of g_d, and where g_c leads given the
 * branch. A branch that leaves capital or hours alone gives k_0 and n_0 to the bit. At the lowest
 * nodes, where inaction would leave the grid, firms adjust. The firms' grids may be finer than
 * those that the networks were trained on.
 *
 * <p>In a quarter the networks are asked for the firms that there are, and until the market's price
 * is between two at which they were. Between those, logits and places are linear in the price.
 * Where W clears beside p, that is so in both: prices asked are nodes, and a pair between nodes is
 * between the corners of a cell, which are asked when they are needed.
 */
final class PaperRule implements DecisionRule<FirmDecisions> {

  /**
   * Prices this far apart, relatively, are close enough to interpolate between: the two candidates
   * around a forecast are .4 % apart, and the networks are trained over 8 % on either side.
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
  private double hoursForecast;

  /** Prices of goods and of hours at which the networks were asked in this quarter. */
  private final NavigableSet<Double> priceNodes = new TreeSet<>();

  private final NavigableSet<Double> hoursPriceNodes = new TreeSet<>();
  private final Map<Node, Answer> answers = new HashMap<>();

  /** A pair of prices at which the networks are asked. */
  private record Node(double price, double hoursPrice) {}

  /** The nodes on either side of a price, the same twice at a node. */
  private record Cell(double lower, double upper, double weight) {}

  /**
   * What the networks say at a pair of prices: for one place after the other, in every z.
   *
   * @param logits of all branches
   * @param branches taken
   * @param places of k' and n given these, in [-1, 1]
   */
  private record Answer(double[] logits, int[] branches, double[] places) {}

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
    hoursForecast = economy.labour().expectedPrice(rules, aggregateState, meanCapital);
    priceNodes.clear();
    hoursPriceNodes.clear();
    answers.clear();
    asked = places;
    inputs = new double[asked.length * networks.policyInputs()];
    for (int i = 0; i < asked.length; i++) {
      networks.writeState(
          meanCapital,
          capitalNode(asked[i]) / capitalTimes,
          hoursNode(asked[i]) / hoursTimes,
          inputs,
          i * networks.policyInputs());
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
    decide(price, hoursForecast, decisions);
  }

  @Override
  public void decide(double price, double hoursPrice, FirmDecisions decisions) {
    Cell goods = cell(priceNodes, price);
    Cell hours = cell(hoursPriceNodes, hoursPrice);
    Answer answer =
        between(answer(goods, hours.lower()), answer(goods, hours.upper()), hours.weight());
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

  /** The cell of a price whose nodes are close; where there is none, the price becomes a node. */
  private static Cell cell(NavigableSet<Double> nodes, double price) {
    Double lower = nodes.lower(price);
    Double upper = nodes.higher(price);
    if (!nodes.contains(price)) {
      if (lower != null && upper != null && upper < (1 + CLOSE) * lower) {
        return new Cell(lower, upper, (price - lower) / (upper - lower));
      }
      nodes.add(price);
    }
    return new Cell(price, price, 0);
  }

  private Answer answer(Cell goods, double hoursPrice) {
    return between(ask(goods.lower(), hoursPrice), ask(goods.upper(), hoursPrice), goods.weight());
  }

  private Answer ask(double price, double hoursPrice) {
    return answers.computeIfAbsent(new Node(price, hoursPrice), this::ask);
  }

  private Answer ask(Node node) {
    double deviation = Math.log(node.price() / forecast);
    double hoursDeviation = Math.log(node.hoursPrice() / hoursForecast);
    for (int i = 0; i < asked.length; i++) {
      networks.writePrices(deviation, hoursDeviation, inputs, i * networks.policyInputs());
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
    return new Answer(logits, branches, places);
  }

  /** Firms that take the same branch at both ends move along a line; others change at a price. */
  private static Answer between(Answer lower, Answer upper, double weight) {
    if (lower == upper) {
      return lower;
    }
    double[] logits = between(lower.logits(), upper.logits(), weight);
    double[] places = between(lower.places(), upper.places(), weight);
    int[] branches = new int[lower.branches().length];
    for (int i = 0; i < branches.length; i++) {
      int low = lower.branches()[i];
      int high = upper.branches()[i];
      branches[i] = low;
      if (low != high) {
        int first = i * Adjustment.COUNT;
        Answer end = logits[first + low] >= logits[first + high] ? lower : upper;
        branches[i] = end.branches()[i];
        places[2 * i] = end.places()[2 * i];
        places[2 * i + 1] = end.places()[2 * i + 1];
      }
    }
    return new Answer(logits, branches, places);
  }

  private static double[] between(double[] lower, double[] upper, double weight) {
    double[] between = new double[lower.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = (1 - weight) * lower[i] + weight * upper[i];
    }
    return between;
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
