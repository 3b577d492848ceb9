package org.nnks.core.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/**
 * Rules with a {@link Curvature} that fit a history, by least squares in logs within each aggregate
 * state: what lines are held against. Of a network the hidden layer is drawn, once and for all, and
 * the output layer is fitted. Stateless.
 */
public final class CurvedRegression {

  /** Units of a network: with one moment its steps are a sixth of the interval apart. */
  private static final int UNITS = 6;

  /** Slope of a unit at its threshold: it rises over half the interval. */
  private static final double STEEPNESS = 2;

  /**
   * Penalty on squared coefficients, in observations: what is far below the noise of any history,
   * but keeps units that do nearly the same from working against each other.
   */
  private static final double RIDGE = 1e-8;

  private final int[] states;
  private final List<Vector> logs;
  private final List<Vector> targets;
  private final int from;

  /**
   * The regression on a history.
   *
   * @param states aggregate states, counted from zero
   * @param moments at the same dates
   * @param targets what is to be forecast at them: next moments, then prices
   * @param from the first date used
   */
  public CurvedRegression(int[] states, List<Vector> moments, List<Vector> targets, int from) {
    this.states = states;
    this.from = from;
    logs = logs(moments);
    this.targets = logs(targets);
  }

  private static List<Vector> logs(List<Vector> series) {
    return series.stream().map(each -> each.map(Math::log)).toList();
  }

  /** Quadratic in the log of each moment. */
  public ForecastRules parabolas(ForecastRules lines) {
    return bent(lines, List.of());
  }

  /** A network of {@value #UNITS} hidden units of the logs of all moments, beside lines. */
  public ForecastRules network(ForecastRules lines) {
    RandomGenerator random = new Seeds(1).stream("hidden units of forecast rules");
    List<Vector> hidden = new ArrayList<>();
    for (int h = 0; h < UNITS; h++) {
      double[] unit = new double[logs.size() + 1];
      double squares = 0;
      for (int j = 0; j < logs.size(); j++) {
        double drawn = random.nextGaussian();
        unit[j] = j == 0 ? Math.abs(drawn) : drawn; // mirrored units are the same units
        squares += unit[j] * unit[j];
      }
      for (int j = 0; j < logs.size(); j++) {
        unit[j] *= STEEPNESS / Math.sqrt(squares);
      }
      unit[logs.size()] = STEEPNESS * ((2 * h + 1.) / UNITS - 1);
      hidden.add(Vector.of(unit));
    }
    return bent(lines, hidden);
  }

  /**
   * The rules that fit best. A state that is visited fewer than {@value
   * RuleRegression#OWN_SLOPE_OBSERVATIONS} times for each coefficient beyond a line keeps its
   * lines.
   */
  private ForecastRules bent(ForecastRules lines, List<Vector> hidden) {
    int q = logs.size();
    int n = lines.states();
    int features = hidden.isEmpty() ? q : hidden.size();
    double[][] lower = new double[q][n];
    double[][] upper = new double[q][n];
    int[][] dates = new int[n][];
    for (int a = 0; a < n; a++) {
      int state = a;
      int[] here = IntStream.range(from, states.length).filter(t -> states[t] == state).toArray();
      dates[a] = here.length < RuleRegression.OWN_SLOPE_OBSERVATIONS * features ? new int[0] : here;
      for (int j = 0; j < q && dates[a].length > 0; j++) {
        lower[j][a] = Arrays.stream(here).mapToDouble(logs.get(j)::get).min().orElseThrow();
        upper[j][a] = Arrays.stream(here).mapToDouble(logs.get(j)::get).max().orElseThrow();
      }
    }
    List<Vector> none =
        IntStream.range(0, features).mapToObj(i -> Vector.of(new double[n])).toList();
    Curvature scale = new Curvature(hidden, none, vectors(lower), vectors(upper));
    List<LogLinearRule> all =
        Stream.concat(lines.moments().stream(), lines.prices().stream()).toList();
    List<LogLinearRule> rules = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      rules.add(fitted(all.get(i), targets.get(i), dates, scale));
    }
    return new ForecastRules(rules.subList(0, q), rules.subList(q, rules.size()));
  }

  /**
   * Parabolas are fitted together with their lines; of a network, which has nothing to say beyond
   * the data, only what the lines leave is, so that it is them that go on there.
   */
  private LogLinearRule fitted(LogLinearRule line, Vector target, int[][] dates, Curvature scale) {
    int q = scale.hidden().isEmpty() ? logs.size() : 0;
    int features = scale.coefficients().size();
    double[] intercepts = line.intercept().toArray();
    double[][] slopes = line.slopes().stream().map(Vector::toArray).toArray(double[][]::new);
    double[][] coefficients = new double[features][dates.length];
    for (int a = 0; a < dates.length; a++) {
      if (dates[a].length == 0) {
        continue;
      }
      double[] found = solve(a, q == 0 ? rest(a, target, line) : target, dates[a], scale, q);
      intercepts[a] = found[0] + (q == 0 ? intercepts[a] : 0);
      for (int j = 0; j < q; j++) {
        double lower = scale.from().get(j).get(a);
        double upper = scale.to().get(j).get(a);
        slopes[j][a] = upper > lower ? 2 * found[1 + j] / (upper - lower) : 0;
        intercepts[a] -= slopes[j][a] * (lower + upper) / 2;
      }
      for (int i = 0; i < features; i++) {
        coefficients[i][a] = found[1 + q + i];
      }
    }
    return new LogLinearRule(
        Vector.of(intercepts),
        vectors(slopes),
        Optional.of(
            new Curvature(scale.hidden(), vectors(coefficients), scale.from(), scale.to())));
  }

  /** What the line of a state leaves of a target. */
  private Vector rest(int state, Vector target, LogLinearRule line) {
    double[] rest = target.toArray();
    for (int t = 0; t < rest.length; t++) {
      rest[t] -= line.intercept().get(state);
      for (int j = 0; j < logs.size(); j++) {
        rest[t] -= line.slopes().get(j).get(state) * logs.get(j).get(t);
      }
    }
    return Vector.ofUnsafe(rest);
  }

  /** The intercept, and coefficients of the first scaled logs and of features. */
  private double[] solve(int state, Vector target, int[] dates, Curvature scale, int q) {
    int columns = 1 + q + scale.coefficients().size();
    double[][] x = new double[dates.length + columns - 1][columns];
    double[] y = new double[x.length];
    double[] here = new double[logs.size()];
    for (int s = 0; s < dates.length; s++) {
      int t = dates[s];
      Arrays.setAll(here, j -> logs.get(j).get(t));
      x[s][0] = 1;
      for (int j = 0; j < q; j++) {
        x[s][1 + j] = scale.scaled(j, state, here[j]);
      }
      for (int i = 1 + q; i < columns; i++) {
        x[s][i] = scale.feature(i - 1 - q, state, here);
      }
      y[s] = target.get(t);
    }
    for (int i = 1; i < columns; i++) {
      x[dates.length + i - 1][i] = Math.sqrt(RIDGE);
    }
    return new QRDecomposition(new Array2DRowRealMatrix(x, false))
        .getSolver()
        .solve(new ArrayRealVector(y, false))
        .toArray();
  }

  private static List<Vector> vectors(double[][] rows) {
    return Arrays.stream(rows).map(Vector::of).toList();
  }
}
