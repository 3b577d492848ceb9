package org.nnks.core.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

class AdamTest {

  private static final NetworkSpec SPEC = new NetworkSpec(2, List.of(5, 4), 1, Activation.TANH);
  private static final double RATE = 1e-2;

  private final Device device = Device.cpu();

  private Network network(DataType precision) {
    return Network.random(SPEC, 1, device, precision, new Seeds(11).stream("network"));
  }

  /** One step towards random goals that differ from step to step. */
  private double[] step(Network network, Adam adam, int number) {
    var random = new Seeds(12).stream("data", number);
    DataType precision = network.parameters().get(0).getDataType();
    try (NDManager scope = device.newManager()) {
      NDArray x =
          Network.create(scope, random.doubles(14, -1, 1).toArray(), new Shape(7, 2), precision);
      NDArray y =
          Network.create(scope, random.doubles(7, -1, 1).toArray(), new Shape(7, 1), precision);
      Gradients gradients =
          Gradients.of(network, scope, leaves -> network.forward(leaves, x).sub(y).square().mean());
      double[] values = gradients.values();
      adam.step(gradients, RATE);
      return values;
    }
  }

  @Test
  void threeStepsAgreeWithAlgorithmOne() {
    try (Network network = network(DataType.FLOAT64);
        Adam adam = new Adam(network)) {
      double[] expected = network.values();
      double[] first = new double[expected.length];
      double[] second = new double[expected.length];
      for (int t = 1; t <= 3; t++) {
        double[] gradient = step(network, adam, t);
        for (int i = 0; i < expected.length; i++) {
          first[i] = 0.9 * first[i] + 0.1 * gradient[i];
          second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
          double rate = RATE * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
          expected[i] -= rate * first[i] / (Math.sqrt(second[i]) + 1e-8);
        }
      }
      double[] actual = network.values();
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-14));
      }
    }
  }

  @Test
  void continuesBitByBitFromASavedState() {
    try (Network network = network(DataType.FLOAT32);
        Adam adam = new Adam(network);
        Network restored = network(DataType.FLOAT32);
        Adam restoredAdam = new Adam(restored)) {
      for (int t = 1; t <= 5; t++) {
        step(network, adam, t);
      }
      restored.setValues(network.values());
      restoredAdam.restore(adam.steps(), adam.moments());
      for (int t = 6; t <= 10; t++) {
        step(network, adam, t);
        step(restored, restoredAdam, t);
      }
      assertThat(restored.values()).isEqualTo(network.values());
      assertThat(restoredAdam.moments()).isEqualTo(adam.moments());
      assertThat(restoredAdam.steps()).isEqualTo(10);
    }
  }

  @Test
  void rejectsAStateOfAnotherNetwork() {
    try (Network network = network(DataType.FLOAT32);
        Adam adam = new Adam(network)) {
      assertThatThrownBy(() -> adam.restore(1, new double[8]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("but got 8");
      assertThatThrownBy(() -> network.setValues(new double[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("but got 3");
    }
  }

  @Test
  void reportsALossThatIsNotFinite() {
    try (Network network = network(DataType.FLOAT32);
        NDManager scope = device.newManager()) {
      NDArray x =
          Network.create(scope, new double[] {Double.NaN, 0}, new Shape(1, 2), DataType.FLOAT32);
      assertThatThrownBy(
              () -> Gradients.of(network, scope, leaves -> network.forward(leaves, x).mean()))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("lower the learning rate");
    }
  }

  @Test
  void arraysOfSeveralNetworksAreTrainedTogether() {
    try (Network first = network(DataType.FLOAT64);
        Network second = network(DataType.FLOAT64);
        Network whole = network(DataType.FLOAT64);
        NDManager scope = device.newManager()) {
      NDList both = new NDList(first.parameters());
      both.addAll(second.parameters());
      NDArray x =
          Network.create(scope, new double[] {0.3, -0.7}, new Shape(1, 2), DataType.FLOAT64);
      int split = first.parameters().size();
      Gradients sum =
          Gradients.of(
              both,
              scope,
              leaves ->
                  first
                      .forward(new NDList(leaves.subList(0, split)), x)
                      .add(second.forward(new NDList(leaves.subList(split, 2 * split)), x))
                      .square()
                      .mean());
      // Two equal networks: the gradient of (2 y)^2 is four times that of y^2 for each, half each.
      Gradients one =
          Gradients.of(whole, scope, leaves -> whole.forward(leaves, x).square().mean());
      assertThat(sum.values()).hasSize(2 * one.values().length);
      assertThat(sum.norm()).isCloseTo(2 * Math.sqrt(2) * one.norm(), within(1e-12));
      one.scale(2);
      for (int i = 0; i < one.values().length; i++) {
        assertThat(sum.values()[i]).isCloseTo(one.values()[i], within(1e-12));
      }
      try (Adam adam = new Adam(both)) {
        adam.step(sum, 0.1);
        assertThat(first.values()).isEqualTo(second.values()).isNotEqualTo(whole.values());
        assertThatThrownBy(adam::network).isInstanceOf(IllegalStateException.class);
      }
    }
  }
}
