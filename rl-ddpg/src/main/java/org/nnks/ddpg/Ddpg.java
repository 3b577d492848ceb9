package org.nnks.ddpg;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.CrossSection;
import org.nnks.ddpg.environments.Environment;

/**
 * Deep deterministic policy gradient: Algorithm 1 of Liu (2024) with the changes of its section
 * 2.3. {@link #iterate} is the algorithm: an interaction, a minibatch, a step of the critic, a step
 * of the actor, and the target networks follow. Before the first iteration the actor imitates the
 * policy that keeps capital, and the target networks become copies.
 *
 * <p>Random numbers of iteration t come from streams numbered t, so that a restored training
 * continues bit by bit. Not thread-safe.
 */
public final class Ddpg implements Learner {

  /**
   * Root mean square relative error of the imitated share at which imitation ends: K then moves by
   * a few hundredths of a percent a period, and interaction starts in an economy that stays.
   */
  static final double IMITATED = 0.01;

  /** States in a step of imitation, drawn from where economies start. */
  private static final int IMITATION_BATCH = 256;

  private final Environment environment;
  private final DdpgConfig config;
  private final Seeds seeds;
  private final ValueScale scale;
  private final Inputs inputs;
  private final ActionValues values;
  private final Actor actor;
  private final Critic critic;
  private final Replay replay;
  private final Economies economies;
  private final LearnedPolicy policy;
  private long iteration;
  private double imitationError = Double.NaN;

  /** A learner with new networks and an empty replay. */
  public Ddpg(Environment environment, DdpgConfig config, Device device, Seeds seeds) {
    this.environment = environment;
    this.config = config;
    this.seeds = seeds;
    scale = new ValueScale(environment, config);
    inputs = new Inputs(environment, config.networks().summaryOutputs());
    values = new ActionValues(environment, config, inputs, scale);
    replay = new Replay(config.schedule().buffer(), environment.agents());
    actor = new Actor(environment, config, inputs.width(), device, seeds);
    critic = new Critic(environment, config, inputs, device, seeds);
    economies = new Economies(environment, config.exploration(), seeds.stream("start"));
    policy = new LearnedPolicy(environment, inputs, actor, critic);
  }

  /** Trains to the configured number of iterations. */
  public void train(DdpgListener listener) {
    while (iteration < config.schedule().iterations()) {
      listener.iteration(iterate());
    }
  }

  /**
   * One pass of the loop of Algorithm 1.
   *
   * @throws TrainingDivergedException if capital explodes, the critic leaves its scale or a loss is
   *     not finite; the learner must not be used any more, but what was saved before stands
   */
  @Override
  public TrainingProgress iterate() {
    if (iteration == 0) {
      imitate();
    }
    iteration++;
    DdpgConfig.Schedule schedule = config.schedule();
    double progress = Math.min(1, iteration / (double) schedule.iterations());
    double decay = schedule.decay(progress);
    interact(config.exploration().noise(progress));
    double loss = Double.NaN;
    if (replay.size() >= schedule.start()) {
      Minibatch batch =
          Minibatch.sample(
              replay,
              schedule.sections(),
              schedule.members(),
              inputs,
              seeds.stream("minibatch", iteration));
      double[] summary = inputs.summaries(critic.phi(), batch.sections());
      double[] rows = inputs.rows(batch.states(), summary, i -> i / batch.members());
      loss = learnQ(batch, rows, schedule.criticRate() * decay);
      if (critic.adam().steps() % schedule.actorDelay() == 0) {
        if (critic.adam().steps() > schedule.warmup()) {
          ascend(batch, rows, schedule.actorRate() * decay);
        }
        critic.updateTargets();
        actor.target().update();
      }
    }
    return new TrainingProgress(
        iteration, schedule.iterations(), loss, Double.NaN, economies.meanCapital());
  }

  /** Supervised pre-training, before any interaction; then the targets are copies of networks. */
  private void imitate() {
    RandomGenerator random = seeds.stream("imitation");
    int sections = Math.max(1, IMITATION_BATCH / environment.agents());
    double squares = Double.POSITIVE_INFINITY;
    for (int step = 0;
        step < config.schedule().imitation() && !(squares <= IMITATED * IMITATED);
        step++) {
      CrossSection[] starts = new CrossSection[sections];
      Arrays.setAll(starts, i -> environment.start(random));
      double[] summary = inputs.summaries(critic.phi(), starts);
      AgentState[] states =
          Arrays.stream(starts)
              .flatMap(start -> Arrays.stream(inputs.states(start)))
              .toArray(AgentState[]::new);
      double[] rows = inputs.rows(states, summary, i -> i / environment.agents());
      squares = actor.imitate(states, rows, config.schedule().actorRate());
    }
    imitationError = Math.sqrt(squares);
    actor.target().network().setValues(actor.network().values());
  }

