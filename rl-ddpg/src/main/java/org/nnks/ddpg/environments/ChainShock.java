package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;

/** A Markov chain that depends on nothing else; the state is the index of its state. */
public record ChainShock(MarkovChain chain) implements ShockProcess {

  @Override
  public double start(double other, RandomGenerator random) {
    return random.nextInt(chain.size());
  }

  @Override
  public double draw(double state, double other, double nextOther, RandomGenerator random) {
    return draw(chain.transition().row((int) state), random);
  }

  /** A state drawn from a law. */
  static int draw(Vector law, RandomGenerator random) {
    double u = random.nextDouble();
    int state = 0;
    double sum = law.get(0);
    while (u > sum && state < law.size() - 1) {
      state++;
      sum += law.get(state);
    }
    return state;
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
