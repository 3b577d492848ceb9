package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnks.core.economy.State;
import org.nnks.core.run.Device;

class TensorScaleTest {

  static List<State> states() {
    return List.of(
        State.logarithmic("k", .3, 10, 5),
        State.linear("l", -1, 2, 5),
        State.root("wealth", 100, 9, 4));
  }

  @ParameterizedTest
  @MethodSource("states")
  void isThatOfTheStateAndHasFiniteSlopesEverywhere(State state) {
    double[] levels = state.grid().nodes().toArray();
    double[] scaled = Arrays.stream(levels).map(state.scale()::of).toArray();
    try (NDManager manager = Device.cpu().newManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      TensorScale scale = new TensorScale(state, manager, DataType.FLOAT64);
      NDArray level = manager.create(levels, new Shape(levels.length, 1));
      level.setRequiresGradient(true);
      NDArray seen = scale.of(level);
      NDArray back = scale.level(seen);
      collector.backward(seen.sum().add(back.sum()));
      // a root is cut off at 1e-8 of the box, whose fourth root is 1e-2 of that of the box
      assertThat(seen.toDoubleArray()).containsExactly(scaled, within(.032));
      double[] inside = Arrays.copyOfRange(seen.toDoubleArray(), 1, levels.length);
      assertThat(inside)
          .containsExactly(Arrays.copyOfRange(scaled, 1, levels.length), within(1e-12));
      assertThat(back.toDoubleArray()).containsExactly(levels, within(1.01e-6));
      assertThat(Arrays.stream(level.getGradient().toDoubleArray()).allMatch(Double::isFinite))
          .isTrue();
    }
  }
}
