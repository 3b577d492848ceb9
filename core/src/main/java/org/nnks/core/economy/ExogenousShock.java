package org.nnks.core.economy;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.StateShock;
import org.nnks.core.simulate.TfpShock;

/**
 * A shock to one aggregate exogenous variable of a declared economy, for an impulse response, in
 * standard deviations of its innovation. As {@link TfpShock}, of which it is the general case: a
 * share of the economies is put into the state in which the variable is highest (lowest), the other
 * variables being as they were drawn where there is such a state, so that the variable moves by the
 * wanted amount on average. Variables that are positive in all states are measured in logs.
 */
public final class ExogenousShock implements StateShock {

  private final Exogenous variable;
  private final int economies;
  private final int horizon;
  private final OptionalInt state;
  private final double innovation;
  private final int[] destination;
  private final double share;

  /**
   * A shock.
   *
   * @param variable one of the economy's aggregate variables
   * @param size in standard deviations of the variable's innovation; negative for a fall
   * @param economies pairs of economies averaged over
   * @param horizon periods after the shock
   * @param state the aggregate state in the period before the shock, counted from zero; any if
   *     empty
   * @throws IllegalArgumentException if the chain cannot move so far on average, or a number is out
   *     of its range
   */
  public ExogenousShock(
      DeclaredEconomy economy,
      Exogenous variable,
      double size,
      int economies,
      int horizon,
      OptionalInt state) {
    if (size == 0 || !Double.isFinite(size) || economies < 2 || horizon < 0) {
      throw new IllegalArgumentException(
          ("an impulse response needs a shock other than 0, at least 2 economies and a horizon of at"
                  + " least 0 but got %s, %d and %d")
              .formatted(size, economies, horizon));
    }
    this.variable = variable;
    this.economies = economies;
    this.horizon = horizon;
    this.state = state;
    MarkovChain chain = economy.aggregate();
    innovation = size * innovationSd(chain, variable);
    destination = destinations(economy, variable, size > 0);
    Vector measured = measured(variable);
    Vector law = state.isPresent() ? chain.transition().row(state.getAsInt()) : chain.stationary();
    double largest = 0;
    for (int a = 0; a < chain.size(); a++) {
      largest += law.get(a) * (measured.get(destination[a]) - measured.get(a));
    }
    share = innovation / largest;
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "a shock of %s to %s is too large: from this state its chain can move by %.2f standard deviations on average"
              .formatted(size, variable.name(), size * largest / innovation));
    }
  }

  /** The aggregate variables of an economy that move, to which there can be shocks. */
  public static List<Exogenous> variables(DeclaredEconomy economy) {
    return economy.exogenous().stream()
        .filter(variable -> !variable.own())
        .filter(variable -> variable.levels().min() < variable.levels().max())
        .toList();
  }

  /**
   * The standard deviation of the innovation to an aggregate variable: of what its chain does not
   * foresee, in the long run.
   */
  public static double innovationSd(MarkovChain chain, Exogenous variable) {
    Vector measured = measured(variable);
    Vector law = chain.stationary();
    double variance = 0;
    for (int a = 0; a < chain.size(); a++) {
      double mean = chain.transition().row(a).dot(measured);
      Vector squares = measured.map(x -> (x - mean) * (x - mean));
      variance += law.get(a) * chain.transition().row(a).dot(squares);
    }
    return Math.sqrt(variance);
  }

  private static boolean inLogs(Exogenous variable) {
    return variable.levels().min() > 0;
  }

  private static Vector measured(Exogenous variable) {
    DoubleUnaryOperator measure = inLogs(variable) ? Math::log : x -> x;
    return variable.levels().map(measure);
  }

  /** For each state the extreme one in which most of the other variables are the same. */
  private static int[] destinations(DeclaredEconomy economy, Exogenous variable, boolean rise) {
    Vector levels = variable.levels();
    double extreme = rise ? levels.max() : levels.min();
    List<Exogenous> others = variables(economy).stream().filter(v -> !v.equals(variable)).toList();
    int[] result = new int[levels.size()];
    for (int a = 0; a < result.length; a++) {
      long most = -1;
      for (int s = 0; s < levels.size(); s++) {
        int from = a;
        int to = s;
        long same = others.stream().filter(v -> v.levels().get(from) == v.levels().get(to)).count();
        if (levels.get(s) == extreme && same > most) {
          most = same;
          result[a] = s;
        }
      }
    }
    return result;
  }

  @Override
  public int burnIn() {
    return TfpShock.BURN_IN;
  }

  @Override
  public OptionalInt state() {
    return state;
  }

  @Override
  public int economies() {
    return economies;
  }

  @Override
  public int horizon() {
    return horizon;
  }

  @Override
  public String description() {
    return "a shock to %s%s by %+.4f on average"
        .formatted(inLogs(variable) ? "log " : "", variable.name(), innovation);
  }

  /** The share of the economies that is put into another state. */
  public double share() {
    return share;
  }

  @Override
  public int shocked(MarkovChain chain, int drawn, double number) {
    return number < share ? destination[drawn] : drawn;
  }
}
