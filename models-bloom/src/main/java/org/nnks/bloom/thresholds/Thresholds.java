package org.nnks.bloom.thresholds;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.ContinuousChoice;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.nets.InputBox;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * The policies of the method thresholds: what each branch leads to, and where one branch takes over
 * from another, as two functions of one state each, fitted at nodes of price and K'.
 *
 * <ul>
 *   <li>Given k, firms hire up to a target if n_-1 is below a threshold and fire down to another if
 *       it is above a second; neither depends on n_-1. The first function maps log k to the two
 *       thresholds and the two targets.
 *   <li>Given n, firms buy capital up to a target and sell it down to another, wherever they start,
 *       and do neither in between; without a fixed cost of capital the targets are the thresholds.
 *       The second maps log n to the two.
 * </ul>
 *
 * <p>The branch follows by comparing n_-1 and k_0 with the thresholds, which is the arg max of a
 * softmax over the four branches whose logits are the distances from them. Functions of one instead
 * of two firm-specific inputs are evaluated at 91 + 37 points instead of 3,367. Both are drawn
 * features with an output layer by least squares, fitted to the maximiser of the fitted value.
 *
 * <p>Heads stand for all else: the exogenous states, the interval between nodes of K', {@link
 * #PLACES} in it, through which goes a polynomial, and {@link #PRICES} relative to the forecast at
 * K', between which outputs are linear; where W clears too, {@link #HOURS_PRICES} of it by each.
 * With K' and the price as inputs of the features instead, 91 % of firms by mass chose the right
 * branch: V has a kink at every node of K', and targets of capital react to K' and p by a multiple.
 */
public final class Thresholds implements AutoCloseable {

  /** Outputs of the first function for every exogenous state. */
  static final int HOURS_OUTPUTS = 4;

  static final int HIRE_BELOW = 0;
  static final int HIRE_TO = 1;
  static final int FIRE_ABOVE = 2;
  static final int FIRE_TO = 3;

  /** Outputs of the second function for every exogenous state. */
  static final int CAPITAL_OUTPUTS = 2;

  static final int BUY_TO = 0;
  static final int SELL_TO = 1;

  /** Features of the hidden layer for each sample point. */
  static final double FEATURES_PER_POINT = .8;

  /**
   * Half-width of the prices around the forecast, in logs: the delta of Yokomoto (2026) equation
   * (35). Beyond it, firms maximise over the fitted value.
   */
  static final double PRICE_NOISE = .04;

  /** Evenly spaced prices, between which targets are linear: log k* is nearly so in log p. */
  static final int PRICES = 7;

  /** Half-width of W around its forecast, in logs; its rule misses it by half a percent. */
  public static final double HOURS_PRICE_NOISE = .03;

  /** Evenly spaced W, where it clears: log n* is nearly linear in log W. */
  static final int HOURS_PRICES = 3;

  /** Chebyshev points of the place of K' in its interval. */
  static final int PLACES = 5;

  /** Distance of sample points of k, in nodes. */
  static final int CAPITAL_STRIDE = 2;

  /** Distance of sample points of n, in nodes. */
  static final int HOURS_STRIDE = 1;

  /** Weight of the ridge relative to one sample point. */
  static final double RIDGE = 1e-10;

  /** Scale of first-layer weights: thresholds have kinks in k and n. */
  static final double SLOPE = 10;

  /** Nodes beyond the grid up to which thresholds are extrapolated. */
  private static final double BEYOND = 2;

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final NetworkValue value;
  private final Grid noise;
  private final Grid hoursNoise;
  private final int pairs;
  private final double[] places;
  private final int intervals;

  /** The lowest node of n_-1 from which firms may do nothing. */
  private final int lowestHours;

  private final int[] sampleCapital;
  private final int[] sampleHours;
  private final FeatureNetwork hours;
  private final FeatureNetwork capital;

