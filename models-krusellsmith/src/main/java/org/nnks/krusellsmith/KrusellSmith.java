package org.nnks.krusellsmith;

import java.util.Arrays;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.krusellsmith.rbc.LogLinearConsumption;
import org.nnks.krusellsmith.rbc.Rbc;

/**
 * The economy of Krusell and Smith (1998) in the notation of Liu (2024) section 2.2:
 *
 * <pre>
 *   v(k,s;lambda,z) = max { log c + beta E v(k',s';lambda',z') }                     (1)
 *   c + k' = (1 - delta + rental) k + wage income(s),   k' >= 0                       (2)
 *   rental = alpha z (K/N)^(alpha-1),   wage = (1 - alpha) z (K/N)^alpha              (3), (4)
 * </pre>
 *
 * <p>A household's state s joins its employment e and productivity l: s = e * (states of l) + l.
 * Quantities are per household, in goods; prices have closed forms, so no market is to be cleared.
 * Immutable.
 */
public final class KrusellSmith implements Economy {

  /** The name on the command line and in files. */
  public static final String NAME = "krusell-smith";

  /**
   * Nodes of k lie at equal steps of k^(1/CURVATURE): about a tenth of them below a thousandth of
   * the highest k, where consumption is curved.
   */
  public static final double CURVATURE = 3;

  private final KrusellSmithCalibration calibration;
  private final MarkovChain aggregate;
  private final MarkovChain productivity;
  private final Grid capital;
  private final double[] meanLabour;
  private final double[][] income;
  private final double[][] shares;
  private final Matrix[][] transition;

  /** The economy of a calibration. */
  public KrusellSmith(KrusellSmithCalibration calibration) {
    this.calibration = calibration;
    this.aggregate = calibration.productivity().chain();
    this.productivity = calibration.labour().chain();
    this.capital = spaced(calibration.capitalMax(), calibration.histogramNodes());
    Employment employment = calibration.employment();
    Vector law = productivity.stationary();
    int states = aggregate.size();
    meanLabour = new double[states];
    income = new double[states][];
    shares = new double[states][];
    transition = new Matrix[states][states];
    for (int a = 0; a < states; a++) {
      income[a] = product(employment.income(a), productivity.levels());
      shares[a] = product(employment.shares(a), law);
      meanLabour[a] =
          employment.shares(a).dot(employment.labour()) * law.dot(productivity.levels());
      for (int b = 0; b < states; b++) {
        // Without unemployment the law of s' is one object, which lets solvers see that it is one.
        transition[a][b] =
            employment.atRisk() || a + b == 0
                ? product(employment.transition(a, b), productivity.transition())
                : transition[0][0];
      }
    }
  }

  /** Nodes from 0 to {@code max}, closer together near 0. */
  public static Grid spaced(double max, int size) {
    double[] nodes = new double[size];
    for (int i = 0; i < size; i++) {
      nodes[i] = max * Math.pow((double) i / (size - 1), CURVATURE);
    }
    return new Grid(Vector.ofUnsafe(nodes));
  }

  /** Its parameters. */
  public KrusellSmithCalibration calibration() {
    return calibration;
  }

  @Override
  public String widening() {
    return "capitalMax";
  }

