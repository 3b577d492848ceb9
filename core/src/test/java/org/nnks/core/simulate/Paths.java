package org.nnks.core.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/** Paths made by hand, for statistics that need few of their series. */
public final class Paths {

  private Paths() {}

  /** A path of these states, prices, capitals and forecasts; every other series is one. */
  public static SimulatedPath of(
      int[] states,
      Vector price,
      Vector capital,
      Vector nextCapital,
      Vector priceForecast,
      Vector nextCapitalForecast) {
    Vector one = price.map(p -> 1);
    return new SimulatedPath(
        Arrays.stream(states).boxed().toList(),
        Variables.STANDARD,
        List.of(price),
        List.of(capital),
        List.of(nextCapital),
        one,
        one,
        one,
        one,
        one,
        List.of(priceForecast),
        List.of(nextCapitalForecast),
        List.of(one),
        Map.of(),
        Matrix.of(0, 0),
        Matrix.of(0, 0),
        Matrix.of(0, 0),
        new ClearingReport(0, 0, 0, 0, 0));
  }
}
