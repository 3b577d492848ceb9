package org.nnks.core.model;

/**
 * What firms' decisions add up to in one period, per firm; Yokomoto (2026) equations (20) to (25).
 *
 * @param output Y
 * @param investment I
 * @param hours N: production and adjustment
 * @param wage w, in goods
 * @param nextCapital K' of the next period
 */
public record Aggregates(
    double output, double investment, double hours, double wage, double nextCapital) {

  /** C = Y - I: what is left for consumption. */
  public double consumption() {
    return output - investment;
  }
}
