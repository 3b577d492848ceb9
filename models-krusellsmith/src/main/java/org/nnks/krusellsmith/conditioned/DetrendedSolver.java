package org.nnks.krusellsmith.conditioned;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.numeric.AndersonAcceleration;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.Status;

/**
 * The Krusell-Smith loop for a {@link DetrendedEconomy}: households solve their problem given a law
 * of motion, a panel of them is simulated, and the law is estimated anew, until it is the one that
 * they believed. Shocks are the same in all iterations and, in units of their standard deviations,
 * in all economies, so that solutions depend smoothly on parameters.
 *
 * @param shape nodes of decisions
 * @param shocks points of the quadrature of each shock
 * @param households simulated
 * @param periods of the simulation that the law is estimated on
 * @param burnIn periods before these
 */
public record DetrendedSolver(
    TableShape shape, int shocks, int households, int periods, int burnIn) {

  /** Largest relative change of consumption in a sweep, at the end. */
  static final double TOLERANCE = 3e-7;

  /** Largest gap of log S between the law believed and the law estimated, at the end. */
  static final double LAW_TOLERANCE = 1e-5;

  /** Before the end a sweep may change consumption by this share of what the law is off. */
  private static final double INEXACT = .003;

  /** The 137 economies of a design over Liu's prior need at most 19. */
  private static final int MAX_ITERATIONS = 40;

  /** From a cold start 300 sweeps are usual. */
  private static final int MAX_SWEEPS = 5_000;

  private static final int ANDERSON_DEPTH = 5;

  /** Checks that a law can be estimated. */
  public DetrendedSolver {
    if (shocks < 1 || households < 2 || periods <= CapitalLaw.TERMS || burnIn < 0) {
      throw new IllegalArgumentException(
          "a solver needs at least 1 point for each shock, 2 households and %d periods, and a burn-in that is not negative, but has %d, %d, %d and %d"
              .formatted(CapitalLaw.TERMS + 1, shocks, households, periods, burnIn));
    }
  }

  /**
   * As accurate at Liu's (2024) truth as 5 points for each shock and 1,000 households, at a third
   * of the time.
   */
  public static DetrendedSolver standard() {
    return new DetrendedSolver(TableShape.standard(), 3, 500, 1_000, 300);
  }

  /** Solves an economy from a cold start. */
  public SolvedEconomy solve(DetrendedEconomy economy, Seeds seeds) {
    return solve(economy, start(economy), CapitalLaw.first(economy), seeds);
  }

  /** Solves an economy from the solution of another. */
  public SolvedEconomy solve(DetrendedEconomy economy, SolvedEconomy neighbour, Seeds seeds) {
    return solve(
        economy,
        new ConsumptionTable(economy, shape, neighbour.consumption().valuesUnsafe()),
        neighbour.law().in(economy),
        seeds);
  }

  private SolvedEconomy solve(
      DetrendedEconomy economy, ConsumptionTable first, CapitalLaw firstLaw, Seeds seeds) {
    NormalQuadrature quadrature = new NormalQuadrature(shocks);
    AndersonAcceleration acceleration = new AndersonAcceleration(ANDERSON_DEPTH);
    ConsumptionTable table = first;
    CapitalLaw law = firstLaw;
    double lawChange = 1;
    int sweeps = 0;
    for (int iteration = 1; ; iteration++) {
      EulerSweep sweep = new EulerSweep(economy, shape, law, quadrature);
      double target = Math.max(TOLERANCE, INEXACT * lawChange);
      double change = Double.POSITIVE_INFINITY;
      for (int n = 0; n < MAX_SWEEPS && change > target; n++) {
        ConsumptionTable next = sweep.apply(table);
        change = next.distance(table);
        table = next;
        sweeps++;
      }
      double[][] path = simulate(table, seeds);
      if (!finite(path)) {
        return new SolvedEconomy(table, law, iteration, sweeps, Double.NaN, Status.DIVERGED);
      }
      CapitalLaw estimated = law.fitted(path);
      lawChange = law.distance(estimated, path);
      boolean settled = lawChange <= LAW_TOLERANCE && change <= TOLERANCE;
      if (settled || iteration == MAX_ITERATIONS) {
        Status status = settled ? Status.CONVERGED : Status.ITERATION_LIMIT;
        return new SolvedEconomy(table, law, iteration, sweeps, lawChange, status);
      }
      law =
          law.with(
              Vector.ofUnsafe(
                  acceleration.next(
                      law.coefficients().toArray(), estimated.coefficients().toArray())));
    }
  }

  private static boolean finite(double[][] path) {
    return Arrays.stream(path).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
  }

  /** Households consume income and the steady return on savings. */
  private ConsumptionTable start(DetrendedEconomy economy) {
    double[] consumption = new double[shape.size()];
    double[] savings = shape.savingsNodes();
    double wage = economy.wage(economy.steadyCapital());
    for (int i = 0; i < consumption.length; i++) {
      consumption[i] = wage + (1 / economy.discountFactor() - 1) * savings[i % savings.length];
    }
    return new ConsumptionTable(economy, shape, consumption);
  }

  /** log kappa, zeta and log S of each period. */
  private double[][] simulate(ConsumptionTable table, Seeds seeds) {
    RandomGenerator aggregate = seeds.stream("aggregate");
    Ar1 productivity = table.economy().productivity();
    LargeEconomy economy =
        new LargeEconomy(
            table,
            households,
            productivity.unconditionalSd() * aggregate.nextGaussian(),
            seeds.stream("households"));
    double[][] path = new double[periods][];
    for (int t = -burnIn; t < periods; t++) {
      economy.decide();
      if (t >= 0) {
        path[t] =
            new double[] {economy.logCapital(), economy.logProductivity(), economy.logSavings()};
      }
      economy.advance(productivity.next(economy.logProductivity(), aggregate.nextGaussian()));
    }
    return path;
  }
}
