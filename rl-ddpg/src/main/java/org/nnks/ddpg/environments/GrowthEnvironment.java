package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;
import org.nnks.core.nets.InputBox;
import org.nnks.krusellsmith.rbc.LogAutoregression;
import org.nnks.krusellsmith.rbc.RbcCalibration;

/**
 * The stochastic growth economy of Liu (2024), Appendix A: u = log c, c + k' = (1 - delta) k +
 * exp(z) k^alpha, z = log TFP an autoregression. The action is c's share of cash on hand. With
 * delta = 1 it is the economy of Brock and Mirman (1972), with k' = alpha beta exp(z) k^alpha.
 *
 * @param discountFactor beta, for one period; in (0, 1)
 * @param capitalShare alpha, in (0, 1)
 * @param depreciation delta, in (0, 1], for one period
 * @param productivity log TFP
 * @param startWidth half-width of the box from which k starts, relative to the steady state; in (0,
 *     1)
 */
public record GrowthEnvironment(
    double discountFactor,
    double capitalShare,
    double depreciation,
    Autoregression productivity,
    double startWidth)
    implements SlopedEnvironment {

  /** Gauss-Hermite nodes of the innovation of productivity. */
  static final int NODES = 5;

  /** Mean capital of a multiple of the steady state is called an explosion. */
  private static final double EXPLODED = 5;

  /** Starts and inputs cover z up to this many unconditional standard deviations. */
  private static final double PRODUCTIVITY_SDS = 5.6;

  /** The share of cash that is consumed at least or at most when capital is to be kept. */
  private static final double MIN_KEEPING = 0.05;

  /**
   * What is consumed at least lets capital settle at this multiple of the steady state; the rest to
   * what is called an explosion is for productivity.
   */
  private static final double SETTLED = 3;

  /**
   * What is executed is within this factor of the share that keeps capital: the best share is
   * within a factor of 1.4 for all k within 50 % of the steady state and all z within 5.6 standard
   * deviations.
   */
  private static final double BAND = 2;

  /** Checks the ranges. */
  public GrowthEnvironment {
    require(discountFactor > 0 && discountFactor < 1, "0 < beta < 1", discountFactor);
    require(capitalShare > 0 && capitalShare < 1, "0 < alpha < 1", capitalShare);
    require(depreciation > 0 && depreciation <= 1, "0 < delta <= 1", depreciation);
    require(startWidth > 0 && startWidth < 1, "0 < startWidth < 1", startWidth);
  }

  /**
   * The economy of a calibration, with continuous productivity.
   *
   * @param startWidth as in the constructor
   */
  public static GrowthEnvironment of(RbcCalibration calibration, double startWidth) {
    LogAutoregression z = calibration.productivity();
    return new GrowthEnvironment(
        calibration.discountFactor(),
        calibration.capitalShare(),
        calibration.depreciation(),
        Autoregression.of(z.logMean(), z.persistence(), z.sd(), z.sd() == 0 ? 1 : NODES),
        startWidth);
  }

  private static void require(boolean condition, String rule, double value) {
    if (!condition) {
      throw new IllegalArgumentException(
          "the growth economy needs %s but got %s".formatted(rule, value));
    }
  }

  @Override
  public String name() {
    return depreciation == 1 ? "brock-mirman" : "rbc";
  }

  @Override
  public int agents() {
    return 1;
  }

  @Override
  public ShockProcess aggregateShock() {
    return productivity;
  }

  @Override
  public ShockProcess idiosyncraticShock() {
    return ShockProcess.none();
  }

  @Override
  public double efficiency(double labour) {
    return 1;
  }

  /** k of the steady state at z = its mean: where the gross return is 1/beta. */
  public double steadyState() {
    double rental = 1 / discountFactor - 1 + depreciation;
    double level = Math.exp(productivity.mean());
    return Math.pow(capitalShare * level / rental, 1 / (1 - capitalShare));
  }

  /** The box of log k that networks see as [-1, 1]. */
  private InputBox capitalBox() {
    double centre = Math.log(steadyState());
    return new InputBox(centre + Math.log(1 - startWidth), centre + Math.log(1 + startWidth));
  }

  private InputBox productivityBox() {
    double width = Math.max(PRODUCTIVITY_SDS * productivity.sd(), Double.MIN_NORMAL);
    return new InputBox(productivity.mean() - width, productivity.mean() + width);
  }

  @Override
  public CrossSection start(RandomGenerator random) {
    double k = Math.exp(capitalBox().unscale(2 * random.nextDouble() - 1));
    double z =
        productivity.sd() == 0
            ? productivity.mean()
            : productivityBox().unscale(2 * random.nextDouble() - 1);
    return CrossSection.of(z, new double[] {k}, new double[] {0});
  }

  @Override
  public int inputs() {
    return 2;
  }

  @Override
  public void writeInputs(AgentState state, double[] rows, int at) {
    rows[at] = capitalBox().scale(Math.log(state.capital()));
    rows[at + 1] = productivity.sd() == 0 ? 0 : productivityBox().scale(state.productivity());
  }

  @Override
  public void writeInputSlopes(AgentState state, double[] rows, int at) {
    InputBox box = capitalBox();
    rows[at] = 2 / (box.upper() - box.lower()) / state.capital();
    rows[at + 1] = 0;
  }

  @Override
  public void writeMember(double capital, double labour, double[] rows, int at) {
    rows[at] = capitalBox().scale(Math.log(capital));
    rows[at + 1] = 0;
  }

  /** exp(z) k^alpha. */
  private double output(AgentState state) {
    return Math.exp(state.productivity()) * Math.pow(state.capital(), capitalShare);
  }

  /** 1 - delta + alpha exp(z) k^(alpha - 1). */
  public double grossReturn(AgentState state) {
    return 1 - depreciation + capitalShare * output(state) / state.capital();
  }

  /** Output and undepreciated capital, in units of output. */
  public double cash(AgentState state) {
    return output(state) + (1 - depreciation) * state.capital();
  }

  @Override
  public Outcome outcome(AgentState state, double action) {
    double cash = cash(state);
    double gross = grossReturn(state);
    // u = log(a m), k' = (1 - a) m, m = cash, dm/dk = gross return
    return new Outcome(
        Math.log(action * cash),
        1 / action,
        gross / cash,
        (1 - action) * cash,
        -cash,
        (1 - action) * gross);
  }

  @Override
  public double keepingAction(AgentState state) {
    double share = 1 - state.capital() / cash(state);
    return Math.min(Math.max(share, MIN_KEEPING), 1 - MIN_KEEPING);
  }

  @Override
  public double lowestAction(AgentState state) {
    double k = SETTLED * steadyState();
    double keeps = 1 - k / cash(new AgentState(k, 0, productivity.mean(), k, 1));
    return Math.max(keepingAction(state) / BAND, keeps);
  }

  @Override
  public double highestAction(AgentState state) {
    return Math.min(keepingAction(state) * BAND, 1);
  }

  /**
   * (1 - beta) V of the economy linearised in logarithms, as far as it depends on k: theta log k
   * with theta = (1 - beta) u'(c) R k at the steady state, where R = 1 / beta. Exact with delta =
   * 1.
   */
  @Override
  public double anchorValue(AgentState state) {
    return steadyElasticity() * Math.log(state.capital());
  }

  private double steadyElasticity() {
    double k = steadyState();
    double c = Math.exp(productivity.mean()) * Math.pow(k, capitalShare) - depreciation * k;
    return (1 - discountFactor) / discountFactor * k / c;
  }

  @Override
  public double slopeUnit(AgentState state) {
    return steadyElasticity() / state.capital() / (1 - discountFactor);
  }

  @Override
  public AgentState steadyAgent() {
    double k = steadyState();
    return new AgentState(k, 0, productivity.mean(), k, 1);
  }

  @Override
  public double steadyShare(AgentState state) {
    return (cash(steadyAgent()) - steadyState()) / cash(state);
  }

  @Override
  public double explodedCapital() {
    return EXPLODED * steadyState();
  }
}
