package org.nnks.core.statistics;

import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * An array that knows what its dimensions are: what a solution hands to other programs.
 *
 * @param name its symbol or what it holds, such as {@code value}
 * @param axes its dimensions, slowest first; none for a number
 * @param values in row-major order
 */
public record LabelledArray(String name, List<Axis> axes, Vector values) {

  /**
   * A dimension.
   *
   * @param name the symbol of what varies along it
   * @param nodes its levels; numbers from one where it only counts
   */
  public record Axis(String name, Vector nodes) {

    /** A dimension that counts from one, such as states with several levels each. */
    public static Axis counted(String name, int size) {
      return new Axis(name, Vector.of(IntStream.rangeClosed(1, size).asDoubleStream().toArray()));
    }
  }

  /** Checks that the axes have room for the values. */
  public LabelledArray {
    axes = List.copyOf(axes);
    int room = axes.stream().mapToInt(axis -> axis.nodes().size()).reduce(1, Math::multiplyExact);
    if (room != values.size()) {
      throw new IllegalArgumentException(
          "the array '%s' has %d values but its axes %s have room for %d"
              .formatted(name, values.size(), axes.stream().map(Axis::name).toList(), room));
    }
  }

  /** A matrix whose rows and columns run through these axes, slowest first. */
  public static LabelledArray of(String name, Matrix values, Axis... axes) {
    return new LabelledArray(name, List.of(axes), Vector.ofUnsafe(values.toArray()));
  }

  /** A number. */
  public static LabelledArray of(String name, double value) {
    return new LabelledArray(name, List.of(), Vector.of(value));
  }
}
