package org.nnks.core.nets;

import java.util.List;

/**
 * The shape of a feed-forward network.
 *
 * @param inputs number of inputs
 * @param hidden width of each hidden layer, at least one
 * @param outputs number of outputs
 * @param activation after every hidden layer
 * @param factors the number of inputs, from the last, by which activations of the last hidden layer
 *     are multiplied: the output layer is linear in them and in these products
 */
public record NetworkSpec(
    int inputs, List<Integer> hidden, int outputs, Activation activation, int factors) {

  /** A network without products. */
  public NetworkSpec(int inputs, List<Integer> hidden, int outputs, Activation activation) {
    this(inputs, hidden, outputs, activation, 0);
  }

  /** Checks that every size is positive, and that factors are inputs. */
  public NetworkSpec {
    hidden = List.copyOf(hidden);
    if (inputs < 1 || outputs < 1 || hidden.isEmpty() || hidden.stream().anyMatch(w -> w < 1)) {
      throw new IllegalArgumentException(
          "a network needs inputs, outputs and hidden widths of at least 1 but got %d, %d, %s"
              .formatted(inputs, outputs, hidden));
    }
    if (factors < 0 || factors > inputs) {
      throw new IllegalArgumentException(
          "factors are some of the inputs: %d of %d".formatted(factors, inputs));
    }
  }

  /** What the output layer is linear in: units of the last hidden layer, and their products. */
  public int lastHidden() {
    return hidden.get(hidden.size() - 1) * (1 + factors);
  }

  /** The number of layers with parameters. */
  public int layers() {
    return hidden.size() + 1;
  }

  /** The number of inputs of a layer counted from zero. */
  public int fanIn(int layer) {
    return layer == 0 ? inputs : layer == hidden.size() ? lastHidden() : hidden.get(layer - 1);
  }

  /** The number of outputs of a layer counted from zero. */
  public int fanOut(int layer) {
    return layer == hidden.size() ? outputs : hidden.get(layer);
  }
}
