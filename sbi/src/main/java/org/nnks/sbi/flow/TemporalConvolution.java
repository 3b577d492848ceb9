package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.run.Device;

/**
 * A summary of a series: layers of filters that each see a window of periods, further apart in each
 * layer (Bai, Kolter and Koltun, 2018, section 3.2: dilated convolutions), then the mean over
 * windows and a network rho. The sufficient statistics of a Markov process are such means.
 *
 * <p>A window counts if its last period is there: if any value of it is observed. Earlier missing
 * values are zeros that the mask beside them tells from observed ones. The share of windows that
 * count tells how much is known.
 */
public final class TemporalConvolution implements Summary {

  private static final double GAIN = 1;

  private final int periods;
  private final int channels;
  private final boolean masked;
  private final int[] dilation;
  private final int reach;
  private final Network rho;
  private final NDManager manager;
  private final NDList filters = new NDList();
  private final NDList parameters;
  private final NDArray one;
  private final NDArray inverseWindows;
  private final NDIndex counted;

  /**
   * A convolution with random weights.
   *
   * @param masked whether single values of a period may be missing: filters then see the mask, too
   * @throws InvalidInputException if the series is shorter than what the last layer sees
   */
  public TemporalConvolution(
      SummarySpec.Part spec,
      int periods,
      int columns,
      boolean masked,
      Device device,
      DataType precision,
      RandomGenerator random) {
    this.periods = periods;
    this.masked = masked;
    channels = masked ? 2 * columns : columns;
    reach = reach(spec, periods);
    manager = device.newManager();
    List<Integer> widths = spec.hidden();
    dilation = new int[widths.size()];
    int in = channels;
    for (int layer = 0; layer < dilation.length; layer++) {
      dilation[layer] = dilation(layer);
      int out = widths.get(layer);
      double[] weight = new double[out * in * spec.window()];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = random.nextGaussian() * GAIN / Math.sqrt(in * spec.window());
      }
      filters.add(Network.create(manager, weight, new Shape(out, in, spec.window()), precision));
      filters.add(Network.create(manager, new double[out], new Shape(1, out, 1), precision));
      in = out;
    }
    rho =
        Network.random(
            new NetworkSpec(in + 1, List.of(in), spec.outputs(), Activation.SILU),
            GAIN,
            device,
            precision,
            random);
    parameters = new NDList(filters);
    parameters.addAll(rho.parameters());
    one = Scalars.create(manager, 1, precision);
    inverseWindows = Scalars.create(manager, 1.0 / (periods - reach), precision);
    counted = new NDIndex(":, %d:".formatted(reach));
  }

  private static int dilation(int layer) {
    return 1 << layer;
  }

  /**
   * How many periods before its own the last layer sees.
   *
   * @throws InvalidInputException if the series is shorter than that
   */
  static int reach(SummarySpec.Part spec, int periods) {
    int reach = 0;
    for (int layer = 0; layer < spec.hidden().size(); layer++) {
      reach += (spec.window() - 1) * dilation(layer);
    }
    if (reach >= periods) {
      throw new InvalidInputException(
          "the convolution sees %d periods at once but the series has %d: take fewer layers, or a recurrent summary"
              .formatted(reach + 1, periods));
    }
    return reach;
  }

  @Override
  public NDList parameters() {
    return parameters;
  }

  @Override
  public int size() {
    return rho.spec().outputs();
  }

  @Override
  public NDArray apply(NDList parameters, NDArray values, NDArray observed) {
    NDArray inputs = masked ? NDArrays.concat(new NDList(values, observed), 2) : values;
    NDArray x = inputs.transpose(0, 2, 1);
    for (int layer = 0; layer < dilation.length; layer++) {
      NDArray weight = parameters.get(2 * layer);
      NDArray filtered =
          Conv1d.conv1d(x, weight, null, new Shape(1), new Shape(0), new Shape(dilation[layer]), 1)
              .get(0);
      x = Activation.SILU.apply(filtered.add(parameters.get(2 * layer + 1)));
    }
    NDArray present = observed.max(new int[] {2}, false).get(counted);
    NDArray sum = x.mul(present.expandDims(1)).sum(new int[] {2});
    NDArray count = present.sum(new int[] {1}, true);
    NDArray mean = sum.div(NDArrays.maximum(count, one));
    NDArray pooled = NDArrays.concat(new NDList(mean, count.mul(inverseWindows)), 1);
    return rho.forward(new NDList(parameters.subList(filters.size(), parameters.size())), pooled);
  }

  @Override
  public void close() {
    rho.close();
    manager.close();
  }
}
