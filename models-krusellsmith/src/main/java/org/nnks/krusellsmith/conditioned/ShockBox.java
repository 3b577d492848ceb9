package org.nnks.krusellsmith.conditioned;

import org.nnks.core.nets.InputBox;
import org.nnks.core.numeric.Vector;

/**
 * A box of economies that differ from Liu (2024) Table 1 in their shocks alone: theta = (rho_z,
 * sigma_z, rho_l, sigma_l), the same intervals for productivity and for labour.
 *
 * <p>Persistence goes in as q = sqrt((1 - rho)/(1 + rho)), in which decisions are smooth up to rho
 * = 1: a household whose log labour stands v standard deviations above its mean expects it to
 * change by -q sigma v. As a function of rho itself that has a root at 1.
 *
 * @param persistence of rho
 * @param sd of sigma
 */
public record ShockBox(InputBox persistence, InputBox sd) {

  /** theta has so many elements. */
  public static final int DIMENSIONS = 4;

  /** Ends of an interval may come back from the cube with an error of this share of it. */
  private static final double ROUNDING = 1e-12;

  /** Checks that processes are stationary. */
  public ShockBox {
    if (!(persistence.lower() > 0 && persistence.upper() < 1)) {
      throw new IllegalArgumentException(
          "persistence must be within (0, 1) but is in [%s, %s]"
              .formatted(persistence.lower(), persistence.upper()));
    }
    if (!(sd.lower() > 0)) {
      throw new IllegalArgumentException("sd must be positive but starts at " + sd.lower());
    }
  }

  /** Liu (2024) Table 3: persistence in [.9, .999], innovations in [.01, .05]. */
  public static ShockBox liu2024() {
    return new ShockBox(new InputBox(.9, .999), new InputBox(.01, .05));
  }

  /** The economy in the middle. */
  DetrendedEconomy centre() {
    return economy(Vector.ofUnsafe(new double[DIMENSIONS]));
  }

  /** Whether all economies of another box belong to this one. */
  public boolean covers(ShockBox other) {
    return within(other.persistence, persistence) && within(other.sd, sd);
  }

  private static boolean within(InputBox inner, InputBox outer) {
    return inner.lower() >= outer.lower() && inner.upper() <= outer.upper();
  }

  /** The economy at a point of the cube [-1, 1]^4. */
  DetrendedEconomy economy(Vector point) {
    return DetrendedEconomy.liu2024(
        process(point.get(0), point.get(1)), process(point.get(2), point.get(3)));
  }

  private Ar1 process(double persistence, double sd) {
    double q = speeds().unscale(persistence);
    return new Ar1((1 - q * q) / (1 + q * q), this.sd.unscale(sd));
  }

  /**
   * The point of the cube at which an economy stands.
   *
   * @throws IllegalArgumentException if it stands outside, or differs in more than its shocks
   */
  Vector point(DetrendedEconomy economy) {
    if (!economy.equals(DetrendedEconomy.liu2024(economy.productivity(), economy.labour()))) {
      throw new IllegalArgumentException(
          "only shocks vary in the box, other parameters are those of Liu (2024) Table 1, but this is "
              + economy);
    }
    double[] point = new double[DIMENSIONS];
    write("productivity", economy.productivity(), point, 0);
    write("labour", economy.labour(), point, 2);
    return Vector.ofUnsafe(point);
  }

  private void write(String name, Ar1 process, double[] point, int first) {
    require(name + " persistence", persistence, process.persistence());
    require(name + " sd", sd, process.sd());
    point[first] = speeds().scale(speed(process.persistence()));
    point[first + 1] = sd.scale(process.sd());
  }

  private static void require(String name, InputBox box, double value) {
    double rounding = ROUNDING * (box.upper() - box.lower());
    if (!(value >= box.lower() - rounding && value <= box.upper() + rounding)) {
      throw new IllegalArgumentException(
          "%s must be in [%s, %s], which was solved, but is %s"
              .formatted(name, box.lower(), box.upper(), value));
    }
  }

  private InputBox speeds() {
    return new InputBox(speed(persistence.upper()), speed(persistence.lower()));
  }

  private static double speed(double persistence) {
    return Math.sqrt((1 - persistence) / (1 + persistence));
  }
}
