package org.nnks.core.io;

import com.google.gson.FormattingStyle;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * JSON for records, with no key ignored and none assumed.
 *
 * <p>An object has exactly the keys of its record. Components may be {@code double}, {@code int},
 * {@code long}, {@code boolean} and their boxes, {@code String}, enums (by constant name), records,
 * {@link Vector} (an array of numbers), {@link Matrix} (an array of rows), {@code List}, {@code
 * Map<String, ...>} and {@link Optional}, whose key alone may be absent or {@code null}. Whole
 * numbers are written without decimals or exponent. The compact constructor of the record checks
 * the values, and its complaint is reported under the key of the record.
 *
 * <p>A measured number that may not exist, such as the mean of the logarithm of a series that falls
 * below zero, is a component of type {@code Double} or {@code Map<String, Double>}: undefined is
 * NaN in memory and {@code null} in the text, and what is not finite is written so. A {@code
 * double} must be finite.
 *
 * <p>The text must be JSON by RFC 8259: no comments, no trailing commas, no NaN, and no key twice.
 * Numbers are written so that they read back to the same bits.
 */
public final class StrictJson {

  private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");

  private StrictJson() {}

  /**
   * Reads a record from a file.
   *
   * @throws InvalidInputException if the file cannot be read, is not JSON, or does not fit the
   *     record; the message names the file, the key and the rule
   */
  public static <R extends Record> R read(Path file, Class<R> type) {
    return read(file, type, Map.of());
  }

