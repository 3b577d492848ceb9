package org.nnks.ddpg.modelbased;

import java.util.Map;
import java.util.TreeMap;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Network;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.Learner;
import org.nnks.ddpg.TrainingProgress;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.ddpg.environments.SlopedEnvironment;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.Rbc;
import org.nnks.krusellsmith.RbcRule;

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
  private final Summary summary;
  private final ActorNetwork actor;
  private final CriticNetwork critic;
  private long iteration;

  private ModelBasedGradient(Model model, GradientConfig config, Device device, Seeds seeds) {
    this.model = model;
    this.config = config;
    this.seeds = seeds;
    int outputs = config.networks().summaryOutputs();
    int cells = model.cells().length;
    summary =
        outputs == 0
            ? null
            : new Summary(
                config,
                model.cells(),
                cells / Model.CELL_INPUTS,
                device,
                seeds.stream("initial summary"));
    int inputs = model.inputs() + outputs;
    actor = new ActorNetwork(config, inputs, model.heads(), device, seeds.stream("initial actor"));
    critic =
        new CriticNetwork(
            config, inputs, model.heads(), summary, device, seeds.stream("initial critic"));
  }

  /** A learner in economies of one agent. */
  public static ModelBasedGradient ofAgents(
      SlopedEnvironment environment, GradientConfig config, Device device, Seeds seeds) {
    if (config.networks().summaryOutputs() > 0) {
      throw new IllegalArgumentException(
          "one agent is no cross-section to summarise: set summaryOutputs to 0");
    }
    return new ModelBasedGradient(
        new SingleAgents(environment, seeds.stream("start")), config, device, seeds);
  }

  /** A learner in economies of many households. */
  public static ModelBasedGradient ofHouseholds(
      KrusellSmith economy, GradientConfig config, Device device, Seeds seeds) {
    economy.requireIncome();
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
    model.advance(this::actions, seeds.stream("interaction", iteration));
    Points now =
        model.sample(
            config.schedule().sections(),
            config.schedule().members(),
            seeds.stream("minibatch", iteration));
    double[] summaries = summaries(phi(), now);
    double[] rows = rows(now, summaries);
    double[] actions = actor.actions(actor.network(), now, rows);
    Outcomes outcomes = now.outcomes(actions);
    BellmanStep step =
        new BellmanStep(
            now.link(), actions, outcomes, expected(now, outcomes), model.discountFactor());
    double rate = config.schedule().rate(iteration);
    double loss =
        critic.learn(
            now,
            rows,
            Rows.directions(now.directions(), now.rows(), config.networks().summaryOutputs()),
            step.goals(),
            now.slopeUnits(actions),
            rate);
    double[] slopes = step.actionSlopes();
    if (iteration > config.schedule().warmup()) {
      actor.ascend(rows, slopes, now.importance(), rate);
    }
    critic.target().update();
    actor.average().update();
    if (summary != null) {
      summary.follow();
    }
    return new TrainingProgress(
        iteration,
        config.schedule().iterations(),
        loss,
        step.relativeSize(slopes),
        model.meanCapital());
  }

  /** E V_target(k', s') and E dV_target/dk'. */
  private CriticNetwork.Values expected(Points now, Outcomes outcomes) {
    Successors next = now.successors(outcomes.next());
    int n = outcomes.next().length;
    if (!config.targets().quadrature()) {
      next = next.drawn(n, seeds.stream("shocks", iteration));
    }
    Points then = next.points();
    CriticNetwork.Values values =
        critic.target(
            then,
            rows(then, summaries(targetPhi(), then)),
            Rows.directions(then.directions(), then.rows(), config.networks().summaryOutputs()));
    return new CriticNetwork.Values(
        next.expectation(values.value(), n), next.expectation(values.slope(), n));
  }

  private Network phi() {
    return summary == null ? null : summary.network();
  }

  private Network targetPhi() {
    return summary == null ? null : summary.target().network();
  }

  private double[] summaries(Network phi, Points points) {
    return phi == null
        ? null
        : summary.of(phi, points.sections().masses(), points.sections().count());
  }

  private static double[] rows(Points points, double[] summaries) {
    return Rows.join(points.inputs(), points.rows(), points.sections(), summaries);
  }

  private double[] actions(Points points) {
    return actor.actions(actor.network(), points, rows(points, summaries(phi(), points)));
  }

  /**
   * The actions that are reported: those of the average of the actor's path.
   *
   * @param summaries S of the points' cross-sections; null without a summary network
   */
  double[] reported(Points points, double[] summaries) {
    return actor.actions(actor.average().network(), points, rows(points, summaries));
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
    double[] now = actions(points);
    double[] slow =
        reported(points, summaries(summary == null ? null : summary.average().network(), points));
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
    return new LearnedGrowth(this, economy, environment);
  }

  /** The learned action in economies of one agent. */
  public double action(AgentState state) {
    return reported(((SingleAgents) model).points(state), null)[0];
  }

  /**
   * The learned summary S of a cross-section.
   *
   * @param economy of the calibration that was learned, with any histogram
   * @throws IllegalStateException without a summary network
   */
  public Vector summary(KrusellSmith economy, Households households) {
    if (summary == null) {
      throw new IllegalStateException("this learner sees K and has no summary network");
    }
    return Vector.of(new LearnedHouseholds(this, economy).summary(households));
  }

  ActorNetwork actor() {
    return actor;
  }

  /** The summary network; null without. */
  Summary summary() {
    return summary;
  }

  /** Arrays that the managers of networks and constants hold: constant from step to step. */
  int managedArrays() {
    return actor.managedArrays()
        + critic.managedArrays()
        + (summary == null ? 0 : summary.managedArrays());
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put(ITERATION, new double[] {iteration});
    SavedNetworks.put(state, actor, critic, summary);
    model.save(state);
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    try {
      iteration = (long) SavedNetworks.get(state, ITERATION)[0];
      SavedNetworks.restore(state, actor, critic, summary);
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
    if (summary != null) {
      summary.close();
    }
    critic.close();
    actor.close();
  }
}
