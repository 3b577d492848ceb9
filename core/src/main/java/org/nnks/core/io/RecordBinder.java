package org.nnks.core.io;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/** Binds JSON trees to records by their components. Messages begin with the dotted key. */
final class RecordBinder {

  private static final String WHOLE = "a whole number";

  private RecordBinder() {}

  /**
   * The value of a type that a tree describes.
   *
   * @throws InvalidInputException if the tree does not fit the type
   * @throws RecordRefusedException if a record refuses its values
   */
  static Object bind(JsonElement json, Type type, String path) {
    if (type instanceof ParameterizedType generic) {
      return bindGeneric(json, generic, path);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return bindRecord(json, plain, path);
    }
    if (plain == Vector.class) {
      return vector(json, path);
    }
    if (plain == Matrix.class) {
      return matrix(json, path);
    }
    if (plain == String.class) {
      if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()) {
        return json.getAsString();
      }
      throw wrong(path, "text in quotes", json);
    }
    if (plain == boolean.class || plain == Boolean.class) {
      if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isBoolean()) {
        return json.getAsBoolean();
      }
      throw wrong(path, "true or false", json);
    }
    if (plain.isEnum()) {
      if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()) {
        return constant(json.getAsString(), plain, path);
      }
      throw wrong(path, "one of " + String.join(", ", constants(plain)) + " in quotes", json);
    }
    if (plain == Double.class && json.isJsonNull()) {
      return Double.NaN;
    }
    if (isNumber(plain)) {
      if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isNumber()) {
        return number(json.getAsString(), plain, path);
      }
      throw wrong(path, plain == double.class || plain == Double.class ? "a number" : WHOLE, json);
    }
    throw unsupported(type, path);
  }

  /** The dotted key of a component of the object at a key. */
  static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The key of an element, counted from zero, of the array at a key. */
  static String element(String path, int i) {
    return path + "[" + i + "]";
  }

  private static Object bindGeneric(JsonElement json, ParameterizedType type, String path) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return json.isJsonNull() ? Optional.empty() : Optional.of(bind(json, arguments[0], path));
    }
    if (type.getRawType() == List.class) {
      JsonArray array = array(json, path);
      List<Object> items = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        items.add(bind(array.get(i), arguments[0], element(path, i)));
      }
      return List.copyOf(items);
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (Map.Entry<String, JsonElement> entry : object(json, path).entrySet()) {
        map.put(entry.getKey(), bind(entry.getValue(), arguments[1], child(path, entry.getKey())));
      }
      return Collections.unmodifiableMap(map);
    }
    throw unsupported(type, path);
  }

  private static Record bindRecord(JsonElement json, Class<?> type, String path) {
    JsonObject object = object(json, path);
    RecordComponent[] components = type.getRecordComponents();
    List<String> names = names(components);
    for (String key : object.keySet()) {
      if (!names.contains(key)) {
        throw unknown(path, key, names);
      }
    }
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = names.get(i);
      Type componentType = components[i].getGenericType();
      if (object.has(name)) {
        arguments[i] = bind(object.get(name), componentType, child(path, name));
      } else if (components[i].getType() == Optional.class) {
        arguments[i] = Optional.empty();
      } else {
        throw new InvalidInputException(
            "key '%s' is missing; %s has the keys %s"
                .formatted(child(path, name), type.getSimpleName(), String.join(", ", names)));
      }
    }
    return construct(type, arguments, path);
  }

  static Record construct(Class<?> type, Object[] arguments, String path) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (Record) constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException rejected) {
        throw new RecordRefusedException(path, rejected);
      }
      throw new IllegalStateException(
          "the constructor of " + type.getName() + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot construct " + type.getName(), e);
    }
  }

  /** The value of one component. */
  static Object value(Record record, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot read " + component.getName() + " of " + record.getClass().getName(), e);
    }
  }

  /** The names of components, in order. */
  static List<String> names(RecordComponent[] components) {
    return Arrays.stream(components).map(RecordComponent::getName).toList();
  }

  /** Whether values of a type are numbers. */
  static boolean isNumber(Class<?> type) {
    return List.of(double.class, Double.class, int.class, Integer.class, long.class, Long.class)
        .contains(type);
  }

  private static Object number(String text, Class<?> type, String path) {
    String rule = WHOLE;
    try {
      if (type == int.class || type == Integer.class) {
        rule = "a whole number from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE);
        return Integer.parseInt(text);
      }
      if (type == long.class || type == Long.class) {
        return Long.parseLong(text);
      }
      rule = "a finite number";
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidInputException(
        "key '%s' must be %s but is %s"
            .formatted(path, rule, text.isBlank() ? "empty" : TextFile.excerpt(text)));
  }

  private static Object constant(String name, Class<?> type, String path) {
    List<String> names = constants(type);
    String refusal = "key '%s' has no value '%s'".formatted(path, TextFile.excerpt(name));
    return type.getEnumConstants()[Spelling.find(refusal, "value", name, names)];
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList();
  }

  private static Vector vector(JsonElement json, String path) {
    JsonArray array = array(json, path);
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (double) bind(array.get(i), double.class, element(path, i));
    }
    return Vector.ofUnsafe(values);
  }

  private static Matrix matrix(JsonElement json, String path) {
    JsonArray array = array(json, path);
    double[][] rows = new double[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = vector(array.get(i), element(path, i)).toArray();
    }
    try {
      return Matrix.ofRows(rows);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("key '%s': %s".formatted(path, e.getMessage()), e);
    }
  }

  private static JsonArray array(JsonElement json, String path) {
    if (!json.isJsonArray()) {
      throw wrong(path, "an array", json);
    }
    return json.getAsJsonArray();
  }

  private static JsonObject object(JsonElement json, String path) {
    if (!json.isJsonObject()) {
      throw wrong(path, "an object", json);
    }
    return json.getAsJsonObject();
  }

  /** What to say of a key that no component has. */
  static InvalidInputException unknown(String parent, String key, List<String> valid) {
    return new InvalidInputException(
        "unknown key '%s'; %s"
            .formatted(
                child(parent, key),
                Spelling.suggestion(
                    "key",
                    child(parent, key),
                    valid.stream().map(v -> child(parent, v)).toList())));
  }

  private static InvalidInputException wrong(String path, String expected, JsonElement json) {
    String found;
    if (json.isJsonObject()) {
      found = "an object";
    } else if (json.isJsonArray()) {
      found = "an array";
    } else if (json instanceof JsonPrimitive primitive && primitive.isString()) {
      found = "the text '" + TextFile.excerpt(primitive.getAsString()) + "'";
    } else {
      found = json.toString();
    }
    String place = path.isEmpty() ? "the value" : "key '" + path + "'";
    return new InvalidInputException(place + " must be " + expected + " but is " + found);
  }

  private static IllegalStateException unsupported(Type type, String path) {
    return new IllegalStateException(
        "key '%s': no JSON form is defined for components of type %s"
            .formatted(path, type.getTypeName()));
  }
}
