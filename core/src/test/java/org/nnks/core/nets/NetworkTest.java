package org.nnks.core.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

class NetworkTest {

  private final Device device = Device.cpu();

  /** By plain loops in Java; two factors are the inputs themselves. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void isAffineMapsWithActivationsBetween(Activation activation) {
    DoubleUnaryOperator expected =
        switch (activation) {
          case TANH -> Math::tanh;
          case RELU -> x -> Math.max(x, 0);
          case SILU -> x -> x / (1 + Math.exp(-x));
        };
    NetworkSpec spec = new NetworkSpec(2, List.of(4, 3), 2, activation, 2);
    try (Network network =
            Network.random(spec, 1, device, DataType.FLOAT64, new Seeds(4).stream("net"));
        NDManager manager = device.newManager()) {
      double[] x = {.3, -1.2};
      double[] factors = {1, x[0], x[1]};
      double[] outputs = network.forward(manager.create(x, new Shape(1, 2))).toDoubleArray();
      for (int layer = 0; layer < spec.layers(); layer++) {
        double[] weight = network.parameters().get(2 * layer).toDoubleArray();
        double[] y = network.parameters().get(2 * layer + 1).toDoubleArray();
        assertThat(y).hasSize(spec.fanOut(layer)).containsOnly(0);
        if (layer == spec.layers() - 1) {
          double[] units = x;
          x = new double[spec.lastHidden()];
          for (int i = 0; i < x.length; i++) {
            x[i] = factors[i / units.length] * units[i % units.length];
          }
        }
        for (int o = 0; o < y.length; o++) {
          for (int i = 0; i < x.length; i++) {
            y[o] += x[i] * weight[i * y.length + o];
          }
          y[o] = layer < spec.layers() - 1 ? expected.applyAsDouble(y[o]) : y[o];
        }
        x = y;
      }
      assertThat(outputs).containsExactly(x, within(1e-14));
    }
  }

  @Test
  void rejectsInputsOfAnotherShape() {
    NetworkSpec spec = new NetworkSpec(2, List.of(4), 1, Activation.TANH);
    try (Network network =
            Network.random(spec, 1, device, DataType.FLOAT32, new Seeds(4).stream("net"));
        NDManager manager = device.newManager()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.forward(manager.zeros(new Shape(5, 3))))
          .withMessage("inputs: expected shape (n, 2) but was (5, 3)");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkSpec(2, List.of(), 1, Activation.TANH));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkSpec(2, List.of(4), 1, Activation.TANH, 3));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void slopesAndTheirGradientsAreThoseOfFiniteDifferences(Activation activation) {
    NetworkSpec spec = new NetworkSpec(3, List.of(5, 4), 2, activation, 2); // x_2 and x_3
    try (Network network =
            Network.random(spec, 1, device, DataType.FLOAT64, new Seeds(4).stream("net"));
        NDManager manager = device.newManager()) {
      double[] x = {.3, -1.2, .5, .9, .1, -.4};
      NDArray inputs = manager.create(x, new Shape(2, 3));
      Gradients gradients =
          Gradients.of(
              network,
              manager,
              leaves -> network.forwardWithSlopes(leaves, inputs, 2).get(1).square().sum());
      double[] weights = network.values();
      double step = 1e-5;
      double[][] slopes = new double[2][];
      for (int i = 0; i < 2; i++) {
        double[] up = x.clone();
        double[] down = x.clone();
        for (int row = 0; row < 2; row++) {
          up[3 * row + i] += step;
          down[3 * row + i] -= step;
        }
        NDArray difference =
            network
                .forward(manager.create(up, new Shape(2, 3)))
                .sub(network.forward(manager.create(down, new Shape(2, 3))));
        slopes[i] = difference.div(2 * step).toDoubleArray();
      }
      NDArray carried =
          network.forwardWithSlopes(network.parameters(), inputs, 2).get(1); // (2, rows, outputs)
      for (int i = 0; i < 2; i++) {
        assertThat(carried.get(i).toDoubleArray()).containsExactly(slopes[i], within(1e-9));
      }
      double[] analytic = gradients.values();
      for (int w = 0; w < weights.length; w += 7) {
        double[] moved = weights.clone();
        moved[w] += step;
        double high = squaredSlopes(network, moved, inputs);
        moved[w] -= 2 * step;
        double low = squaredSlopes(network, moved, inputs);
        assertThat(analytic[w]).isCloseTo((high - low) / (2 * step), within(1e-6));
      }
    }
  }

  private static double squaredSlopes(Network network, double[] weights, NDArray inputs) {
    network.setValues(weights);
    return network
        .forwardWithSlopes(network.parameters(), inputs, 2)
        .get(1)
        .square()
        .sum()
        .getDouble();
  }

  @Test
  void keepsItsFunctionWhenAnInputIsSeenOnAnotherScale() {
    NetworkSpec spec = new NetworkSpec(2, List.of(5), 3, Activation.TANH, 2);
    try (Network network =
            Network.random(spec, 1, device, DataType.FLOAT64, new Seeds(4).stream("net"));
        NDManager manager = device.newManager()) {
      double[] before =
          network.forward(manager.create(new double[] {.3, .8}, new Shape(1, 2))).toDoubleArray();
      network.moveInputs(1, new double[][] {{2}}, new double[] {.5}); // .8 = 2 x .15 + .5
      double[] after =
          network.forward(manager.create(new double[] {.3, .15}, new Shape(1, 2))).toDoubleArray();
      assertThat(after).containsExactly(before, within(1e-14));
      double[][] a = {{2, 0}, {-1, .5}}; // .3 = 2 x .1 + .1, .15 = -.1 + .5 x .2 + .15
      network.moveInputs(0, a, new double[] {.1, .15});
      assertThat(
              network
                  .forward(manager.create(new double[] {.1, .2}, new Shape(1, 2)))
                  .toDoubleArray())
          .containsExactly(before, within(1e-14));
      network.moveInputs(0, new double[][] {{.5, 0}, {1, 2}}, new double[] {-.05, -.4}); // back
      network.multiplyOutputs(manager.create(new double[] {1, 2, -1}, new Shape(1, 3)));
      double[] multiplied =
          network.forward(manager.create(new double[] {.3, .15}, new Shape(1, 2))).toDoubleArray();
      assertThat(multiplied)
          .containsExactly(new double[] {before[0], 2 * before[1], -before[2]}, within(1e-14));
    }
  }
}
