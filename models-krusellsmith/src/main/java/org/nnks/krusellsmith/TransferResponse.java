package org.nnks.krusellsmith;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.simulate.ResponseAverage;

/**
 * What a {@link Transfer} does to each third of households: Liu (2024) Figure 5, which shows the
 * middle third. Thirds are those of the moment of the transfer; their members are followed, in the
 * histogram, so no error comes from a sample of households. Mean capital does not move at once.
 *
 * <p>Each economy is simulated with the transfer and without it at the same aggregate shocks. The
 * economies are one long history at intervals, from where each has a future of its own.
 */
public final class TransferResponse {

  /** The variables: mean consumption and mean capital of each third. */
  public static final List<String> NAMES =
      List.of(
          "C of the poorest third",
          "C of the middle third",
          "C of the richest third",
          "K of the poorest third",
          "K of the middle third",
          "K of the richest third");

  /** Liu (2024) Figure 5. */
  public static final String MIDDLE_CONSUMPTION = NAMES.get(1);

  /** Periods before the first transfer: wealth starts equal and takes long to spread. */
  private static final int BURN_IN = 1_000;

  /** Periods between transfers: at slopes of .965 a deviation of log K has shrunk to .03 of it. */
  private static final int BETWEEN = 100;

  private static final int THIRDS = 3;

  private TransferResponse() {}

  /**
   * The response, as mean log differences in percent; element 0 is the period of the transfer.
   *
   * @param rule what households decide
   * @param seeds for aggregate shocks
   * @param listener is told after each pair of economies how many are done
   * @throws IllegalArgumentException if a household owns less than it is to give
   */
  public static ImpulseResponse of(
      KrusellSmith economy,
      HouseholdRule rule,
      Transfer transfer,
      Seeds seeds,
      IntConsumer listener) {
    int length = BURN_IN + (transfer.economies() - 1) * BETWEEN + 1;
    int[] states =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), length, seeds.stream("transfer-economies"));
    ResponseAverage[] averages = new ResponseAverage[NAMES.size()];
    for (int v = 0; v < averages.length; v++) {
      averages[v] = new ResponseAverage(NAMES.get(v), transfer.horizon() + 1, transfer.economies());
    }
    HouseholdDecisions decisions = new HouseholdDecisions(economy, rule);
    Households households = Households.start(economy, states[0]);
    int done = 0;
    for (int t = 0; t < length; t++) {
      if (t == BURN_IN + done * BETWEEN) {
        // One state more than periods, for the step after the last.
        int[] future =
            economy
                .aggregate()
                .simulate(states[t], transfer.horizon() + 2, seeds.stream("transfer-future", done));
        follow(decisions, households, transfer.amount(), future, averages);
        done++;
        listener.accept(done);
      }
      if (t + 1 < length) {
        decisions.decide(households);
        households.advance(decisions.nextCapital(), states[t + 1]);
      }
    }
    List<ImpulseResponse.Response> responses = new ArrayList<>();
    for (ResponseAverage average : averages) {
      responses.add(average.response());
    }
    return new ImpulseResponse(transfer, List.copyOf(responses));
  }

  /** One economy, with the transfer and without. */
  private static void follow(
      HouseholdDecisions decisions,
      Households households,
      double amount,
      int[] states,
      ResponseAverage[] averages) {
    ThreeThirds without = new ThreeThirds(households, 0);
    ThreeThirds with = new ThreeThirds(households, amount);
    for (int t = 0; t + 1 < states.length; t++) {
      double[] base = without.step(decisions, states[t + 1]);
      double[] moved = with.step(decisions, states[t + 1]);
      for (int v = 0; v < averages.length; v++) {
        averages[v].add(t, Math.log(moved[v] / base[v]));
      }
    }
  }

  /** An economy whose thirds move on together. */
  private static final class ThreeThirds {
    private final Households all;
    private final List<Households> thirds;

    ThreeThirds(Households households, double amount) {
      thirds =
          List.of(
              households.between(0, 1 / 3.).given(amount),
              households.between(1 / 3., 2 / 3.),
              households.between(2 / 3., 1).given(-amount));
      all = thirds.get(0).with(thirds.get(1)).with(thirds.get(2));
    }

    /** Mean consumption and capital of each third, ordered as the names; then the next period. */
    double[] step(HouseholdDecisions decisions, int nextState) {
      decisions.decide(all);
      double[] means = new double[2 * THIRDS];
      for (int g = 0; g < THIRDS; g++) {
        Households third = thirds.get(g);
        means[g] = third.mean(decisions.consumption()) / third.size();
        means[THIRDS + g] = third.meanCapital() / third.size();
        third.advance(decisions.nextCapital(), nextState);
      }
      all.advance(decisions.nextCapital(), nextState);
      return means;
    }
  }
}
