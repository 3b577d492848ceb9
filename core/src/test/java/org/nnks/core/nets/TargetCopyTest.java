package org.nnks.core.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

class TargetCopyTest {

  @Test
  void movesByItsRateTowardsTheSource() {
    try (Network source =
            Network.random(
                new NetworkSpec(2, List.of(3), 1, Activation.TANH),
                1,
                Device.cpu(),
                DataType.FLOAT64,
                new Seeds(5).stream("network"));
        TargetCopy target = new TargetCopy(source, 0.05)) {
      double[] before = source.values();
      assertThat(target.network().values()).isEqualTo(before);
      double[] moved = Arrays.stream(before).map(w -> w + 1).toArray();
      source.setValues(moved);
      target.update();
      target.update();
      double[] after = target.network().values();
      for (int i = 0; i < before.length; i++) {
        assertThat(after[i]).isCloseTo(before[i] + 1 - 0.95 * 0.95, within(1e-12));
      }
      assertThat(source.values()).isEqualTo(moved);
    }
  }
}
