package org.nnks.bloom;

import java.util.Arrays;

/**
 * The firm's choice of k' and n off the grids: the four branches of Yokomoto (2026) equations (47)
 * to (50) for all cells at one price, given beta E V on the nodes.
 *
 * <p>The maximum is factored as in {@link FactoredChoice}: given n, the best purchase and the best
 * sale do not depend on where the firm starts, and neither do, given k, the best hiring and firing.
 * So each is a running maximum over nodes, in which every node that is higher than its neighbours
 * counts with the vertex of the parabola through the three. A firm whose k_0 is such a node buys or
 * sells only if the vertex lies on that side.
 *
 * <p>Inaction is exact: its continuation is read at the nodes k_0 and n_0 themselves. At the lowest
 * nodes there is none. An object holds buffers; it is not thread-safe.
 */
public final class ContinuousChoice {

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final BloomCalibration calibration;
  private final int shocks;
  private final int capitalNodes;
  private final int hoursNodes;
  private final int lagged;
  private final double[] capital;
  private final double[] undepreciated;
  private final double[] hours;
  private final double[] unseparated;
  private final double[] capitalTerm;
  private final double[] hoursTerm;
  private final boolean refine;

  /** The best purchase or sale, by (k, n): value and position of k' in nodes. */
  private final double[] moved;

  private final double[] movedTo;

  /** Where firms buy up to and sell down to, by n. */
  private final double[] buyTo;

  private final double[] sellTo;
  private final double[] running;
  private final double[] runningAt;

  /** Value of a node's vertex, and its distance from the node; 0 if there is none. */
  private final double[] vertex;

  private final double[] vertexShift;
  private final double[] profile;

  private final double[] hoursVertex;
  private final double[] hoursShift;

  /**
   * Values of the branches by (branch, n_-1) of the present row, and the positions they lead to.
   */
  private final double[][] branchValue;

  private final double[][] branchHours;

  /** The best hiring and firing without and with an adjustment of capital, by n_-1. */
  private final double[][] hireValue;

  private final double[][] hireAt;
  private final double[][] fireValue;
  private final double[][] fireAt;
  private final double[][] staying = new double[2][];
  private final double[] changing;

  private double price;

  /** W and W H. */
  private double hoursPrice;

  private double hiringPrice;
  private double productivity;
  private double[] continuation;
  private int shock;
  private int row;

  /** Choices off the grids. */
  public ContinuousChoice(Bloom economy, ChoiceGrid grid) {
    this(economy, grid, true);
  }

  /**
   * Choices.
   *
   * @param refine whether to leave the nodes
   */
  public ContinuousChoice(Bloom economy, ChoiceGrid grid, boolean refine) {
    this.economy = economy;
    this.grid = grid;
    this.refine = refine;
    calibration = economy.calibration();
    shocks = calibration.idiosyncraticStates();
    capitalNodes = grid.capitalNodes();
    hoursNodes = grid.hoursNodes();
    lagged = economy.hours().size();
    capital = economy.capital().nodes().toArray();
    undepreciated = new double[capitalNodes];
    Arrays.setAll(undepreciated, economy::undepreciated);
    unseparated = new double[lagged];
    Arrays.setAll(unseparated, economy::unseparated);
    hours = new double[hoursNodes];
    Arrays.setAll(hours, economy.hours()::get);
    capitalTerm = FactoredChoice.capitalTerm(economy);
    hoursTerm = FactoredChoice.hoursTerm(economy);
    moved = new double[grid.size()];
    movedTo = new double[grid.size()];
    vertex = new double[grid.size()];
    vertexShift = new double[grid.size()];
    profile = new double[grid.size()];
    buyTo = new double[hoursNodes];
    sellTo = new double[hoursNodes];
    running = new double[hoursNodes];
    runningAt = new double[hoursNodes];
    hoursVertex = new double[hoursNodes];
    hoursShift = new double[hoursNodes];
    branchValue = new double[Adjustment.COUNT][lagged];
    branchHours = new double[Adjustment.COUNT][lagged];
    hireValue = new double[2][lagged];
    hireAt = new double[2][lagged];
    fireValue = new double[2][lagged];
    fireAt = new double[2][lagged];
    staying[0] = new double[hoursNodes];
    staying[1] = new double[hoursNodes];
    changing = new double[hoursNodes];
  }

