package org.nnks.bloom;

import java.util.Arrays;
import org.nnks.core.numeric.Grid;

/**
 * The firm's choice of k' and n on the grids, exactly, for all cells at one price: the maximum of
 * equation (44) of Yokomoto (2026) without searching the 91 x 37 pairs.
 *
 * <p>Three facts make it cheap, and none changes the answer:
 *
 * <ol>
 *   <li>Given n, neither output nor the labour cost depends on k'. So the best k' is found once for
 *       every (z, k, n), whatever n_-1 is.
 *   <li>A firm that buys capital pays p for each unit of k', and one that sells gets p (1 - S),
 *       wherever it starts. So the best purchase is a running maximum of beta E V - p k' from the
 *       top of the grid down to what the firm has left, and the best sale a running maximum of beta
 *       E V - p (1 - S) k' from the bottom up. Inaction is compared with both.
 *   <li>In the same way hiring and firing cost W H for each unit of n, wherever the firm starts,
 *       because p w = W.
 * </ol>
 *
 * <p>All four branches {}, {k}, {n} and {k, n} of equations (46) to (50) are in the comparison. At
 * equal values the lower node is chosen. An object holds buffers; it is not thread-safe.
 */
public final class FactoredChoice {

  private final Bloom economy;
  private final int shocks;
  private final int capitalNodes;
  private final int hoursNodes;
  private final double[] capital;
  private final double[] undepreciated;
  private final double[] hours;
  private final double[] unseparated;
  private final double[] capitalTerm;
  private final double[] hoursTerm;
  private final double resaleShare;
  private final double capitalFixedCost;
  private final double hoursFixedCost;
  private final double hoursLinearCost;

  /** W and W H of the search that is on. */
  private double hoursPrice;

  private double hiringPrice;

  /** The best k' at or above a node for buyers, and at or below for sellers, by (node, n). */
  private final double[] bought;

  private final int[] boughtTo;
  private final double[] sold;
  private final int[] soldTo;

  /** Running maxima over k', by n. */
  private final double[] running;

  private final int[] runningNode;

  /** Value of n and the k' that goes with it, by n. */
  private final double[] staying;

  private final double[] changing;
  private final int[] target;

  /** The best n above a node, and below. */
  private final double[] hire;

  private final int[] hireNode;
  private final double[] fire;
  private final int[] fireNode;

  public FactoredChoice(Bloom economy) {
    this.economy = economy;
    BloomCalibration calibration = economy.calibration();
    shocks = calibration.idiosyncraticStates();
    capital = economy.capital().nodes().toArray();
    hours = economy.hours().nodes().toArray();
    capitalNodes = capital.length;
    hoursNodes = hours.length;
    undepreciated = new double[capitalNodes];
    Arrays.setAll(undepreciated, economy::undepreciated);
    unseparated = new double[hoursNodes];
    Arrays.setAll(unseparated, economy::unseparated);
    capitalTerm = capitalTerm(economy);
    hoursTerm = hoursTerm(economy);
    resaleShare = 1 - calibration.resaleLoss();
    capitalFixedCost = calibration.capitalFixedCost();
    hoursFixedCost = calibration.hoursFixedCost();
    hoursLinearCost = calibration.hoursLinearCost();
    bought = new double[capitalNodes * hoursNodes];
    boughtTo = new int[bought.length];
    sold = new double[bought.length];
    soldTo = new int[bought.length];
    running = new double[hoursNodes];
    runningNode = new int[hoursNodes];
    staying = new double[hoursNodes];
    changing = new double[hoursNodes];
    target = new int[hoursNodes];
    hire = new double[hoursNodes];
    hireNode = new int[hoursNodes];
    fire = new double[hoursNodes];
    fireNode = new int[hoursNodes];
  }

  /** z k^alpha by (z, k): output without a and n. */
  static double[] capitalTerm(Bloom economy) {
    Grid capital = economy.capital();
    int shocks = economy.calibration().idiosyncraticStates();
    double[] term = new double[shocks * capital.size()];
    for (int z = 0; z < shocks; z++) {
      for (int k = 0; k < capital.size(); k++) {
        term[z * capital.size() + k] =
            economy.output(
                1, economy.idiosyncratic(AggregateStates.LOW).level(z), capital.get(k), 1);
      }
    }
    return term;
  }

  /** n^nu by n: output without a, z and k. */
  static double[] hoursTerm(Bloom economy) {
    double[] term = new double[economy.hours().size()];
    Arrays.setAll(term, n -> economy.output(1, 1, 1, economy.hours().get(n)));
    return term;
  }

