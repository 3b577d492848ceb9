package org.nnks.ddpg;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
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
 * of the actor, and the target networks follow.
 *
 * <p>Random numbers of iteration t come from streams numbered t, so that a restored training
 * continues bit by bit. Not thread-safe.
 */
public final class Ddpg implements AutoCloseable {

  private final Environment environment;
  private final DdpgConfig config;
  private final Seeds seeds;
  private final ValueScale scale;
  private final Inputs inputs;
  private final Actor actor;
  private final Critic critic;
  private final Replay replay;
  private final Economies economies;
  private final LearnedPolicy policy;
  private long iteration;

  /** A learner with new networks and an empty replay. */
  public Ddpg(Environment environment, DdpgConfig config, Device device, Seeds seeds) {
    this.environment = environment;
    this.config = config;
    this.seeds = seeds;
    scale = new ValueScale(environment, config);
    inputs = new Inputs(environment, config.summaryOutputs());
    replay = new Replay(config.buffer(), environment.agents());
    actor = new Actor(environment, config, inputs.width(), device, seeds);
    critic = new Critic(environment, config, inputs, device, seeds);
    economies = new Economies(environment, config, seeds.stream("start"));
    policy = new LearnedPolicy(environment, inputs, actor, critic);
  }

  /** Trains to the configured number of iterations. */
  public void train(DdpgListener listener) {
    while (iteration < config.iterations()) {
      listener.iteration(iterate());
    }
  }

  /**
   * One pass of the loop of Algorithm 1.
   *
   * @throws TrainingDivergedException if capital explodes, the critic leaves its scale or a loss is
   *     not finite; the learner must not be used any more, but what was saved before stands
   */
  public DdpgProgress iterate() {
    iteration++;
    actor.setHeads(null); // gradients know one output layer
    double progress = Math.min(1, iteration / (double) config.iterations());
    double decay = DdpgConfig.anneal(1, config.finalRates(), progress);
    double meanAction =
        interact(DdpgConfig.anneal(config.initialNoise(), config.finalNoise(), progress));
    Minibatch batch =
        Minibatch.sample(replay, config, inputs, seeds.stream("minibatch", iteration));
    double[] summary = inputs.summaries(critic.phi(), batch.sections());
    double[] rows = inputs.rows(batch.states(), summary, i -> i / batch.members());
    if (iteration <= config.pretraining()) {
      actor.imitate(batch.states(), rows, config.actorRate() * decay);
    }
    boolean structured = config.critic() == DdpgConfig.CriticKind.STRUCTURED;
    Losses losses = structured ? learnV(batch, summary, rows, decay) : learnQ(batch, rows, decay);
    critic.updateTargets();
    actor.target().update();
    return new DdpgProgress(
        iteration,
        config.iterations(),
        losses.critic(),
        losses.actor(),
        economies.meanCapital(),
        meanAction);
  }

  /** Of critic and actor, as in {@link DdpgProgress}. */
  private record Losses(double critic, double actor) {}

  /** Observe s, execute a = clip(pi(s) + e, low, high), store; then the shocks move. */
  private double interact(double noise) {
    RandomGenerator random = seeds.stream("interaction", iteration);
    double[] summary = inputs.summaries(critic.phi(), economies.now());
    double sum = 0;
    for (int e = 0; e < economies.size(); e++) {
      int economy = e;
      AgentState[] states = inputs.states(economies.get(e));
      double[] rows = inputs.rows(states, summary, i -> economy);
      double[] actions = actor.actions(actor.network(), states, rows);
      for (int i = 0; i < actions.length; i++) {
        sum += actions[i];
        actions[i] = Actor.clip(actions[i] + noise * random.nextGaussian());
      }
      replay.add(economies.get(e).withActions(actions));
      economies.advance(e, states, actions, iteration, random);
    }
    return sum / (economies.size() * environment.agents());
  }