  /** p is what a unit of capital earns in a period; wealth and households come in shares. */
  @Override
  public String label(String variable) {
    if (WealthMoments.isShare(variable)) {
      return "share of " + variable;
    }
    return variable.equals("p") ? "rental rate p = r + δ" : Economy.super.label(variable);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  /** z, in levels. */
  @Override
  public MarkovChain aggregate() {
    return aggregate;
  }

  /** The next state of z towards the middle, of three or more: the outermost come rarely. */
  @Override
  public int neighbour(int aggregateState) {
    int middle = aggregate.size() / 2;
    return aggregate.size() > 2
        ? aggregateState + Integer.signum(middle - aggregateState)
        : aggregateState;
  }

  @Override
  public int periodsPerYear() {
    return QUARTERS;
  }

  @Override
  public Grid meanCapital() {
    return Grid.linear(calibration.meanCapitalMin(), calibration.meanCapitalMax(), 2);
  }

  /** The middle state of z, or the good one of two, and {@link #steadyCapital}. */
  @Override
  public Start start() {
    return new Start(aggregate.size() / 2, steadyCapital());
  }

  /** The number of idiosyncratic states s. */
  public int states() {
    return shares[0].length;
  }

  /** An idiosyncratic state in words, for plots: employment where it varies, and l likewise. */
  public String stateName(int state) {
    int levels = productivity.size();
    String labour = levels == 1 ? "" : "l = %.3f".formatted(productivity.level(state % levels));
    if (!calibration.employment().atRisk()) {
      return levels == 1 ? "all households" : labour;
    }
    String employment = state / levels == 0 ? "unemployed" : "employed";
    return levels == 1 ? employment : employment + ", " + labour;
  }

  /** k: the nodes of the histogram. */
  public Grid capital() {
    return capital;
  }

  /** The share of households in each idiosyncratic state. */
  public Vector shares(int aggregateState) {
    return Vector.of(shares[aggregateState]);
  }

  /** The law of s' given that the economy moves between two aggregate states. */
  public Matrix transition(int from, int to) {
    return transition[from][to];
  }

  /** Labour income net of tax, or benefit, in units of the wage. */
  public double income(int aggregateState, int state) {
    return income[aggregateState][state];
  }

  /** Whether a household may come into a state without income, in which it lives on its capital. */
  public boolean incomeMayBeZero() {
    return Arrays.stream(income).flatMapToDouble(Arrays::stream).anyMatch(x -> x == 0);
  }

  /**
   * Makes sure that every household always earns something, for methods that approximate values and
   * marginal values: those of a household without wealth and income are infinite.
   *
   * @throws IllegalArgumentException if not
   */
  public void requireIncome() {
    if (incomeMayBeZero()) {
      throw new IllegalArgumentException(
          "employment.benefit must be positive for a method that learns, for who has no wealth and no income would consume nothing: take --method exact, or a small benefit");
    }
  }

  /** N: labour supplied, in efficiency units. */
  public double meanLabour(int aggregateState) {
    return meanLabour[aggregateState];
  }

  /** Y = z K^alpha N^(1-alpha). */
  public double output(int aggregateState, double meanCapital) {
    double labour = meanLabour[aggregateState];
    return aggregate.level(aggregateState)
        * labour
        * Math.pow(meanCapital / labour, calibration.capitalShare());
  }

  /**
   * K of the economy without any risk, at the mean of log z and mean labour: where 1 + r = 1/beta.
   */
  public double steadyCapital() {
    return steadyLabour() * representative().steadyCapital();
  }

  /** Mean labour over aggregate states. */
  private double steadyLabour() {
    return aggregate.stationary().dot(Vector.of(meanLabour));
  }

  /** One household with one unit of labour. */
  private Rbc representative() {
    return new Rbc(calibration.representative());
  }

  /**
   * The log-linear law of motion of the representative household, in which labour acts like
   * productivity to the power 1 - alpha; prices by their exact rule, log rental = log(alpha z
   * N^(1-alpha)) + (alpha - 1) log K.
   */
  public ForecastRules representativeRules() {
    double alpha = calibration.capitalShare();
    double[] productivityPerHead = new double[aggregate.size()];
    for (int a = 0; a < productivityPerHead.length; a++) {
      productivityPerHead[a] =
          aggregate.level(a) * Math.pow(meanLabour[a] / steadyLabour(), 1 - alpha);
    }
    return LogLinearConsumption.of(representative())
        .rules(Vector.of(productivityPerHead), steadyLabour());
  }

  /** The rental rate of capital, r + delta; Liu (2024) equation (3). */
  public double rental(int aggregateState, double meanCapital) {
    return calibration.capitalShare() * output(aggregateState, meanCapital) / meanCapital;
  }

  /** K / N that firms want at a level of productivity and a rental rate. */
  public double capitalPerLabour(double level, double rental) {
    double alpha = calibration.capitalShare();
    return Math.pow(alpha * level / rental, 1 / (1 - alpha));
  }

  /** 1 + r = 1 - delta + rental: the gross return on capital. */
  public double grossReturn(int aggregateState, double meanCapital) {
    return 1 - calibration.depreciation() + rental(aggregateState, meanCapital);
  }

  /** The wage of an efficiency unit of labour; Liu (2024) equation (4). */
  public double wage(int aggregateState, double meanCapital) {
    return (1 - calibration.capitalShare())
        * output(aggregateState, meanCapital)
        / meanLabour[aggregateState];
  }

  private static double[] product(Vector outer, Vector inner) {
    double[] all = new double[outer.size() * inner.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = outer.get(i / inner.size()) * inner.get(i % inner.size());
    }
    return all;
  }

  private static Matrix product(Matrix outer, Matrix inner) {
    int n = inner.rows();
    double[][] rows = new double[outer.rows() * n][outer.rows() * n];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        rows[i][j] = outer.get(i / n, j / n) * inner.get(i % n, j % n);
      }
    }
    return Matrix.ofRows(rows);
  }
}
