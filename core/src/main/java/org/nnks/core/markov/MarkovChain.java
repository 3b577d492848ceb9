package org.nnks.core.markov;

import org.nnks.core.numeric.*;

public record MarkovChain(Vector levels, Matrix transition) {
  public int size() {
    return levels.size();
  }

  public double level(int i) {
    return levels.get(i);
  }

  public double probability(int i, int j) {
    return transition.get(i, j);
  }

  public static MarkovChain tauchen(double rho, double sigma, int n, double width) {
    double s = sigma / Math.sqrt(1 - rho * rho);
    double[] x = new double[n];
    double d = 2 * width * s / (n - 1);
    for (int i = 0; i < n; i++) x[i] = -width * s + d * i;
    var phi = new org.apache.commons.math3.distribution.NormalDistribution();
    double[][] p = new double[n][n];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        double lo = j == 0 ? 0 : phi.cumulativeProbability((x[j] - d / 2 - rho * x[i]) / sigma);
        double hi = j == n - 1 ? 1 : phi.cumulativeProbability((x[j] + d / 2 - rho * x[i]) / sigma);
        p[i][j] = hi - lo;
        sum += p[i][j];
      }
      for (int j = 0; j < n; j++) p[i][j] /= sum;
    }
    double[] l = new double[n];
    for (int i = 0; i < n; i++) l[i] = Math.exp(x[i]);
    return new MarkovChain(Vector.of(l), Matrix.ofRows(p));
  }

  public int[] simulate(int start, int periods, java.util.random.RandomGenerator r) {
    int[] a = new int[periods];
    a[0] = start;
    for (int t = 1; t < periods; t++) {
      double u = r.nextDouble(), c = 0;
      int j = 0;
      while (j < size() - 1 && u >= (c += probability(a[t - 1], j))) j++;
      a[t] = j;
    }
    return a;
  }
}