  /** Observe s, execute a = clip(pi(s) + e, low, high), store; then the shocks move. */
  private void interact(double noise) {
    RandomGenerator random = seeds.stream("interaction", iteration);
    double[] summary = inputs.summaries(critic.phi(), economies.now());
    for (int e = 0; e < economies.size(); e++) {
      int economy = e;
      AgentState[] states = inputs.states(economies.get(e));
      double[] rows = inputs.rows(states, summary, i -> economy);
      double[] actions = actor.actions(actor.network(), states, rows);
      for (int i = 0; i < actions.length; i++) {
        actions[i] = actor.clip(states[i], actions[i] + noise * random.nextGaussian());
      }
      replay.add(economies.get(e).withActions(actions));
      economies.advance(e, states, actions, iteration, random);
    }
  }

  /** One step of Q towards r + beta E Q_targ(s', pi_targ(s')). */
  private double learnQ(Minibatch batch, double[] rows, double rate) {
    double[] goals =
        values.targets(batch, actor, critic, iteration, seeds.stream("trajectories", iteration));
    double[] taken = batch.ofMembers(batch.actionsTaken());
    return critic.train(batch, values.rows(batch.states(), rows, taken), goals, rate);
  }

  /** theta = theta + rate d/dtheta mean Q(s, pi(s)) with Q and the summary held fixed. */
  private void ascend(Minibatch batch, double[] rows, double rate) {
    actor.ascend(
        batch.states(),
        rows,
        rate,
        (seen, output, action) ->
            critic.value(
                NDArrays.concat(
                    new NDList(seen, config.networks().anchored() ? output : action), 1)));
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public int iterations() {
    return config.schedule().iterations();
  }

  /** The economy that is learned. */
  public Environment environment() {
    return environment;
  }

  /** The settings. */
  public DdpgConfig config() {
    return config;
  }

  /** Root mean square relative error of the imitated share of cash; NaN if nothing was imitated. */
  public double imitationError() {
    return imitationError;
  }

  /** Arrays that the managers of networks and constants hold: constant from step to step. */
  int managedArrays() {
    return actor.managedArrays() + critic.managedArrays();
  }

  /** The learned actions of all agents of cross-sections, section by section. */
  public double[] actions(CrossSection... sections) {
    return policy.actions(sections);
  }

  /**
   * The learned actions at states of a common cross-section.
   *
   * @param summary S of the cross-section; empty without a summary network
   */
  public double[] actions(AgentState[] states, double[] summary) {
    return policy.actions(states, summary);
  }

  /**
   * The summary S of weighted agents, such as the cells of a histogram.
   *
   * @param capital k of each
   * @param labour the state of its own shock
   * @param weights sum to one
   * @return empty without a summary network
   */
  public double[] summary(double[] capital, double[] labour, double[] weights) {
    return policy.summary(capital, labour, weights);
  }

  /**
   * A copy of the learned policy for economies of one agent, in plain Java, that later training
   * does not change.
   *
   * @throws IllegalStateException if the policy sees a summary of a cross-section
   */
  public ToDoubleFunction<AgentState> frozenPolicy() {
    return policy.frozenPolicy();
  }

  /** The slow copy is the actor's target, which follows within some 1 / tau iterations. */
  @Override
  public double movement() {
    return policy.distanceFromTarget(economies.now());
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put("ddpg.progress", new double[] {iteration, scale.largestReward(), imitationError});
    Checkpoint.save(state, actor, critic, replay);
    economies.save(state);
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    try {
      double[] progress = Learner.saved(state, "ddpg.progress");
      Checkpoint.restore(state, actor, critic, replay);
      economies.restore(state);
      iteration = (long) progress[0];
      scale.setLargestReward(progress[1]);
      imitationError = progress[2];
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the checkpoint was written with other networks (%s): resume with the configuration it was written with"
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    critic.close();
    actor.close();
  }
}
