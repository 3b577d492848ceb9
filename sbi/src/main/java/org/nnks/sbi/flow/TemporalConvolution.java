package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Activation;
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
public final class TemporalConvolution extends PooledSummary {

  private final int layers;
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
    super(periods, periods - reach(spec, periods), masked, device, precision);
    layers = spec.hidden().size();
    int in = seen(columns);
    for (int out : spec.hidden()) {
      addWeights(new Shape(out, in, spec.window()), in * spec.window(), random);
      addBiases(new Shape(1, out, 1));
      in = out;
    }
    addRho(in, List.of(in), spec.outputs(), random);
    counted = new NDIndex(":, %d:".formatted(reach(spec, periods)));
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
  public NDArray apply(NDList parameters, NDArray values, NDArray observed) {
    NDArray x = seen(values, observed).transpose(0, 2, 1);
    for (int layer = 0; layer < layers; layer++) {
      NDArray weight = parameters.get(2 * layer);
      Shape dilation = new Shape(dilation(layer));
      NDArray filtered =
          Conv1d.conv1d(x, weight, null, new Shape(1), new Shape(0), dilation, 1).get(0);
      x = Activation.SILU.apply(filtered.add(parameters.get(2 * layer + 1)));
    }
    NDArray present = observed.max(new int[] {2}, false).get(counted);
    NDArray sum = x.mul(present.expandDims(1)).sum(new int[] {2});
    NDArray count = present.sum(new int[] {1}, true);
    return statistics(parameters, new NDList(sum.div(NDArrays.maximum(count, one))), count);
  }
}
