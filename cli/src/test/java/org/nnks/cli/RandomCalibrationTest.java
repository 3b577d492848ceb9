package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.models.BloomEntry;
import org.nnks.cli.models.KhanThomasEntry;
import org.nnks.cli.models.KrusellSmithEntry;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.RbcEntry;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.StrictJson;

/**
 * Solves economies drawn from wide boxes around the published ones, through the command itself, on
 * small grids and short histories. Whatever is drawn, the command must end with 0, 1 or 2 and a
 * sentence, and what it has solved must be there to be reported again. Most draws are no sensible
 * economies: that is the point.
 */
class RandomCalibrationTest {

  /** Enough that each model is drawn eight times or more, in seconds: for every build. */
  private static final int SOME = 40;

  /** Minutes of processor time. */
  private static final int MANY = 320;

  /** An iteration of this takes a quarter of a minute, all others together as long: one is run. */
  private static final String NETWORKS = "neural";

  /** Each parameter keeps its published value with the other probability. */
  private static final double CHANGED = .3;

  /** A drawn parameter is at an end of its interval this often: faults sit in corners. */
  private static final double CORNER = .15;

  /**
   * If fewer draws than one in four got as far as a report, the boxes would be too wide to test
   * anything: one in two does, the others are refused or diverge.
   */
  private static final double LEAST_SOLVED = .25;

  @TempDir private Path folder;

  /** An interval of a parameter, with dots for those of nested records. */
  private record Interval(String key, double low, double high, boolean whole, boolean logs) {

    static Interval of(String key, double low, double high) {
      return new Interval(key, low, high, false, false);
    }

    static Interval logs(String key, double low, double high) {
      return new Interval(key, low, high, false, true);
    }

    static Interval whole(String key, int low, int high) {
      return new Interval(key, low, high, true, false);
    }

    Number draw(Random random) {
      double u = random.nextDouble() < CORNER ? random.nextInt(2) : random.nextDouble();
      if (whole) {
        return (int) Math.min(low + Math.floor(u * (high - low + 1)), high);
      }
      return logs ? low * Math.pow(high / low, u) : low + u * (high - low);
    }
  }

  /**
   * A model by one of its calibrations, the options that make it small, those that make its grid
   * methods small, what may be drawn and what always is.
   */
  private record Box(
      ModelEntry<?> entry,
      String calibration,
      List<String> methods,
      List<String> options,
      List<String> gridOptions,
      List<Interval> drawn,
      List<Interval> always) {}

  /** What the method terry has; others are made as small. */
  private static final List<String> KNOTS =
      List.of("--capital-knots=10", "--mean-capital-nodes=10");

  private static final List<Interval> HOUSEHOLDS =
      List.of(
          Interval.of("productivity.logMean", -3, 3),
          Interval.of("productivity.persistence", -.9, .9),
          Interval.logs("productivity.sd", 1e-8, .5),
          Interval.of("discountFactor", .5, .995),
          Interval.of("capitalShare", .03, .9),
          Interval.of("depreciation", .002, 1),
          Interval.of("labour.logMean", -3, 3),
          Interval.logs("capitalMax", 60, 2_000),
          Interval.logs("meanCapitalMin", .5, 33),
          Interval.logs("meanCapitalMax", 34, 55));

