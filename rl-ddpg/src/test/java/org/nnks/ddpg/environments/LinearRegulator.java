package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;

/**
 * The scalar linear regulator, whose optimal policy is known in closed form: x' = A x + B u + sigma
 * e, reward -(q x^2 + r u^2), e standard normal. The action a in (0, 1) is u = (2 a - 1) U.
 *
 * <p>"Capital" is A x + B u before the shock arrives, so that it is deterministic given state and
 * action; x is capital plus the shock.
 *
 * @param discountFactor beta, in (0, 1)
 * @param persistence A
 * @param effect B, not zero
 * @param stateCost q, positive
 * @param controlCost r, positive
 * @param noise sigma e as an autoregression without persistence
 * @param controlBound U, positive
 * @param startWidth half-width of the interval from which x starts
 */
public record LinearRegulator(
    double discountFactor,
    double persistence,
    double effect,
    double stateCost,
    double controlCost,
    Autoregression noise,
    double controlBound,
    double startWidth)
    implements SlopedEnvironment {

  /** |x| beyond this multiple of the start's half-width is called an explosion. */
  private static final double EXPLODED = 20;

  private static final double RICCATI_TOLERANCE = 1e-14;
  private static final int RICCATI_LIMIT = 100_000;

  /** Checks the ranges. */
  public LinearRegulator {
    if (!(discountFactor > 0 && discountFactor < 1)
        || !(stateCost > 0)
        || !(controlCost > 0)
        || !(controlBound > 0)
        || !(startWidth > 0)
        || effect == 0
        || noise.persistence() != 0) {
      throw new IllegalArgumentException(
          "the linear regulator needs 0 < beta < 1, positive costs and bounds, an effect other than"
              + " 0 and noise without persistence");
    }
  }

  /** A regulator of unit costs, persistence .9, effect .5, noise .1 and beta .95. */
  public static LinearRegulator standard() {
    return new LinearRegulator(0.95, 0.9, 0.5, 1, 1, Autoregression.of(0, 0, 0.1, 3), 2, 1);
  }

  /**
   * P of V(x) = -P x^2 - beta P sigma^2 / (1 - beta), by iterating P = q + beta A^2 P - (beta A B
   * P)^2 / (r + beta B^2 P).
   */
  public double riccati() {
    double p = stateCost;
    for (int i = 0; i < RICCATI_LIMIT; i++) {
      double cross = discountFactor * persistence * effect * p;
      double next =
          stateCost
              + discountFactor * persistence * persistence * p
              - cross * cross / (controlCost + discountFactor * effect * effect * p);
      if (Math.abs(next - p) < RICCATI_TOLERANCE) {
        return next;
      }
      p = next;
    }
    throw new IllegalStateException("the Riccati iteration does not converge: P is " + p);
  }

  /** K of the optimal policy u = -K x: beta A B P / (r + beta B^2 P). */
  public double gain() {
    double p = riccati();
    return discountFactor
        * persistence
        * effect
        * p
        / (controlCost + discountFactor * effect * effect * p);
  }

  /** u of an action. */
  public double control(double action) {
    return (2 * action - 1) * controlBound;
  }

  private static double x(AgentState state) {
    return state.capital() + state.productivity();
  }

  @Override
  public String name() {
    return "linear-regulator";
  }

  @Override
  public int agents() {
    return 1;
  }

  @Override
  public ShockProcess aggregateShock() {
    return noise;
  }

  @Override
  public ShockProcess idiosyncraticShock() {
    return ShockProcess.none();
  }

  @Override
  public double efficiency(double labour) {
    return 1;
  }

  @Override
  public CrossSection start(RandomGenerator random) {
    double x = startWidth * (2 * random.nextDouble() - 1);
    return CrossSection.of(0, new double[] {x}, new double[] {0});
  }

  @Override
  public int inputs() {
    return 1;
  }

  @Override
  public void writeInputs(AgentState state, double[] rows, int at) {
    rows[at] = x(state) / startWidth;
  }

  @Override
  public void writeInputSlopes(AgentState state, double[] rows, int at) {
    rows[at] = 1 / startWidth;
  }

  @Override
  public void writeMember(double capital, double labour, double[] rows, int at) {
    rows[at] = capital / startWidth;
    rows[at + 1] = 0;
  }

  @Override
  public Outcome outcome(AgentState state, double action) {
    double x = x(state);
    double u = control(action);
    return new Outcome(
        -(stateCost * x * x + controlCost * u * u),
        -2 * controlCost * u * 2 * controlBound,
        -2 * stateCost * x,
        persistence * x + effect * u,
        effect * 2 * controlBound,
        persistence);
  }

  @Override
  public double keepingAction(AgentState state) {
    double u = (1 - persistence) * x(state) / effect;
    double bounded = Math.min(Math.max(u, -0.9 * controlBound), 0.9 * controlBound);
    return 0.5 + bounded / (2 * controlBound);
  }

  @Override
  public double anchorValue(AgentState state) {
    return 0;
  }

  @Override
  public double slopeUnit(AgentState state) {
    return 2 * stateCost * startWidth;
  }

  @Override
  public AgentState steadyAgent() {
    return new AgentState(0, 0, 0, 0, 1);
  }

  /** Of the action: there is no cash. */
  @Override
  public double steadyShare(AgentState state) {
    return keepingAction(steadyAgent());
  }

  @Override
  public double explodedCapital() {
    return EXPLODED * startWidth;
  }
}