  public Thresholds(
      Bloom economy, ChoiceGrid grid, NetworkValue value, Device device, Seeds seeds) {
    this.economy = economy;
    this.grid = grid;
    this.value = value;
    places = new InputBox(0, 1).chebyshev(PLACES);
    intervals = economy.meanCapital().size() - 1;
    lowestHours = economy.calibration().hoursSteps();
    noise = Grid.linear(-PRICE_NOISE, PRICE_NOISE, PRICES);
    hoursNoise = Grid.linear(-HOURS_PRICE_NOISE, HOURS_PRICE_NOISE, HOURS_PRICES);
    pairs = economy.labour().clears() ? PRICES * HOURS_PRICES : PRICES;
    sampleCapital = strided(grid.capitalNodes(), CAPITAL_STRIDE);
    sampleHours = strided(grid.hoursNodes(), HOURS_STRIDE);
    int heads = economy.states().size() * intervals * economy.calibration().idiosyncraticStates();
    hours =
        network(
            heads * HOURS_OUTPUTS * PLACES * pairs,
            scaled(sampleCapital, grid.capitalNodes()),
            device,
            seeds,
            "hours-policy-features");
    capital =
        network(
            heads * CAPITAL_OUTPUTS * PLACES * pairs,
            scaled(sampleHours, grid.hoursNodes()),
            device,
            seeds,
            "capital-policy-features");
  }

  private static double[] scaled(int[] nodes, int size) {
    double[] scaled = new double[nodes.length];
    Arrays.setAll(scaled, i -> 2.0 * nodes[i] / (size - 1) - 1);
    return scaled;
  }

  /**
   * The weights of the points of K' and price.
   *
   * @param place of K' in its interval, from 0 to 1
   */
  double[] placeWeights(double place) {
    double[] weights = new double[PLACES];
    new InputBox(0, 1).interpolationWeights(place, weights);
    return weights;
  }

  private static int[] strided(int nodes, int stride) {
    int[] samples = new int[(nodes - 1 + stride - 1) / stride + 1];
    Arrays.setAll(samples, i -> Math.min(i * stride, nodes - 1));
    return samples;
  }

  private static FeatureNetwork network(
      int outputs, double[] samples, Device device, Seeds seeds, String stream) {
    int width = (int) (FEATURES_PER_POINT * samples.length);
    return new FeatureNetwork(
        new double[] {SLOPE}, width, outputs, samples, RIDGE, device, seeds.stream(stream));
  }

  /** Deviations of log p from its forecast for which there are heads. */
  public Grid noise() {
    return noise;
  }

  /** Thresholds and targets of n. */
  public FeatureNetwork hours() {
    return hours;
  }

  /** Targets of k'. */
  public FeatureNetwork capital() {
    return capital;
  }

  /** Deviations of log W from its forecast for which there are heads, where W clears. */
  Grid hoursNoise() {
    return hoursNoise;
  }

  /** Pairs (W, p) for which there are heads, p fastest. */
  public int pairs() {
    return pairs;
  }

  /** Fits both functions to what maximises over the fitted value. */
  public void fit(ForecastRules rules) {
    int shocks = economy.calibration().idiosyncraticStates();
    int columns = PLACES * pairs;
    double[] forHours =
        new double
            [economy.states().size()
                * intervals
                * shocks
                * HOURS_OUTPUTS
                * columns
                * sampleCapital.length];
    double[] forCapital =
        new double
            [economy.states().size()
                * intervals
                * shocks
                * CAPITAL_OUTPUTS
                * columns
                * sampleHours.length];
    IntStream.range(0, economy.states().size())
        .parallel()
        .forEach(state -> maximise(rules, state, forHours, forCapital));
    hours.fit(forHours);
    capital.fit(forCapital);
  }