  private static final List<Box> BOXES =
      List.of(
          new Box(
              new KhanThomasEntry(),
              "terry2017",
              List.of("exact", "exact", "exact", "direct", "interpolated", "terry", NETWORKS),
              List.of("--periods=300"),
              KNOTS,
              List.of(
                  Interval.of("capitalShare", .02, .35),
                  Interval.of("labourShare", .05, .64),
                  Interval.of("discountFactor", .5, .995),
                  Interval.of("depreciation", .001, .95),
                  Interval.logs("disutility", .2, 20),
                  Interval.logs("maxFixedCost", 1e-9, 10),
                  Interval.of("aggregatePersistence", -.9, .9),
                  Interval.logs("aggregateSd", 1e-9, .2),
                  Interval.of("idiosyncraticPersistence", -.9, .98),
                  Interval.logs("idiosyncraticSd", 1e-9, .3),
                  Interval.of("chainWidth", .5, 4),
                  Interval.logs("capitalMin", 1e-4, 1),
                  Interval.logs("capitalMax", 4, 100),
                  Interval.logs("startMeanCapital", .2, 8),
                  Interval.of("volatilityElasticity", 0, 60),
                  Interval.of("subsidyElasticity", -.5, .5),
                  Interval.logs("subsidyThreshold", .2, 8),
                  Interval.of("maintenance", 0, .2)),
              List.of(
                  Interval.whole("aggregateStates", 2, 3),
                  Interval.whole("idiosyncraticStates", 2, 4),
                  Interval.whole("capitalNodes", 2, 40),
                  Interval.logs("meanCapitalMin", .02, 1),
                  Interval.logs("meanCapitalMax", 2, 20),
                  Interval.logs("priceMin", .05, 1),
                  Interval.logs("priceMax", 4, 50))),
          new Box(
              new BloomEntry(),
              "small",
              List.of("exact"),
              List.of("--periods=150"),
              List.of(),
              List.of(
                  Interval.of("capitalShare", .05, .45),
                  Interval.of("labourShare", .1, .54),
                  Interval.of("discountFactor", .6, .995),
                  Interval.logs("disutility", .5, 8),
                  Interval.of("resaleLoss", 0, .95),
                  Interval.of("capitalFixedCost", 0, .2),
                  Interval.of("hoursFixedCost", 0, .5),
                  Interval.of("hoursLinearCost", 0, 2),
                  Interval.of("idiosyncraticPersistence", -.5, .98),
                  Interval.logs("idiosyncraticSd", 1e-8, .3),
                  Interval.logs("idiosyncraticSdRatio", .5, 8),
                  Interval.of("aggregatePersistence", -.5, .9),
                  Interval.logs("aggregateSd", 1e-8, .1),
                  Interval.logs("aggregateSdRatio", .5, 4),
                  Interval.of("highToHigh", .05, .95),
                  Interval.logs("meanCapitalMin", .2, 2),
                  Interval.logs("meanCapitalMax", 3, 12),
                  Interval.logs("priceMin", .2, 1.5),
                  Interval.logs("priceMax", 2, 8)),
              List.of(
                  Interval.of("lowToHigh", .05, .95),
                  Interval.whole("idiosyncraticStates", 2, 2),
                  Interval.whole("productivityStates", 2, 2),
                  Interval.whole("capitalNodes", 36, 36),
                  Interval.whole("hoursNodes", 17, 17),
                  Interval.whole("startHalfWidth", 0, 3),
                  Interval.whole("meanCapitalNodes", 4, 4),
                  Interval.whole("priceNodes", 13, 25))),
          new Box(
              new KrusellSmithEntry(),
              "jedc2010",
              List.of(
                  "exact", "exact", "exact", "exact", "exact", "exact", "exact", "marginal-value"),
              List.of("--periods=150"),
              KNOTS,
              with(
                  HOUSEHOLDS,
                  Interval.of("employment.unemploymentBad", .01, .3),
                  Interval.of("employment.unemploymentGood", .01, .2),
                  Interval.of("employment.durationBad", 1.01, 6),
                  Interval.of("employment.durationGood", 1.01, 4),
                  Interval.of("employment.intoBad", 0, 1.5),
                  Interval.of("employment.intoGood", 0, 1.5),
                  Interval.of("employment.benefit", 0, 1),
                  Interval.logs("employment.hours", .1, 5)),
              List.of(Interval.whole("histogramNodes", 2, 90))),
          new Box(
              new KrusellSmithEntry(),
              "liu2024",
              List.of("exact"),
              List.of("--periods=150"),
              KNOTS,
              HOUSEHOLDS,
              List.of(
                  Interval.whole("productivity.states", 2, 3),
                  Interval.of("labour.persistence", -.9, .98),
                  Interval.of("labour.sd", 0, 1),
                  Interval.whole("labour.states", 2, 3),
                  Interval.whole("histogramNodes", 2, 90))),
          new Box(
              new RbcEntry(),
              "liu2024",
              List.of("exact", "exact", "vfi"),
              List.of("--periods=300"),
              List.of(),
              List.of(
                  Interval.of("productivity.logMean", -3, 3),
                  Interval.of("productivity.persistence", -.9, .95),
                  Interval.logs("productivity.sd", 1e-8, .5),
                  Interval.of("discountFactor", .3, .999),
                  Interval.of("capitalShare", .02, .98),
                  Interval.of("depreciation", .001, 1)),
              List.of(Interval.whole("productivity.states", 2, 3))));

