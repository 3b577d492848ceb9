package org.nnks.cli.models;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;

/**
 * A method of a model, as {@code --method} names it.
 *
 * @param method how the agents' problem is solved
 * @param names its own name and what else users may call it, in small letters
 */
public record NamedMethod(RunSettings.Method method, List<String> names) {

  /** A method by its own name, and by others that say the same of this model. */
  public static NamedMethod of(RunSettings.Method method, String... others) {
    return new NamedMethod(
        method, Stream.concat(Stream.of(method.label()), Stream.of(others)).toList());
  }

  /**
   * The method that a model knows by a name, in small or large letters.
   *
   * @throws InvalidInputException if there is none
   */
  public static RunSettings.Method find(ModelEntry<?> entry, String name) {
    String word = name.toLowerCase(Locale.ROOT);
    return entry.methods().stream()
        .filter(known -> known.names().contains(word))
        .findFirst()
        .map(NamedMethod::method)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s cannot be solved by --method %s; its methods are %s%s"
                        .formatted(entry.name(), name, list(entry), trained(entry, word))));
  }

  /** Which method trains a model's networks, for those who look for them under the usual name. */
  private static String trained(ModelEntry<?> entry, String word) {
    return word.equals(RunSettings.Method.NEURAL.label())
        ? entry.methods().stream()
            .map(NamedMethod::method)
            .filter(RunSettings.Method::trains)
            .findFirst()
            .map(trains -> ", of which %s trains networks".formatted(trains.label()))
            .orElse("")
        : "";
  }

  /** All methods of a model: {@code exact (or grid, egm), ddpg}. */
  public static String list(ModelEntry<?> entry) {
    return entry.methods().stream().map(NamedMethod::toString).collect(Collectors.joining(", "));
  }

  /** Such as {@code exact (or grid, egm)}. */
  @Override
  public String toString() {
    String others = String.join(", ", names.subList(1, names.size()));
    return names.get(0) + (others.isEmpty() ? "" : " (or %s)".formatted(others));
  }
}
