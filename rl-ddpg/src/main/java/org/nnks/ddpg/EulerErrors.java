package org.nnks.ddpg;

import java.util.function.Function;
import org.nnks.core.markov.MarkovChain;

/**
 * How far a policy of the growth economy is from its Euler equation 1/c = beta E[(1 - delta + alpha
 * z' k'^(alpha - 1)) / c'], Liu (2024) Appendix A with the primes that are missing there. The
 * expectation is over a chain for z, so that z needs no interpolation.
 *
 * @param meanSquare mean of (beta E[R'/c'] - 1/c)^2, the paper's measure, in squared units of 1/c
 * @param meanLog10 mean of log10 |c_implied / c - 1| where 1 / c_implied = beta E[R'/c']; unit-free
 * @param maxLog10 the largest of them
 * @param points number of grid points, equally weighted
 */
public record EulerErrors(double meanSquare, double meanLog10, double maxLog10, int points) {

  /** States of the chain for z in Liu (2024), Appendix A. */
  public static final int PRODUCTIVITY_STATES = 31;

  /** Points of k, which lie on no solver's nodes. */
  public static final int CAPITAL_POINTS = 600;

  /** Where an error is zero to machine precision its logarithm is taken here. */
  private static final double SMALLEST = 1e-16;

  /**
   * The errors of a policy on {@value #CAPITAL_POINTS} equally spaced k in [(1 - width) k*, (1 +
   * width) k*] and the {@value #PRODUCTIVITY_STATES} states of a Rouwenhorst chain.
   *
   * @param policy maps states to shares of cash that are consumed
   * @param width in (0, 1)
   */
  public static EulerErrors of(
      GrowthEnvironment economy, Function<AgentState[], double[]> policy, double width) {
    boolean certain = economy.productivity().innovationSd() == 0;
    MarkovChain chain =
        certain
            ? null
            : MarkovChain.rouwenhorst(
                economy.productivity().persistence(),
                economy.productivity().innovationSd(),
                PRODUCTIVITY_STATES);
    int states = certain ? 1 : PRODUCTIVITY_STATES;
    double[] z = new double[states];
    for (int i = 0; i < states; i++) {
      z[i] = certain ? economy.productivity().mean() : Math.log(chain.level(i));
    }
    double low = (1 - width) * economy.steadyState();
    double step = 2 * width * economy.steadyState() / CAPITAL_POINTS;
    int points = CAPITAL_POINTS * states;
    AgentState[] now = new AgentState[points];
    for (int i = 0; i < points; i++) {
      now[i] = state(low + (i % CAPITAL_POINTS + 0.5) * step, z[i / CAPITAL_POINTS]);
    }
    double[] share = policy.apply(now);
    double sum = 0;
    double sumLog = 0;
    double max = Double.NEGATIVE_INFINITY;
    for (int from = 0; from < states; from++) {
      AgentState[] next = new AgentState[CAPITAL_POINTS * states];
      for (int i = 0; i < CAPITAL_POINTS; i++) {
        int point = from * CAPITAL_POINTS + i;
        double k = economy.outcome(now[point], share[point]).next();
        for (int to = 0; to < states; to++) {
          next[i * states + to] = state(k, z[to]);
        }
      }
      double[] nextShare = policy.apply(next);
      for (int i = 0; i < CAPITAL_POINTS; i++) {
        int point = from * CAPITAL_POINTS + i;
        double expected = 0;
        for (int to = 0; to < states; to++) {
          AgentState s = next[i * states + to];
          double probability = certain ? 1 : chain.probability(from, to);
          expected +=
              probability
                  * economy.grossReturn(s)
                  / (nextShare[i * states + to] * economy.cash(s));
        }
        expected *= economy.discountFactor();
        double consumption = share[point] * economy.cash(now[point]);
        double gap = expected - 1 / consumption;
        sum += gap * gap;
        double log =
            Math.log10(Math.max(SMALLEST, Math.abs(1 / (expected * consumption) - 1)));
        sumLog += log;
        max = Math.max(max, log);
      }
    }
    return new EulerErrors(sum / points, sumLog / points, max, points);
  }

  private static AgentState state(double capital, double productivity) {
    return new AgentState(capital, 0, productivity, capital, 1);
  }
}
