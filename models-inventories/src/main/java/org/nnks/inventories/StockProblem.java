package org.nnks.inventories;

/**
 * What a maker of final goods does at given prices and a given continuation C(s') = beta E V(s'):
 * the equations of {@link Inventories}, solved by first-order conditions to rounding. Holds what
 * was found last; not thread-safe.
 *
 * <p>What is kept rises in the stock, since u is concave; so the best of all knots is found by one
 * pass over them, and neither concavity of C nor a starting point is needed there.
 */
final class StockProblem {

  /** Steps of Newton's method in u, halving where it leaves its bracket; four are usual. */
  private static final int MAX_STEPS = 60;

  /** A step in u below rounding. */
  private static final double TOLERANCE = 1e-14;

  private final StockKnots knots;
  private final double disutility;
  private final double curvature;
  private final double labourShare;
  private final double storageCost;
  private final double maxCost;
  private final StockFunction continuation;

  private double p;
  private double q;
  private double scale;
  private double usedByOrder;
  private double keptByOrder;
  private double orderValue;

  StockProblem(InventoriesCalibration calibration, StockKnots knots) {
    this.knots = knots;
    disutility = calibration.disutility();
    labourShare = calibration.labourShare();
    curvature = curvature(calibration);
    storageCost = calibration.storageCost();
    maxCost = calibration.maxOrderCost();
    continuation = new StockFunction(knots);
  }

  /** a = tm/(1-tn). */
  static double curvature(InventoriesCalibration calibration) {
    return calibration.materialShare() / (1 - calibration.labourShare());
  }

  /** C, to be filled before prices are set. */
  StockFunction continuation() {
    return continuation;
  }

