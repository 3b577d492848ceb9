package org.nnks.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

class StrictJsonTest {

  enum Precision {
    FLOAT32,
    FLOAT64
  }

  record Solver(double tolerance, int iterations, Precision precision) {
    Solver {
      if (!(tolerance > 0)) {
        throw new IllegalArgumentException("tolerance must be positive but is " + tolerance);
      }
    }
  }

  record Run(
      String name,
      long seed,
      boolean resume,
      Optional<String> note,
      Solver solver,
      Vector levels,
      Matrix transition,
      List<Solver> stages,
      Map<String, Double> moments) {
    Run {
      if (seed == 13) {
        throw new IllegalArgumentException("seed must not be 13");
      }
    }
  }

  record Unsupported(double[] values) {}

  private static final Solver SOLVER = new Solver(1e-6, 40, Precision.FLOAT32);

  private static final Run RUN =
      new Run(
          "base \"line\" é",
          Long.MAX_VALUE,
          true,
          Optional.of("first"),
          SOLVER,
          Vector.of(0.1, -0.0, 1e300),
          Matrix.of(2, 2, 0.25, 0.75, 1, 0),
          List.of(SOLVER, new Solver(0.5, -3, Precision.FLOAT64)),
          Map.of("sdY", 2.63));

  @Test
  void writesWhatAPersonWouldWrite() {
    assertThat(StrictJson.write(RUN))
        .isEqualTo(
            """
            {
              "name": "base \\"line\\" é",
              "seed": 9223372036854775807,
              "resume": true,
              "note": "first",
              "solver": {
                "tolerance": 1.0E-6,
                "iterations": 40,
                "precision": "FLOAT32"
              },
              "levels": [0.1, -0.0, 1.0E300],
              "transition": [
                [0.25, 0.75],
                [1.0, 0.0]
              ],
              "stages": [
                {
                  "tolerance": 1.0E-6,
                  "iterations": 40,
                  "precision": "FLOAT32"
                },
                {
                  "tolerance": 0.5,
                  "iterations": -3,
                  "precision": "FLOAT64"
                }
              ],
              "moments": {
                "sdY": 2.63
              }
            }
            """);
  }

  @Test
  void readsBackWhatItWrote(@TempDir Path folder) {
    Path file = folder.resolve("run.json");
    AtomicFiles.write(file, StrictJson.write(RUN));
    assertThat(StrictJson.read(file, Run.class)).isEqualTo(RUN);
    Run withoutNote = StrictJson.with(RUN, "note", "null");
    assertThat(StrictJson.write(withoutNote)).doesNotContain("note");
    assertThat(read(StrictJson.write(withoutNote), Run.class)).isEqualTo(withoutNote);
  }

  @Test
  void doublesKeepTheirBits() {
    SplittableRandom random = new SplittableRandom(5);
    double[] values =
        random
            .longs()
            .mapToDouble(Double::longBitsToDouble)
            .filter(Double::isFinite)
            .limit(5000)
            .toArray();
    record Holder(Vector values, double smallest) {}
    Holder holder = new Holder(Vector.of(values), Double.MIN_VALUE);
    assertThat(read(StrictJson.write(holder), Holder.class)).isEqualTo(holder);
  }

  @Test
  void mapsKeepTheirOrderAndCannotBeChanged() {
    record Holder(Map<String, Double> moments) {}
    Holder holder = read("{\"moments\": {\"b\": 1, \"a\": 2, \"c\": 3}}", Holder.class);
    assertThat(holder.moments().keySet()).containsExactly("b", "a", "c");
    assertThat(holder.moments()).isUnmodifiable();
  }

