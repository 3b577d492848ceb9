package org.nnks.distributed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Prior;

/**
 * The points of a sweep: the product of grids, draws from a prior, or the product of grids at every
 * draw.
 *
 * <p>The points of one product share the seed of their random streams, so that differences between
 * them are those of the parameters. Every draw has its own seed, so that draws are independent
 * simulations. Draw i takes the parameters that {@link org.nnks.sbi.Simulations#draw} takes from
 * the same prior and seed.
 *
 * @param axes grids; the last varies fastest
 * @param prior the law of the draws; absent if there are none
 * @param draws the number of draws; 1 if there is no prior
 * @param seed the seed of the design and of its points
 */
public record Design(List<Axis> axes, Optional<Prior> prior, int draws, long seed) {

  /** A week of a thousand cores at ten minutes a point; the names of files have six digits. */
  static final int MAX_POINTS = 999_999;

  private static final String PARAMETERS = "prior";
  private static final String SEEDS = "point";

  /**
   * Checks that there are points, and not too many.
   *
   * @throws InvalidInputException if the design is empty, too large, or has a parameter twice
   */
  public Design {
    axes = List.copyOf(axes);
    if (axes.isEmpty() && prior.isEmpty()) {
      throw new InvalidInputException(
          "the sweep has no parameters: give at least one grid or one draw");
    }
    if (draws < 1 || (prior.isEmpty() && draws > 1)) {
      throw new InvalidInputException(
          "the number of draws must be at least 1, and 1 without a prior, but is " + draws);
    }
    Set<String> names = new HashSet<>(prior.map(Prior::names).orElse(List.of()));
    for (Axis axis : axes) {
      if (!names.add(axis.name())) {
        throw new InvalidInputException("the sweep varies '%s' twice".formatted(axis.name()));
      }
    }
    double size = draws;
    for (Axis axis : axes) {
      size *= axis.count();
    }
    if (size > MAX_POINTS) {
      throw new InvalidInputException(
          "the sweep has %.0f points, more than %d: split it".formatted(size, MAX_POINTS));
    }
  }

  /** The product of grids. */
  public static Design grid(List<Axis> axes, long seed) {
    return new Design(axes, Optional.empty(), 1, seed);
  }

  /** The names of all parameters that vary: those drawn, then those of grids. */
  public List<String> names() {
    List<String> names = new ArrayList<>(prior.map(Prior::names).orElse(List.of()));
    axes.forEach(axis -> names.add(axis.name()));
    return List.copyOf(names);
  }

  /**
   * Makes sure that the model has the parameters that vary.
   *
   * @param known the names of its parameters
   * @throws InvalidInputException if one is unknown
   */
  public void requireNames(List<String> known) {
    for (String name : names()) {
      Spelling.find("the model has no parameter '%s'".formatted(name), "parameter", name, known);
    }
  }

  /** The number of points. */
  public int size() {
    return draws * gridSize();
  }

  private int gridSize() {
    return axes.stream().mapToInt(Axis::count).reduce(1, Math::multiplyExact);
  }

  /** All points, in order: the same for the same design. */
  public List<Point> points() {
    Seeds seeds = new Seeds(seed);
    List<String> names = names();
    List<Point> points = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      int index = draw;
      List<Double> drawn =
          prior
              .map(law -> law.sample(seeds.stream(PARAMETERS, index)))
              .map(theta -> theta.stream().boxed().toList())
              .orElse(List.of());
      long pointSeed = prior.isEmpty() ? seed : seeds.stream(SEEDS, draw).nextLong();
      for (int cell = 0; cell < gridSize(); cell++) {
        List<Double> values = new ArrayList<>(drawn);
        gridValues(cell).stream().forEach(values::add);
        points.add(new Point(points.size() + 1, pointSeed, names, values));
      }
    }
    return points;
  }

  /** The values of all axes at a cell of their product. */
  private Vector gridValues(int cell) {
    double[] values = new double[axes.size()];
    int rest = cell;
    for (int i = axes.size() - 1; i >= 0; i--) {
      values[i] = axes.get(i).value(rest % axes.get(i).count());
      rest /= axes.get(i).count();
    }
    return Vector.ofUnsafe(values);
  }
}
