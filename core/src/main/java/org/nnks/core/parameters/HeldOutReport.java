package org.nnks.core.parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.Status;

/**
 * How accurate a conditioned solution is where it was not solved: at random theta of its box
 * against fresh exact solves from a cold start, on the same shocks.
 *
 * @param box the box
 * @param points the theta compared, in order
 */
public record HeldOutReport(ParameterBox box, List<HeldOutPoint> points) {

  /** Points that a report has unless the user says otherwise; each costs an exact solve. */
  public static final int POINTS = 5;

  /** Largest mean absolute gap of p allowed, in percent, on average over points. */
  public static final double PRICE_LIMIT = 0.05;

  /** Largest gap of a moment allowed at a point, in percent. */
  public static final double MOMENT_LIMIT = 2;

  private static final String STREAM = "held-out";

  /** Keeps its own list. */
  public HeldOutReport {
    points = List.copyOf(points);
  }

  /**
   * The report of a solution.
   *
   * @param shocks aggregate states of the histories that are compared
   * @param config how the exact solves run
   * @param count points to draw
   * @throws DivergedException if a market does not clear at a point; the message names it
   */
  public static HeldOutReport of(
      ConditionedSolution solution,
      EconomyFamily family,
      int[] shocks,
      SolverConfig config,
      int count,
      Seeds seeds,
      BoxListener listener) {
    RandomGenerator random = seeds.stream(STREAM);
    List<Vector> thetas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      thetas.add(solution.box().draw(random));
    }
    return at(solution, family, thetas, shocks, config, seeds, listener);
  }

  /** The report at given theta, such as an estimate: a certificate of what was found there. */
  public static HeldOutReport at(
      ConditionedSolution solution,
      EconomyFamily family,
      List<Vector> thetas,
      int[] shocks,
      SolverConfig config,
      Seeds seeds,
      BoxListener listener) {
    List<HeldOutPoint> points = new ArrayList<>();
    for (Vector theta : thetas) {
      points.add(compare(solution, family, theta, shocks, config, seeds));
      listener.pointHeldOut(points.get(points.size() - 1), points.size(), thetas.size());
    }
    return new HeldOutReport(solution.box(), points);
  }

  private static HeldOutPoint compare(
      ConditionedSolution solution,
      EconomyFamily family,
      Vector theta,
      int[] shocks,
      SolverConfig config,
      Seeds seeds) {
    Economy economy = family.economy(theta);
    try (BellmanSolver exact = family.openExact(theta)) {
      long begin = System.nanoTime();
      Solution truth = new KrusellSmithSolver(config).solve(economy, exact, shocks, seeds);
      double seconds = (System.nanoTime() - begin) * 1e-9;
      SimulatedPath path = truth.path();
      return new HeldOutPoint(
          theta,
          truth.status(),
          seconds,
          gap(solution, family, theta, path, config, ConditionedPoint::evaluated),
          gap(solution, family, theta, path, config, ConditionedPoint::refined));
    } catch (DivergedException e) {
      throw new DivergedException(BoxSolver.at(solution.box(), theta, e), e);
    }
  }

  private static HeldOutGap gap(
      ConditionedSolution solution,
      EconomyFamily family,
      Vector theta,
      SimulatedPath exact,
      SolverConfig config,
      Function<ConditionedPoint, BellmanSolution> decide) {
    long begin = System.nanoTime();
    try (ConditionedPoint point = solution.at(family, theta)) {
      SimulatedPath path =
          new EconomySimulator().simulate(decide.apply(point).policies(), exact.stateArray());
      HeldOutGap.moments(point.economy(), path, config.burnIn());
      double seconds = (System.nanoTime() - begin) * 1e-9;
      return HeldOutGap.of(point.economy(), path, exact, config.burnIn(), seconds);
    }
  }

  /**
   * Which limit the decisions read off the solution exceed.
   *
   * @return one sentence, or an empty string
   */
  public String violation() {
    for (HeldOutPoint point : points) {
      if (point.exactStatus() != Status.CONVERGED) {
        return "the exact solve at %s is %s, so nothing can be said there"
            .formatted(box.text(point.theta()), point.exactStatus());
      }
      if (!(point.evaluated().moment() <= MOMENT_LIMIT)) {
        return "at %s %s is %.2f %% off, above the limit of %s %%: take more nodes or a smaller box"
            .formatted(
                box.text(point.theta()),
                point.evaluated().worstMoment(),
                point.evaluated().moment(),
                MOMENT_LIMIT);
      }
    }
    double price = mean(gap -> gap.price(), HeldOutPoint::evaluated);
    return price <= PRICE_LIMIT || points.isEmpty()
        ? ""
        : "the mean gap of p is %.3f %%, above the limit of %s %%: take more nodes or a smaller box"
            .formatted(price, PRICE_LIMIT);
  }

  /** The mean over points of a gap. */
  public double mean(
      ToDoubleFunction<HeldOutGap> measure, Function<HeldOutPoint, HeldOutGap> which) {
    return points.stream().map(which).mapToDouble(measure).average().orElse(Double.NaN);
  }

  /** The largest gap over points. */
  public double max(
      ToDoubleFunction<HeldOutGap> measure, Function<HeldOutPoint, HeldOutGap> which) {
    return points.stream().map(which).mapToDouble(measure).max().orElse(Double.NaN);
  }
}
