package org.nnks.krusellsmith;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/**
 * What a transfer of capital from the richest third of households to the poorest third does: Liu
 * (2024) Figure 5, which shows the middle third. Every household of the richest third gives the
 * amount and every household of the poorest third receives it, so mean capital does not move at
 * once. Thirds are those of the moment of the transfer: their members are followed, in the
 * histogram, so no error comes from a sample of households. Each economy is simulated with and
 * without the transfer at the same aggregate shocks.
 *
 * @param amount what each household gives or receives, in goods
 * @param economies the number of economies averaged over
 * @param thirds responses of the poorest, the middle and the richest third
 */
public record TransferResponse(double amount, int economies, List<Third> thirds) {

  /** Liu (2024) section 3: "one unit of wealth". */
  public static final double LIU_AMOUNT = 1;

  /** The names of the thirds, in their order. */
  public static final List<String> NAMES =
      List.of("poorest third", "middle third", "richest third");

  /**
   * The response of one third, in percent of its level without the transfer; element t is t periods
   * after the transfer.
   *
   * @param name which
   * @param consumption of its mean consumption, averaged over economies
   * @param consumptionError its standard error
   * @param capital of its mean capital, averaged over economies
   * @param capitalError its standard error
   */
  public record Third(
      String name,
      Vector consumption,
      Vector consumptionError,
      Vector capital,
      Vector capitalError) {}

  /**
   * When economies are drawn and how long they are followed.
   *
   * @param economies how many; at least 2, for a standard error
   * @param burnIn periods before the first transfer
   * @param between periods between transfers, each in an economy of its own
   * @param horizon periods after a transfer
   */
  public record Design(int economies, int burnIn, int between, int horizon) {

    /** Checks the domains. */
    public Design {
      if (economies < 2 || burnIn < 0 || between < 1 || horizon < 1) {
        throw new IllegalArgumentException(
            ("economies must be at least 2, burnIn 0 or more, between and horizon at least 1 but they"
                    + " are %d, %d, %d and %d")
                .formatted(economies, burnIn, between, horizon));
      }
    }

    /** 100 economies, 100 periods apart, followed for ten years. */
    public static Design standard() {
      return new Design(100, 1000, 100, 40);
    }
  }

  /** The third of a name. */
  public Third third(String name) {
    return thirds.stream().filter(third -> third.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * Measures the response.
   *
   * @param rule what households decide
   * @param amount what each household gives or receives; positive
   * @param seeds for aggregate shocks
   * @throws IllegalArgumentException if a household of the richest third owns less than the amount
   */
  public static TransferResponse of(
      KrusellSmith economy, HouseholdRule rule, double amount, Design design, Seeds seeds) {
    int start = economy.start().aggregateState();
    int length = design.burnIn() + (design.economies() - 1) * design.between() + 1;
    int[] states = economy.aggregate().simulate(start, length, seeds.stream("transfer-economies"));
    Average[] averages = new Average[NAMES.size()];
    for (int g = 0; g < averages.length; g++) {
      averages[g] = new Average(design.horizon());
    }
    HouseholdDecisions decisions = new HouseholdDecisions(economy, rule);
    Households households = Households.start(economy, states[0]);
    int next = design.burnIn();
    for (int t = 0; t < length; t++) {
      if (t == next) {
        int[] future =
            economy
                .aggregate()
                .simulate(states[t], design.horizon(), seeds.stream("transfer-shocks", t));
        follow(decisions, households, amount, future, averages);
        next += design.between();
      }
      if (t + 1 < length) {
        decisions.decide(households);
        households.advance(decisions.nextCapital(), states[t + 1]);
      }
    }
    List<Third> thirds = new ArrayList<>();
    for (int g = 0; g < averages.length; g++) {
      thirds.add(averages[g].third(NAMES.get(g)));
    }
    return new TransferResponse(amount, design.economies(), List.copyOf(thirds));
  }

  /** One economy, with the transfer and without. */
  private static void follow(
      HouseholdDecisions decisions,
      Households households,
      double amount,
      int[] states,
      Average[] averages) {
    Pair without = new Pair(households, 0);
    Pair with = new Pair(households, amount);
    for (int t = 0; t < states.length; t++) {
      int next = states[Math.min(t + 1, states.length - 1)];
      double[][] base = without.step(decisions, next);
      double[][] moved = with.step(decisions, next);
      for (int g = 0; g < averages.length; g++) {
        averages[g].add(t, percent(moved[g][0], base[g][0]), percent(moved[g][1], base[g][1]));
      }
    }
    for (Average average : averages) {
      average.count++;
    }
  }

  private static double percent(double moved, double base) {
    return 100 * (moved / base - 1);
  }

  /** An economy and its thirds, moving on together. */
  private static final class Pair {
    private final Households all;
    private final List<Households> thirds;

    Pair(Households households, double amount) {
      thirds =
          List.of(
              households.between(0, 1 / 3.).given(amount),
              households.between(1 / 3., 2 / 3.),
              households.between(2 / 3., 1).given(-amount));
      all = thirds.get(0).with(thirds.get(1)).with(thirds.get(2));
    }

    /** Mean consumption and capital of each third; then the next period. */
    double[][] step(HouseholdDecisions decisions, int nextState) {
      decisions.decide(all);
      double[][] means = new double[thirds.size()][];
      for (int g = 0; g < means.length; g++) {
        Households third = thirds.get(g);
        means[g] =
            new double[] {
              third.mean(decisions.consumption()) / third.size(), third.meanCapital() / third.size()
            };
        third.advance(decisions.nextCapital(), nextState);
      }
      all.advance(decisions.nextCapital(), nextState);
      return means;
    }
  }

  /** Sums over economies. */
  private static final class Average {
    private final double[][] sum;
    private final double[][] squares;
    private int count;

    Average(int horizon) {
      sum = new double[2][horizon];
      squares = new double[2][horizon];
    }

    void add(int t, double consumption, double capital) {
      double[] values = {consumption, capital};
      for (int v = 0; v < values.length; v++) {
        sum[v][t] += values[v];
        squares[v][t] += values[v] * values[v];
      }
    }

    Third third(String name) {
      return new Third(name, mean(0), error(0), mean(1), error(1));
    }

    private Vector mean(int v) {
      return Vector.of(sum[v]).map(x -> x / count);
    }

    private Vector error(int v) {
      double[] error = new double[sum[v].length];
      for (int t = 0; t < error.length; t++) {
        double mean = sum[v][t] / count;
        double variance = Math.max(squares[v][t] / count - mean * mean, 0);
        error[t] = Math.sqrt(variance / (count - 1));
      }
      return Vector.ofUnsafe(error);
    }
  }
}
