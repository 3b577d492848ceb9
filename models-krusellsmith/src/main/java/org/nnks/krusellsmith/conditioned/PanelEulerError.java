package org.nnks.krusellsmith.conditioned;

import java.util.random.RandomGenerator;
import org.nnks.core.run.Seeds;

/**
 * How far decisions are from the Euler equation where households are, in consumption: c_implied / c
 * - 1 with
 *
 * <pre>
 *   c_implied = min { cash on hand, 1 / (beta E[(1 + r')/c']) }
 * </pre>
 *
 * <p>over a simulated panel in several periods. K' is what households' decisions add up to, not a
 * forecast, and expectations are taken at more points than the solver's.
 *
 * @param points households times periods
 * @param mean of |c_implied / c - 1|
 * @param max largest |c_implied / c - 1|
 * @param bias mean of c_implied / c - 1
 * @param meanLog10 mean of its decimal logarithm, over households away from the borrowing limit
 */
public record PanelEulerError(int points, double mean, double max, double bias, double meanLog10) {

  /** Points of the quadrature of each shock; the standard solver has 3. */
  private static final int SHOCKS = 7;

  private static final int HOUSEHOLDS = 1_000;
  private static final int BURN_IN = 500;
  private static final int SAMPLED = 20;

  /** Periods between those sampled. */
  private static final int STRIDE = 25;

  /** Smaller errors are rounding; their logarithm would be noise. */
  private static final double ROUNDING = 1e-16;

  /** The errors of decisions. */
  public static PanelEulerError of(ConsumptionTable table, Seeds seeds) {
    RandomGenerator aggregate = seeds.stream("aggregate");
    Ar1 productivity = table.economy().productivity();
    LargeEconomy economy =
        new LargeEconomy(
            table,
            HOUSEHOLDS,
            productivity.unconditionalSd() * aggregate.nextGaussian(),
            seeds.stream("households"));
    Sum sum = new Sum(table);
    for (int t = 1; t <= BURN_IN + SAMPLED * STRIDE; t++) {
      economy.decide();
      if (t > BURN_IN && (t - BURN_IN) % STRIDE == 0) {
        sum.add(economy);
      }
      economy.advance(productivity.next(economy.logProductivity(), aggregate.nextGaussian()));
    }
    return sum.result();
  }

  private static final class Sum {
    private final DetrendedEconomy primitives;
    private final NormalQuadrature shocks = new NormalQuadrature(SHOCKS);
    private final PeriodRule tomorrow;
    private int points;
    private int unconstrained;
    private double absolute;
    private double signed;
    private double max;
    private double log10;

    Sum(ConsumptionTable table) {
      primitives = table.economy();
      tomorrow = new PeriodRule(table);
    }

    void add(LargeEconomy economy) {
      HouseholdPanel households = economy.households();
      double[] marginal = marginalUtility(economy);
      for (int i = 0; i < marginal.length; i++) {
        double c = households.consumption()[i];
        double cash = c + households.savings()[i];
        double implied = Math.min(cash, 1 / (primitives.discountFactor() * marginal[i]));
        double error = implied / c - 1;
        points++;
        absolute += Math.abs(error);
        signed += error;
        max = Math.max(max, Math.abs(error));
        if (implied < cash) {
          unconstrained++;
          log10 += Math.log10(Math.max(Math.abs(error), ROUNDING));
        }
      }
    }

    /** E[(1 + r')/c'] of each household. */
    private double[] marginalUtility(LargeEconomy economy) {
      HouseholdPanel households = economy.households();
      double[] marginal = new double[households.size()];
      for (int j = 0; j < shocks.size(); j++) {
        double nextZ = primitives.productivity().next(economy.logProductivity(), shocks.node(j));
        double growth = economy.growth(nextZ);
        tomorrow.set(economy.logSavings() - Math.log(growth), nextZ);
        for (int i = 0; i < marginal.length; i++) {
          int near = 0;
          for (int h = 0; h < shocks.size(); h++) {
            double logLabour = primitives.labour().next(households.logLabour()[i], shocks.node(h));
            double units =
                households.labour()[i] * Math.exp(logLabour - households.logLabour()[i]) * growth;
            double cash =
                tomorrow.grossReturn() * households.savings()[i] / units + tomorrow.wage();
            near = tomorrow.cell(logLabour, cash, near);
            double c = tomorrow.consumption(logLabour, cash, near) * units;
            marginal[i] +=
                shocks.probability(j) * shocks.probability(h) * tomorrow.grossReturn() / c;
          }
        }
      }
      return marginal;
    }

    PanelEulerError result() {
      return new PanelEulerError(
          points, absolute / points, max, signed / points, log10 / unconstrained);
    }
  }
}
