package org.nnks.core.solve;

import java.util.Optional;
import org.nnks.core.forecast.ForecastMeasure;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.AndersonAcceleration;
import org.nnks.core.numeric.Vector;

/**
 * The steps from rules to rules: damped and accelerated, and taken back where they led astray.
 *
 * <p>A step is taken back when markets do not clear at its end, or when the rules there change much
 * more than they did before. Acceleration then forgets all but the best rules so far, and the loop
 * goes on from those by a damped step, half as long each time, until the rules change less than at
 * the best. An object holds the steps of one solve.
 */
final class RuleSteps {

  /**
   * A residual larger than this many times the smallest so far is no progress: accelerated
   * residuals are not monotone, but on the economies shipped they never grow tenfold.
   */
  static final double GROWTH = 10;

  /** A step that is still too long at a thousandth of the estimated change is not the fault. */
  static final int MAX_SHORTENINGS = 10;

  private final ForecastRules shape;
  private final double gain;
  private final AndersonAcceleration acceleration;
  private Optional<Safeguard> safeguard;

  /** Steps that go on from a state. */
  RuleSteps(RuleUpdate update, SolverState start) {
    shape = start.rules();
    gain = update.gain();
    acceleration = new AndersonAcceleration(update.andersonDepth());
    acceleration.restore(start.acceleration().toArray(), start.rules().coefficients().length);
    safeguard = start.safeguard();
  }

  /**
   * The rules after rules that cleared. The acceleration weighs coefficients by the forecasts that
   * they change on the path.
   */
  ForecastRules next(ForecastRules used, ForecastRules estimated, ForecastMeasure measure) {
    double residual = RuleChange.FORECASTS.of(used, estimated, measure);
    boolean grew = // or is not a number
        safeguard.isPresent() && !(residual <= GROWTH * safeguard.get().residual());
    if (grew) {
      Optional<ForecastRules> shorter = shortened();
      if (shorter.isPresent()) {
        return shorter.get();
      }
    }
    if (grew || safeguard.isEmpty() || residual < safeguard.get().residual()) {
      safeguard =
          Optional.of(
              new Safeguard(
                  0,
                  residual,
                  Vector.of(used.coefficients()),
                  Vector.of(estimated.coefficients())));
    }
    double[] from = used.coefficients();
    double[] to = damped(from, estimated.coefficients(), gain);
    return shape.withCoefficients(acceleration.next(from, to, measure));
  }

  /** A shorter step from the best rules so far; nothing if there are none, or it is too short. */
  Optional<ForecastRules> shortened() {
    if (safeguard.isEmpty() || safeguard.get().shortenings() == MAX_SHORTENINGS) {
      return Optional.empty();
    }
    Safeguard shorter = safeguard.get().shortened();
    safeguard = Optional.of(shorter);
    double[] from = shorter.used().toArray();
    double[] to = shorter.estimated().toArray();
    acceleration.restart(from, damped(from, to, gain));
    return Optional.of(
        shape.withCoefficients(damped(from, to, Math.scalb(gain, -shorter.shortenings()))));
  }

  /** The best rules so far, if any cleared. */
  Optional<ForecastRules> best() {
    return safeguard.map(best -> shape.withCoefficients(best.used().toArray()));
  }

  /** What a checkpoint must know of the acceleration. */
  Vector acceleration() {
    return Vector.of(acceleration.history());
  }

  /** What a checkpoint must know of the steps taken back. */
  Optional<Safeguard> safeguard() {
    return safeguard;
  }

  private static double[] damped(double[] from, double[] estimated, double share) {
    double[] to = estimated.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] = from[i] + share * (to[i] - from[i]);
    }
    return to;
  }
}
