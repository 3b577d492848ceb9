package org.nnks.capitals;

import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.EconomyProvider;
import org.nnks.core.economy.NamedCalibration;

/** Brings the economy to every command of {@code nnks}. */
public final class CapitalsProvider implements EconomyProvider<CapitalsCalibration> {

  @Override
  public String description() {
    return "one to four kinds of capital, each with a fixed cost: as many states as kinds; no paper's";
  }

  @Override
  public List<NamedCalibration<CapitalsCalibration>> calibrations() {
    return IntStream.of(2, 1, 3, 4)
        .mapToObj(
            j ->
                new NamedCalibration<>(
                    "j" + j,
                    j == 1 ? "one kind of capital" : j + " kinds of capital",
                    CapitalsCalibration.of(j)))
        .toList();
  }

  @Override
  public DeclaredEconomy economy(CapitalsCalibration calibration) {
    return new Capitals(calibration);
  }
}
