package org.nnks.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/** Every derivative of every declared equation against finite differences. */
final class DerivativeCheck {

  private static final int POINTS = 20;

  /** The step that balances truncation and rounding, relative to a symbol's level. */
  private static final double STEP = 1e-5;

  /** What central differences leave of a smooth function, relative to its size. */
  private static final double ACCURACY = 1e-6;

  /** One-sided differences that differ by more have a kink between them. */
  private static final double KINK = 1e-2;

  private final DeclaredEconomy economy;
  private final RandomGenerator random;

  DerivativeCheck(DeclaredEconomy economy, RandomGenerator random) {
    this.economy = economy;
    this.random = random;
  }

  void checkAll() {
    equations().forEach(this::check);
  }

  private Map<String, Expression> equations() {
    Map<String, Term> all = new LinkedHashMap<>();
    for (Branch branch : economy.branches()) {
      all.put("payoff of " + branch.name(), economy.payoff(branch));
      if (!branch.leaves()) {
        economy
            .next(branch)
            .forEach((state, term) -> all.put(state.name() + " after " + branch.name(), term));
      }
      economy
          .contributions(branch)
          .forEach((total, term) -> all.put(total.name() + " of " + branch.name(), term));
      for (Control.Range range : branch.ranges()) {
        String name = range.control().name() + " in " + branch.name();
        range.lower().ifPresent(term -> all.put("lower bound of " + name, term));
        range.upper().ifPresent(term -> all.put("upper bound of " + name, term));
      }
    }
    economy.moments().forEach(moment -> all.put("moment " + moment.name(), moment.law()));
    economy.expectations().forEach(each -> all.put("expectation " + each.name(), each.term()));
    economy.residuals().forEach((price, term) -> all.put("residual of " + price.name(), term));
    economy.aggregates().forEach((name, term) -> all.put("series " + name, term));
    if (economy.choice() instanceof Choice.UniformCost cost) {
      all.put("upper cost", cost.upper());
    }
    Map<String, Expression> expressions = new LinkedHashMap<>();
    all.forEach((name, term) -> expressions.put(name, term.expression()));
    return expressions;
  }

  private void check(String name, Expression equation) {
    for (String symbol : equation.symbols()) {
      Program program = new Program(0, Map.of(), List.of(equation, equation.derivative(symbol)));
      int compared = 0;
      for (int i = 0; i < POINTS; i++) {
        Map<String, Double> at = draw(equation);
        at.forEach(program::set);
        double middle = program.evaluate(0)[0];
        double derivative = program.evaluate(1)[0];
        double h = STEP * Math.max(Math.abs(at.get(symbol)), STEP);
        program.set(symbol, at.get(symbol) + h);
        double above = program.evaluate(0)[0];
        program.set(symbol, at.get(symbol) - h);
        double below = program.evaluate(0)[0];
        double central = (above - below) / (2 * h);
        double size = Math.max(Math.abs(derivative), Math.abs(middle / at.get(symbol)));
        boolean kink = Math.abs(above - 2 * middle + below) / h > KINK * size;
        if (Double.isFinite(central) && Double.isFinite(derivative) && !kink) {
          compared++;
          assertThat(central)
              .as("derivative of the %s with respect to %s at %s", name, symbol, at)
              .isCloseTo(derivative, within(ACCURACY * Math.max(size, ACCURACY)));
        }
      }
      assertThat(compared).as("points at which the %s has a derivative", name).isPositive();
    }
  }

  private Map<String, Double> draw(Expression equation) {
    Map<String, Double> at = new HashMap<>();
    equation.symbols().forEach(symbol -> at.put(symbol, random.nextDouble(.5, 2)));
    for (Exogenous variable : economy.exogenous()) {
      at.replace(variable.name(), between(variable.levels().min(), variable.levels().max()));
    }
    economy.states().forEach(s -> at.replace(s.name(), s.unscaled(random.nextDouble(-1, 1))));
    for (Branch branch : economy.branches()) {
      for (Control control : branch.controls()) {
        at.replace(control.name(), between(control.grid().lower(), control.grid().upper()));
      }
    }
    economy.moments().forEach(m -> at.replace(m.name(), between(m.lower(), m.upper())));
    economy.moments().forEach(m -> at.replace(m.next().name(), between(m.lower(), m.upper())));
    economy.prices().forEach(p -> at.replace(p.name(), between(p.lower(), p.upper())));
    economy.prices().forEach(p -> at.replace(p.next().name(), between(p.lower(), p.upper())));
    return at;
  }

  private double between(double lower, double upper) {
    return lower + random.nextDouble() * (upper - lower);
  }
}
