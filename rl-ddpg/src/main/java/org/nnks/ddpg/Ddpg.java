package org.nnks.ddpg;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * Deep deterministic policy gradient: Algorithm 1 of Liu (2024) with the changes of its section
 * 2.3. {@link #iterate} is the algorithm; everything else stands behind its named steps.
 *
 * <p>Random numbers of iteration t come from streams numbered t, so that a restored training
 * continues bit by bit. Not thread-safe.
 */
public final class Ddpg implements AutoCloseable {

  /**
   * How far the critic may be beyond the largest value that rewards so far allow, max |u| / (1 -
   * beta), before training is called diverged.
   */
  private static final double OFF_SCALE = 10;

  /** The limit of noise on the target's action, in standard deviations: .5 / .2 of TD3. */
  private static final double SMOOTHING_CLIP = 2.5;

  private final Environment environment;
  private final DdpgConfig config;
  private final Seeds seeds;
  private final double rewardScale;
  private final double anchorScale;
  private final Inputs inputs;
  private final Actor actor;
  private final Critic critic;
  private final Replay replay;
  private final CrossSection[] economies;
  private final int[] ages;
  private long iteration;
  private double largestReward;
  private double meanAction;

  /** A learner with new networks and an empty replay. */
  public Ddpg(Environment environment, DdpgConfig config, Device device, Seeds seeds) {
    this.environment = environment;
    this.config = config;
    this.seeds = seeds;
    double beta = environment.discountFactor();
    rewardScale = config.scaledRewards() ? 1 - beta : 1;
    anchorScale = config.anchored() ? rewardScale / (1 - beta) : 0;
    inputs = new Inputs(environment, config.summaryOutputs());
    replay = new Replay(config.buffer(), environment.agents());
    actor = new Actor(environment, config, inputs.width(), device, seeds);
    critic = new Critic(environment, config, inputs, device, seeds);
    economies = new CrossSection[config.economies()];
    ages = new int[economies.length];
    RandomGenerator random = seeds.stream("start");
    for (int e = 0; e < economies.length; e++) {
      economies[e] = environment.start(random);
      ages[e] = e * config.episode() / economies.length; // staggered
    }
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
    double progress = Math.min(1, iteration / (double) config.iterations());
    double decay = DdpgConfig.anneal(1, config.finalRates(), progress);
    interact(DdpgConfig.anneal(config.initialNoise(), config.finalNoise(), progress));
    Minibatch batch =
        Minibatch.sample(replay, config, inputs, seeds.stream("minibatch", iteration));
    double[] summary = inputs.summaries(critic.phi(), batch.sections());
    AgentState[] states = batch.states();
    double[] rows = inputs.rows(states, summary, i -> i / batch.members());
    if (iteration <= config.pretraining()) {
      actor.imitate(states, rows, config.actorRate() * decay);
    }
    double loss;
    double actorError = Double.NaN;
    if (config.critic() == DdpgConfig.CriticKind.STRUCTURED) {
      Targets targets = structuredTargets(batch, summary);
      loss = critic.train(batch, rows, targets.goals(), config.criticRate() * decay);
      if (updatesActor()) {
        actor.ascend(
            states, rows, targets.actions(), targets.actionSlopes(), config.actorRate() * decay);
        actorError = targets.actorError();
      }
    } else {
      double[] taken = seenActions(states, batch.ofMembers(batch.actionsTaken()));
      loss =
          critic.train(
              batch,
              withAction(rows, taken),
              actionValueTargets(batch),
              config.criticRate() * decay);
      if (updatesActor()) {
        ascendActionValue(states, rows, config.actorRate() * decay);
      }
    }
    critic.updateTargets();
    actor.target().update();
    return new DdpgProgress(
        iteration, config.iterations(), loss, actorError, meanCapital(), meanAction);
  }

  private boolean updatesActor() {
    return iteration > config.pretraining() && iteration % config.actorDelay() == 0;
  }

  /** Observe s, execute a = clip(pi(s) + e, low, high), store; then the shocks move. */
  private void interact(double noise) {
    RandomGenerator random = seeds.stream("interaction", iteration);
    double[] summary = inputs.summaries(critic.phi(), economies);
    double sum = 0;
    for (int e = 0; e < economies.length; e++) {
      int economy = e;
      AgentState[] states = inputs.states(economies[e]);
      double[] rows = inputs.rows(states, summary, i -> economy);
      double[] actions = actor.actions(actor.network(), states, rows);
      for (int i = 0; i < actions.length; i++) {
        sum += actions[i];
        actions[i] = Actor.clip(actions[i] + noise * random.nextGaussian());
      }
      replay.add(economies[e].withActions(actions));
      economies[e] = next(economies[e], states, actions, random);
      requireStable(economies[e]);
      ages[e]++;
      if (ages[e] >= config.episode()) {
        // Truncated, not terminal: values are bootstrapped as everywhere.
        economies[e] = environment.start(random);
        ages[e] = 0;
      }
    }
    meanAction = sum / (economies.length * environment.agents());
  }

  /** The economies as they are now, in a new array. */
  CrossSection[] economies() {
    return economies.clone();
  }

  CrossSection next(
      CrossSection now, AgentState[] states, double[] actions, RandomGenerator random) {
    double z = now.productivity();
    double nextZ = environment.aggregateShock().draw(z, 0, 0, random);
    double[] capital = new double[states.length];
    double[] labour = new double[states.length];
    for (int i = 0; i < states.length; i++) {
      capital[i] = environment.outcome(states[i], actions[i]).next();
      labour[i] = environment.idiosyncraticShock().draw(now.labour(i), z, nextZ, random);
    }
    return CrossSection.ofUnsafe(nextZ, capital, labour, new double[states.length]);
  }

  void requireStable(CrossSection economy) {
    double capital = Math.abs(economy.meanCapital());
    if (!(capital <= environment.explodedCapital())) {
      throw new TrainingDivergedException(
          "iteration %d: the policy exploded, mean capital is %s beyond %s: lower the learning rates or the exploration noise, or start from the last checkpoint"
              .formatted(iteration, capital, environment.explodedCapital()));
    }
  }

  /**
   * What a structured critic and its actor learn at a minibatch.
   *
   * @param actions the actor's
   * @param actionSlopes dQ/da at the actor's actions, in units of rewards
   * @param actorError root mean square of dQ/da relative to that of du/da
   */
  private record Targets(
      Critic.Goals goals, double[] actions, double[] actionSlopes, double actorError) {}

  /**
   * y = u(s, a) + beta E V_targ(k'(s, a), z', l') with a = pi(s), in place of Q_targ(s',
   * pi_targ(s')); and its slopes by k, at a fixed action by the envelope theorem, and by a.
   */
  private Targets structuredTargets(Minibatch batch, double[] summary) {
    double beta = environment.discountFactor();
    AgentState[] everyone = batch.everyone();
    double[] all =
        actor.actions(
            actor.network(),
            everyone,
            inputs.rows(everyone, summary, i -> i / environment.agents()));
    Successors successors =
        Successors.of(
            environment,
            config,
            batch,
            batch.ofMembers(all),
            all,
            critic.targetPhi(),
            seeds.stream("trajectories", iteration));
    AgentState[] next = successors.states();
    double[] units = units(next);
    Critic.ValueAndSlope tangent =
        critic.targetTangent(
            inputs.rows(next, successors.summary(), successors::summaryOf),
            inputs.directions(next, units));
    double[] value = tangent.value();
    double[] slope = tangent.slope();
    for (int i = 0; i < next.length; i++) {
      value[i] += anchorValue(next[i]);
      slope[i] = slope[i] * units[i] + anchorSlope(next[i]);
    }
    double[] expected = successors.expectation(value);
    double[] expectedSlope = successors.expectation(slope);
    AgentState[] states = batch.states();
    double[] ownUnits = units(states);
    double[] actions = batch.ofMembers(all);
    double[] goals = new double[states.length];
    double[] slopeGoals = new double[states.length];
    double[] actionSlopes = new double[states.length];
    double residual = 0;
    double scale = 0;
    for (int i = 0; i < states.length; i++) {
      Outcome now = environment.outcome(states[i], actions[i]);
      double y = rewardScale * now.reward() + beta * expected[i];
      requireOnScale(now.reward(), y);
      double ySlope =
          rewardScale * now.rewardByCapital() + beta * expectedSlope[i] * now.nextByCapital();
      actionSlopes[i] =
          now.rewardByAction() + beta * expectedSlope[i] * now.nextByAction() / rewardScale;
      goals[i] = y - anchorValue(states[i]);
      slopeGoals[i] = (ySlope - anchorSlope(states[i])) / ownUnits[i];
      residual += actionSlopes[i] * actionSlopes[i];
      scale += now.rewardByAction() * now.rewardByAction();
    }
    return new Targets(
        new Critic.Goals(goals, inputs.directions(states, ownUnits), slopeGoals),
        actions,
        actionSlopes,
        Math.sqrt(residual / scale));
  }

  double anchorValue(AgentState state) {
    return anchorScale == 0 ? 0 : anchorScale * environment.anchorValue(state);
  }

  double anchorSlope(AgentState state) {
    return anchorScale == 0 ? 0 : anchorScale * environment.anchorSlope(state);
  }

  /** A typical dV/dk at each state, in units of this learner's values. */
  double[] units(AgentState[] states) {
    double[] units = new double[states.length];
    double scale = rewardScale / (1 - environment.discountFactor());
    for (int i = 0; i < units.length; i++) {
      units[i] = scale * environment.slopeUnit(states[i]);
    }
    return units;
  }

  /** y(s') = r + beta E Q_targ(s', pi_targ(s')), the mean over trajectories or nodes. */
  private Critic.Goals actionValueTargets(Minibatch batch) {
    RandomGenerator random = seeds.stream("trajectories", iteration);
    double[] all = batch.actionsTaken();
    double[] taken = batch.ofMembers(all);
    Successors successors =
        Successors.of(environment, config, batch, taken, all, critic.targetPhi(), random);
    AgentState[] next = successors.states();
    double[] rows = inputs.rows(next, successors.summary(), successors::summaryOf);
    double[] actions = actor.actions(actor.target().network(), next, rows);
    if (config.smoothing() > 0) {
      for (int i = 0; i < actions.length; i++) {
        double noise = Math.max(-SMOOTHING_CLIP, Math.min(SMOOTHING_CLIP, random.nextGaussian()));
        actions[i] = Actor.clip(actions[i] + config.smoothing() * noise);
      }
    }
    double[] value = critic.targetValues(withAction(rows, seenActions(next, actions)));
    for (int i = 0; i < value.length; i++) {
      value[i] += anchorValue(next[i]);
    }
    double[] expected = successors.expectation(value);
    AgentState[] states = batch.states();
    double[] goals = new double[states.length];
    for (int i = 0; i < goals.length; i++) {
      double reward = environment.outcome(states[i], taken[i]).reward();
      double y = rewardScale * reward + environment.discountFactor() * expected[i];
      requireOnScale(reward, y);
      goals[i] = y - anchorValue(states[i]);
    }
    return new Critic.Goals(goals, null, null);
  }

  /** No sum of discounted rewards is beyond max |u| / (1 - beta). */
  private void requireOnScale(double reward, double value) {
    largestReward = Math.max(largestReward, Math.abs(reward));
    double bound = OFF_SCALE * rewardScale * largestReward / (1 - environment.discountFactor());
    if (!(Math.abs(value) <= bound)) {
      throw new TrainingDivergedException(
          "iteration %d: the critic is off scale, a target is %s where %s is far above any sum of discounted rewards: lower the critic's learning rate or targetUpdate, or start from the last checkpoint"
              .formatted(iteration, value, bound));
    }
  }

  /** What Q(s, a) sees of actions: themselves, or log odds relative to the anchor's. */
  double[] seenActions(AgentState[] states, double[] actions) {
    if (!config.anchored()) {
      return actions;
    }
    double[] seen = new double[actions.length];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = Actor.logOdds(actions[i]) - Actor.logOdds(environment.keepingAction(states[i]));
    }
    return seen;
  }

  double[] withAction(double[] rows, double[] actions) {
    int width = inputs.width();
    double[] all = new double[rows.length + actions.length];
    for (int i = 0; i < actions.length; i++) {
      System.arraycopy(rows, i * width, all, i * (width + 1), width);
      all[i * (width + 1) + width] = actions[i];
    }
    return all;
  }

  /** theta = theta + rate d/dtheta mean Q(s, pi(s)), with Q and the summary held fixed. */
  private void ascendActionValue(AgentState[] states, double[] rows, double rate) {
    actor.ascend(
        states,
        rows,
        rate,
        (inputs, output, action) ->
            critic.value(
                NDArrays.concat(new NDList(inputs, config.anchored() ? output : action), 1)));
  }

  /** Arrays that the managers of networks and constants hold: constant from step to step. */
  int managedArrays() {
    return actor.managedArrays() + critic.managedArrays();
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

  /** Ends a training with least squares on states that it has visited. Not part of Algorithm 1. */
  public PolishReport polish(Polish polish, DdpgListener listener) {
    return polish.apply(this, listener);
  }

  /** The same, unheard. */
  public PolishReport polish(Polish polish) {
    return polish(polish, new DdpgListener() {});
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

  /** What rewards are multiplied with. */
  double rewardScale() {
    return rewardScale;
  }

  /** Bytes that the replay takes. */
  public long replayBytes() {
    return replay.bytes();
  }

  private double meanCapital() {
    return Arrays.stream(economies).mapToDouble(CrossSection::meanCapital).average().orElseThrow();
  }

  /**
   * The learned actions of all agents of cross-sections, section by section: those of the slowly
   * following actor, the average of its path.
   */
  public double[] actions(CrossSection... sections) {
    double[] summary = inputs.summaries(critic.targetPhi(), sections);
    int agents = sections[0].agents();
    AgentState[] states =
        Arrays.stream(sections)
            .flatMap(s -> Arrays.stream(inputs.states(s)))
            .toArray(AgentState[]::new);
    return actor.actions(
        actor.target().network(), states, inputs.rows(states, summary, i -> i / agents));
  }

  /**
   * Root mean square difference of log actions between the actor and its target copy, in the
   * economies as they are now: how far the policy moved within some 1 / tau iterations, which is
   * not how far it is from the best one.
   */
  public double distanceFromTarget() {
    double[] summary = inputs.summaries(critic.targetPhi(), economies);
    double sum = 0;
    int count = 0;
    for (int e = 0; e < economies.length; e++) {
      int economy = e;
      AgentState[] states = inputs.states(economies[e]);
      double[] rows = inputs.rows(states, summary, i -> economy);
      double[] now = actor.actions(actor.network(), states, rows);
      double[] slow = actor.actions(actor.target().network(), states, rows);
      for (int i = 0; i < now.length; i++) {
        double difference = Math.log(now[i] / slow[i]);
        sum += difference * difference;
        count++;
      }
    }
    return Math.sqrt(sum / count);
  }

  /**
   * A copy of the learned policy for economies of one agent, in plain Java, that later training
   * does not change.
   *
   * @throws IllegalStateException if the policy sees a summary of a cross-section
   */
  public ToDoubleFunction<AgentState> frozenPolicy() {
    if (config.summaryOutputs() > 0 && environment.agents() > 1) {
      throw new IllegalStateException(
          "a policy that sees a summary of the cross-section is not a function of one state");
    }
    ToDoubleBiFunction<AgentState, double[]> policy = actor.frozen();
    return state -> {
      CrossSection alone =
          CrossSection.of(
              state.productivity(), new double[] {state.capital()}, new double[] {state.labour()});
      CrossSection[] section = {alone};
      double[] summary = inputs.summaries(critic.targetPhi(), section);
      return policy.applyAsDouble(state, inputs.rows(new AgentState[] {state}, summary, i -> 0));
    };
  }

  /**
   * The learned actions at states of a common cross-section.
   *
   * @param summary S of the cross-section; empty without a summary network
   */
  public double[] actions(AgentState[] states, double[] summary) {
    return actor.actions(actor.target().network(), states, inputs.rows(states, summary, i -> 0));
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
    if (config.summaryOutputs() == 0) {
      return new double[0];
    }
    double[] members = new double[capital.length * SummaryNetwork.MEMBER_INPUTS];
    for (int i = 0; i < capital.length; i++) {
      environment.writeMember(capital[i], labour[i], members, i * SummaryNetwork.MEMBER_INPUTS);
    }
    return SummaryNetwork.means(critic.targetPhi(), members, weights, 1);
  }

  /** Everything the next iteration starts from, as named arrays. */
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put("ddpg.progress", new double[] {iteration, largestReward});
    putNetwork(state, "ddpg.actor", actor.network(), actor.target());
    putAdam(state, "ddpg.actor", actor.adam());
    for (int i = 0; i < critic.networks().size(); i++) {
      putNetwork(state, "ddpg.critic" + i, critic.networks().get(i), critic.targets().get(i));
    }
    if (critic.summary() != null) {
      putNetwork(state, "ddpg.summary", critic.phi(), critic.summary().target());
    }
    putAdam(state, "ddpg.critic", critic.adam());
    for (int e = 0; e < economies.length; e++) {
      state.put("ddpg.economy" + e, economies[e].numbers());
    }
    state.put("ddpg.ages", Arrays.stream(ages).asDoubleStream().toArray());
    state.put("ddpg.replay", replay.contents());
    state.put("ddpg.replay.next", new double[] {replay.next()});
    return state;
  }

  private static void putNetwork(
      Map<String, double[]> state, String name, Network network, TargetCopy target) {
    state.put(name + ".weights", network.values());
    state.put(name + ".target", target.network().values());
  }

  private static void putAdam(Map<String, double[]> state, String name, Adam adam) {
    state.put(name + ".moments", adam.moments());
    state.put(name + ".steps", new double[] {adam.steps()});
  }

  /**
   * Continues from a state written by {@link #state}.
   *
   * @throws InvalidInputException if arrays are missing or have another size
   */
  public void restore(Map<String, double[]> state) {
    try {
      double[] progress = get(state, "ddpg.progress");
      getNetwork(state, "ddpg.actor", actor.network(), actor.target());
      getAdam(state, "ddpg.actor", actor.adam());
      for (int i = 0; i < critic.networks().size(); i++) {
        getNetwork(state, "ddpg.critic" + i, critic.networks().get(i), critic.targets().get(i));
      }
      if (critic.summary() != null) {
        getNetwork(state, "ddpg.summary", critic.phi(), critic.summary().target());
      }
      getAdam(state, "ddpg.critic", critic.adam());
      double[] savedAges = get(state, "ddpg.ages");
      for (int e = 0; e < economies.length; e++) {
        economies[e] = CrossSection.ofNumbers(get(state, "ddpg.economy" + e));
        ages[e] = (int) savedAges[e];
      }
      replay.restore(get(state, "ddpg.replay"), (int) get(state, "ddpg.replay.next")[0]);
      iteration = (long) progress[0];
      largestReward = progress[1];
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the checkpoint was written with other networks (%s): resume with the configuration it was written with"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static void getNetwork(
      Map<String, double[]> state, String name, Network network, TargetCopy target) {
    network.setValues(get(state, name + ".weights"));
    target.network().setValues(get(state, name + ".target"));
  }

  private static void getAdam(Map<String, double[]> state, String name, Adam adam) {
    adam.restore((long) get(state, name + ".steps")[0], get(state, name + ".moments"));
  }

  private static double[] get(Map<String, double[]> state, String name) {
    double[] saved = state.get(name);
    if (saved == null) {
      throw new InvalidInputException(
          "the checkpoint does not hold %s: it was not written by this method with this configuration"
              .formatted(name));
    }
    return saved;
  }

  @Override
  public void close() {
    critic.close();
    actor.close();
  }
}
