package org.nnks.core.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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

  /** By plain loops in Java. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void isAffineMapsWithActivationsBetween(Activation activation) {
    DoubleUnaryOperator expected =
        switch (activation) {
          case TANH -> Math::tanh;
          case RELU -> x -> Math.max(x, 0);
          case SILU -> x -> x / (1 + Math.exp(-x));
        };
    NetworkSpec spec = new NetworkSpec(2, List.of(4, 3), 2, activation);
    try (Network network =
            Network.random(spec, 1, device, DataType.FLOAT64, new Seeds(4).stream("net"));
        NDManager manager = device.newManager()) {
      double[] x = {.3, -1.2};
      double[] outputs = network.forward(manager.create(x, new Shape(1, 2))).toDoubleArray();
      for (int layer = 0; layer < spec.layers(); layer++) {
        double[] weight = network.parameters().get(2 * layer).toDoubleArray();
        double[] y = network.parameters().get(2 * layer + 1).toDoubleArray();
        assertThat(y).hasSize(spec.fanOut(layer)).containsOnly(0);
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
  }
}
