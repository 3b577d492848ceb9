package org.nnks.core.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Economy;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/**
 * A generalised impulse response (Koop, Pesaran and Potter 1996): the average difference, in
 * percent, between pairs of economies that share all random numbers but for the shock.
 *
 * @param shock what was shocked and how it was averaged
 * @param responses one for each variable; element 0 is the period of the shock
 */
public record ImpulseResponse(Shock shock, List<Response> responses) {

  /**
   * The response of one variable.
   *
   * @param name A, Y, I, N, C, or that of a moment or price
   * @param mean 100 * mean log difference, in percent, by periods since the shock
   * @param standardError of that mean over economies
   * @param economies what was averaged: a row for each period, a column for each economy
   */
  public record Response(String name, Vector mean, Vector standardError, Matrix economies) {

    /**
     * The standard error of the difference of two mean responses to one shock in the same
     * economies: that of the mean of the differences economy by economy. What luck both share
     * cancels, so it is smaller than independent draws would have it.
     *
     * @param other the same variable in economies of the same seed, decided on otherwise
     * @param h periods since the shock
     * @throws IllegalArgumentException if the number of economies differs
     */
    public double pairedError(Response other, int h) {
      int pairs = economies.columns();
      if (other.economies.columns() != pairs) {
        throw new IllegalArgumentException(
            "responses in %d and in %d economies have no pairs to compare"
                .formatted(pairs, other.economies.columns()));
      }
      double[] differences = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        differences[i] = economies.get(h, i) - other.economies.get(h, i);
      }
      return ResponseAverage.standardError(differences, mean.get(h) - other.mean.get(h));
    }
  }

  private record Variable(String name, Function<SimulatedPath, Vector> series) {}

  /** Aggregates, and every moment and price of the economy. */
  private static List<Variable> variables(Variables names) {
    List<Variable> all =
        new ArrayList<>(
            List.of(
                new Variable("Y", SimulatedPath::output),
                new Variable("I", SimulatedPath::investment),
                new Variable("N", SimulatedPath::hours),
                new Variable("C", SimulatedPath::consumption)));
    for (int m = 0; m < names.moments().size(); m++) {
      int moment = m;
      all.add(new Variable(names.moments().get(m), path -> path.moments().get(moment)));
    }
    for (int j = 0; j < names.prices().size(); j++) {
      int price = j;
      all.add(new Variable(names.prices().get(j), path -> path.prices().get(price)));
    }
    return all;
  }

  /** The response of one variable by name. */
  public Response response(String name) {
    return responses.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * The response to a shock to the aggregate state.
   *
   * @param listener is told after each pair how many pairs are done
   * @throws IllegalArgumentException if the chain cannot make the shock
   */
  public static ImpulseResponse of(
      Economy economy, Policies policies, StateShock shock, Seeds seeds, IntConsumer listener) {
    EconomySimulator simulator = new EconomySimulator();
    int periods = shock.horizon() + 1;
    ResponseAverage productivity = new ResponseAverage("A", periods, shock.economies());
    List<Variable> variables = variables(policies.begin().variables());
    List<ResponseAverage> averages =
        variables.stream()
            .map(v -> new ResponseAverage(v.name(), periods, shock.economies()))
            .toList();
    for (int i = 0; i < shock.economies(); i++) {
      int[] base = baseline(economy, shock, seeds, i);
      int[] shocked = base.clone();
      int drawn = base[shock.burnIn()];
      int pushed =
          shock.shocked(economy.aggregate(), drawn, seeds.stream("irf-shocked", i).nextDouble());
      if (pushed != drawn) {
        RandomGenerator sameNumbers = seeds.stream("irf-future", i);
        sameNumbers.nextDouble(); // the base economy's number for the period of the shock
        int[] future = economy.aggregate().simulate(pushed, periods, sameNumbers);
        System.arraycopy(future, 0, shocked, shock.burnIn(), periods);
      }
      for (int h = 0; h < periods; h++) {
        int t = shock.burnIn() + h;
        productivity.add(
            h,
            Math.log(economy.aggregate().level(shocked[t]) / economy.aggregate().level(base[t])));
      }
      SimulatedPath without = simulator.simulate(policies, base);
      SimulatedPath with =
          java.util.Arrays.equals(base, shocked) ? without : simulator.simulate(policies, shocked);
      for (int v = 0; v < variables.size(); v++) {
        Vector before = variables.get(v).series().apply(without);
        Vector after = variables.get(v).series().apply(with);
        for (int h = 0; h < periods; h++) {
          int t = shock.burnIn() + h;
          averages.get(v).add(h, Math.log(after.get(t) / before.get(t)));
        }
      }
      listener.accept(i + 1);
    }
    List<Response> responses = new ArrayList<>();
    responses.add(productivity.response());
    averages.forEach(average -> responses.add(average.response()));
    return new ImpulseResponse(shock, List.copyOf(responses));
  }

  /** Aggregate states of the i-th economy without the shock. */
  private static int[] baseline(Economy economy, StateShock shock, Seeds seeds, int i) {
    MarkovChain chain = economy.aggregate();
    RandomGenerator past = seeds.stream("irf-past", i);
    int[] before;
    do { // a past that ends in the wanted state has its law given that state
      before = chain.simulate(economy.start().aggregateState(), shock.burnIn(), past);
    } while (shock.state().isPresent() && before[shock.burnIn() - 1] != shock.state().getAsInt());
    int[] after =
        chain.simulate(
            before[shock.burnIn() - 1], shock.horizon() + 2, seeds.stream("irf-future", i));
    int[] states = new int[shock.burnIn() + shock.horizon() + 1];
    System.arraycopy(before, 0, states, 0, shock.burnIn());
    System.arraycopy(after, 1, states, shock.burnIn(), shock.horizon() + 1);
    return states;
  }
}
