package org.nnks.core.io;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;

/** Copies of records with one component changed, so that a wither is one line. */
public final class Records {

  private Records() {}

  /**
   * A copy of a public record with one component replaced; its constructor checks the copy.
   *
   * @throws IllegalArgumentException if the record has no such component or rejects the value
   */
  public static <R extends Record> R with(R record, String component, Object value) {
    @SuppressWarnings("unchecked")
    Class<R> type = (Class<R>) record.getClass();
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] arguments = new Object[components.length];
    boolean found = false;
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        boolean replaced = components[i].getName().equals(component);
        arguments[i] = replaced ? value : components[i].getAccessor().invoke(record);
        found |= replaced;
      }
      if (!found) {
        throw new IllegalArgumentException(
            "%s has no component '%s'".formatted(type.getSimpleName(), component));
      }
      Constructor<R> constructor = type.getConstructor(types);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException rejected) {
        throw rejected;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "%s is not a public record with an accessible constructor".formatted(type), e);
    }
  }
}
