package org.nnks.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;

/** Rules to start from, and files that hold no such rules. */
class RulesFileTest {

  private static final String LINE = "{\"intercept\": [0.1], \"slopes\": [[0.9]]}";
  private static final String CURVE =
      "{\"intercept\": [0.1], \"slopes\": [[0.9]], \"curvature\": {\"hidden\": [],"
          + " \"coefficients\": [[0.1]], \"from\": [[0]], \"to\": [[1]]}}";

  @TempDir private Path folder;

  private ForecastRules read(String moments, String prices) throws IOException {
    Path file = folder.resolve("rules.json");
    String rules = "{\"moments\": [%s], \"prices\": [%s]}".formatted(moments, prices);
    Files.writeString(file, "{\"used\": %s, \"estimated\": %s}".formatted(rules, rules));
    return RulesFile.readStart(file, 1);
  }

  @Test
  void linesAreRead() throws IOException {
    assertThat(read(LINE, "").capital().intercept().get(0)).isEqualTo(.1);
  }

  /** A solve updates lines: what it would do with curves is nothing that was asked for. */
  @Test
  void rulesThatNoSolveLeavesAreRefusedInASentence() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(LINE, CURVE))
        .withMessageContaining("rules.json")
        .withMessageContaining("one has a curvature: leave it out");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read("", LINE))
        .withMessageContaining("forecast rules need one moment or more but got none");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(CURVE.replace("[[0]]", "[]").replace("[[1]]", "[]"), LINE))
        .withMessageContaining("curvature needs one moment or more but got none");
  }
}
