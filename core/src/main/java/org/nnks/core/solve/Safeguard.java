package org.nnks.core.solve;

import org.nnks.core.numeric.Vector;

/**
 * Where the steps of the loop go back to when one of them led astray.
 *
 * @param shortenings steps taken back since the residual last fell; each halves the next
 * @param residual the smallest change from rules used to rules estimated so far, by {@link
 *     RuleChange#FORECASTS}
 * @param used coefficients of the rules that have it
 * @param estimated coefficients of the rules estimated on their history
 */
public record Safeguard(int shortenings, double residual, Vector used, Vector estimated) {

  Safeguard shortened() {
    return new Safeguard(shortenings + 1, residual, used, estimated);
  }
}
