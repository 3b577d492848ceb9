package org.nnks.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.declared.BloomDeclaration;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralPeriod;
import org.nnks.core.neural.NeuralPolicies;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.tensor.PushForward;
import org.nnks.core.tensor.Readout;
import org.nnks.khanthomas.KhanThomasCalibration;
import org.nnks.khanthomas.KhanThomasDeclaration;

/**
 * What a device brings: training steps a second by size of the batch, quarters of Bloom et al.
 * (2018) by size of the histogram (Yokomoto 2026, Table 6), whose firms choose by the paper's
 * discrete and continuous policy networks, with the reads they take, and how far totals are from
 * those of the CPU. Prints Markdown tables for docs/gpu.md; all in under ten minutes on a GPU.
 *
 * <p>Networks are hardly trained: their decisions mean nothing and cost the same.
 *
 * <p>Arguments: {@code cpu} or {@code gpu}; then, if not all, the number of batches (1 to 3) and of
 * histograms (1 to 3), from the smallest on.
 */
public final class DeviceTable {

  private static final List<Integer> BATCHES = List.of(256, 4_096, 65_536);

  /** Intervals of k and n for each of the published: 1×, 10× and 80×. */
  private static final List<List<Integer>> HISTOGRAMS =
      List.of(List.of(1, 1), List.of(5, 2), List.of(20, 4));

  /** Rows that a timed training sees at most, so that the largest batch takes seconds on a CPU. */
  private static final int TIMED_ROWS = 1_000_000;

  /** Steps of a timed training at most, and at least. */
  private static final int MOST_STEPS = 400;

  private static final int FEWEST_STEPS = 4;

  /** What a period of Table 6 asks for: price rounds of three candidates, in one batch each. */
  private static final int ROUNDS = 3;

  /** Candidates of a round beside the forecast, as shares of it. */
  private static final double[] CANDIDATES = {.99, 1, 1.01};

  /** Quarters before those timed. */
  private static final int WARM_UP = 2;

  private static final int QUARTERS = 20;

  /** No measurement of quarters goes on for longer, in seconds. */
  private static final double LONGEST = 20;

  private static final double NANO = 1e-9;

  private final Device device;
  private final PrintStream out;

  private DeviceTable(Device device, PrintStream out) {
    this.device = device;
    this.out = out;
  }

