package org.nnks.krusellsmith.transition;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nnks.core.agents.ForesightPeriods;
import org.nnks.core.numeric.Matrix;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * Households whose future is known. The price is the rental rate p, at which firms want as much
 * capital as households own: the residual is the log of the one over the other. Holds buffers; not
 * thread-safe.
 */
final class HouseholdPeriods implements ForesightPeriods {

  private final KrusellSmith economy;
  private final int state;
  private final EulerStep step;
  private final double[] end;
  private final double[][] next;
  private final double[][] capital;
  private final double[][] savings;
  private final double[][] income;
  private Households households;

  /** Periods in which the aggregate chain stays in a state; {@link #endValues} are to be filled. */
  HouseholdPeriods(KrusellSmith economy, int state) {
    this.economy = economy;
    this.state = state;
    step = new EulerStep(economy, economy.aggregate().resting());
    end = new double[step.size()];
    next = new double[economy.aggregate().size()][];
    capital = new double[economy.states()][];
    Arrays.fill(capital, economy.capital().nodes().toArray());
    savings = new double[capital.length][capital[0].length];
    income = new double[capital.length][capital[0].length];
    for (int s = 0; s < income.length; s++) {
      Arrays.fill(income[s], economy.income(state, s));
    }
  }

  /** Households who own K each and consume what they earn: where a search for more begins. */
  void begin(double mean) {
    households = Households.equal(economy, state, mean);
    double gross = economy.grossReturn(state, mean);
    step.values(state, gross, economy.wage(state, mean), step.nodes(), end);
  }

  @Override
  public double[] endValues() {
    return end;
  }

  /** The rental rate at the highest K that a household may own. */
  @Override
  public double[] lowestPrices() {
    return new double[] {economy.rental(state, economy.calibration().capitalMax())};
  }

  private double gross(double rental) {
    return 1 - economy.calibration().depreciation() + rental;
  }

  private double wage(double level, double rental) {
    double alpha = economy.calibration().capitalShare();
    return (1 - alpha) * level * Math.pow(economy.capitalPerLabour(level, rental), alpha);
  }

  @Override
  public double[] backward(double level, double[] moments, double[] prices, double[] later) {
    double[] values = new double[step.size()];
    next[state] = later;
    step.expect(state, next);
    step.back(state, gross(prices[0]), wage(level, prices[0]), values);
    return values;
  }

  @Override
  public void distribute(double[] mass) {
    Matrix rows = Matrix.of(capital.length, capital[0].length, mass);
    households = Households.of(economy, state, rows);
  }

  @Override
  public double[] mass() {
    return households.toMatrix().toArray();
  }

  @Override
  public void decide(double level, double[] moments, double[] prices, double[] later) {
    next[state] = later;
    step.expect(state, next);
    step.save(state, gross(prices[0]), wage(level, prices[0]), capital, savings);
  }

  @Override
  public Outcome outcome(
      double level, double[] moments, double[] prices, double nextLevel, double[] nextPrices) {
    double labour = economy.meanLabour(state);
    double wanted = labour * economy.capitalPerLabour(level, prices[0]);
    double owned = households.meanCapital();
    double kept = households.mean(savings);
    double earned = households.mean(income);
    double output = level * labour * Math.pow(owned / labour, economy.calibration().capitalShare());
    double investment = kept - (1 - economy.calibration().depreciation()) * owned;
    Map<String, Double> series = new LinkedHashMap<>();
    series.put("Y", output);
    series.put("I", investment);
    series.put("C", gross(prices[0]) * owned + wage(level, prices[0]) * earned - kept);
    series.put("N", labour);
    series.put("w", wage(level, prices[0]));
    return new Outcome(
        new double[] {Math.log(wanted / owned)}, new double[] {owned}, new double[] {kept}, series);
  }

  @Override
  public void move() {
    households.advance(savings, state);
  }
}