  private static List<Interval> with(List<Interval> some, Interval... others) {
    List<Interval> all = new ArrayList<>(some);
    all.addAll(List.of(others));
    return all;
  }

  @Test
  @Tag("slow")
  void whateverIsDrawnEndsWithASentence() {
    solve(SOME, 20_260_401);
  }

  @Test
  @Tag("paper")
  void manyDrawsEndWithASentence() {
    solve(MANY, 13);
  }

  private void solve(int draws, long seed) {
    int solved = 0;
    List<String> faults = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      Random random = new Random(seed + draw);
      Box box = BOXES.get(draw % BOXES.size());
      JsonObject calibration = calibration(box, random);
      List<String> words = words(box, calibration, random, folder.resolve("run-" + draw));
      Command solve = Command.run(words.toArray(String[]::new));
      String fault = fault(solve);
      boolean reported = solve.out().contains("report: ");
      if (fault.isEmpty() && reported) {
        solved++;
        Command again = Command.run("report", folder.resolve("run-" + draw).toString());
        fault = again.exitCode() == ExitCode.OK ? "" : "cannot be reported again: " + again.err();
      }
      if (!fault.isEmpty()) {
        faults.add(
            "seed %d: nnks %s%nwith %s%nended with %d: %s"
                .formatted(
                    seed + draw, String.join(" ", words), calibration, solve.exitCode(), fault));
      }
    }
    if (!faults.isEmpty()) {
      fail("%d of %d draws:%n%s", faults.size(), draws, String.join("\n\n", faults));
    }
    assertThat(solved).as("draws that were reported").isGreaterThan((int) (LEAST_SOLVED * draws));
  }

  /** What is wrong with how a solve ended, or an empty string. */
  private static String fault(Command solve) {
    return switch (solve.exitCode()) {
      case ExitCode.OK -> solve.out().contains("converged in ") ? "" : "no verdict";
      case ExitCode.NOT_CONVERGED ->
          solve.out().contains("not converged") ? "" : "no verdict: " + solve.out();
      case ExitCode.BAD_INPUT ->
          solve.err().matches("(?s)nnks: \\S.{10,}") && !solve.err().contains("\tat ")
              ? ""
              : "no sentence: " + solve.err();
      default -> solve.err();
    };
  }

  /** The calibration of a box with some parameters drawn. */
  private static JsonObject calibration(Box box, Random random) {
    JsonObject all =
        JsonParser.parseString(StrictJson.write(box.entry().calibration(box.calibration())))
            .getAsJsonObject();
    for (Interval interval : box.always()) {
      set(all, interval, random);
    }
    for (Interval interval : box.drawn()) {
      if (random.nextDouble() < CHANGED) {
        set(all, interval, random);
      }
    }
    return all;
  }

  private static void set(JsonObject all, Interval interval, Random random) {
    String[] parts = interval.key().split("\\.");
    JsonObject record = parts.length == 1 ? all : all.getAsJsonObject(parts[0]);
    record.addProperty(parts[parts.length - 1], interval.draw(random));
  }

  private List<String> words(Box box, JsonObject calibration, Random random, Path out) {
    Path config = folder.resolve("calibration.json");
    AtomicFiles.write(config, calibration.toString());
    List<String> words = new ArrayList<>(List.of("solve", box.entry().name(), "--quiet"));
    String method = box.methods().get(random.nextInt(box.methods().size()));
    words.add("--method=" + method);
    words.addAll(box.options());
    if (!List.of(NETWORKS, "marginal-value").contains(method)) {
      words.addAll(box.gridOptions());
    }
    words.add("--burn-in=20");
    int iterations = 1 + random.nextInt(5);
    words.add("--max-iterations=" + (method.equals(NETWORKS) ? 1 : iterations));
    words.add("--config=" + config);
    words.add("--out=" + out);
    return words;
  }
}
