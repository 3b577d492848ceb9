package org.nnks.core.io;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** What records have in common: copies with one component changed, and checks of components. */
public final class Records {

  private Records() {}

  /**
   * A copy of a record with one component replaced; its constructor checks the copy.
   *
   * @throws IllegalArgumentException if the record has no such component or rejects the value
   */
  public static <R extends Record> R with(R record, String component, Object value) {
    @SuppressWarnings("unchecked")
    Class<R> type = (Class<R>) record.getClass();
    RecordComponent[] components = type.getRecordComponents();
    int replaced = RecordBinder.names(components).indexOf(component);
    if (replaced < 0) {
      throw new IllegalArgumentException(
          "%s has no component '%s'".formatted(type.getSimpleName(), component));
    }
    Object[] arguments = new Object[components.length];
    Arrays.setAll(
        arguments, i -> i == replaced ? value : RecordBinder.value(record, components[i]));
    try {
      return type.cast(RecordBinder.construct(type, arguments, ""));
    } catch (RecordRefusedException e) {
      throw (IllegalArgumentException) e.getCause();
    }
  }

  /**
   * Checks a component.
   *
   * @param holds whether it is what it must be
   * @param rule what that is, as it follows "must be"
   * @throws IllegalArgumentException otherwise, which says "name must be rule but is value"
   */
  public static void require(boolean holds, String name, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s but is %s".formatted(name, rule, value));
    }
  }
}
