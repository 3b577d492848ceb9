package org.nnks.krusellsmith;

import org.nnks.core.numeric.Vector;

/**
 * What a household loses that decides by one rule rather than by another, which everybody else
 * follows: the share lambda by which all its consumption would have to rise to make it as well off.
 * With log utility
 *
 * <pre>
 *   log(1 + lambda) = (1 - beta) (W - W'),   W = E sum over j of beta^j log c(t+j)
 * </pre>
 *
 * <p>where W is the mean value, over the households of the economy as it usually is, of following
 * the economy's own rule, and W' that of changing to the other rule for good. Prices and the law of
 * motion are those of the economy: one household does not move them. Expectations over
 * idiosyncratic risk are exact sums over a histogram.
 *
 * <p>Discounting is a change of generations: if in each period a share 1 - beta of those who
 * changed is replaced by households that just change, their mean log consumption is (1 - beta) W',
 * whatever the period. So one history is enough, and no value function is needed.
 *
 * <p>What one history brings is not what was to be expected, so a gap has a standard error: a rule
 * that saves more gains where returns turn out high.
 *
 * @param periods over which generations were averaged
 * @param mean lambda over all households; negative if the rule is the better one
 * @param standardError of that mean, from the means of four to ten parts of the history
 * @param thirds lambda of those who were in the poorest, middle and richest third when they changed
 */
public record WelfareGap(int periods, double mean, double standardError, Vector thirds) {

  private static final int THIRDS = 3;

  /** Parts of a long history for the standard error: more would make it little more precise. */
  private static final int PARTS = 10;

  /** With fewer parts than these a standard error is hardly one: it is itself off by 40 %. */
  private static final int PARTS_MIN = 4;

  /**
   * Length of a part in mean ages 1 / (1 - beta) of a generation. What is measured in a period is a
   * mean over generations, so it is correlated over their ages: parts as long as one mean age give
   * half the standard error.
   */
  private static final int AGES = 5;

  /**
   * The weight of the first generations, who changed all at once, below which they count as
   * replaced: so much of the gap, at most, is not what it should be.
   */
  private static final double SETTLED = .01;

  /**
   * Measures the gap.
   *
   * @param rule what those who change decide
   * @param own what all others decide
   * @param states aggregate states of a history
   * @param burnIn periods before the first change: wealth starts equal and takes long to spread
   * @throws IllegalArgumentException if the history is too short
   */
  public static WelfareGap of(
      KrusellSmith economy, HouseholdRule rule, HouseholdRule own, int[] states, int burnIn) {
    double beta = economy.discountFactor();
    int first = burnIn + settling(economy);
    if (first + shortest(economy) > states.length) {
      throw new IllegalArgumentException(
          "a welfare gap at a discount factor of %s needs at least %d periods, %d of them to forget the start, but got %d"
              .formatted(beta, first + shortest(economy), first, states.length));
    }
    HouseholdDecisions changed = new HouseholdDecisions(economy, rule);
    HouseholdDecisions kept = new HouseholdDecisions(economy, own);
    Households everybody = Households.start(economy, states[0]);
    for (int t = 0; t < burnIn; t++) {
      kept.decide(everybody);
      everybody.advance(kept.nextCapital(), states[t + 1]);
    }
    int periods = states.length - first;
    int parts = Math.min(periods / partLength(economy), PARTS);
    double[] lostByPart = new double[parts];
    int[] periodsByPart = new int[parts];
    Generations[] thirds = new Generations[THIRDS];
    for (int g = 0; g < THIRDS; g++) {
      thirds[g] = new Generations(g, everybody);
    }
    for (int t = burnIn; t < states.length; t++) {
      changed.decide(everybody);
      kept.decide(everybody);
      if (t >= first) {
        int part = (int) ((long) (t - first) * parts / periods);
        periodsByPart[part]++;
        for (Generations third : thirds) {
          lostByPart[part] += third.measure(changed, kept) / THIRDS;
        }
      }
      if (t + 1 < states.length) {
        everybody.advance(kept.nextCapital(), states[t + 1]);
        for (Generations third : thirds) {
          third.advance(changed, kept, everybody, 1 - beta);
        }
      }
    }
    double[] lost = new double[THIRDS];
    double sum = 0;
    for (int g = 0; g < THIRDS; g++) {
      lost[g] = Math.expm1(thirds[g].lost / periods);
      sum += thirds[g].lost / periods;
    }
    double square = 0;
    for (int part = 0; part < parts; part++) {
      double deviation = lostByPart[part] / periodsByPart[part] - sum / THIRDS;
      square += deviation * deviation;
    }
    return new WelfareGap(
        periods,
        Math.expm1(sum / THIRDS),
        Math.sqrt(square / (parts * (parts - 1))),
        Vector.ofUnsafe(lost));
  }

  /** The largest absolute gap of a third. */
  public double largest() {
    return Math.max(Math.abs(thirds.min()), Math.abs(thirds.max()));
  }

  /** Periods after which the first generations hardly count. */
  public static int settling(KrusellSmith economy) {
    return (int) Math.ceil(Math.log(SETTLED) / Math.log(economy.discountFactor()));
  }

  /** The fewest periods, after the first generations, that give a standard error. */
  static int shortest(KrusellSmith economy) {
    return PARTS_MIN * partLength(economy);
  }

  /** Periods for a standard error that itself is off by a quarter. */
  static int enough(KrusellSmith economy) {
    return PARTS * partLength(economy);
  }

  private static int partLength(KrusellSmith economy) {
    return (int) Math.round(AGES / (1 - economy.discountFactor()));
  }

  /** Households of all ages since they changed, and their like who did not change. */
  private static final class Generations {
    private final int third;
    private Households changed;
    private Households kept;
    private double lost;

    Generations(int third, Households everybody) {
      this.third = third;
      changed = newcomers(everybody);
      kept = newcomers(everybody);
    }

    private Households newcomers(Households everybody) {
      return everybody.between((double) third / THIRDS, (third + 1.) / THIRDS);
    }

    /** How much lower mean log consumption is of those who changed; it is added up, too. */
    double measure(HouseholdDecisions ours, HouseholdDecisions own) {
      double now =
          kept.meanLog(own.consumption()) / kept.size()
              - changed.meanLog(ours.consumption()) / changed.size();
      lost += now;
      return now;
    }

    void advance(
        HouseholdDecisions ours, HouseholdDecisions own, Households everybody, double replaced) {
      changed.advance(ours.nextCapital(), everybody.aggregateState());
      kept.advance(own.nextCapital(), everybody.aggregateState());
      Households newcomers = newcomers(everybody);
      changed = changed.scaled(1 - replaced).with(newcomers.scaled(replaced));
      kept = kept.scaled(1 - replaced).with(newcomers.scaled(replaced));
    }
  }
}
