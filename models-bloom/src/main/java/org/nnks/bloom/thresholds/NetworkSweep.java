package org.nnks.bloom.thresholds;

import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.ContinuousChoice;
import org.nnks.core.forecast.ForecastRules;

/** The Bellman operator at the sample points of one aggregate state. Holds buffers. */
final class NetworkSweep {

  private final Bloom economy;
  private final NetworkValue value;
  private final int state;
  private final ContinuousChoice choice;
  private final double[] continuation;
  private double change;

  NetworkSweep(Bloom economy, ChoiceGrid grid, NetworkValue value, int state) {
    this.economy = economy;
    this.value = value;
    this.state = state;
    choice = new ContinuousChoice(economy, grid);
    continuation = new double[economy.calibration().idiosyncraticStates() * grid.size()];
  }

  /**
   * Sweeps all points of K in place.
   *
   * @param relaxation the share of each change that is taken
   * @param means receives the mean residual of every (K, z), from this state's offset on
   */
  void apply(ForecastRules rules, double relaxation, double[] values, double[] means) {
    int shocks = economy.calibration().idiosyncraticStates();
    int hours = economy.hours().size();
    int[] sampleCapital = value.sampleCapital();
    int points = value.meanCapitals().length;
    change = 0;
    for (int point = 0; point < points; point++) {
      double mean = value.meanCapitals()[point];
      value.continuation(state, rules.nextCapital(state, mean), continuation);
      choice.begin(
          rules.price(state, mean),
          economy.labour().expectedPrice(rules, state, mean),
          economy.states().level(state),
          continuation);
      int offset = value.offset(state, point);
      for (int z = 0; z < shocks; z++) {
        choice.chooseCapital(z);
        double sum = 0;
        int at = offset + z * value.block();
        for (int k : sampleCapital) {
          choice.chooseHours(k);
          for (int i = 0; i < hours; i++, at++) {
            double right = choice.value(choice.best(i), i);
            double residual = right - values[at];
            sum += residual;
            change += Math.abs(residual);
            values[at] += relaxation * residual;
          }
        }
        means[(state * points + point) * shocks + z] = sum / value.block();
      }
    }
  }

  /** The sum of absolute changes of the last application. */
  double change() {
    return change;
  }
}
