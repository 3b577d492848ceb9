package org.nnks.cli.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What the parameters of a calibration are: symbol, meaning, unit, value and source. */
public final class ParameterTexts {

  private static final String FILE = "parameters.properties";

  /** A narrow terminal. */
  private static final int WIDTH = 100;

  private static final int NAME = 28;
  private static final int VALUE = 12;

  private ParameterTexts() {}

  /**
   * Lines for the terminal, one parameter after the other, those of inner records by their path.
   *
   * @param known texts by paths, before those of the models that nnks brings
   */
  public static List<String> of(Record calibration, Map<String, String> known) {
    List<String> lines = new ArrayList<>();
    Properties texts = texts();
    add(lines, "", calibration, known, texts);
    return lines;
  }

  private static void add(
      List<String> lines,
      String prefix,
      Record record,
      Map<String, String> known,
      Properties texts) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      String path = prefix + component.getName();
      Object value = value(record, component);
      String key = record.getClass().getSimpleName() + "." + component.getName();
      String text = known.getOrDefault(path, texts.getProperty(key, ""));
      if (value instanceof Record inner) {
        lines.addAll(wrapped("  %s".formatted(path), text));
        add(lines, path + ".", inner, known, texts);
      } else {
        Object shown =
            value instanceof Optional<?> maybe ? maybe.map(Object::toString).orElse("–") : value;
        lines.addAll(wrapped("  %-28s%-12s".formatted(path, shown), text));
      }
    }
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A text beside what stands in front of it, in lines that fit. */
  private static List<String> wrapped(String front, String text) {
    List<String> lines = new ArrayList<>();
    String indent = " ".repeat(2 + NAME + VALUE);
    StringBuilder line = new StringBuilder(front);
    line.append(" ".repeat(Math.max(1, indent.length() - front.length())));
    for (String word : text.split(" ")) {
      if (line.length() + word.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  private static Properties texts() {
    Properties texts = new Properties();
    try (InputStream in = ParameterTexts.class.getResourceAsStream(FILE);
        InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      texts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
