package org.nnks.core.parameters;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.Progress;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.SolverState;

/**
 * Solves an economy for all calibrations of a box at once: the Krusell-Smith loop runs at every
 * point of the design, on the same shocks, each from its neighbour's rules and values; what comes
 * out, as a function of theta, is a {@link ConditionedSolution}. Stateless.
 *
 * <p>The points need not be solved together: rules of one theta do not enter the fixed point of
 * another. That is why nothing is trained on draws of theta here, and why every point has a verdict
 * of its own.
 */
public final class BoxSolver {

  private final SolverConfig config;
  private final BoxListener listener;

  /** A solver with this configuration of the loop that reports to nobody. */
  public BoxSolver(SolverConfig config) {
    this(config, new BoxListener() {});
  }

  /** A solver with this configuration of the loop that reports to a listener. */
  public BoxSolver(SolverConfig config, BoxListener listener) {
    this.config = config;
    this.listener = listener;
  }

  /**
   * Solves at all points of a design.
   *
   * @param shocks aggregate states of the simulation, the same at every theta
   * @throws DivergedException if markets do not clear at the rules that a point starts from, or a
   *     quantity is not finite; the message names it
   * @throws InvalidInputException if the economy cannot be solved at a point, such as for want of a
   *     steady state; the message names it
   */
  public ConditionedSolution solve(
      EconomyFamily family, BoxDesign design, int[] shocks, Seeds seeds) {
    KrusellSmithSolver loop = new KrusellSmithSolver(config);
    DesignPoint[] points = new DesignPoint[design.size()];
    Map<String, double[][]> states = new TreeMap<>();
    SolverState start = null;
    int done = 0;
    for (int number : design.walk()) {
      Vector theta = design.point(number);
      try (BellmanSolver agents = family.open(theta)) {
        SolverState from = start == null ? SolverState.initial(agents.coldStart()) : start;
        Solution solution = loop.solve(family.economy(theta), agents, shocks, from, seeds);
        Map<String, double[]> state = new HashMap<>(agents.state());
        state.remove(Progress.NAME); // values between points were never solved for
        state.forEach(
            (name, values) ->
                states.computeIfAbsent(name, key -> new double[points.length][])[number] =
                    values.clone());
        points[number] =
            new DesignPoint(
                theta,
                solution.status(),
                solution.verdict(),
                solution.history().size(),
                solution.rules());
        start = SolverState.initial(solution.rules(), state);
      } catch (DivergedException e) {
        throw new DivergedException(at(design.box(), theta, e), e);
      } catch (InvalidInputException e) {
        throw new InvalidInputException(at(design.box(), theta, e), e);
      }
      done++;
      listener.pointSolved(points[number], done, points.length);
    }
    return solution(design, points, states);
  }

  /** A complaint with the parameters it is about. */
  static String at(ParameterBox box, Vector theta, RuntimeException complaint) {
    return "at %s: %s".formatted(box.text(theta), complaint.getMessage());
  }

  /** Arrays that are the same at all points, such as hidden layers, are kept once. */
  private static ConditionedSolution solution(
      BoxDesign design, DesignPoint[] points, Map<String, double[][]> states) {
    Map<String, Vector> common = new LinkedHashMap<>();
    Map<String, Matrix> varying = new LinkedHashMap<>();
    states.forEach(
        (name, rows) -> {
          if (Arrays.stream(rows).allMatch(row -> Arrays.equals(row, rows[0]))) {
            common.put(name, Vector.of(rows[0]));
          } else {
            varying.put(name, Matrix.ofRows(rows));
          }
        });
    return new ConditionedSolution(design, Arrays.asList(points), common, varying);
  }
}