  /** One step of V towards u + beta E V_targ(s'), and of the actor up the Q that it implies. */
  private Losses learnV(Minibatch batch, double[] summary, double[] rows, double decay) {
    StructuredTargets targets = StructuredTargets.of(this, batch, summary);
    double loss = critic.train(batch, rows, targets.goals(), config.criticRate() * decay);
    if (!updatesActor()) {
      return new Losses(loss, Double.NaN);
    }
    actor.ascend(
        batch.states(),
        rows,
        targets.actions(),
        targets.actionSlopes(),
        config.actorRate() * decay);
    return new Losses(loss, targets.actorError());
  }

  /**
   * One step of Q towards r + beta E Q_targ(s', pi_targ(s')), and theta = theta + rate d/dtheta
   * mean Q(s, pi(s)) with Q and the summary held fixed.
   */
  private Losses learnQ(Minibatch batch, double[] rows, double decay) {
    double[] taken = batch.ofMembers(batch.actionsTaken());
    double loss =
        critic.train(
            batch,
            ActionValues.inputs(this, batch.states(), rows, taken),
            ActionValues.targets(this, batch),
            config.criticRate() * decay);
    if (updatesActor()) {
      actor.ascend(
          batch.states(),
          rows,
          config.actorRate() * decay,
          (inputs, output, action) ->
              critic.value(
                  NDArrays.concat(new NDList(inputs, config.anchored() ? output : action), 1)));
    }
    return new Losses(loss, Double.NaN);
  }

  private boolean updatesActor() {
    return iteration > config.pretraining() && iteration % config.actorDelay() == 0;
  }

  /** Ends a training with least squares on states that it has visited. Not part of Algorithm 1. */
  public PolishReport polish(Polish polish, DdpgListener listener) {
    return polish.apply(this, listener);
  }

  /** The same, unheard. */
  public PolishReport polish(Polish polish) {
    return polish(polish, new DdpgListener() {});
  }

  /** The iterations done. */
  public long iteration() {
    return iteration;
  }

  /** The economy that is learned. */
  public Environment environment() {
    return environment;
  }

  /** The settings. */
  public DdpgConfig config() {
    return config;
  }

  /** Bytes that the replay takes. */
  public long replayBytes() {
    return replay.bytes();
  }

  /** Arrays that the managers of networks and constants hold: constant from step to step. */
  int managedArrays() {
    return actor.managedArrays() + critic.managedArrays();
  }

  Inputs inputs() {
    return inputs;
  }

  Actor actor() {
    return actor;
  }

  Critic critic() {
    return critic;
  }

  Replay replay() {
    return replay;
  }

  Seeds seeds() {
    return seeds;
  }

  ValueScale scale() {
    return scale;
  }

  Economies economies() {
    return economies;
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
   * @throws IllegalStateException if the policy sees a summary of a cross-section, or has been
   *     polished for each exogenous state
   */
  public ToDoubleFunction<AgentState> frozenPolicy() {
    return policy.frozenPolicy();
  }

  /**
   * Root mean square difference of log actions between the actor and its target copy, in the
   * economies as they are now: how far the policy moved within some 1 / tau iterations, which is
   * not how far it is from the best one.
   */
  public double distanceFromTarget() {
    return policy.distanceFromTarget(economies.now());
  }

  /** Everything the next iteration starts from, as named arrays. */
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put("ddpg.progress", new double[] {iteration, scale.largestReward()});
    Checkpoint.save(state, actor, critic, replay);
    economies.save(state);
    return state;
  }

  /**
   * Continues from a state written by {@link #state}.
   *
   * @throws InvalidInputException if arrays are missing or have another size
   */
  public void restore(Map<String, double[]> state) {
    try {
      double[] progress = Checkpoint.get(state, "ddpg.progress");
      Checkpoint.restore(state, actor, critic, replay);
      economies.restore(state);
      iteration = (long) progress[0];
      scale.setLargestReward(progress[1]);
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
