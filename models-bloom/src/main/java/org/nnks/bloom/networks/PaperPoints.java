package org.nnks.bloom.networks;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.simulate.SimulatedPath;

/**
 * Where networks learn: places (k, n_-1) and mean capitals. Once a history has been seen, half the
 * places are beside its firms, and half the mean capitals that policies see are where it went.
 */
final class PaperPoints {

  /** Mean capitals off the nodes at which policies are trained. */
  private static final int VISITED = 9;

  /** How far visited mean capitals reach beyond what was seen, as a share of its length. */
  private static final double MARGIN = .25;

  /** The first part of a path, in which its start is forgotten. */
  private static final double FORGOTTEN = .2;

  private static final String FIRMS = "paper.firms";
  private static final String CAPITALS = "paper.capitals";

  private final Bloom economy;
  private final ChoiceGrid grid;

  /** Cumulated mass of firms by (k, n_-1); empty before a history was seen. */
  private double[] firms = {};

  private double lowest;
  private double highest;

  PaperPoints(Bloom economy, ChoiceGrid grid) {
    this.economy = economy;
    this.grid = grid;
    lowest = economy.meanCapital().lower();
    highest = economy.meanCapital().upper();
  }

  /** Sees a history: its firms on average, and its mean capitals. */
  void observe(SimulatedPath path) {
    Matrix mass = path.meanAgents();
    firms = new double[grid.size()];
    for (int z = 0; z < mass.rows(); z++) {
      for (int i = 0; i < firms.length; i++) {
        firms[i] += mass.get(z, i);
      }
    }
    Arrays.parallelPrefix(firms, Double::sum);
    int from = (int) (FORGOTTEN * path.periods());
    double low = path.capital().slice(from, path.periods()).min();
    double high = path.capital().slice(from, path.periods()).max();
    lowest = Math.max(economy.meanCapital().lower(), low - MARGIN * (high - low));
    highest = Math.min(economy.meanCapital().upper(), high + MARGIN * (high - low));
  }

  /** Mean capitals: the nodes, and then those visited. */
  double[] meanCapitals() {
    int nodes = economy.meanCapital().size();
    double[] all = Arrays.copyOf(economy.meanCapital().nodes().toArray(), nodes + VISITED);
    for (int i = 0; i < VISITED; i++) {
      all[nodes + i] = lowest + i * (highest - lowest) / (VISITED - 1);
    }
    return all;
  }

  /** The number of one of these. */
  int meanCapital(RandomGenerator random, boolean onNodes) {
    int nodes = economy.meanCapital().size();
    return onNodes || random.nextBoolean()
        ? random.nextInt(nodes)
        : nodes + random.nextInt(VISITED);
  }

  /** Positions of k and n_-1 in nodes. */
  double[] place(RandomGenerator random) {
    double u = random.nextDouble();
    double v = random.nextDouble();
    boolean anywhere = random.nextBoolean() || firms.length == 0;
    if (anywhere) {
      return new double[] {u * (grid.capitalNodes() - 1), v * (grid.hoursNodes() - 1)};
    }
    int at = Arrays.binarySearch(firms, random.nextDouble() * firms[firms.length - 1]);
    int cell = Math.min(firms.length - 1, at < 0 ? -at - 1 : at);
    return new double[] {
      beside(cell / grid.hoursNodes(), u, grid.capitalNodes()),
      beside(cell % grid.hoursNodes(), v, grid.hoursNodes())
    };
  }

  /** Within a node of one. */
  private static double beside(int node, double u, int nodes) {
    return Math.max(0, Math.min(nodes - 1, node + 2 * u - 1));
  }

  /** Adds what was seen. */
  void save(Map<String, double[]> state) {
    state.put(FIRMS, firms.clone());
    state.put(CAPITALS, new double[] {lowest, highest});
  }

  /** Continues from {@link #save}. */
  void restore(Map<String, double[]> state) {
    firms = PaperNetworks.get(state, FIRMS).clone();
    lowest = PaperNetworks.get(state, CAPITALS)[0];
    highest = PaperNetworks.get(state, CAPITALS)[1];
  }
}
