package org.nnks.core.economy;

/**
 * How a state is seen by whoever approximates functions of it: where equal steps matter equally.
 */
public sealed interface Scale {

  /** The state on this scale. */
  double of(double level);

  /** The state from its value on this scale. */
  double level(double scaled);

  /** As it is. */
  record Linear() implements Scale {

    @Override
    public double of(double level) {
      return level;
    }

    @Override
    public double level(double scaled) {
      return scaled;
    }
  }

  /** In logs: for positive states whose ratios matter. */
  record Log() implements Scale {

    @Override
    public double of(double level) {
      return Math.log(level);
    }

    @Override
    public double level(double scaled) {
      return Math.exp(scaled);
    }
  }

  /**
   * As a root: for states from zero on that matter most near zero, such as wealth.
   *
   * @param degree of the root; above one
   */
  record Root(double degree) implements Scale {

    @Override
    public double of(double level) {
      return Math.pow(level, 1 / degree);
    }

    @Override
    public double level(double scaled) {
      return Math.pow(scaled, degree);
    }
  }
}
