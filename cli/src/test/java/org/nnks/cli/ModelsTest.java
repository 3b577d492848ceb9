package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.Models;
import org.nnks.cli.models.ParameterTexts;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.solve.RuleChange;

/** {@code nnks models MODEL}. */
class ModelsTest {

  private static final Path HOME = Path.of("").toAbsolutePath().getParent();

  @Test
  void parametersAreExplained() {
    Command models = Command.run("models", "khan-thomas");
    assertThat(models.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(models.out())
        .contains("khan-thomas: Khan and Thomas (2008)", "terry2017-subsidy")
        .containsPattern("maxFixedCost +0.0083 +xibar, upper bound of the fixed cost, in hours")
        .doesNotContain("bloom: ");
    assertThat(Command.run("models", "krusell-smith").out())
        .containsPattern("employment.benefit +0.15 +mu, income of the unemployed");
    assertThat(Command.run("models", "blom").err()).contains("unknown model 'blom'", "'bloom'");
  }

  /** Coefficients on moments that move together are no measure; the paper's own stays. */
  @Test
  void networksOfSeveralMomentsStopByTheirForecasts() {
    ModelEntry<?> capitals = Models.find("capitals");
    assertThat(change(capitals, RunSettings.Method.NEURAL, RunSettings.Preset.DEFAULT))
        .isEqualTo(RuleChange.FORECASTS);
    assertThat(change(capitals, RunSettings.Method.NEURAL, RunSettings.Preset.PAPER))
        .isEqualTo(RuleChange.COEFFICIENTS);
    assertThat(change(capitals, RunSettings.Method.PROJECTION, RunSettings.Preset.DEFAULT))
        .isEqualTo(RuleChange.COEFFICIENTS);
    ModelEntry<?> oneMoment = Models.find("khan-thomas");
    assertThat(change(oneMoment, RunSettings.Method.NEURAL, RunSettings.Preset.DEFAULT))
        .isEqualTo(RuleChange.COEFFICIENTS);
  }

  private static RuleChange change(
      ModelEntry<?> model, RunSettings.Method method, RunSettings.Preset preset) {
    return model.settings(method, preset).solver().change();
  }

  @Test
  void everyParameterOfEveryModelIsExplained() {
    for (ModelEntry<?> model : Models.all()) {
      assertThat(ParameterTexts.of(model.calibration(), Map.of()))
          .allSatisfy(line -> assertThat(line).as(model.name()).matches(" {2}.{40,}"))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(102));
    }
  }

  /** Texts and Javadoc are one: what a reader of the code sees is what the terminal says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "models-inventories/src/main/java/org/nnks/inventories/InventoriesCalibration",
        "models-capitals/src/main/java/org/nnks/capitals/CapitalsCalibration",
        "models-capitals/src/main/java/org/nnks/capitals/Kind",
        "models-khanthomas/src/main/java/org/nnks/khanthomas/KhanThomasCalibration",
        "models-bloom/src/main/java/org/nnks/bloom/BloomCalibration",
        "models-krusellsmith/src/main/java/org/nnks/krusellsmith/KrusellSmithCalibration",
        "models-krusellsmith/src/main/java/org/nnks/krusellsmith/rbc/RbcCalibration",
        "models-krusellsmith/src/main/java/org/nnks/krusellsmith/rbc/LogAutoregression",
        "models-krusellsmith/src/main/java/org/nnks/krusellsmith/Employment"
      })
  void textsAreThoseOfTheCode(String file) throws IOException {
    Properties texts = new Properties();
    try (var in = ParameterTexts.class.getResourceAsStream("parameters.properties");
        var reader = new java.io.InputStreamReader(in, java.nio.charset.StandardCharsets.UTF_8)) {
      texts.load(reader);
    }
    String source = Files.readString(HOME.resolve(file + ".java"));
    String head = source.substring(0, source.indexOf("\npublic record"));
    String javadoc =
        head.substring(head.lastIndexOf("/**"))
            .replaceAll("\\{@link #?(\\w+)\\}", "$1")
            .replaceAll("\\{@link \\w+#(\\w+)\\}", "$1")
            .replaceAll("\\n \\*/?", " ")
            .replaceAll("\\s+", " ");
    Matcher parameter = Pattern.compile("@param (\\w+) (.*?) ?(?=@param|$)").matcher(javadoc);
    int found = 0;
    while (parameter.find()) {
      found++;
      String key = Path.of(file).getFileName() + "." + parameter.group(1);
      assertThat(texts.getProperty(key)).as(key).isEqualTo(parameter.group(2));
    }
    assertThat(found).isPositive();
  }
}
