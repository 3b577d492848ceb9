package org.nnks.krusellsmith;

import static org.nnks.core.io.Records.require;

import org.nnks.core.io.Records;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * Unemployment risk that moves with the aggregate state, as in Krusell and Smith (1998) section II:
 * the unemployment rate depends on the aggregate state alone, and transitions keep it there
 * exactly. State 0 of every matrix is unemployment, state 1 employment; aggregate state 0 is bad, 1
 * good.
 *
 * @param unemploymentBad u_b, share of households unemployed in the bad state, in [0, 1)
 * @param unemploymentGood u_g, the same in the good state, in [0, 1)
 * @param durationBad mean duration of unemployment while the state stays bad, in quarters, above 1
 * @param durationGood the same while the state stays good
 * @param intoBad probability of staying unemployed when the state turns bad, relative to that when
 *     it stays bad
 * @param intoGood probability of staying unemployed when the state turns good, relative to that
 *     when it stays good
 * @param benefit mu, income of the unemployed in units of the wage; paid by a tax on wages
 * @param hours lbar, hours of the employed
 */
public record Employment(
    double unemploymentBad,
    double unemploymentGood,
    double durationBad,
    double durationGood,
    double intoBad,
    double intoGood,
    double benefit,
    double hours) {

  private static final int UNEMPLOYED = 0;
  private static final int EMPLOYED = 1;

  /**
   * Checks every domain, that taxes leave wages, and that all transition probabilities lie in [0,
   * 1].
   */
  public Employment {
    require(
        unemploymentBad >= 0 && unemploymentBad < 1,
        "unemploymentBad",
        "in [0, 1)",
        unemploymentBad);
    require(
        unemploymentGood >= 0 && unemploymentGood < 1,
        "unemploymentGood",
        "in [0, 1)",
        unemploymentGood);
    require(
        (unemploymentBad == 0) == (unemploymentGood == 0),
        "unemploymentGood",
        "zero exactly where unemploymentBad is (%s)".formatted(unemploymentBad),
        unemploymentGood);
    require(durationBad > 1, "durationBad", "above 1", durationBad);
    require(durationGood > 1, "durationGood", "above 1", durationGood);
    require(intoBad >= 0, "intoBad", "zero or positive", intoBad);
    require(intoGood >= 0, "intoGood", "zero or positive", intoGood);
    require(benefit >= 0 && Double.isFinite(benefit), "benefit", "zero or positive", benefit);
    require(hours > 0 && Double.isFinite(hours), "hours", "positive", hours);
    double highest = Math.max(unemploymentBad, unemploymentGood);
    require(
        benefit * highest < hours * (1 - highest),
        "benefit",
        "below hours (1 - u) / u = %.4g, for the wages of all others pay it"
            .formatted(hours * (1 - highest) / highest),
        benefit);
    for (int from = 0; from < 2; from++) {
      for (int to = 0; to < 2; to++) {
        double stay = stay(from, to, durationBad, durationGood, intoBad, intoGood);
        double rate = from == 0 ? unemploymentBad : unemploymentGood;
        double nextRate = to == 0 ? unemploymentBad : unemploymentGood;
        double lose = (nextRate - rate * stay) / (1 - rate);
        if (!(stay >= 0 && stay <= 1 && lose >= 0 && lose <= 1)) {
          throw new IllegalArgumentException(
              ("unemployment cannot move from %s to %s when the unemployed stay so with probability"
                      + " %.4g: the employed would lose their jobs with probability %.4g; change the"
                      + " durations, intoBad or intoGood")
                  .formatted(rate, nextRate, stay, lose));
        }
      }
    }
  }

  /** Everyone works one hour: no unemployment. */
  public static Employment full() {
    return new Employment(0, 0, 2, 2, 1, 1, 0, 1);
  }

  /**
   * Den Haan, Judd and Juillard (2010), which takes rates, durations and factors from Krusell and
   * Smith (1998): u .10 and .04, durations 2.5 and 1.5 quarters, factors 1.25 and .75; benefit .15,
   * hours 1/.9 so that N = 1 in the bad state.
   */
  public static Employment jedc2010() {
    return new Employment(.10, .04, 2.5, 1.5, 1.25, .75, .15, 1 / .9);
  }

  /** Whether anyone is ever unemployed. */
  public boolean atRisk() {
    return unemploymentBad > 0;
  }

  /** The number of employment states: 2, or 1 without unemployment. */
  public int states() {
    return atRisk() ? 2 : 1;
  }

  /** u in an aggregate state. */
  public double unemployment(int aggregateState) {
    return !atRisk() ? 0 : aggregateState == 0 ? unemploymentBad : unemploymentGood;
  }

  /** tau = mu u / (lbar (1 - u)): the tax on wages that pays the benefits of an aggregate state. */
  public double tax(int aggregateState) {
    double rate = unemployment(aggregateState);
    return benefit * rate / (hours * (1 - rate));
  }

  /** Labour of each employment state: 0 and lbar, or lbar alone. */
  public Vector labour() {
    return atRisk() ? Vector.of(0, hours) : Vector.of(hours);
  }

  /** Income net of tax of each employment state, in units of the wage: mu and (1 - tau) lbar. */
  public Vector income(int aggregateState) {
    return atRisk() ? Vector.of(benefit, (1 - tax(aggregateState)) * hours) : Vector.of(hours);
  }

  /** The share of households in each employment state. */
  public Vector shares(int aggregateState) {
    double rate = unemployment(aggregateState);
    return atRisk() ? Vector.of(rate, 1 - rate) : Vector.of(1);
  }

  /**
   * The law of employment given that the economy moves between two aggregate states: rows are
   * today's employment, columns tomorrow's. The probability of losing a job follows from the rates:
   * u' = u p_uu + (1 - u) p_eu.
   */
  public Matrix transition(int from, int to) {
    if (!atRisk()) {
      return Matrix.of(1, 1, 1);
    }
    double stay = stay(from, to, durationBad, durationGood, intoBad, intoGood);
    double rate = unemployment(from);
    double lose = (unemployment(to) - rate * stay) / (1 - rate);
    double[][] rows = new double[2][2];
    rows[UNEMPLOYED][UNEMPLOYED] = stay;
    rows[UNEMPLOYED][EMPLOYED] = 1 - stay;
    rows[EMPLOYED][UNEMPLOYED] = lose;
    rows[EMPLOYED][EMPLOYED] = 1 - lose;
    return Matrix.ofRows(rows);
  }

  /** These labour markets with another {@code benefit}. */
  public Employment withBenefit(double benefit) {
    return Records.with(this, "benefit", benefit);
  }

  private static double stay(
      int from, int to, double durationBad, double durationGood, double intoBad, double intoGood) {
    double factor = from == to ? 1 : to == 0 ? intoBad : intoGood;
    return factor * (1 - 1 / (to == 0 ? durationBad : durationGood));
  }
}
