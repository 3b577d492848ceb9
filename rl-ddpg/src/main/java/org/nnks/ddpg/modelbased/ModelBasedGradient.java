package org.nnks.ddpg.modelbased;

import java.util.Map;
import java.util.TreeMap;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.HostNetwork;
import org.nnks.ddpg.Learner;
import org.nnks.ddpg.TrainingProgress;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.ddpg.environments.GrowthRule;
import org.nnks.ddpg.environments.SlopedEnvironment;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcRule;

/**
 * A deterministic policy gradient with a known model: an actor, a critic, a replay and target
 * networks as in Algorithm 1 of Liu (2024), but the critic is V, and Q(s, a) = u(s, a) + beta E
 * V(k'(s, a), z', l') is put together from the budget and the shocks that agents know. It is
 * another algorithm than DDPG, which learns Q(s, a) from rewards and next states alone ({@link
 * org.nnks.ddpg.Ddpg}). Nothing is solved: networks move by Adam's steps only.
 *
 * <p>Random numbers of iteration t come from streams numbered t, so that a restored training
 * continues bit by bit. Not thread-safe.
 */
public final class ModelBasedGradient implements Learner {

  /** Cross-sections and rows of each at which the policy's movement is measured. */
  private static final int MOVEMENT_SECTIONS = 64;

  private static final int MOVEMENT_MEMBERS = 16;

  private static final String ITERATION = "gradient.iteration";

  private final Model model;
  private final GradientConfig config;
  private final Seeds seeds;
  private final ActorCritic networks;
  private long iteration;

  private ModelBasedGradient(Model model, GradientConfig config, Device device, Seeds seeds) {
    this.model = model;
    this.config = config;
    this.seeds = seeds;
    networks = ActorCritic.draw(config, model, device, seeds);
  }

  /** A learner in economies of one agent. */
  public static ModelBasedGradient ofAgents(
      SlopedEnvironment environment, GradientConfig config, Device device, Seeds seeds) {
    if (config.networks().summaryOutputs() > 0) {
      throw new IllegalArgumentException(
          "one agent is no cross-section to summarise: set summaryOutputs to 0");
    }
    return new ModelBasedGradient(
        new SingleAgents(environment, config.batches().priority(), seeds.stream("start")),
        config,
        device,
        seeds);
  }

  /** A learner in economies of many households. */
  public static ModelBasedGradient ofHouseholds(
      KrusellSmith economy, GradientConfig config, Device device, Seeds seeds) {
    economy.requireIncome();
    if (config.targets().steps() > 1
        || config.targets().horizon() > 1
        || config.batches().priority() > 0) {
      throw new IllegalArgumentException(
          "households learn from single periods, drawn alike: set steps and horizon to 1 and priority to 0");
    }
    boolean summarised = config.networks().summaryOutputs() > 0;
    return new ModelBasedGradient(
        new Histograms(economy, summarised, seeds.stream("start")), config, device, seeds);
  }

  /**
   * One iteration: every economy lives a period, a minibatch is drawn from the replay, the critic
   * takes a step towards u + beta E V_target, the actor a step up it, and the targets follow.
   */
  @Override
  public TrainingProgress iterate() {
    iteration++;
    model.advance(networks::actions, seeds.stream("interaction", iteration));
    Points now =
        model.sample(
            config.sections(iteration),
            config.batches().members(),
            seeds.stream("minibatch", iteration));
    double[] rows = networks.rows(now);
    double[] actions = networks.actor().actions(networks.actor().network(), now, rows);
    Outcomes outcomes = now.outcomes(actions);
    BellmanStep step =
        new BellmanStep(
            now.link(), actions, outcomes, expected(now, outcomes), model.discountFactor());
    double rate = config.schedule().rate(iteration);
    double loss = criticise(now, rows, actions, step, rate);
    double[] slopes = step.actionSlopes();
    if (iteration > config.schedule().warmup()) {
      if (config.targets().horizon() == 1) {
        networks.actor().ascend(rows, slopes, now.importance(), rate);
      } else {
        Rollout path = rollout(now, config.targets().horizon());
        networks.actor().ascend(path.inputs(), path.actionSlopes(), path.importance(), rate);
      }
    }
    networks.follow();
    return new TrainingProgress(
        iteration,
        config.schedule().iterations(),
        loss,
        step.relativeSize(slopes),
        model.meanCapital());
  }

