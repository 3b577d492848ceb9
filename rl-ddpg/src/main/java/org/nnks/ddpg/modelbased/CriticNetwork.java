package org.nnks.ddpg.modelbased;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.run.Device;
import org.nnks.ddpg.InitialWeights;

/**
 * The critic V = V0 + scale network, where V0 is the value from which the points tell it to start.
 * It learns values and their slopes by own capital, and trains the summary network if there is one.
 */
final class CriticNetwork implements AutoCloseable {

  /** Values are some units of utility away from V0: outputs of a network are of unit size. */
  static final double SCALE = 3;

  /** Rows that go through a network at once: more leave the processor's cache. */
  private static final int CHUNK = 4096;

  private final Network network;
  private final TargetCopy target;
  private final Summary summary;
  private final Adam adam;
  private final NDManager constants;
  private final NDArray one;
  private final NDArray slopeWeight;
  private final double weight;
  private final int width;
  private final int heads;

  /**
   * A new critic.
   *
   * @param inputs with the summary's outputs
   * @param summary null for none
   */
  CriticNetwork(
      GradientConfig config,
      int inputs,
      int heads,
      Summary summary,
      Device device,
      RandomGenerator random) {
    width = inputs;
    this.heads = heads;
    this.summary = summary;
    network =
        InitialWeights.draw(
            new NetworkSpec(
                inputs, config.networks().hidden(), heads, config.networks().activation()),
            1,
            device,
            random);
    target = new TargetCopy(network, config.targets().follow());
    adam = new Adam(network);
    constants = device.newManager();
    one = constants.create(new double[] {1});
    weight = config.targets().slopeWeight();
    slopeWeight = constants.create(new double[] {weight});
  }

  Network network() {
    return network;
  }

  TargetCopy target() {
    return target;
  }

  Adam adam() {
    return adam;
  }

  /** V and dV/dk, one number for each row and head. */
  record Values(double[] value, double[] slope) {}

  /**
   * What a network says at points.
   *
   * @param of the critic's network or its target
   * @param rows inputs with summaries
   * @param directions of own capital, likewise
   */
  Values values(Network of, Points points, double[] rows, double[] directions) {
    int n = points.rows();
    double[] value = points.value().clone();
    double[] slope = points.slope().clone();
    for (int first = 0; first < n; first += CHUNK) {
      int last = Math.min(n, first + CHUNK);
      try (NDManager scope = constants.newSubManager()) {
        Shape shape = new Shape(last - first, width);
        Tangent tangent =
            Tangent.of(
                of.parameters(),
                of.spec().activation(),
                scope.create(Arrays.copyOfRange(rows, first * width, last * width), shape),
                scope.create(Arrays.copyOfRange(directions, first * width, last * width), shape),
                one);
        double[] deviation = tangent.value().toDoubleArray();
        double[] deviationSlope = tangent.slope().toDoubleArray();
        for (int i = 0; i < deviation.length; i++) {
          value[first * heads + i] += SCALE * deviation[i];
          slope[first * heads + i] += SCALE * deviationSlope[i];
        }
      }
    }
    return new Values(value, slope);
  }

  /**
   * The size of the error at each row and head: the root of what it adds to the loss, but for what
   * it counts.
   */
  double[] errors(Points points, double[] rows, double[] directions, Values goals, double[] units) {
    Values now = values(network, points, rows, directions);
    double[] errors = new double[units.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] =
          Math.hypot(
              (now.value()[i] - goals.value()[i]) / SCALE,
              Math.sqrt(weight) * (now.slope()[i] - goals.slope()[i]) / units[i]);
    }
    return errors;
  }

  /**
   * One step on mean ((V - y) / scale)^2 + weight mean ((V_k - y_k) / unit)^2, weighted by what
   * states count; and, if there is a summary network, a smaller one of its own on the same loss.
   *
   * @param rows inputs with summaries
   * @param units a typical V_k of each row and head
   * @return the loss before the step
   */
  double learn(
      Points points,
      double[] rows,
      double[] directions,
      Values goals,
      double[] units,
      double rate) {
    try (NDManager step = constants.newSubManager()) {
      Loss loss = new Loss(step, points, rows, directions, goals, units);
      Gradients gradients = loss.byWeights();
      adam.step(gradients, rate);
      if (summary != null) {
        summary.adam().step(loss.bySummary(), Summary.RATE * rate);
      }
      return gradients.loss();
    }
  }

  /** The loss at some points, within a step. */
  final class Loss {
    private final NDManager step;
    private final Points points;
    private final NDArray x;
    private final NDArray dx;
    private final NDArray y;
    private final NDArray dy;
    private final NDArray counts;
    private final NDArray slopeCounts;

    /** As in {@link #learn}. */
    Loss(
        NDManager step,
        Points points,
        double[] rows,
        double[] directions,
        Values goals,
        double[] units) {
      this.step = step;
      this.points = points;
      int n = points.rows();
      double[] value = new double[n * heads];
      double[] slope = new double[n * heads];
      double[] weight = new double[n * heads];
      double[] root = points.importance().clone();
      for (int i = 0; i < value.length; i++) {
        value[i] = (goals.value()[i] - points.value()[i]) / SCALE;
        slope[i] = (goals.slope()[i] - points.slope()[i]) / SCALE;
        root[i] = Math.sqrt(root[i]);
        weight[i] = root[i] * SCALE / units[i];
      }
      Shape shape = new Shape(n, heads);
      y = step.create(value, shape);
      dy = step.create(slope, shape);
      slopeCounts = step.create(weight, shape);
      counts = step.create(root, shape);
      x = step.create(rows, new Shape(n, width));
      dx = step.create(directions, new Shape(n, width));
    }

    /** Its gradients by the critic's weights. */
    Gradients byWeights() {
      return Gradients.of(network, step, leaves -> at(leaves, x));
    }

    /** Its gradients by those of the summary network, of which the inputs are computed anew. */
    Gradients bySummary() {
      Sections sections = points.sections();
      NDArray own = x.get(":, :" + (width - summary.network().spec().outputs()));
      NDArray masses =
          step.create(
              sections.masses(),
              new Shape(sections.count(), sections.masses().length / sections.count()));
      NDArray selection =
          step.create(sections.selection(), new Shape(sections.of().length, sections.count()));
      return Gradients.of(
          summary.network(),
          step,
          leaves -> {
            NDArray each = selection.matMul(masses.matMul(summary.phi(step, leaves)));
            return at(network.parameters(), NDArrays.concat(new NDList(own, each), 1));
          });
    }

    private NDArray at(NDList weights, NDArray inputs) {
      if (weight == 0) {
        return network.forward(weights, inputs).sub(y).mul(counts).square().mean();
      }
      Tangent tangent = Tangent.of(weights, network.spec().activation(), inputs, dx, one);
      NDArray slopeError = tangent.slope().sub(dy).mul(slopeCounts).square().mean();
      return tangent.value().sub(y).mul(counts).square().mean().add(slopeError.mul(slopeWeight));
    }
  }

  int managedArrays() {
    return constants.getManagedArrays().size()
        + network.parameters().get(0).getManager().getManagedArrays().size();
  }

  @Override
  public void close() {
    constants.close();
    adam.close();
    target.close();
    network.close();
  }
}
