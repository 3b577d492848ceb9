package org.nnks.cli.box;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.parameters.BoxDesign;
import org.nnks.core.parameters.HeldOutReport;
import org.nnks.core.parameters.ParameterBox;
import org.nnks.core.parameters.ParameterInterval;
import picocli.CommandLine.Option;

/** The options of {@code solve} for a solution over a box of parameters. */
public final class BoxOptions {

  /** The option that gives an interval. */
  public static final String OVER = "--over";

  @Option(
      names = OVER,
      paramLabel = "key=lower:upper",
      description =
          "solve for all values of a parameter of the calibration between two; may be repeated")
  private List<String> over = new ArrayList<>();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "with --over: solves along each parameter; default " + BoxDesign.NODES)
  private Integer nodes;

  @Option(
      names = "--held-out",
      paramLabel = "N",
      description =
          "with --over: random parameters at which it is compared with a fresh exact solve; default "
              + HeldOutReport.POINTS)
  private Integer heldOut;

  /** Whether there is a box. */
  public boolean given() {
    if (over.isEmpty() && (nodes != null || heldOut != null)) {
      throw new InvalidInputException(
          "--nodes and --held-out are for a box of parameters: give it with --over");
    }
    return !over.isEmpty();
  }

  /**
   * The points at which to solve.
   *
   * @throws InvalidInputException if an interval cannot be read, is empty, or there are too many
   *     points
   */
  public BoxDesign design() {
    List<ParameterInterval> intervals = over.stream().map(BoxOptions::interval).toList();
    return new BoxDesign(new ParameterBox(intervals), nodes == null ? BoxDesign.NODES : nodes);
  }

  /**
   * How many points to compare.
   *
   * @throws InvalidInputException if the number is negative
   */
  public int heldOut() {
    if (heldOut != null && heldOut < 0) {
      throw new InvalidInputException("--held-out must be at least 0 but is " + heldOut);
    }
    return heldOut == null ? HeldOutReport.POINTS : heldOut;
  }

  private static ParameterInterval interval(String text) {
    int equals = text.indexOf('=');
    int colon = text.indexOf(':', equals + 1);
    if (equals < 1 || colon < 0) {
      throw new InvalidInputException(
          "--over needs key=lower:upper, such as maxFixedCost=0.002:0.02, but got '%s'"
              .formatted(text));
    }
    return new ParameterInterval(
        text.substring(0, equals).strip(),
        number(text, text.substring(equals + 1, colon)),
        number(text, text.substring(colon + 1)));
  }

  private static double number(String text, String number) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "--over %s: '%s' is not a number".formatted(text, number.strip()), e);
    }
  }
}
