package org.nnks.core.archive;

import static org.nnks.core.io.Records.require;

import java.util.Locale;
import java.util.Optional;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.Records;
import org.nnks.core.run.Device;
import org.nnks.core.solve.SolverConfig;

/**
 * Everything but the calibration and the shocks that decides what a solve computes.
 *
 * @param method how the firms' problem is solved
 * @param preset how networks are trained; without meaning where none are
 * @param policy what simulated firms decide by; without meaning for methods but thresholds
 * @param knots the grid of grid methods; without meaning for others
 * @param clearing how markets clear where excess demand jumps; without meaning elsewhere
 * @param solver how the outer loop runs
 * @param periods periods simulated in each outer iteration
 * @param seed the seed of all random streams
 * @param device where networks live
 * @param threads threads of the tensor engine
 * @param startRules forecast rules to start from; absent: those of the steady states
 * @param training what was asked of a method that learns; absent: its own
 */
public record RunSettings(
    Method method,
    Preset preset,
    Policy policy,
    Knots knots,
    Clearing clearing,
    SolverConfig solver,
    int periods,
    long seed,
    Device.Choice device,
    int threads,
    Optional<ForecastRules> startRules,
    Optional<Training> training) {

  /** One period less than Terry's (2017) 2,500, whose last he does not solve. */
  public static final int PERIODS = 2_499;

  /** Any number serves. */
  public static final long SEED = 1;

  /** The mean Bellman error of Yokomoto (2026) Table 2 is 6.5e-3: what the paper accepts. */
  static final double PAPER_BELLMAN_LIMIT = 1e-2;

  /** Terry's V is a 50-period value: its Bellman error is a constant of .0475. */
  static final double TERRY_BELLMAN_LIMIT = 0.05;

  /** How the firms' problem is solved. */
  public enum Method {
    /** By networks trained by gradients, with prices and moments among their inputs. */
    NEURAL,
    /** By least squares on features that are drawn and never trained. */
    PROJECTION,
    /**
     * Such a projection whose decisions are thresholds, at nodes of prices and of forecast moments:
     * firms of Bloom et al. (2018).
     */
    THRESHOLDS,
    /** Such a projection of what a unit saved is worth: households of Krusell and Smith (1998). */
    MARGINAL_VALUE,
    /** By search on a grid: declared economies of few states; slow, the judge of the others. */
    ORACLE,
    /** On a grid, exactly up to splines: the reference for the others. */
    EXACT,
    /** On a grid; simulated firms search at every node and price: Yokomoto (2026) Algorithm 2. */
    DIRECT,
    /** On a grid; simulated firms interpolate in K and p: Yokomoto (2026) Algorithm 3. */
    INTERPOLATED,
    /** The algorithm of Terry's (2017) code to the letter, market clearing included. */
    TERRY,
    /** On a grid of k, by value iteration: Liu (2024), appendix A. */
    VFI,
    /**
     * By reinforcement learning: gradients alone; with the preset paper Algorithm 1 of Liu (2024),
     * which takes hours.
     */
    DDPG,
    /**
     * By rules first, then without any: an equilibrium along one path, by the repeated transition
     * method.
     */
    TRANSITION;

    /** Whether it trains networks. */
    public boolean trains() {
      return this == NEURAL || this == DDPG;
    }

    /** Whether it uses a device: networks, and products of features, live on it. */
    public boolean usesDevice() {
      return switch (this) {
        case NEURAL, DDPG, PROJECTION, THRESHOLDS, MARGINAL_VALUE -> true;
        case ORACLE, EXACT, DIRECT, INTERPOLATED, TERRY, VFI, TRANSITION -> false;
      };
    }

    /** Its name on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How the goods market of a simulated period clears. */
  public enum Clearing {
    /** As the model's default says. */
    STANDARD,
    /** Excess demand that jumps over zero is cleared by mixing the policies on both sides. */
    MIXED,
    /** Interpolated on fixed prices, with the same weights on everything that firms do. */
    INTERPOLATED,
    /** By bisection, which a jump leaves uncleared. */
    BISECTION
  }

  /** How networks are trained. */
  public enum Preset {
    /** As is best here. */
    DEFAULT,
    /**
     * The networks and the training of Yokomoto (2026), with Terry's (2017) damped loop; of the
     * method DDPG those of Liu (2024) Table 2.
     */
    PAPER
  }

  /** What simulated firms decide by. */
  public enum Policy {
    /** Fitted policies that take the price, as in Yokomoto (2026). */
    NETWORK,
    /** The maximiser of the fitted value. */
    MAXIMISER
  }

  /**
   * What is asked of a method that learns.
   *
   * @param iterations of the training; absent: as many as the preset has
   * @param polish whether least squares go on from what was learned
   */
  public record Training(Optional<Integer> iterations, boolean polish) {

    /** Checks the range. */
    public Training {
      if (iterations.isPresent() && iterations.get() < 1) {
        throw new IllegalArgumentException(
            "iterations of a training must be at least 1 but are " + iterations.get());
      }
    }
  }

  /**
   * The grid of the value function.
   *
   * @param capital knots in k, equally spaced in logs
   * @param meanCapital nodes in K, equally spaced
   */
  public record Knots(int capital, int meanCapital) {

    /**
     * Knots in k of the exact method: with 100 x 40 knots p differs from a 200 x 80 grid by at most
     * .0034 % on the Khan-Thomas path.
     */
    public static final int FINE_CAPITAL = 100;

    /** Nodes in K of the exact method; see {@link #FINE_CAPITAL}. */
    public static final int FINE_MEAN_CAPITAL = 40;

    /** Knots in k and nodes in K in Terry (2017) Table B1. */
    public static final int TERRY_EACH = 10;

    /** The default of the exact method. */
    static final Knots FINE = new Knots(FINE_CAPITAL, FINE_MEAN_CAPITAL);

    /** For the methods that are kept to compare with Terry (2017). */
    static final Knots TERRY = new Knots(TERRY_EACH, TERRY_EACH);

    /** A natural spline bends at inner knots only, so it needs one. */
    private static final int MIN_CAPITAL = 3;

    /** Values are interpolated linearly between two nodes. */
    private static final int MIN_MEAN_CAPITAL = 2;

    /** Checks the domains. */
    public Knots {
      if (capital < MIN_CAPITAL || meanCapital < MIN_MEAN_CAPITAL) {
        throw new IllegalArgumentException(
            "a grid needs at least %d knots in k and %d nodes in K but got %d and %d"
                .formatted(MIN_CAPITAL, MIN_MEAN_CAPITAL, capital, meanCapital));
      }
    }

    /** What a method uses unless the user says otherwise. */
    static Knots of(Method method) {
      return switch (method) {
        case NEURAL, PROJECTION, THRESHOLDS, MARGINAL_VALUE, ORACLE, EXACT, TRANSITION -> FINE;
        case DIRECT, INTERPOLATED, TERRY, VFI, DDPG -> TERRY;
      };
    }
  }

  /** Checks the domains. */
  public RunSettings {
    if (periods <= solver.burnIn()) {
      throw new IllegalArgumentException(
          "periods must exceed the burn-in of %d but is %d".formatted(solver.burnIn(), periods));
    }
    require(threads >= 1, "threads", "at least 1", threads);
    if (method == Method.TERRY && !knots.equals(Knots.TERRY)) {
      throw new IllegalArgumentException(
          "the method terry has %d x %d knots but got %d x %d: use the method exact for other grids"
              .formatted(
                  Knots.TERRY.capital(),
                  Knots.TERRY.meanCapital(),
                  knots.capital(),
                  knots.meanCapital()));
    }
    if (training.isPresent() && method != Method.DDPG) {
      throw new IllegalArgumentException(
          "--iterations and --polish are for the method ddpg, which learns: leave them out");
    }
    if (!method.usesDevice() && device == Device.Choice.GPU) {
      throw new IllegalArgumentException(
          "the method %s uses no device, so it cannot use a gpu: leave out --device, or give --device cpu"
              .formatted(method.label()));
    }
  }

  /** nnks's own method to a rule change of 1e-6. */
  public static RunSettings standard() {
    return of(Method.PROJECTION, Preset.DEFAULT);
  }

  /** What a method, and a preset if it trains, uses unless the user says otherwise. */
  public static RunSettings of(Method method, Preset preset) {
    return new RunSettings(
        method,
        preset,
        Policy.NETWORK,
        Knots.of(method),
        Clearing.STANDARD,
        solver(method, preset),
        PERIODS,
        SEED,
        Device.Choice.AUTO,
        Device.DEFAULT_THREADS,
        Optional.empty(),
        Optional.empty());
  }

  private static SolverConfig solver(Method method, Preset preset) {
    SolverConfig terry = SolverConfig.terry2017();
    SolverConfig standard = SolverConfig.standard();
    return switch (method) {
      case TERRY -> terry.withBellmanLimit(TERRY_BELLMAN_LIMIT);
      // Gradients do not find rules to six digits: networks stop where Terry (2017) does.
      case NEURAL ->
          (preset == Preset.PAPER ? terry : standard.withTolerance(terry.tolerance()))
              .withBellmanLimit(PAPER_BELLMAN_LIMIT);
      default -> standard;
    };
  }

  /** These settings with another method. */
  public RunSettings withMethod(Method method) {
    return Records.with(this, "method", method);
  }

  /** These settings with another grid. */
  public RunSettings withKnots(Knots knots) {
    return Records.with(this, "knots", knots);
  }

  /** These settings with another number of periods. */
  public RunSettings withPeriods(int periods) {
    return Records.with(this, "periods", periods);
  }

  /** These settings with another seed. */
  public RunSettings withSeed(long seed) {
    return Records.with(this, "seed", seed);
  }

  /** These settings with another outer loop. */
  public RunSettings withSolver(SolverConfig solver) {
    return Records.with(this, "solver", solver);
  }
}