  /**
   * Takes over the prices and the continuation of a period.
   *
   * @param price p
   * @param hoursPrice W = p w
   * @param productivity the level of a
   * @param continuation beta E V by (z, k', n) on the nodes
   */
  public void begin(double price, double hoursPrice, double productivity, double[] continuation) {
    this.price = price;
    this.hoursPrice = hoursPrice;
    hiringPrice = hoursPrice * calibration.hoursLinearCost();
    this.productivity = productivity;
    this.continuation = continuation;
  }

  /** Finds the best purchases and sales of an idiosyncratic state, for all (k, n). */
  public void chooseCapital(int shock) {
    this.shock = shock;
    int first = shock * grid.size();
    buy(first);
    sell(first);
  }

  private void buy(int first) {
    int n = hoursNodes;
    profile(first, price);
    Arrays.fill(running, Double.NEGATIVE_INFINITY);
    int next = capitalNodes - 1;
    for (int k = capitalNodes - 1; k >= 0; k--) {
      int kept = economy.undepreciatedNode(k);
      for (; next > kept && next >= 0; next--) {
        for (int m = 0; m < n; m++) {
          int at = next * n + m;
          if (vertex[at] >= running[m]) {
            running[m] = vertex[at];
            runningAt[m] = next + vertexShift[at];
          }
        }
      }
      double owned = price * undepreciated[k];
      for (int m = 0; m < n; m++) {
        int here = kept * n + m;
        boolean above = kept >= 0 && vertexShift[here] > 0 && vertex[here] > running[m];
        moved[k * n + m] = (above ? vertex[here] : running[m]) + owned;
        movedTo[k * n + m] = above ? kept + vertexShift[here] : runningAt[m];
      }
    }
    System.arraycopy(runningAt, 0, buyTo, 0, n);
  }

  private void sell(int first) {
    int n = hoursNodes;
    double resale = price * (1 - calibration.resaleLoss());
    profile(first, resale);
    Arrays.fill(running, Double.NEGATIVE_INFINITY);
    int next = 0;
    for (int k = 0; k < capitalNodes; k++) {
      int kept = economy.undepreciatedNode(k);
      for (; next < kept; next++) {
        addSale(next);
      }
      double owned = resale * undepreciated[k];
      for (int m = 0; m < n; m++) {
        int here = kept * n + m;
        boolean below = kept >= 0 && vertexShift[here] < 0 && vertex[here] > running[m];
        double best = below ? vertex[here] : running[m];
        if (best + owned > moved[k * n + m]) {
          moved[k * n + m] = best + owned;
          movedTo[k * n + m] = below ? kept + vertexShift[here] : runningAt[m];
        }
      }
    }
    for (; next < capitalNodes; next++) {
      addSale(next);
    }
    System.arraycopy(runningAt, 0, sellTo, 0, n);
  }

  private void addSale(int node) {
    for (int m = 0; m < hoursNodes; m++) {
      int at = node * hoursNodes + m;
      if (vertex[at] > running[m]) {
        running[m] = vertex[at];
        runningAt[m] = node + vertexShift[at];
      }
    }
  }

  /** beta E V less what k' costs, and the vertices of its peaks. */
  private void profile(int first, double unitPrice) {
    int n = hoursNodes;
    for (int k = 0; k < capitalNodes; k++) {
      double paid = unitPrice * capital[k];
      for (int m = 0; m < n; m++) {
        profile[k * n + m] = continuation[first + k * n + m] - paid;
      }
    }
    System.arraycopy(profile, 0, vertex, 0, profile.length);
    Arrays.fill(vertexShift, 0);
    if (!refine) {
      return;
    }
    for (int at = n; at < profile.length - n; at++) {
      double here = profile[at];
      double below = profile[at - n];
      double above = profile[at + n];
      if (here >= below && here > above) {
        double bend = below - 2 * here + above;
        vertexShift[at] = (below - above) / (2 * bend);
        vertex[at] = here - (below - above) * (below - above) / (8 * bend);
      }
    }
  }

