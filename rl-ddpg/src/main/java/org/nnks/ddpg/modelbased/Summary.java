package org.nnks.ddpg.modelbased;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.run.Device;
import org.nnks.ddpg.InitialWeights;

/**
 * The summary of a cross-section, Liu (2024) equations (8) and (9), on common cells: S = sum over
 * cells of mass times Phi(k, l), with Phi = scale (start + net(k, l) - net(reference)). The start
 * of the first statistic is the mean of capital, that of others 0, as the actor starts from keeping
 * capital: from drawn means alone learners lost K. Only the critic's loss trains Phi, which hardly
 * leaves its start at its rate: S is its start, drawn functions beside K. The actor sees S as it
 * is.
 */
final class Summary implements AutoCloseable {

  /**
   * Means move by a few percent: as inputs their deviations are of unit size. Without, K was lost
   * by a tenth.
   */
  private static final double SCALE = 8;

  /**
   * The learning rate of Phi, relative to the critic's. Adam's steps are of this size whether there
   * is something to learn or only noise, and what both networks see must not move faster than they
   * can learn what it means.
   */
  static final double RATE = 1e-4;

  /**
   * The output layer's start, relative to other layers': what is drawn answers to any move of
   * wealth, which decisions then answer to as well.
   */
  private static final double OUTPUTS = 0.03;

  /** Which input of a cell is k / K_ss - 1. */
  private static final int CAPITAL = 1;

  private final Network network;
  private final TargetCopy target;
  private final TargetCopy average;
  private final Adam adam;
  private final NDArray cells;
  private final NDArray reference;
  private final NDArray scale;

  /**
   * A new network.
   *
   * @param cells its inputs at all cells
   * @param count the number of cells
   */
  Summary(GradientConfig config, double[] cells, int count, Device device, RandomGenerator random) {
    int inputs = cells.length / count;
    network =
        InitialWeights.draw(
            new NetworkSpec(
                inputs,
                config.networks().hidden(),
                config.networks().summaryOutputs(),
                config.networks().activation()),
            OUTPUTS,
            device,
            random);
    target = new TargetCopy(network, config.targets().follow());
    average = new TargetCopy(network, config.schedule().averaging());
    adam = new Adam(network);
    this.cells = manager().create(cells, new Shape(count, inputs));
    // Inputs are zero at the steady state's capital and the middle state.
    reference = manager().create(new double[inputs], new Shape(1, inputs));
    scale = manager().create(new double[] {SCALE});
  }

  private NDManager manager() {
    return network.parameters().get(0).getManager();
  }

  Network network() {
    return network;
  }

  TargetCopy target() {
    return target;
  }

  TargetCopy average() {
    return average;
  }

  Adam adam() {
    return adam;
  }

  /**
   * Phi at all cells, within a graph.
   *
   * @param step receives all results, which would stay behind with the cells otherwise
   * @param parameters of the network
   */
  NDArray phi(NDManager step, NDList parameters) {
    NDArray each = network.forward(parameters, copy(cells, step));
    return each.sub(network.forward(parameters, copy(reference, step)))
        .add(start(cells, step))
        .mul(scale);
  }

  /** What statistics start from: k / K_ss - 1 at each cell for the first, 0 for others. */
  private NDArray start(NDArray cells, NDManager step) {
    int outputs = network.spec().outputs();
    int count = (int) cells.getShape().get(0);
    int inputs = (int) cells.getShape().get(1);
    double[] rows = cells.toDoubleArray();
    double[] start = new double[count * outputs];
    for (int cell = 0; cell < count; cell++) {
      start[cell * outputs] = rows[cell * inputs + CAPITAL];
    }
    return step.create(start, new Shape(count, outputs));
  }

  private static NDArray copy(NDArray array, NDManager to) {
    NDArray copy = array.duplicate();
    copy.attach(to);
    return copy;
  }

  /** S of each cross-section, section by section. */
  double[] of(Network phi, double[] masses, int count) {
    return of(phi, cells, masses, count);
  }

  /** S of one cross-section on other cells, such as those of a finer histogram. */
  double[] of(Network phi, double[] cells, double[] masses) {
    try (NDManager scope = manager().newSubManager()) {
      int inputs = phi.spec().inputs();
      return of(phi, scope.create(cells, new Shape(masses.length, inputs)), masses, 1);
    }
  }

  private double[] of(Network phi, NDArray cells, double[] masses, int count) {
    try (NDManager scope = manager().newSubManager()) {
      NDArray weights = scope.create(masses, new Shape(count, masses.length / count));
      NDArray each = phi.forward(copy(cells, scope));
      NDArray all =
          each.sub(phi.forward(copy(reference, scope))).add(start(cells, scope)).mul(scale);
      return weights.matMul(all).toDoubleArray();
    }
  }

  int managedArrays() {
    return manager().getManagedArrays().size();
  }

  void follow() {
    target.update();
    average.update();
  }

  @Override
  public void close() {
    adam.close();
    average.close();
    target.close();
    network.close();
  }
}
