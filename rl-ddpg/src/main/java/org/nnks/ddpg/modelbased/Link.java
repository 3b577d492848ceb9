package org.nnks.ddpg.modelbased;

/** How an output of the actor, to which the shift has been added, becomes an action. */
enum Link {
  /** Log odds: a = sigmoid(o), never 0 or 1. */
  LOG_ODDS {
    @Override
    double action(double shifted) {
      return 1 / (1 + Math.exp(-shifted));
    }

    @Override
    double shift(double action) {
      return Math.log(action / (1 - action));
    }

    @Override
    double slope(double action, double byAction) {
      return action * (1 - action) * byAction;
    }
  },
  /**
   * The log of a share that ends at 1: a = min{1, exp(o)}. Consumption may bend at the borrowing
   * limit as sharply as it should, and near the limit slopes do not vanish. Where the share is 1
   * and more would be better nothing moves; where less would be better the output moves as if it
   * were not capped (Hausknecht and Stone 2016).
   */
  CAPPED_LOG {
    @Override
    double action(double shifted) {
      return Math.min(Math.exp(shifted), CAP);
    }

    @Override
    double shift(double action) {
      return Math.log(action);
    }

    @Override
    double slope(double action, double byAction) {
      return action >= CAP && byAction > 0 ? 0 : action * byAction;
    }
  };

  /** The largest share: just below 1, so that log k' is finite. */
  static final double CAP = 1 - 1e-6;

  /** The action at a shifted output. */
  abstract double action(double shifted);

  /** The shifted output of an action. */
  abstract double shift(double action);

  /** dQ/do, given dQ/da. */
  abstract double slope(double action, double byAction);
}
