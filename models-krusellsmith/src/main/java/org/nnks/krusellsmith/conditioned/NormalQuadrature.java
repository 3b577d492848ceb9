package org.nnks.krusellsmith.conditioned;

/**
 * Gauss-Hermite quadrature of the standard normal: the sum of probability times f at the nodes is E
 * f exactly for polynomials of degree 2 size - 1.
 *
 * <p>Nodes are roots of the Hermite polynomial He_n, found by Newton's method with deflation, and
 * weights (n-1)! / (n He_(n-1)^2): Abramowitz and Stegun (1964), 25.4.46, for the weight of
 * probabilists.
 */
final class NormalQuadrature {

  private static final int NEWTON_STEPS = 100;

  private final double[] nodes;
  private final double[] probabilities;

  NormalQuadrature(int size) {
    nodes = new double[size];
    probabilities = new double[size];
    double factorial = 1;
    for (int i = 2; i < size; i++) {
      factorial *= i;
    }
    for (int i = 0; i < size; i++) {
      nodes[i] = root(size, i);
      double previous = hermite(size - 1, nodes[i]);
      probabilities[i] = factorial / (size * previous * previous);
    }
  }

  /** A root other than the first {@code found} ones; deflation keeps Newton's method off those. */
  private double root(int size, int found) {
    double x = 2 * Math.sqrt(size);
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double value = hermite(size, x);
      double slope = size * hermite(size - 1, x);
      double deflation = 0;
      for (int j = 0; j < found; j++) {
        deflation += 1 / (x - nodes[j]);
      }
      x -= value / (slope - value * deflation);
    }
    return x;
  }

  private static double hermite(int degree, double x) {
    double before = 0;
    double now = 1;
    for (int n = 0; n < degree; n++) {
      double next = x * now - n * before;
      before = now;
      now = next;
    }
    return now;
  }

  int size() {
    return nodes.length;
  }

  double node(int i) {
    return nodes[i];
  }

  double probability(int i) {
    return probabilities[i];
  }
}
