package org.nnks.core.io;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values given by dotted keys, put into the JSON tree of a record before the record is built. */
final class Assignments {

  private Assignments() {}

  /**
   * Puts values into a tree, in the order of the map.
   *
   * @param type the record that the tree describes
   * @throws InvalidInputException if a key names no component, or a value has the wrong form
   */
  static void assign(JsonObject tree, Class<?> type, Map<String, String> values) {
    values.forEach((key, value) -> assign(tree, type, "", key, value));
  }

  private static void assign(
      JsonObject tree, Class<?> type, String parent, String key, String value) {
    int dot = key.indexOf('.');
    String name = dot < 0 ? key : key.substring(0, dot);
    String path = RecordBinder.child(parent, name);
    RecordComponent[] components = type.getRecordComponents();
    List<String> names = RecordBinder.names(components);
    int position = names.indexOf(name);
    if (position < 0) {
      throw RecordBinder.unknown(parent, name, names);
    }
    Type component = components[position].getGenericType();
    if (dot < 0) {
      tree.add(name, json(value, component, path));
    } else if (component instanceof Class<?> nested && nested.isRecord()) {
      assign(object(tree, name), nested, path, key.substring(dot + 1), value);
    } else {
      throw new InvalidInputException(
          "key '%s' has no parts, so '%s' names nothing: set '%s' itself"
              .formatted(path, RecordBinder.child(parent, key), path));
    }
  }

  /** The object at a name, which is made if there is none. */
  private static JsonObject object(JsonObject tree, String name) {
    if (!(tree.get(name) instanceof JsonObject)) {
      tree.add(name, new JsonObject());
    }
    return tree.getAsJsonObject(name);
  }

  /** The value that a text stands for in a component of a type. */
  private static JsonElement json(String text, Type type, String path) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      return text.equals("null")
          ? JsonNull.INSTANCE
          : json(text, generic.getActualTypeArguments()[0], path);
    }
    JsonElement value = parse(text, type, path);
    if (!(type instanceof Class<?> plain && plain.isRecord())) {
      checkForm(value, type, path);
    }
    return value;
  }

  /** A wrong form is the value's own fault, whatever stands around it. */
  private static void checkForm(JsonElement value, Type type, String path) {
    try {
      RecordBinder.bind(value, type, path);
    } catch (RecordRefusedException e) {
      throw new InvalidInputException(at(e.path(), e.getMessage()), e.getCause());
    }
  }

  private static JsonElement parse(String text, Type type, String path) {
    if (type instanceof Class<?> plain) {
      if (plain == String.class || plain.isEnum()) {
        return new JsonPrimitive(text);
      }
      if (RecordBinder.isNumber(plain)) {
        return new JsonPrimitive(new StrictJson.Digits(text));
      }
    }
    return StrictJson.parse(text, "key '" + path + "'");
  }

  /**
   * The record of a tree.
   *
   * @param assigned the keys of the values that were put into it, which a refusal names
   * @throws InvalidInputException if the tree does not fit the record, or the record refuses it
   */
  static <R extends Record> R build(JsonElement tree, Class<R> type, Collection<String> assigned) {
    try {
      return type.cast(RecordBinder.bind(tree, type, ""));
    } catch (RecordRefusedException e) {
      throw new InvalidInputException(at(place(e, assigned), e.getMessage()), e.getCause());
    }
  }

  /** A complaint with its place before it, which is not named twice where it begins with it. */
  private static String at(String place, String complaint) {
    String subject = complaint.split(" ", 2)[0];
    if (place.isEmpty() || subject.equals(place)) {
      return complaint;
    }
    boolean one = !place.contains(", ");
    return one && place.endsWith("." + subject)
        ? place + complaint.substring(subject.length())
        : place + ": " + complaint;
  }

  /**
   * Where to look: the assigned keys of the record that its complaint names, or all of them if it
   * names none, or the record itself if it has none.
   */
  private static String place(RecordRefusedException refusal, Collection<String> assigned) {
    String below = RecordBinder.child(refusal.path(), "");
    List<String> keys =
        assigned.stream()
            .filter(key -> key.startsWith(below) || key.equals(refusal.path()))
            .toList();
    List<String> named = keys.stream().filter(key -> names(refusal.getMessage(), key)).toList();
    List<String> places = named.isEmpty() ? keys : named;
    return places.isEmpty() ? refusal.path() : String.join(", ", places);
  }

  private static boolean names(String complaint, String key) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    return Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(complaint).find();
  }
}
