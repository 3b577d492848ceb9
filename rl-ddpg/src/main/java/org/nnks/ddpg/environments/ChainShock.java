package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;
import org.nnks.core.markov.MarkovChain;

/** A Markov chain that depends on nothing else; the state is the index of its state. */
public record ChainShock(MarkovChain chain) implements ShockProcess {

  @Override
  public double start(double other, RandomGenerator random) {
    return random.nextInt(chain.size());
  }

  @Override
  public double draw(double state, double other, double nextOther, RandomGenerator random) {
    double u = random.nextDouble();
    int next = 0;
    double sum = chain.probability((int) state, 0);
    while (u > sum && next < chain.size() - 1) {
      next++;
      sum += chain.probability((int) state, next);
    }
    return next;
  }

  @Override
  public int nodes() {
    return chain.size();
  }

  @Override
  public double node(double state, double other, double nextOther, int node) {
    return node;
  }

  @Override
  public double weight(double state, double other, double nextOther, int node) {
    return chain.probability((int) state, node);
  }
}