  /**
   * Maximises at one price of goods and one of hours.
   *
   * @param price p
   * @param hoursPrice W = p w
   * @param productivity the level of a
   * @param continuation beta E V(k', n, z'; ...) by (z, k', n)
   * @param values receives V by (z, k, n_-1), from {@code offset} on
   * @param choices receives what firms choose
   */
  public void solve(
      double price,
      double hoursPrice,
      double productivity,
      double[] continuation,
      double[] values,
      int offset,
      GridChoices choices) {
    this.hoursPrice = hoursPrice;
    hiringPrice = hoursPrice * hoursLinearCost;
    for (int z = 0; z < shocks; z++) {
      chooseCapital(price, continuation, z * capitalNodes * hoursNodes);
      for (int k = 0; k < capitalNodes; k++) {
        int row = z * capitalNodes + k;
        chooseHours(price, productivity * capitalTerm[row], k, continuation, row, values, offset);
        record(row, k, values, offset, choices);
      }
    }
  }

  /** The best purchases and sales from every (k', n) on, of an idiosyncratic state. */
  private void chooseCapital(double price, double[] continuation, int first) {
    int n = hoursNodes;
    Arrays.fill(running, Double.NEGATIVE_INFINITY);
    for (int k = capitalNodes - 1; k >= 0; k--) {
      double paid = price * capital[k];
      for (int j = 0; j < n; j++) {
        double value = continuation[first + k * n + j] - paid;
        if (value >= running[j]) {
          running[j] = value;
          runningNode[j] = k;
        }
        bought[k * n + j] = running[j];
        boughtTo[k * n + j] = runningNode[j];
      }
    }
    Arrays.fill(running, Double.NEGATIVE_INFINITY);
    double resale = price * resaleShare;
    for (int k = 0; k < capitalNodes; k++) {
      double paid = resale * capital[k];
      for (int j = 0; j < n; j++) {
        double value = continuation[first + k * n + j] - paid;
        if (value > running[j]) {
          running[j] = value;
          runningNode[j] = k;
        }
        sold[k * n + j] = running[j];
        soldTo[k * n + j] = runningNode[j];
      }
    }
  }

  /** The best n above and below every node, for the firms of one (z, k). */
  private void chooseHours(
      double price,
      double outputTerm,
      int k,
      double[] continuation,
      int row,
      double[] values,
      int offset) {
    int n = hoursNodes;
    int keptNode = economy.undepreciatedNode(k);
    int kept = (row - k + keptNode) * n;
    int above = Math.max(keptNode + 1, 0) * n;
    int below = (keptNode - 1) * n;
    double buyer = price * undepreciated[k];
    double seller = resaleShare * buyer;
    for (int j = 0; j < n; j++) {
      double valuedOutput = price * outputTerm * hoursTerm[j];
      double best = bought[above + j] + buyer;
      int node = boughtTo[above + j];
      if (keptNode > 0 && sold[below + j] + seller >= best) {
        best = sold[below + j] + seller;
        node = soldTo[below + j];
      }
      best -= capitalFixedCost * valuedOutput;
      if (keptNode >= 0 && continuation[kept + j] >= best) {
        best = continuation[kept + j];
        node = keptNode;
      }
      double value = best + valuedOutput - hoursPrice * hours[j];
      target[j] = node;
      staying[j] = value;
      changing[j] = value - hoursFixedCost * valuedOutput;
    }
    double best = Double.NEGATIVE_INFINITY;
    int node = 0;
    for (int j = n - 1; j >= 0; j--) {
      double value = changing[j] - hiringPrice * hours[j];
      if (value >= best) {
        best = value;
        node = j;
      }
      hire[j] = best;
      hireNode[j] = node;
    }
    best = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      double value = changing[j] + hiringPrice * hours[j];
      if (value > best) {
        best = value;
        node = j;
      }
      fire[j] = best;
      fireNode[j] = node;
    }
  }

  /** Compares hiring, firing and inaction for every n_-1 of one (z, k). */
  private void record(int row, int k, double[] values, int offset, GridChoices choices) {
    int n = hoursNodes;
    for (int i = 0; i < n; i++) {
      int kept = economy.unseparatedNode(i);
      int above = Math.max(kept + 1, 0);
      double best = hire[above] + hiringPrice * unseparated[i];
      int node = hireNode[above];
      if (kept >= 0 && staying[kept] >= best) {
        best = staying[kept];
        node = kept;
      }
      if (kept > 0 && fire[kept - 1] - hiringPrice * unseparated[i] >= best) {
        best = fire[kept - 1] - hiringPrice * unseparated[i];
        node = fireNode[kept - 1];
      }
      values[offset + row * n + i] = best;
      choices.set(row * n + i, target[node], node);
    }
  }
}