  @Test
  void writesMapsListsAndNumbers() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("counts", List.of(1, 2L));
    map.put("empty", Vector.of());
    assertThat(StrictJson.write(map))
        .isEqualTo("{\n  \"counts\": [\n    1,\n    2\n  ],\n  \"empty\": []\n}\n");
  }

  @Test
  void rejectsToWriteWhatJsonCannotHold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrictJson.write(Map.of("a", Map.of("b", Double.NaN))))
        .withMessageStartingWith("key 'a.b': JSON has no form for NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrictJson.write(List.of(Vector.of(1, Double.NEGATIVE_INFINITY))))
        .withMessageStartingWith("key '[0][1]': JSON has no form for -Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrictJson.write(Collections.singletonMap("a", null)))
        .withMessageStartingWith("key 'a': JSON has no form for null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrictJson.write(new Unsupported(new double[1])))
        .withMessageStartingWith("key 'values': JSON has no form for a value of class [D");
  }

  private static final String VALID =
      "{\"tolerance\": 1e-3, \"iterations\": 5, \"precision\": \"FLOAT64\"}";

  @Test
  void readsASolver() {
    assertThat(read(VALID, Solver.class)).isEqualTo(new Solver(1e-3, 5, Precision.FLOAT64));
  }

  /** Each case replaces one piece of the valid text, and says what the message must be. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tolerance | tolerence | unknown key 'tolerence'; the nearest valid key is 'tolerance'",
        "\"iterations\": 5, | '' | key 'iterations' is missing; Solver has the keys tolerance,"
            + " iterations, precision",
        "1e-3 | \"small\" | key 'tolerance' must be a number but is the text 'small'",
        "1e-3 | 1e999 | key 'tolerance' must be a finite number but is 1e999",
        "1e-3 | null | key 'tolerance' must be a number but is null",
        "1e-3 | -2 | tolerance must be positive but is -2.0",
        "5 | 5.5 | key 'iterations' must be a whole number from -2147483648 to 2147483647 but is"
            + " 5.5",
        "5 | 3000000000 | key 'iterations' must be a whole number from -2147483648 to 2147483647"
            + " but is 3000000000",
        "5 | true | key 'iterations' must be a whole number but is true",
        "FLOAT64 | FLOAT65 | key 'precision' has no value 'FLOAT65'; the nearest valid value is"
            + " 'FLOAT64'",
        "\"FLOAT64\" | 64 | key 'precision' must be one of FLOAT32, FLOAT64 in quotes but is 64",
        "iterations | tolerance | key 'tolerance' stands twice",
        "} | '' | the text ends too early: a value, bracket or brace is missing",
      })
  void namesTheSourceTheKeyAndTheRule(String piece, String replacement, String message) {
    rejected(VALID.replace(piece, replacement), Solver.class)
        .hasMessageStartingWith("in.json: " + message)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({"1e-3, \"%s\"", "1e-3, %s1", "5, %s1", "FLOAT64, %s"})
  void cutsLongValues(String piece, String replacement) {
    String text = VALID.replace(piece, replacement.formatted("1".repeat(5_000)));
    rejected(text, Solver.class)
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(300));
  }

  @ParameterizedTest
  @ValueSource(strings = {"}}", "} 3", ", }", "} // done", ": NaN}", "'}"})
  void rejectsWhatIsNotJsonAndSaysWhere(String end) {
    rejected(VALID.replace("}", end), Solver.class)
        .hasMessageMatching(
            "in\\.json, line 1 column \\d+: the text is not valid JSON: look for .*");
  }

  @Test
  void namesTheKeyWithinNestedStructures() {
    String text = StrictJson.write(RUN);
    rejected(text.replace("\"iterations\": -3", "\"iteration\": -3"), Run.class)
        .hasMessage(
            "in.json: unknown key 'stages[1].iteration'; the nearest valid key is"
                + " 'stages[1].iterations'");
    rejected(text.replace("0.5,", "-0.5,"), Run.class)
        .hasMessage("in.json: stages[1]: tolerance must be positive but is -0.5");
    rejected(text.replace("-0.0,", "\"x\","), Run.class)
        .hasMessage("in.json: key 'levels[1]' must be a number but is the text 'x'");
    rejected(text.replace("0.25, ", ""), Run.class)
        .hasMessage("in.json: key 'transition': row 1 has 2 elements; row 0 has 1");
    rejected(text.replace("[0.25, 0.75]", "4"), Run.class)
        .hasMessage("in.json: key 'transition[0]' must be an array but is 4");
    rejected(text.replace("\"sdY\": 2.63", "\"sdY\": {}"), Run.class)
        .hasMessage("in.json: key 'moments.sdY' must be a number but is an object");
    rejected(text.replace("true", "\"true\""), Run.class)
        .hasMessage("in.json: key 'resume' must be true or false but is the text 'true'");
    rejected("[]", Run.class).hasMessage("in.json: the value must be an object but is an array");
  }

  @Test
  void namesAFileThatCannotBeRead(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing.json");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.read(missing, Solver.class))
        .withMessageContaining("missing.json cannot be read");
    Path latin = folder.resolve("latin.json");
    Files.write(latin, "{\"é\": 1}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.read(latin, Solver.class))
        .withMessageContaining("latin.json is not text in UTF-8");
  }

  @Test
  void aTypeWithoutJsonFormIsAProgrammersError() {
    assertThatIllegalStateException()
        .isThrownBy(() -> read("{\"values\": [1]}", Unsupported.class))
        .withMessageContaining("key 'values'");
  }

  @Test
  void withReplacesOneComponent() {
    assertThat(StrictJson.with(SOLVER, "iterations", "7"))
        .isEqualTo(new Solver(1e-6, 7, Precision.FLOAT32));
    assertThat(StrictJson.with(RUN, "solver.tolerance", "2e-5").solver().tolerance())
        .isEqualTo(2e-5);
    assertThat(StrictJson.with(RUN, "solver.precision", "FLOAT64").solver().precision())
        .isEqualTo(Precision.FLOAT64);
    assertThat(StrictJson.with(RUN, "name", "7").name()).isEqualTo("7");
    assertThat(StrictJson.with(RUN, "note", "a b").note()).contains("a b");
    assertThat(StrictJson.with(RUN, "resume", "false").resume()).isFalse();
    assertThat(StrictJson.with(RUN, "levels", "[1, 2.5]").levels()).isEqualTo(Vector.of(1, 2.5));
    assertThat(StrictJson.with(RUN, "moments", "{\"x\": 1}").moments()).containsEntry("x", 1.0);
    assertThat(StrictJson.with(RUN, "seed", "5").solver()).isEqualTo(SOLVER);
  }

  /** A process that is constant or moves: two keys that are valid only together. */
  private record Process(double sd, int states) {
    Process {
      if ((sd == 0) != (states == 1)) {
        throw new IllegalArgumentException(
            "states must be 1 exactly where sd is 0 but is %d".formatted(states));
      }
    }
  }

  private record Economy(double share, Process productivity, Optional<String> note) {
    Economy {
      if (productivity.states() > 9) {
        throw new IllegalArgumentException("productivity.states must be at most 9");
      }
      if (share > 1) {
        throw new IllegalArgumentException("too much in all");
      }
    }
  }

  private static final Economy MOVING = new Economy(.3, new Process(.1, 7), Optional.of("x"));

  @Test
  void valuesThatAreValidOnlyTogetherAreTakenInAnyOrder() throws Exception {
    Economy still = new Economy(.3, new Process(0, 1), Optional.empty());
    for (List<String> order :
        List.of(
            List.of("productivity.sd", "productivity.states", "note"),
            List.of("note", "productivity.states", "productivity.sd"))) {
      Map<String, String> values = new LinkedHashMap<>();
      Map<String, String> all =
          Map.of("productivity.sd", "0", "productivity.states", "1", "note", "null");
      order.forEach(key -> values.put(key, all.get(key)));
      assertThat(StrictJson.with(MOVING, values)).isEqualTo(still);
    }
  }

  @Test
  void valuesCompleteAFileThatIsNotValidAlone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("in.json");
    Files.writeString(file, "{\"share\": 0.5, \"productivity\": {\"sd\": 0, \"states\": 7}}");
    assertThat(StrictJson.read(file, Economy.class, Map.of("productivity.states", "1")))
        .isEqualTo(new Economy(.5, new Process(0, 1), Optional.empty()));
    Files.writeString(file, "{\"productivity\": {\"sd\": 0.1}}");
    assertThat(
            StrictJson.read(
                file, Economy.class, Map.of("productivity.states", "2", "share", "0.25")))
        .isEqualTo(new Economy(.25, new Process(.1, 2), Optional.empty()));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.read(file, Economy.class, Map.of("shar", "1")))
        .withMessage("unknown key 'shar'; the nearest valid key is 'share'");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.read(file, Economy.class, Map.of("share", "1")))
        .withMessageContaining("key 'productivity.states' is missing");
  }

  @Test
  void aRefusalNamesTheKeysItIsAbout() {
    refused("productivity.sd: states must be 1 exactly where sd is 0", "productivity.sd", "0");
    refused("productivity.states must be at most 9", "productivity.states", "10");
    Map<String, String> both = new LinkedHashMap<>();
    both.put("share", "2");
    both.put("note", "y");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.with(MOVING, both))
        .withMessage("share, note: too much in all");
    both.put("productivity.sd", "0");
    both.put("productivity.states", "2");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.with(MOVING, both))
        .withMessageStartingWith("productivity.sd, productivity.states: states must be 1");
  }

  private static void refused(String message, String key, String value) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.with(MOVING, key, value))
        .withMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sede | 1 | unknown key 'sede'; the nearest valid key is 'seed'",
        "solver.tol | 1 | unknown key 'solver.tol'; the nearest valid key is 'solver.tolerance'",
        "seed.x | 1 | key 'seed' has no parts, so 'seed.x' names nothing: set 'seed' itself",
        "seed | 13 | seed must not be 13",
        "seed | many | key 'seed' must be a whole number but is many",
        "seed | '' | key 'seed' must be a whole number but is empty",
        "solver.tolerance | 0 | solver.tolerance must be positive but is 0.0",
        "solver.precision | float | key 'solver.precision' has no value 'float'; the nearest valid"
            + " value is 'FLOAT32'",
        "resume | yes | key 'resume', line 1 column 1: the text is not valid JSON",
        "levels | 3 | key 'levels' must be an array but is 3",
      })
  void withNamesTheKey(String key, String value, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.with(RUN, key, value))
        .withMessageStartingWith(message);
  }

  private static <R extends Record> R read(String text, Class<R> type) {
    return StrictJson.read(new StringReader(text), "in.json", type);
  }

  private static AbstractThrowableAssert<?, ?> rejected(String text, Class<? extends Record> type) {
    return assertThatThrownBy(() -> read(text, type)).isInstanceOf(InvalidInputException.class);
  }

  private record Measured(Double sd, Map<String, Double> moments, double mean) {}

  @Test
  void aMeasuredNumberMayBeUndefinedAndAPlainOneMayNot() {
    Map<String, Double> moments = Map.of("Gini", Double.NEGATIVE_INFINITY);
    String text = StrictJson.write(new Measured(Double.NaN, moments, 1));
    assertThat(text).contains("\"sd\": null", "\"Gini\": null");
    assertThat(StrictJson.read(new StringReader(text), "moments", Measured.class))
        .isEqualTo(new Measured(Double.NaN, Map.of("Gini", Double.NaN), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrictJson.write(new Measured(1., Map.of(), Double.NaN)))
        .withMessageStartingWith("key 'mean'");
    assertThatThrownBy(
            () ->
                StrictJson.read(
                    new StringReader(text.replace("1.0", "null")), "moments", Measured.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("key 'mean' must be a number but is null");
  }
}