  /**
   * Computes the four branches for all n_-1 of the firms with the capital of a node and the
   * idiosyncratic state of {@link #chooseCapital}.
   */
  public void chooseHours(int k) {
    row = k;
    int n = hoursNodes;
    double term = price * productivity * capitalTerm[shock * capitalNodes + k];
    int keptNode = economy.undepreciatedNode(k);
    int kept = shock * grid.size() + keptNode * n;
    for (int m = 0; m < n; m++) {
      double output = term * hoursTerm[m];
      double flow = output - hoursPrice * hours[m];
      staying[0][m] = keptNode >= 0 ? flow + continuation[kept + m] : Double.NEGATIVE_INFINITY;
      staying[1][m] = flow + moved[k * n + m] - calibration.capitalFixedCost() * output;
    }
    for (int a = 0; a < 2; a++) {
      for (int m = 0; m < n; m++) {
        changing[m] = staying[a][m] - calibration.hoursFixedCost() * term * hoursTerm[m];
      }
      stay(a);
      hire(a);
      fire(a);
      compare(a);
    }
  }

  /** No adjustment of n. */
  private void stay(int a) {
    double[] value = branchValue[Adjustment.index(a == 1, false)];
    double[] at = branchHours[Adjustment.index(a == 1, false)];
    for (int i = 0; i < lagged; i++) {
      int node = economy.unseparatedNode(i);
      value[i] = node >= 0 ? staying[a][node] : Double.NEGATIVE_INFINITY;
      at[i] = node >= 0 ? node : Double.NaN;
    }
  }

  /** The best n above n_0. */
  private void hire(int a) {
    findVertices(-hiringPrice);
    double[] value = hireValue[a];
    double[] at = hireAt[a];
    double best = Double.NEGATIVE_INFINITY;
    double bestAt = 0;
    int next = hoursNodes - 1;
    for (int i = lagged - 1; i >= 0; i--) {
      int node = economy.unseparatedNode(i);
      for (; next > node && next >= 0; next--) {
        if (hoursVertex[next] >= best) {
          best = hoursVertex[next];
          bestAt = next + hoursShift[next];
        }
      }
      boolean here = node >= 0 && hoursShift[node] > 0 && hoursVertex[node] > best;
      value[i] = (here ? hoursVertex[node] : best) + hiringPrice * unseparated[i];
      at[i] = here ? node + hoursShift[node] : bestAt;
    }
  }

  /** The best n below n_0. */
  private void fire(int a) {
    findVertices(hiringPrice);
    double[] value = fireValue[a];
    double[] at = fireAt[a];
    double best = Double.NEGATIVE_INFINITY;
    double bestAt = 0;
    int next = 0;
    for (int i = 0; i < lagged; i++) {
      int node = economy.unseparatedNode(i);
      for (; next < node; next++) {
        if (hoursVertex[next] > best) {
          best = hoursVertex[next];
          bestAt = next + hoursShift[next];
        }
      }
      boolean here = node >= 0 && hoursShift[node] < 0 && hoursVertex[node] > best;
      value[i] = (here ? hoursVertex[node] : best) - hiringPrice * unseparated[i];
      at[i] = here ? node + hoursShift[node] : bestAt;
    }
  }

  /** The better of hiring and firing. */
  private void compare(int a) {
    double[] value = branchValue[Adjustment.index(a == 1, true)];
    double[] at = branchHours[Adjustment.index(a == 1, true)];
    for (int i = 0; i < lagged; i++) {
      boolean fires = fireValue[a][i] > hireValue[a][i];
      value[i] = fires ? fireValue[a][i] : hireValue[a][i];
      at[i] = fires ? fireAt[a][i] : hireAt[a][i];
    }
  }