  /** Measures and prints. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Device device =
        Device.open(
            arguments.length > 0 && arguments[0].equals("gpu")
                ? Device.Choice.GPU
                : Device.Choice.CPU,
            Device.DEFAULT_THREADS);
    int batches = arguments.length > 1 ? Integer.parseInt(arguments[1]) : BATCHES.size();
    int histograms = arguments.length > 2 ? Integer.parseInt(arguments[2]) : HISTOGRAMS.size();
    new DeviceTable(device, System.out)
        .print(BATCHES.subList(0, batches), HISTOGRAMS.subList(0, histograms));
  }

  private void print(List<Integer> batches, List<List<Integer>> histograms) {
    out.printf("%s, device %s%n%n", Device.engine(), device.name());
    out.println("| Khan-Thomas, rows a batch | precision | training steps a second |");
    out.println("|---|---|---|");
    for (DataType precision : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
      for (int batch : batches) {
        out.printf("| %,d | %s | %.1f |%n", batch, name(precision), stepsASecond(batch, precision));
      }
    }
    out.println();
    out.println("| Bloom et al., points | precision | ms a quarter | reads a quarter | mass − 1 |");
    out.println("|---|---|---|---|---|");
    for (DataType precision : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
      for (List<Integer> times : histograms) {
        Quarters quarters = quarters(device, times, precision, QUARTERS);
        out.printf(
            "| %,d | %s | %.1f | %.1f | %.0e |%n",
            quarters.points(),
            name(precision),
            quarters.milliseconds(),
            quarters.reads(),
            quarters.mass() - 1);
      }
    }
    out.printf(
        "%nLargest relative distance of totals from those of the CPU, %d quarters, float64: %.1e%n",
        QUARTERS, distance());
  }

  private static String name(DataType precision) {
    return precision.toString().toLowerCase(Locale.ROOT);
  }

  /**
   * Steps a second of a warm training of all networks, its judgement taken off. The batch counts
   * the rows of L_val: points in all exogenous states.
   */
  private double stepsASecond(int batch, DataType precision) {
    int steps = Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, TIMED_ROWS / batch));
    DeclaredEconomy economy = new KhanThomasDeclaration(KhanThomasCalibration.terry2017());
    ForecastRules rules = still(economy);
    int states = economy.aggregate().size() * economy.own().size();
    NeuralTraining training =
        NeuralTraining.standard()
            .withBatch(Math.max(2, batch / states))
            .withHeld(1, 1)
            .withFits(0)
            .withSteps(0, FEWEST_STEPS, steps);
    try (NeuralBellman solver =
        new NeuralBellman(economy, training, device, precision, new Seeds(1), new Readout())) {
      solver.solve(rules);
      long start = System.nanoTime();
      solver.current(rules);
      long judged = System.nanoTime();
      solver.solve(rules);
      return steps / (NANO * (System.nanoTime() - judged - (judged - start)));
    }
  }

  /** Rules that forecast what a history starts from, and the middle of the prices, for ever. */
  private static ForecastRules still(DeclaredEconomy economy) {
    int states = economy.aggregate().size();
    double[] coefficients = new double[2 * 2 * states];
    double capital = Math.log(economy.initial().moments().get(0));
    double price =
        .5
            * (Math.log(economy.prices().get(0).lower())
                + Math.log(economy.prices().get(0).upper()));
    for (int a = 0; a < states; a++) {
      coefficients[2 * a] = capital;
      coefficients[2 * (states + a)] = price;
    }
    return ForecastRules.ofCoefficients(1, 1, coefficients);
  }

  /** What simulated quarters took. */
  private record Quarters(
      int points, double milliseconds, double reads, double mass, List<double[]> totals) {}

  private static Quarters quarters(
      Device device, List<Integer> times, DataType precision, int count) {
    DeclaredEconomy economy =
        new BloomDeclaration(BloomCalibration.replication().finer(times.get(0), times.get(1)));
    ForecastRules rules = still(economy);
    AgentHistogram agents = new AgentHistogram(economy);
    int own = economy.own().size();
    Shape shape = new Shape(own, agents.mass().length / own);
    Readout readout = new Readout();
    int[] states =
        economy
            .aggregate()
            .simulate(
                economy.initial().aggregateState(),
                WARM_UP + count + 1,
                new Seeds(1).stream("aggregate"));
    List<double[]> totals = new ArrayList<>();
    try (NeuralBellman solver =
            new NeuralBellman(
                economy,
                NeuralTraining.yokomoto2026().withSteps(0, 1, 1),
                device,
                precision,
                new Seeds(1),
                readout);
        PushForward push = new PushForward(economy, device);
        NDManager manager = device.newManager()) {
      solver.current(rules); // agents believe these rules
      NeuralPolicies policies = solver.policies(rules, agents.levels());
      NDArray mass = manager.create(agents.mass().clone(), shape);
      double[] capital = economy.initial().moments().toArray();
      long reads = 0;
      long start = 0;
      int timed = 0;
      for (int t = 0; t < WARM_UP + count; t++) {
        if (t == WARM_UP) {
          reads = readout.reads();
          start = System.nanoTime();
        }
        NeuralPeriod period = policies.period(states[t], capital);
        double[][] candidates = new double[CANDIDATES.length][];
        for (int c = 0; c < candidates.length; c++) {
          candidates[c] = new double[] {CANDIDATES[c] * period.prices()[0]};
        }
        for (int round = 0; round < ROUNDS; round++) {
          double[][] found = period.totals(candidates, mass);
          if (round == 0) {
            totals.add(found[1]);
          }
        }
        try (NDManager scope = manager.newSubManager()) {
          NDArray moved =
              push.advance(
                  mass, period.flows(period.prices(), scope), states[t], states[t + 1], scope);
          moved.attach(manager);
          mass.close();
          mass = moved;
        }
        timed += t < WARM_UP ? 0 : 1;
        if (timed > 0 && NANO * (System.nanoTime() - start) > LONGEST) {
          break;
        }
      }
      long quarterReads = readout.reads() - reads;
      double total = readout.read(mass.sum())[0]; // waits for what the device still has to do
      double milliseconds = NANO * (System.nanoTime() - start) * 1_000 / timed;
      return new Quarters(
          agents.mass().length, milliseconds, (double) quarterReads / timed, total, totals);
    }
  }

  private double distance() {
    List<Integer> original = HISTOGRAMS.get(0);
    List<double[]> here = quarters(device, original, DataType.FLOAT64, QUARTERS).totals();
    List<double[]> host = quarters(Device.cpu(), original, DataType.FLOAT64, QUARTERS).totals();
    double largest = 0;
    for (int t = 0; t < Math.min(here.size(), host.size()); t++) {
      for (int i = 0; i < here.get(t).length; i++) {
        double scale = Math.max(Math.abs(host.get(t)[i]), Double.MIN_NORMAL);
        largest = Math.max(largest, Math.abs(here.get(t)[i] - host.get(t)[i]) / scale);
      }
    }
    return largest;
  }
}
