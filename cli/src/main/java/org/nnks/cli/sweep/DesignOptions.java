package org.nnks.cli.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;
import org.nnks.core.numeric.Vector;
import org.nnks.distributed.Axis;
import org.nnks.distributed.Design;
import org.nnks.sbi.Law;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import picocli.CommandLine.Option;

/** The options of {@code sweep} that say which points it solves. */
public final class DesignOptions {

  private static final Pattern GRID = Pattern.compile("([^=]+)=([^:]+):([^:]+):([^:]+)");
  private static final Pattern DRAW = Pattern.compile("([^=]+)=([A-Za-z-]+)\\(([^()]*)\\)");

  @Option(
      names = "--grid",
      paramLabel = "key=from:to:n",
      description = "n equally spaced values of a parameter; several make a product")
  private List<String> grids = new ArrayList<>();

  @Option(
      names = "--draw",
      paramLabel = "key=law(...)",
      description =
          "a parameter drawn from uniform(lower,upper), normal(mean,sd), log-normal(logMean,logSd)"
              + " or truncated-normal(mean,sd,lower,upper); may be repeated")
  private List<String> draws = new ArrayList<>();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "the number of draws; each is put on the whole grid if there is one")
  private Integer count;

  /**
   * The points asked for.
   *
   * @throws InvalidInputException if an option cannot be read, or there are no points
   */
  public Design design(long seed) {
    List<Axis> axes = grids.stream().map(DesignOptions::axis).toList();
    if (draws.isEmpty()) {
      if (count != null) {
        throw new InvalidInputException("--count is the number of draws, and there is no --draw");
      }
      return Design.grid(axes, seed);
    }
    if (count == null) {
      throw new InvalidInputException("--draw needs --count N, the number of draws");
    }
    Prior prior = new Prior(draws.stream().map(DesignOptions::parameter).toList());
    return new Design(axes, Optional.of(prior), count, seed);
  }

  private static Axis axis(String text) {
    Matcher parts = GRID.matcher(text);
    if (!parts.matches()) {
      throw new InvalidInputException(
          "--grid needs key=from:to:n, such as maxFixedCost=0.004:0.02:5, but got '%s'"
              .formatted(text));
    }
    double count = number("--grid", text, parts.group(4));
    if (count != Math.rint(count) || Math.abs(count) > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          "--grid needs a whole number of values but got '%s'".formatted(text));
    }
    return new Axis(
        parts.group(1).strip(),
        number("--grid", text, parts.group(2)),
        number("--grid", text, parts.group(3)),
        (int) count);
  }

  private static Parameter parameter(String text) {
    Matcher parts = DRAW.matcher(text);
    if (!parts.matches()) {
      throw new InvalidInputException(
          "--draw needs key=law(...), such as maxFixedCost=uniform(0.004,0.02), but got '%s'"
              .formatted(text));
    }
    double[] arguments =
        Arrays.stream(parts.group(3).split(",", -1))
            .mapToDouble(argument -> number("--draw", text, argument))
            .toArray();
    return new Parameter(parts.group(1).strip(), law(parts.group(2)), Vector.ofUnsafe(arguments));
  }

  private static Law law(String name) {
    List<String> laws = Arrays.stream(Law.values()).map(DesignOptions::word).toList();
    return Law.values()[Spelling.find("unknown law '%s'".formatted(name), "law", name, laws)];
  }

  private static String word(Law law) {
    return law.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static double number(String option, String text, String digits) {
    try {
      return Double.parseDouble(digits.strip());
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "%s: '%s' in '%s' is not a number".formatted(option, digits.strip(), text), e);
    }
  }
}
