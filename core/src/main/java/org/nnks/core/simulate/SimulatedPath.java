package org.nnks.core.simulate;

import java.util.List;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * One simulated history. Every series has one element a period; period t of the papers and files is
 * element t - 1. Quantities are per firm, prices in marginal utility.
 *
 * @param states aggregate states, counted from zero
 * @param price p, at which the goods market clears
 * @param capital K at the start of the period
 * @param nextCapital K at the start of the next period
 * @param output Y
 * @param investment I
 * @param hours N
 * @param consumption C = Y - I
 * @param wage w, in goods
 * @param priceForecast p expected by the rule at this period's (A, K)
 * @param nextCapitalForecast K of the next period expected by the rule at this period's (A, K)
 * @param residual 1/p - C
 * @param investmentRates the cross-section of investment rates
 * @param finalFirms the distribution after the last period: (idiosyncratic states, capital nodes)
 * @param clearing how the markets cleared
 */
public record SimulatedPath(
    List<Integer> states,
    Vector price,
    Vector capital,
    Vector nextCapital,
    Vector output,
    Vector investment,
    Vector hours,
    Vector consumption,
    Vector wage,
    Vector priceForecast,
    Vector nextCapitalForecast,
    Vector residual,
    List<InvestmentRates> investmentRates,
    Matrix finalFirms,
    ClearingReport clearing) {

  /** The number of periods. */
  public int periods() {
    return states.size();
  }

  /** The aggregate states as an array. */
  public int[] stateArray() {
    return states.stream().mapToInt(Integer::intValue).toArray();
  }
}