  /** The critic's step, and what it finds hard; returns its loss. */
  private double criticise(
      Points now, double[] rows, double[] actions, BellmanStep step, double rate) {
    int steps = config.targets().steps();
    CriticNetwork.Values goals = steps == 1 ? step.goals() : rollout(now, steps).returns();
    double[] directions = networks.directions(now);
    double[] units = now.slopeUnits(actions);
    double loss = networks.critic().learn(now, rows, directions, goals, units, rate);
    if (config.batches().priority() > 0) {
      agents().learn(networks.critic().errors(now, rows, directions, goals, units));
    }
    return loss;
  }

  /** E V_target(k', s') and E dV_target/dk'. */
  private CriticNetwork.Values expected(Points now, Outcomes outcomes) {
    Successors next = now.successors(outcomes.next());
    int n = outcomes.next().length;
    if (!config.targets().quadrature()) {
      next = next.drawn(n, seeds.stream("shocks", iteration));
    }
    CriticNetwork.Values values = networks.target(next.points());
    return new CriticNetwork.Values(
        next.expectation(values.value(), n), next.expectation(values.slope(), n));
  }

  private Rollout rollout(Points now, int periods) {
    return Rollout.of(
        (AgentPoints) now,
        periods,
        networks.actor(),
        this::expected,
        model.discountFactor(),
        seeds.stream("rollout", iteration));
  }

  private SingleAgents agents() {
    return (SingleAgents) model;
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public int iterations() {
    return config.schedule().iterations();
  }

  /** The settings. */
  public GradientConfig config() {
    return config;
  }

  @Override
  public double movement() {
    Points points =
        model.sample(MOVEMENT_SECTIONS, MOVEMENT_MEMBERS, seeds.stream("movement", iteration));
    double[] now = networks.actions(points);
    double[] slow = networks.averaged(points);
    double sum = 0;
    for (int i = 0; i < now.length; i++) {
      double difference = Math.log(now[i] / slow[i]);
      sum += difference * difference;
    }
    return Math.sqrt(sum / now.length);
  }

  /**
   * The learned decisions of households, which go on learning with this learner.
   *
   * @param economy of the calibration that was learned, with any histogram
   */
  public HouseholdRule rule(KrusellSmith economy) {
    return new LearnedHouseholds(this, economy);
  }

  /**
   * The learned decisions of the representative agent as they are.
   *
   * @param economy with a chain for z, on which they are asked
   * @param environment in which they were learned
   */
  public RbcRule rule(Rbc economy, GrowthEnvironment environment) {
    HostNetwork network = new HostNetwork(networks.actor().average().network());
    return new GrowthRule(
        economy,
        environment,
        state -> {
          double[] row = new double[environment.inputs()];
          environment.writeInputs(state, row, 0);
          double shift = Link.LOG_ODDS.shift(environment.keepingAction(state));
          return Link.LOG_ODDS.action(ActorNetwork.shifted(shift, network.value(row)[0]));
        });
  }

  /** The learned action in economies of one agent. */
  public double action(AgentState state) {
    return networks.averaged(agents().points(state))[0];
  }

  /**
   * The learned summary S of a cross-section.
   *
   * @param economy of the calibration that was learned, with any histogram
   * @throws IllegalStateException without a summary network
   */
  public Vector summary(KrusellSmith economy, Households households) {
    if (networks.summary() == null) {
      throw new IllegalStateException("this learner sees K and has no summary network");
    }
    return Vector.of(new LearnedHouseholds(this, economy).summary(households));
  }

  ActorCritic networks() {
    return networks;
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put(ITERATION, new double[] {iteration});
    SavedNetworks.put(state, networks);
    model.save(state);
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    try {
      iteration = (long) Learner.saved(state, ITERATION)[0];
      SavedNetworks.restore(state, networks);
      model.restore(state);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the checkpoint was written with other networks (%s): resume with the settings it was written with"
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    networks.close();
  }
}
