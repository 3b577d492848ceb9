package org.nnks.core.economy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnks.core.economy.DeclaredEconomy.Initial;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * An economy whose agents look at one moment more: the mean squared distance of their first state
 * from where it is on average, as a share of that. Nothing else is changed; whether rules gain by
 * it is what it is for.
 */
public final class SecondMoment {

  /** The name of the moment. */
  public static final String NAME = "V";

  /** How far the moment may move from where it is on average, as a factor. */
  private static final double RANGE = 1.5;

  private SecondMoment() {}

  /**
   * The economy with the moment. What does not follow from its moments it says as the economy does
   * that it is of.
   *
   * @param agents mass by own state and nodes of the states, the last state fastest, averaged over
   *     a path
   * @param rules of the economy as it is, from which a solve starts
   */
  public static DeclaredEconomy of(DeclaredEconomy economy, Matrix agents, ForecastRules rules) {
    State state = economy.states().get(0);
    int others = agents.columns() / state.grid().size();
    double mean = 0;
    for (int e = 0; e < agents.rows(); e++) {
      for (int i = 0; i < agents.columns(); i++) {
        mean += agents.get(e, i) * state.grid().get(i / others);
      }
    }
    double average = 0;
    for (int e = 0; e < agents.rows(); e++) {
      for (int i = 0; i < agents.columns(); i++) {
        double away = state.grid().get(i / others) / mean - 1;
        average += agents.get(e, i) * away * away;
      }
    }
    Moment moment =
        Moment.mean(
            NAME,
            state.expression().times(1 / mean).minus(1).pow(2),
            average / RANGE,
            average * RANGE);
    List<Moment> moments = Stream.concat(economy.moments().stream(), Stream.of(moment)).toList();
    Initial initial = initial(economy.initial(), average);
    Optional<ForecastRules> coldStart = Optional.of(coldStart(rules, average));
    InvocationHandler answers =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "moments" -> moments;
              case "initial" -> initial;
              case "coldStart" -> coldStart;
              case "variables", "check" ->
                  InvocationHandler.invokeDefault(proxy, method, arguments);
              default -> asked(economy, method, arguments);
            };
    return (DeclaredEconomy)
        Proxy.newProxyInstance(
            DeclaredEconomy.class.getClassLoader(),
            new Class<?>[] {DeclaredEconomy.class},
            answers);
  }

  private static Object asked(DeclaredEconomy economy, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(economy, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The moment is near its average where a history starts, whatever it is there. */
  private static Initial initial(Initial initial, double average) {
    return new Initial(
        initial.aggregateState(), extended(initial.moments(), average), initial.distribution());
  }

  private static Vector extended(Vector vector, double last) {
    double[] all = new double[vector.size() + 1];
    System.arraycopy(vector.toArray(), 0, all, 0, vector.size());
    all[vector.size()] = last;
    return Vector.of(all);
  }

  /** The rules of the economy as it is, and a moment that stays at its average. */
  private static ForecastRules coldStart(ForecastRules rules, double average) {
    Vector none = Vector.of(new double[rules.states()]);
    List<LogLinearRule> moments = new ArrayList<>();
    rules.moments().forEach(rule -> moments.add(extended(rule, none)));
    List<Vector> still = Collections.nCopies(moments.size() + 1, none);
    moments.add(new LogLinearRule(none.map(zero -> Math.log(average)), still));
    return new ForecastRules(
        moments, rules.prices().stream().map(rule -> extended(rule, none)).toList());
  }

  private static LogLinearRule extended(LogLinearRule rule, Vector slope) {
    return new LogLinearRule(
        rule.intercept(), Stream.concat(rule.slopes().stream(), Stream.of(slope)).toList());
  }
}