  private void maximise(ForecastRules rules, int state, double[] forHours, double[] forCapital) {
    int shocks = economy.calibration().idiosyncraticStates();
    int columns = PLACES * pairs;
    ContinuousChoice choice = new ContinuousChoice(economy, grid);
    double[] continuation = new double[shocks * grid.size()];
    for (int j = 0; j < intervals * PLACES; j++) {
      int interval = j / PLACES;
      double next =
          economy.meanCapital().get(interval)
              + places[j % PLACES]
                  * (economy.meanCapital().get(interval + 1) - economy.meanCapital().get(interval));
      value.continuation(state, next, continuation);
      double hoursForecast = economy.labour().expectedPrice(rules, state, next);
      for (int p = 0; p < pairs; p++) {
        double price = rules.price(state, next) * Math.exp(noise.get(p % PRICES));
        double hoursPrice =
            pairs == PRICES ? hoursForecast : hoursForecast * Math.exp(hoursNoise.get(p / PRICES));
        choice.begin(price, hoursPrice, economy.states().level(state), continuation);
        int column = j % PLACES * pairs + p;
        for (int z = 0; z < shocks; z++) {
          choice.chooseCapital(z);
          int head = (state * intervals + interval) * shocks + z;
          for (int m = 0; m < sampleHours.length; m++) {
            int at = (head * CAPITAL_OUTPUTS * columns + column) * sampleHours.length + m;
            int step = columns * sampleHours.length;
            forCapital[at + BUY_TO * step] = choice.buyTarget(sampleHours[m]);
            forCapital[at + SELL_TO * step] = choice.sellTarget(sampleHours[m]);
          }
          for (int k = 0; k < sampleCapital.length; k++) {
            choice.chooseHours(sampleCapital[k]);
            int at = (head * HOURS_OUTPUTS * columns + column) * sampleCapital.length + k;
            int step = columns * sampleCapital.length;
            double below = hireBelow(choice);
            double above = fireAbove(choice);
            int last = grid.hoursNodes() - 1;
            int hiring = (int) Math.max(0, Math.min(last - 1, Math.floor(below)));
            int firing = (int) Math.max(lowestHours, Math.min(last, Math.ceil(above)));
            forHours[at + HIRE_BELOW * step] = below;
            forHours[at + HIRE_TO * step] = choice.hireTarget(hiring);
            forHours[at + FIRE_ABOVE * step] = above;
            forHours[at + FIRE_TO * step] = choice.fireTarget(firing);
          }
        }
      }
    }
  }

  /** The n_-1, in nodes, below which firms hire. */
  private double hireBelow(ContinuousChoice choice) {
    int last = grid.hoursNodes() - 1;
    double before = choice.hireValue(lowestHours) - choice.stayValue(lowestHours);
    for (int i = lowestHours + 1; i < last; i++) {
      double gain = choice.hireValue(i) - choice.stayValue(i);
      if (gain <= 0) {
        return crossing(i - 1, before, gain);
      }
      before = gain;
    }
    return last;
  }

  /** The n_-1, in nodes, above which firms fire. */
  private double fireAbove(ContinuousChoice choice) {
    int last = grid.hoursNodes() - 1;
    double before = choice.fireValue(last) - choice.stayValue(last);
    for (int i = last - 1; i > lowestHours; i--) {
      double gain = choice.fireValue(i) - choice.stayValue(i);
      if (gain <= 0) {
        return 2 * (i + 1) - crossing(i + 1, before, gain);
      }
      before = gain;
    }
    return lowestHours;
  }

  /**
   * Where a gain that is {@code here} at a node and {@code next}, not positive, at the following
   * one is zero; extrapolated if it is negative at both.
   */
  private static double crossing(int node, double here, double next) {
    double step = here > next ? here / (here - next) : -BEYOND;
    return node + Math.max(-BEYOND, Math.min(1, step));
  }

  /** The grids in whose nodes the outputs are counted. */
  public ChoiceGrid grid() {
    return grid;
  }

  @Override
  public void close() {
    hours.close();
    capital.close();
  }
}
