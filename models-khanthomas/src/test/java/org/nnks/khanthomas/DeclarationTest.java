package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.khanthomas.exact.SteadyState;

/** Steady states of the declared economy against those of the exact solver. */
class DeclarationTest {

  /** On another grid of values: .01 % in p and .05 % in K. */
  @Test
  void theStationaryEquilibriumIsTheExactOne() {
    KhanThomasCalibration calibration = KhanThomasCalibration.terry2017();
    SteadyState exact = SteadyState.of(new KhanThomas(calibration), 2);
    StationaryEquilibrium declared =
        StationaryEquilibrium.of(new KhanThomasDeclaration(calibration), 2);
    assertThat(declared.prices()[0] / exact.price()).isCloseTo(1, within(1e-4));
    assertThat(declared.moments()[0] / exact.capital()).isCloseTo(1, within(5e-4));
  }

  /** Maintenance lets waiting firms move within a band; the subsidy jumps at a capital. */
  @Test
  void extensionsAreDeclaredToo() {
    for (KhanThomasCalibration calibration :
        List.of(
            KhanThomasCalibration.terry2017().withMaintenance(.011),
            KhanThomasCalibration.terry2017().withVolatilityElasticity(25))) {
      SteadyState exact = SteadyState.of(new KhanThomas(calibration), 2);
      StationaryEquilibrium declared =
          StationaryEquilibrium.of(new KhanThomasDeclaration(calibration), 2);
      assertThat(declared.prices()[0] / exact.price()).isCloseTo(1, within(1e-4));
      assertThat(declared.moments()[0] / exact.capital()).isCloseTo(1, within(1e-3));
    }
  }
}