  /** The value of changing hours to each node, and the vertices of its peaks. */
  private void findVertices(double slope) {
    int n = hoursNodes;
    for (int m = 0; m < n; m++) {
      profile[m] = changing[m] + slope * hours[m];
      hoursVertex[m] = profile[m];
      hoursShift[m] = 0;
    }
    for (int m = 1; refine && m < n - 1; m++) {
      double below = profile[m - 1];
      double above = profile[m + 1];
      if (profile[m] >= below && profile[m] > above) {
        double bend = below - 2 * profile[m] + above;
        hoursShift[m] = (below - above) / (2 * bend);
        hoursVertex[m] -= (below - above) * (below - above) / (8 * bend);
      }
    }
  }

  /** The value of a branch for the firms of the row with hours n_-1 at a node. */
  public double value(int branch, int laggedNode) {
    return branchValue[branch][laggedNode];
  }

  /** The number of the best branch; at equal values the one that adjusts less. */
  public int best(int laggedNode) {
    int best = 0;
    for (int branch = 1; branch < Adjustment.COUNT; branch++) {
      if (branchValue[branch][laggedNode] > branchValue[best][laggedNode]) {
        best = branch;
      }
    }
    return best;
  }

  /** n of a branch; exactly n_0 if it does not adjust hours. */
  public double hours(int branch, int laggedNode) {
    return (branch & 2) == 0
        ? unseparated[laggedNode]
        : grid.hours(branchHours[branch][laggedNode]);
  }

  /** The value of not changing hours. */
  public double stayValue(int laggedNode) {
    return Math.max(
        branchValue[Adjustment.NEITHER.ordinal()][laggedNode],
        branchValue[Adjustment.CAPITAL.ordinal()][laggedNode]);
  }

  /** The value of hiring. */
  public double hireValue(int laggedNode) {
    return Math.max(hireValue[0][laggedNode], hireValue[1][laggedNode]);
  }

  /** The value of firing. */
  public double fireValue(int laggedNode) {
    return Math.max(fireValue[0][laggedNode], fireValue[1][laggedNode]);
  }

  /** The n that firms hire up to, as a position in nodes. */
  public double hireTarget(int laggedNode) {
    int a = hireValue[1][laggedNode] > hireValue[0][laggedNode] ? 1 : 0;
    return hireAt[a][laggedNode];
  }

  /** The n that firms fire down to, as a position in nodes. */
  public double fireTarget(int laggedNode) {
    int a = fireValue[1][laggedNode] > fireValue[0][laggedNode] ? 1 : 0;
    return fireAt[a][laggedNode];
  }

  /** The k' that firms buy up to when they choose the n of a node, as a position in nodes. */
  public double buyTarget(int hoursNode) {
    return buyTo[hoursNode];
  }

  /** The k' that firms sell down to when they choose the n of a node, as a position in nodes. */
  public double sellTarget(int hoursNode) {
    return sellTo[hoursNode];
  }

  /** n of a branch as a position in nodes. */
  public double hoursPosition(int branch, int laggedNode) {
    return branchHours[branch][laggedNode];
  }

  /** k' of a branch; exactly k_0 if it does not adjust capital. */
  public double capital(int branch, int laggedNode) {
    return (branch & 1) == 0
        ? undepreciated[row]
        : grid.capital(capitalPosition(branchHours[branch][laggedNode]));
  }

  /**
   * Where a firm of the row that buys or sells goes when it chooses n, in nodes: interpolated
   * between nodes of n that both buy or both sell, otherwise that of the closer node.
   */
  public double capitalPosition(double hoursPosition) {
    int nearest = (int) Math.rint(hoursPosition);
    double distance = hoursPosition - nearest;
    double to = movedTo[row * hoursNodes + nearest];
    int neighbour = nearest + (int) Math.signum(distance);
    if (neighbour < 0 || neighbour >= hoursNodes) {
      return to;
    }
    double other = movedTo[row * hoursNodes + neighbour];
    int kept = economy.undepreciatedNode(row);
    boolean sameSide = to > kept == other > kept;
    return sameSide ? to + Math.abs(distance) * (other - to) : to;
  }
}