  /**
   * Reads a record from a file with some of its values replaced: they are put in the places of the
   * file's, or where it has none, before the record is built and checked.
   *
   * @param values by their keys, as in {@link #with(Record, Map)}
   * @throws InvalidInputException if the file cannot be read or is not JSON, or the file with the
   *     values does not fit the record
   */
  public static <R extends Record> R read(Path file, Class<R> type, Map<String, String> values) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return read(reader, file.toString(), type, values);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: check that the file exists and that you may read it".formatted(file),
          e);
    }
  }

  /**
   * Reads a record.
   *
   * @param reader the text; left open
   * @param source what messages call the text, such as the name of its file
   * @param type the class of the record
   * @throws InvalidInputException if the text cannot be read, is not JSON, or does not fit the
   *     record; the message names the source, the key and the rule
   */
  public static <R extends Record> R read(Reader reader, String source, Class<R> type) {
    return read(reader, source, type, Map.of());
  }

  private static <R extends Record> R read(
      Reader reader, String source, Class<R> type, Map<String, String> values) {
    JsonElement root = parse(reader, source);
    if (root.isJsonObject()) {
      Assignments.assign(root.getAsJsonObject(), type, values);
    }
    try {
      return Assignments.build(root, type, values.keySet());
    } catch (InvalidInputException e) {
      throw new InvalidInputException(source + ": " + e.getMessage(), e);
    }
  }

  /**
   * A copy of a record with one value replaced.
   *
   * @throws InvalidInputException as {@link #with(Record, Map)}
   */
  public static <R extends Record> R with(R record, String key, String value) {
    return with(record, Map.of(key, value));
  }

  /**
   * A copy of a record with some values replaced, as by {@code --set key=value} on a command line.
   * All are put in their places before the copy is built and checked, so that values may be given
   * in any order that are valid only together.
   *
   * @param record the record to copy; JSON must have a form for it
   * @param values by the name of a component, or of a component of a nested record with dots, such
   *     as {@code solver.tolerance}: a number, {@code true}, {@code false}, the name of a constant,
   *     or plain text, as the component requires; JSON for vectors, lists and other structures
   * @throws InvalidInputException if there is no such key, a value does not fit it, or the record
   *     rejects the values; the message begins with the keys it is about
   */
  public static <R extends Record> R with(R record, Map<String, String> values) {
    @SuppressWarnings("unchecked")
    Class<R> type = (Class<R>) record.getClass();
    JsonObject tree = parse(write(record), type.getSimpleName()).getAsJsonObject();
    Assignments.assign(tree, type, values);
    return Assignments.build(tree, type, values.keySet());
  }

  /**
   * A value as JSON, indented by two spaces, with vectors and the rows of matrices on one line, and
   * a line feed at the end.
   *
   * @param value a record, map, collection, vector, matrix, number, text, flag or enum constant
   * @throws IllegalArgumentException if it holds null, a type that JSON has no form for, or, other
   *     than as a {@code Double} of a record, NaN or an infinity; the message names the key
   */
  public static String write(Object value) {
    StringWriter text = new StringWriter();
    JsonWriter writer = new JsonWriter(text);
    writer.setStrictness(Strictness.STRICT);
    writer.setFormattingStyle(FormattingStyle.PRETTY);
    try {
      write(writer, value, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonWriter writer, Object value, String path) throws IOException {
    if (value instanceof String || value instanceof Character) {
      writer.value(value.toString());
    } else if (value instanceof Enum<?> constant) {
      writer.value(constant.name());
    } else if (value instanceof Boolean flag) {
      writer.value(flag);
    } else if (value instanceof Number number) {
      writer.value(finite(number, path));
    } else if (value instanceof JsonNull) {
      writer.nullValue();
    } else if (value instanceof Vector vector) {
      writer.jsonValue(line(vector, path));
    } else if (value instanceof Matrix matrix) {
      writer.beginArray();
      for (int i = 0; i < matrix.rows(); i++) {
        writer.jsonValue(line(matrix.row(i), RecordBinder.element(path, i)));
      }
      writer.endArray();
    } else if (value instanceof Record record) {
      writer.beginObject();
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        Object content = RecordBinder.value(record, component);
        write(writer, component.getName(), defined(content, component.getGenericType()), path);
      }
      writer.endObject();
    } else if (value instanceof Map<?, ?> map) {
      writer.beginObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        write(writer, String.valueOf(entry.getKey()), entry.getValue(), path);
      }
      writer.endObject();
    } else if (value instanceof Collection<?> collection) {
      writer.beginArray();
      int i = 0;
      for (Object item : collection) {
        write(writer, item, RecordBinder.element(path, i++));
      }
      writer.endArray();
    } else {
      throw new IllegalArgumentException(
          "key '%s': JSON has no form for %s"
              .formatted(path, value == null ? "null" : "a value of " + value.getClass()));
    }
  }

  private static void write(JsonWriter writer, String name, Object value, String path)
      throws IOException {
    Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (present != null || !(value instanceof Optional<?>)) {
      writer.name(name);
      write(writer, present, RecordBinder.child(path, name));
    }
  }

  /** The value with null in the place of every undefined {@code Double} of a component. */
  private static Object defined(Object value, Type type) {
    if (type == Double.class) {
      return Double.isFinite((Double) value) ? value : JsonNull.INSTANCE;
    }
    if (value instanceof Map<?, ?> map
        && type instanceof ParameterizedType generic
        && generic.getActualTypeArguments()[1] == Double.class) {
      Map<Object, Object> all = new LinkedHashMap<>();
      map.forEach((name, number) -> all.put(name, defined(number, Double.class)));
      return all;
    }
    return value;
  }

  private static String line(Vector vector, String path) {
    for (int i = 0; i < vector.size(); i++) {
      finite(vector.get(i), RecordBinder.element(path, i));
    }
    return vector.stream().mapToObj(Double::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  private static Number finite(Number number, String path) {
    if (!Double.isFinite(number.doubleValue())) {
      throw new IllegalArgumentException(
          "key '%s': JSON has no form for %s, so the value must be finite before it is written"
              .formatted(path, number));
    }
    return number;
  }

  /** The tree of a text; numbers keep their digits. */
  static JsonElement parse(Reader text, String source) {
    JsonReader reader = new JsonReader(text);
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement root = tree(reader, source);
      reader.peek(); // Throws if there is more text after the end of the value.
      return root;
    } catch (EOFException e) {
      throw new InvalidInputException(
          source + ": the text ends too early: a value, bracket or brace is missing", e);
    } catch (MalformedJsonException e) {
      // Of Gson's message only the place is for users; the rest advises programmers.
      Matcher place = PLACE.matcher(e.getMessage());
      throw new InvalidInputException(
          "%s%s: the text is not valid JSON: look for a missing comma or quote, a trailing comma, a comment, NaN, or text after the end"
              .formatted(source, place.find() ? ", " + place.group() : ""),
          e);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(source + " is not text in UTF-8", e);
    } catch (IOException e) {
      throw new InvalidInputException(source + " cannot be read: " + e.getMessage(), e);
    }
  }

  static JsonElement parse(String text, String source) {
    return parse(new StringReader(text), source);
  }

  private static JsonElement tree(JsonReader reader, String source) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader, source);
      case BEGIN_ARRAY -> {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(tree(reader, source));
        }
        reader.endArray();
        yield array;
      }
      case NUMBER -> new JsonPrimitive(new Digits(reader.nextString()));
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      case NULL -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
      default -> new JsonPrimitive(reader.nextString());
    };
  }

  private static JsonObject object(JsonReader reader, String source) throws IOException {
    JsonObject object = new JsonObject();
    Set<String> names = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (!names.add(name)) {
        throw new InvalidInputException("%s: key '%s' stands twice".formatted(source, name));
      }
      object.add(name, tree(reader, source));
    }
    reader.endObject();
    return object;
  }

  /** A number as it was written, so that whole numbers can be told from others. */
  static final class Digits extends Number {

    private static final long serialVersionUID = 1L;

    private final String text;

    Digits(String text) {
      this.text = text;
    }

    @Override
    public int intValue() {
      return Integer.parseInt(text);
    }

    @Override
    public long longValue() {
      return Long.parseLong(text);
    }

    @Override
    public float floatValue() {
      return Float.parseFloat(text);
    }

    @Override
    public double doubleValue() {
      return Double.parseDouble(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