  /** Sets prices and finds the best order. */
  void prices(double newP, double newQ) {
    p = newP;
    q = newQ;
    scale =
        (1 - labourShare)
            * Math.pow(p, 1 / (1 - labourShare))
            * Math.pow(labourShare / disutility, labourShare / (1 - labourShare));
    usedByOrder = Math.pow(curvature * scale / (p * q), 1 / (1 - curvature));
    double cost = p * (q + storageCost);
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < knots.size(); k++) {
      double net = continuation.value[k] - cost * knots.stock(k);
      if (net > highest) {
        highest = net;
        best = k;
      }
    }
    double root = orderRoot(cost, best);
    keptByOrder = knots.stock(root);
    orderValue =
        worth(usedByOrder) - p * q * usedByOrder + continuation.at(root) - cost * keptByOrder;
  }

  /** Where C' = cost, beside the best knot. */
  private double orderRoot(double cost, int best) {
    double low = knots.root(Math.max(best - 1, 0));
    double high = knots.root(Math.min(best + 1, knots.size() - 1));
    double root = knots.root(best);
    for (int step = 0; step < MAX_STEPS; step++) {
      double excess = continuation.slopeAt(root) - cost * knots.perRoot(root);
      double slope = continuation.curvatureAt(root) - cost * knots.perRootTwice(root);
      if (excess > 0) {
        low = root;
      } else {
        high = root;
      }
      double next = root - excess / slope;
      if (!(next >= low && next <= high)) {
        next = (low + high) / 2;
      }
      if (Math.abs(next - root) <= TOLERANCE) {
        return next;
      }
      root = next;
    }
    return root;
  }

  /** u(m). */
  double worth(double used) {
    return scale * Math.pow(used, curvature);
  }

  /** u'(m). */
  double marginalWorth(double used) {
    return curvature * scale * Math.pow(used, curvature - 1);
  }

  /** Final goods made of m intermediate ones. */
  double output(double used) {
    return worth(used) / ((1 - labourShare) * p);
  }

  /** m0: what is used after an order. */
  double usedByOrder() {
    return usedByOrder;
  }

  /** What is kept after an order. */
  double keptByOrder() {
    return keptByOrder;
  }

  /**
   * The root of what a firm keeps that orders nothing: by bisection among the knots, then Newton.
   */
  double keptRoot(double stock) {
    if (stock == 0) {
      return 0;
    }
    double top = knots.rootOf(stock);
    int low = 0;
    int high = Math.min((int) Math.ceil(top * (knots.size() - 1)), knots.size() - 1);
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (excess(stock, knots.root(middle)) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return keptRoot(stock, knots.root(low), Math.min(knots.root(high), top));
  }

  /** C' - p sigma - u'(s - s'), per u. */
  private double excess(double stock, double root) {
    double used = stock - knots.stock(root);
    return used <= 0
        ? Double.NEGATIVE_INFINITY
        : continuation.slopeAt(root)
            - knots.perRoot(root) * (p * storageCost + marginalWorth(used));
  }

  private double keptRoot(double stock, double from, double to) {
    double low = from;
    double high = to;
    double root = (low + high) / 2;
    for (int step = 0; step < MAX_STEPS; step++) {
      double used = stock - knots.stock(root);
      double marginal = marginalWorth(used);
      double per = knots.perRoot(root);
      double excess = continuation.slopeAt(root) - per * (p * storageCost + marginal);
      double slope =
          continuation.curvatureAt(root)
              - knots.perRootTwice(root) * (p * storageCost + marginal)
              + per * per * (curvature - 1) * marginal / used;
      if (excess > 0) {
        low = root;
      } else {
        high = root;
      }
      double next = root - excess / slope;
      if (!(next > low && next < high)) {
        next = (low + high) / 2;
      }
      if (Math.abs(next - root) <= TOLERANCE) {
        return next;
      }
      root = next;
    }
    return root;
  }

  /** What lies at a root. */
  double kept(double root) {
    return knots.stock(root);
  }

  /** The value of a stock without an order, keeping what lies at a root. */
  double useValue(double stock, double root) {
    double kept = knots.stock(root);
    return worth(stock - kept) - p * storageCost * kept + continuation.at(root);
  }

  /** xi*: the largest cost, in hours, at which a firm orders; within [0, xibar]. */
  double threshold(double stock, double useValue) {
    double gain = orderValue + p * q * stock - useValue;
    return Math.min(Math.max(gain / disutility, 0), maxCost);
  }

  /** H: the probability of an order. */
  double probability(double threshold) {
    return threshold / maxCost;
  }

  /** V(s). */
  private double value(double stock, double useValue) {
    double threshold = threshold(stock, useValue);
    double share = probability(threshold);
    return share * (p * q * stock + orderValue)
        - disutility * threshold * threshold / (2 * maxCost)
        + (1 - share) * useValue;
  }

  /** V(s) at any stock, as {@link #solve} has it at the knots. */
  double value(double stock) {
    return value(stock, useValue(stock, keptRoot(stock)));
  }

  /** V(0). */
  double valueOfNothing() {
    return value(0, continuation.value[0]);
  }

  /** Writes V less V(0), and its derivative by the envelope theorem, at the knots. */
  void solve(StockFunction to) {
    double nothing = valueOfNothing();
    to.value[0] = 0;
    to.slope[0] = 0;
    int best = 0;
    for (int i = 1; i < knots.size(); i++) {
      double highest = Double.NEGATIVE_INFINITY;
      for (int k = best; k < i; k++) {
        double net =
            scale * knots.power(i, k) - p * storageCost * knots.stock(k) + continuation.value[k];
        if (net > highest) {
          highest = net;
          best = k;
        }
      }
      double stock = knots.stock(i);
      double root =
          keptRoot(stock, knots.root(Math.max(best - 1, 0)), knots.root(Math.min(best + 1, i)));
      double useValue = useValue(stock, root);
      double share = probability(threshold(stock, useValue));
      to.value[i] = value(stock, useValue) - nothing;
      to.slope[i] =
          knots.perRoot(knots.root(i))
              * (share * p * q + (1 - share) * marginalWorth(stock - knots.stock(root)));
    }
  }
}
