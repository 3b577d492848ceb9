package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.run.Device;

/**
 * A summary of a series that remembers: layers of gated recurrent units, Cho et al. (2014),
 * equations (5) to (8), then the mean of their states over the periods, the last state and a
 * network rho. The sufficient statistics of a Markov process are means over periods; the last state
 * holds what is not a mean, such as when something changed.
 *
 * <p>With reset gate r, update gate u and state h, a period does
 *
 * <pre>{@code
 * r  = sigmoid(x Wr + h Ur + br)
 * u  = sigmoid(x Wu + h Uu + bu)
 * h~ = tanh(x Wh + r * (h Uh) + bh)
 * h' = h + u * (h~ - h)
 * }</pre>
 *
 * <p>The reset gate acts after the product with Uh, not before it as in the paper, so that one
 * product serves all three; u is one minus the paper's z.
 *
 * <p>A period of which nothing is observed leaves the state as it is and does not count in the
 * mean, so that padding changes nothing. Other missing values are zeros that the mask beside them
 * tells from observed ones. The share of periods that count tells how much is known.
 */
public final class GatedRecurrence extends PooledSummary {

  /** Arrays of a layer: the weights of inputs and of states, and the biases. */
  private static final int ARRAYS = 3;

  /** The gates r and u, and the candidate state: each has its columns in every array. */
  private static final int PRODUCTS = 3;

  private final List<Integer> widths;

  /**
   * A recurrence with random weights.
   *
   * @param masked whether single values of a period may be missing: the units then see the mask,
   *     too
   */
  public GatedRecurrence(
      SummarySpec.Part spec,
      int periods,
      int columns,
      boolean masked,
      Device device,
      DataType precision,
      RandomGenerator random) {
    super(periods, periods, masked, device, precision);
    widths = spec.hidden();
    int in = seen(columns);
    for (int width : widths) {
      addWeights(new Shape(in, PRODUCTS * width), in, random);
      addWeights(new Shape(width, PRODUCTS * width), width, random);
      addBiases(new Shape(1, PRODUCTS * width));
      in = width;
    }
    addRho(2 * in, List.of(in), spec.outputs(), random);
  }

  @Override
  public NDArray apply(NDList parameters, NDArray values, NDArray observed) {
    NDArray x = seen(values, observed);
    NDArray present = observed.max(new int[] {2}, true);
    NDList presence = each(present);
    NDArray last = null;
    for (int layer = 0; layer < widths.size(); layer++) {
      NDList states =
          states(
              new NDList(parameters.subList(ARRAYS * layer, ARRAYS * (layer + 1))),
              x,
              presence,
              widths.get(layer));
      last = states.get(items - 1);
      x = NDArrays.stack(states, 1);
    }
    NDArray count = present.sum(new int[] {1});
    NDArray mean = x.mul(present).sum(new int[] {1}).div(NDArrays.maximum(count, one));
    return statistics(parameters, new NDList(mean, last), count);
  }

  /** The state after each period: shape (n, width) each. */
  private NDList states(NDList layer, NDArray x, NDList presence, int width) {
    long n = x.getShape().get(0);
    NDArray driven =
        x.reshape(n * items, x.getShape().get(2)).matMul(layer.get(0)).add(layer.get(2));
    NDList drives = each(driven.reshape(n, items, (long) PRODUCTS * width));
    long[] candidate = {2L * width};
    NDArray state = x.getManager().zeros(new Shape(n, width), x.getDataType());
    List<NDArray> states = new ArrayList<>();
    for (int t = 0; t < items; t++) {
      NDList drive = drives.get(t).split(candidate, 1);
      NDList recalled = state.matMul(layer.get(1)).split(candidate, 1);
      NDList gates = Activation.sigmoid(drive.get(0).add(recalled.get(0))).split(2, 1);
      NDArray proposed = drive.get(1).add(gates.get(0).mul(recalled.get(1))).tanh();
      NDArray update = gates.get(1).mul(presence.get(t));
      state = state.add(update.mul(proposed.sub(state)));
      states.add(state);
    }
    return new NDList(states);
  }

  /** A series of shape (n, items, c) as arrays of shape (n, c), one for each period. */
  private NDList each(NDArray series) {
    NDList parts = new NDList();
    for (NDArray part : series.split(items, 1)) {
      parts.add(part.squeeze(1));
    }
    return parts;
  }
}
