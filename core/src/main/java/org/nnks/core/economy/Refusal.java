package org.nnks.core.economy;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.nnks.core.io.InvalidInputException;

/** Says what is wrong with a declaration, in one sentence that names the method at fault. */
record Refusal(DeclaredEconomy economy) {

  /** Throws unless something holds. */
  void unless(boolean holds, String method, String sentence, Object... values) {
    if (!holds) {
      throw of(method, sentence, values);
    }
  }

  /** What to throw. */
  InvalidInputException of(String method, String sentence, Object... values) {
    return new InvalidInputException(
        "economy '%s', %s: ".formatted(economy.name(), method) + sentence.formatted(values));
  }

  /** What a method declares; never null. */
  <T> T ask(String method, Supplier<T> declared) {
    T answer;
    try {
      answer = declared.get();
    } catch (InvalidInputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "economy %s, %s: the declaration itself fails with %s"
              .formatted(economy.getClass().getSimpleName(), method, e),
          e);
    }
    if (answer == null) {
      throw new InvalidInputException(
          "economy %s, %s: is null; declare something, if only an empty list or map"
              .formatted(economy.getClass().getSimpleName(), method));
    }
    return answer;
  }

  /** The names of all totals, sorted. */
  Set<String> totals() {
    Set<String> totals = new TreeSet<>();
    for (Branch branch : economy.branches()) {
      ask("contributions(%s)".formatted(branch.name()), () -> economy.contributions(branch))
          .keySet()
          .forEach(total -> totals.add(total.name()));
    }
    return totals;
  }
}
