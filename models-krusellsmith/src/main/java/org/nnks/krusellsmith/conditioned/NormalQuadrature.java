package org.nnks.krusellsmith.conditioned;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Gauss-Hermite quadrature of the standard normal: the sum of probability times f at the nodes is E
 * f exactly for polynomials of degree 2 size - 1.
 */
final class NormalQuadrature {

  private final double[] nodes;
  private final double[] probabilities;

  NormalQuadrature(int size) {
    GaussIntegrator hermite = new GaussIntegratorFactory().hermite(size);
    nodes = new double[size];
    probabilities = new double[size];
    for (int i = 0; i < size; i++) { // its weight is exp(-x^2), not the normal density
      nodes[i] = Math.sqrt(2) * hermite.getPoint(i);
      probabilities[i] = hermite.getWeight(i) / Math.sqrt(Math.PI);
    }
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
