package org.nnks.krusellsmith.projection;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nnks.core.numeric.AndersonAcceleration;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * The Euler equation of households in a sample, and the heads of a policy that are fitted to it.
 * With c = a cash on hand, a = min{1, exp(output)} and
 *
 * <pre>
 *   c_implied = 1 / (beta E[(1 + r')/c']),     r = log (c_implied / c),
 * </pre>
 *
 * <p>one iteration of fitted time iteration moves the output of each household towards r = 0, by
 * Newton's method for the household's own action with tomorrow's policy as it is, and then fits
 * each head to its households by least squares. K' follows from the actions of the sample, and
 * expectations are sums over both chains: the equation is that of {@link
 * org.nnks.krusellsmith.HouseholdEulerError}.
 *
 * <p>Outputs at the sample are the unknowns of the fixed point, whose iteration is accelerated.
 */
final class HouseholdEquation {

  /** Relative step of the action in the numerical derivative of the Euler equation. */
  private static final double DIFFERENCE = 1e-4;

  /** The derivative only guides steps: it is taken anew after this many. */
  private static final int SLOPES_KEPT = 8;

  /** Earlier iterations that are mixed: wealth and K adjust slowly, in many ways. */
  private static final int DEPTH = 15;

  /** Largest root mean square change of outputs: from farther off steps are no guide. */
  private static final double LARGEST_CHANGE = 0.3;

  /**
   * Where the borrowing limit binds and should, the output has to stay beyond it by this share of
   * what households would consume more if they could: else it may fall back between sample points.
   * It would be some half of it by itself.
   */
  private static final double BEYOND_LIMIT = 0.25;

  /**
   * Next states with a smaller probability are left out, half of all in Liu's economy; the others'
   * are scaled up by less than 1e-5.
   */
  private static final double NEGLIGIBLE = 1e-6;

  /** Rows whose features are held at the same time. */
  private static final int ROWS_AT_A_TIME = 20_000;

  private final KrusellSmith economy;
  private final HouseholdInputs inputs;
  private final DrawnFeatures drawn;
  private final HouseholdSample sample;
  private final double[] features;
  private final double[] shift;
  private final double[] cash;
  private final int[][] ofHead;
  private final LeastSquares[] factored;
  private final AndersonAcceleration acceleration = new AndersonAcceleration(DEPTH);
  private ProjectedPolicy policy;
  private double[] outputs;
  private double[] slopes;
  private int iterations;

  /**
   * What an iteration did.
   *
   * @param error root mean square Euler error over the sample before it, in log c
   * @param change root mean square change of log c, before acceleration
   */
  record Step(double error, double change) {}

  HouseholdEquation(
      KrusellSmith economy,
      HouseholdInputs inputs,
      DrawnFeatures drawn,
      ProjectedPolicy policy,
      HouseholdSample sample) {
    this.economy = economy;
    this.inputs = inputs;
    this.drawn = drawn;
    this.policy = policy;
    this.sample = sample;
    int n = sample.size();
    int width = inputs.width();
    double[] rows = new double[n * width];
    int[] heads = new int[n];
    shift = new double[n];
    cash = new double[n];
    for (int i = 0; i < n; i++) {
      HouseholdSample.Household household = sample.household(i);
      HouseholdSample.Section section = sample.sectionOf(i);
      int a = section.aggregate();
      double mean = section.meanCapital();
      inputs.write(a, household.state(), household.capital(), mean, rows, i * width);
      shift[i] = inputs.logKeeping(a, household.state(), household.capital(), mean);
      heads[i] = policy.head(a, household.state());
      cash[i] = sample.cash(i);
    }
    features = drawn.at(rows);
    ofHead = new int[policy.heads()][];
    factored = new LeastSquares[ofHead.length];
    for (int h = 0; h < ofHead.length; h++) {
      int head = h;
      ofHead[h] = IntStream.range(0, n).filter(i -> heads[i] == head).toArray();
      factored[h] = factor(ofHead[h]);
    }
    outputs = outputs(policy);
  }

  private LeastSquares factor(int[] households) {
    int width = features.length / sample.size();
    double[][] rows = new double[households.length][width + 1];
    for (int m = 0; m < rows.length; m++) {
      double importance = sample.household(households[m]).importance();
      for (int j = 0; j < width; j++) {
        rows[m][j] = importance * features[households[m] * width + j];
      }
      rows[m][width] = importance;
    }
    return new LeastSquares(rows);
  }

  /** Outputs of the heads at the sample, the shift included. */
  private double[] outputs(ProjectedPolicy of) {
    double[] at = new double[sample.size()];
    for (int h = 0; h < ofHead.length; h++) {
      for (int i : ofHead[h]) {
        at[i] = shift[i] + of.output(h, features, i);
      }
    }
    return at;
  }

  /** The policy whose outputs at the sample are nearest to these. */
  private ProjectedPolicy fit(double[] goals) {
    double[][] weights = new double[ofHead.length][];
    for (int h = 0; h < weights.length; h++) {
      double[] right = new double[ofHead[h].length];
      for (int m = 0; m < right.length; m++) {
        int i = ofHead[h][m];
        right[m] = sample.household(i).importance() * (goals[i] - shift[i]);
      }
      weights[h] = factored[h].solve(right);
    }
    return policy.with(weights);
  }

  /** Starts from the decisions of a rule, asked among households of equal wealth. */
  void fitTo(HouseholdRule rule) {
    for (int i = 0; i < outputs.length; i++) {
      HouseholdSample.Household household = sample.household(i);
      HouseholdSample.Section section = sample.sectionOf(i);
      double[][] capital = new double[economy.states()][1];
      double[][] next = new double[capital.length][1];
      for (double[] row : capital) {
        row[0] = household.capital();
      }
      rule.nextCapital(
          Households.equal(economy, section.aggregate(), section.meanCapital()), capital, next);
      outputs[i] = Math.log1p(-next[household.state()][0] / cash[i]);
    }
    policy = fit(outputs);
    outputs = outputs(policy);
  }

  /** The policy as it is. */
  ProjectedPolicy policy() {
    return policy;
  }

  /** Improves the policy once. */
  Step iterate() {
    double[] actions = actions(1);
    double[] nextMeans = nextMeans(actions);
    double[] residuals = residuals(actions, nextMeans);
    if (iterations % SLOPES_KEPT == 0) {
      double[] fewer = residuals(actions(1 - DIFFERENCE), nextMeans);
      slopes = new double[fewer.length];
      // The own action alone makes 1; that k' falls with it only adds to it.
      Arrays.setAll(slopes, i -> Math.max((fewer[i] - residuals[i]) / DIFFERENCE, 1));
    }
    iterations++;
    double[] goals = new double[outputs.length];
    Arrays.setAll(goals, i -> goal(outputs[i], residuals[i], slopes[i]));
    double[] image = outputs(fit(goals));
    double change = rootMeanSquare(image, outputs);
    if (!(change <= LARGEST_CHANGE)) {
      double damping = LARGEST_CHANGE / change;
      Arrays.setAll(image, i -> outputs[i] + damping * (image[i] - outputs[i]));
      outputs = image;
    } else {
      outputs = acceleration.next(outputs, image);
    }
    policy = fit(outputs);
    return new Step(error(residuals, actions), change);
  }

  /** The output to aim at, given the present one. */
  private double goal(double output, double residual, double slope) {
    double headroom = -output; // by how much log c is below the limit; negative beyond it
    if (headroom <= 0 && residual >= 0) {
      return Math.max(output, BEYOND_LIMIT * residual);
    }
    // From beyond the limit the way back to it is added to the step; the step to it ends there.
    double step = residual / slope + Math.min(headroom, 0);
    double most = headroom + BEYOND_LIMIT * Math.max(residual - headroom, 0);
    return output + (headroom > 0 ? Math.min(step, most) : step);
  }

  /** Consumption is at most all cash, and so is what the Euler equation implies. */
  private double error(double[] residuals, double[] actions) {
    double squares = 0;
    for (int i = 0; i < residuals.length; i++) {
      double error = Math.min(residuals[i], -Math.log(actions[i]));
      squares += error * error;
    }
    return Math.sqrt(squares / residuals.length);
  }

  private static double rootMeanSquare(double[] one, double[] other) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(squares / one.length);
  }

  /** The actions of the sample's households, times a factor. */
  private double[] actions(double factor) {
    double[] actions = new double[outputs.length];
    Arrays.setAll(actions, i -> factor * ProjectedPolicy.share(outputs[i]));
    return actions;
  }

  /** K' of each cross-section. */
  private double[] nextMeans(double[] actions) {
    double[] savings = new double[actions.length];
    Arrays.setAll(savings, i -> (1 - actions[i]) * cash[i]);
    return sample.means(savings);
  }

  /** r = log (c implied / c) at each household. */
  private double[] residuals(double[] actions, double[] nextMeans) {
    double[] marginal = new double[actions.length]; // E[(1 + r')/c']
    double[] kept = new double[marginal.length];
    Tomorrow tomorrow = new Tomorrow(marginal);
    for (int i = 0; i < marginal.length; i++) {
      int a = sample.sectionOf(i).aggregate();
      HouseholdSample.Household household = sample.household(i);
      double saved = (1 - actions[i]) * cash[i];
      double mean = nextMeans[household.section()];
      for (int b = 0; b < economy.aggregate().size(); b++) {
        double toZ = economy.aggregate().probability(a, b);
        for (int t = 0; toZ >= NEGLIGIBLE && t < economy.states(); t++) {
          double probability = toZ * economy.transition(a, b).get(household.state(), t);
          if (probability >= NEGLIGIBLE) {
            tomorrow.add(i, probability, b, t, saved, mean);
            kept[i] += probability;
          }
        }
      }
    }
    tomorrow.flush();
    double beta = economy.discountFactor();
    double[] residuals = new double[marginal.length];
    Arrays.setAll(residuals, i -> -Math.log(beta * marginal[i] / kept[i] * actions[i] * cash[i]));
    return residuals;
  }

  /** Households of the next period, whose features are computed many at a time. */
  private final class Tomorrow {
    private final double[] marginal;
    private final double[] seen = new double[ROWS_AT_A_TIME * inputs.width()];
    private final double[] shifts = new double[ROWS_AT_A_TIME];
    private final int[] heads = new int[ROWS_AT_A_TIME];
    private final int[] households = new int[ROWS_AT_A_TIME];
    private final double[] weights = new double[ROWS_AT_A_TIME]; // probability times 1 + r'
    private final double[] cash = new double[ROWS_AT_A_TIME];
    private int rows;

    Tomorrow(double[] marginal) {
      this.marginal = marginal;
    }

    void add(int household, double probability, int z, int state, double capital, double mean) {
      double gross = economy.grossReturn(z, mean);
      inputs.write(z, state, capital, mean, seen, rows * inputs.width());
      shifts[rows] = inputs.logKeeping(z, state, capital, mean);
      heads[rows] = policy.head(z, state);
      households[rows] = household;
      weights[rows] = probability * gross;
      cash[rows] = gross * capital + economy.wage(z, mean) * economy.income(z, state);
      rows++;
      if (rows == ROWS_AT_A_TIME) {
        flush();
      }
    }

    void flush() {
      if (rows > 0) {
        double[] next = drawn.at(Arrays.copyOf(seen, rows * inputs.width()));
        for (int row = 0; row < rows; row++) {
          double output = shifts[row] + policy.output(heads[row], next, row);
          marginal[households[row]] += weights[row] / (ProjectedPolicy.share(output) * cash[row]);
        }
      }
      rows = 0;
    }
  }
}
