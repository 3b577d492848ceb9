package org.nnks.inventories;

/**
 * What a quarter adds up to at candidate prices: firms by {@link Cohorts}, makers of intermediate
 * goods, owners of capital. Holds the last quarter; not thread-safe.
 */
final class Quarter {

  private final InventoriesCalibration calibration;
  private final StockProblem problem;
  private final double[] kept = new double[Cohorts.COHORTS];
  private final double[] ordering = new double[Cohorts.COHORTS];

  private double p;
  private double ordered;
  private double output;
  private double used;
  private double keptMean;
  private double orderHours;
  private double share;
  private double made;
  private double labour;
  private double capital;

  Quarter(InventoriesCalibration calibration, StockProblem problem) {
    this.calibration = calibration;
    this.problem = problem;
  }

  /** L/K, at which labour earns its price. */
  static double labourPerCapital(InventoriesCalibration calibration, double z, double p, double q) {
    return Math.pow(
        q * z * (1 - calibration.capitalShare()) * p / calibration.disutility(),
        1 / calibration.capitalShare());
  }

  /** 1 - delta + alpha q z (L/K)^(1-alpha): what a unit of capital is worth, in final goods. */
  static double worthOfCapital(InventoriesCalibration calibration, double z, double p, double q) {
    double rent =
        calibration.capitalShare()
            * q
            * z
            * Math.pow(labourPerCapital(calibration, z, p, q), 1 - calibration.capitalShare());
    return 1 - calibration.depreciation() + rent;
  }

  /** Adds up what is decided at prices; the continuation must be there. */
  void evaluate(double z, double newCapital, Cohorts cohorts, double newP, double q) {
    p = newP;
    capital = newCapital;
    problem.prices(p, q);
    double perCapital = labourPerCapital(calibration, z, p, q);
    labour = capital * perCapital;
    made = z * capital * Math.pow(perCapital, 1 - calibration.capitalShare());
    double after = problem.usedByOrder() + problem.keptByOrder();
    double outputByOrder = problem.output(problem.usedByOrder());
    ordered = 0;
    output = 0;
    used = 0;
    keptMean = 0;
    orderHours = 0;
    share = 0;
    for (int i = 0; i < cohorts.count(); i++) {
      double stock = cohorts.stock(i);
      double mass = cohorts.mass(i);
      double root = problem.keptRoot(stock);
      double threshold = problem.threshold(stock, problem.useValue(stock, root));
      double orders = problem.probability(threshold);
      kept[i] = problem.kept(root);
      ordering[i] = orders;
      share += mass * orders;
      ordered += mass * orders * (after - stock);
      output += mass * (orders * outputByOrder + (1 - orders) * problem.output(stock - kept[i]));
      used += mass * (orders * problem.usedByOrder() + (1 - orders) * (stock - kept[i]));
      keptMean += mass * (orders * problem.keptByOrder() + (1 - orders) * kept[i]);
      orderHours += mass * threshold * threshold / (2 * calibration.maxOrderCost());
    }
  }

  /** Moves cohorts to where the last evaluation leads. */
  void move(Cohorts cohorts) {
    cohorts.move(problem.keptByOrder(), kept, ordering);
  }

  /** Intermediate goods ordered. */
  double ordered() {
    return ordered;
  }

  /** X: intermediate goods made. */
  double made() {
    return made;
  }

  /** Y: final goods. */
  double output() {
    return output;
  }

  /** M: intermediate goods used. */
  double used() {
    return used;
  }

  /** S': what firms keep. */
  double kept() {
    return keptMean;
  }

  /** The share of firms that order. */
  double share() {
    return share;
  }

  /** s*: the stock after an order. */
  double target() {
    return problem.usedByOrder() + problem.keptByOrder();
  }

  double consumption() {
    return 1 / p;
  }

  /** I: what is neither consumed nor spent on storage. */
  double investment() {
    return output - calibration.storageCost() * keptMean - consumption();
  }

  /** K'. */
  double nextCapital() {
    return (1 - calibration.depreciation()) * capital + investment();
  }

  /** N: hours in both sectors and those of orders. */
  double hours() {
    return labour + calibration.labourShare() * p * output / calibration.disutility() + orderHours;
  }
}
