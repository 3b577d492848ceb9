package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.Models;
import org.nnks.cli.solve.SolveCommand;
import org.nnks.cli.solve.SolveOptions;
import org.nnks.cli.sweep.DesignOptions;
import org.nnks.cli.transition.StillOptions;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What the documentation shows is what there is. */
class DocumentationTest {

  private static final Path HOME = Path.of("").toAbsolutePath().getParent();

  /** What stands beside a command, at a distance. */
  private static final Pattern REMARK = Pattern.compile(" {2,}");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** Folders from the project's root down to the deepest test class. */
  private static final int TEST_DEPTH = 10;

  private static String page(String name) throws IOException {
    return Files.readString(HOME.resolve("docs").resolve(name));
  }

  /** The blocks of a page in a language. */
  private static List<String> blocks(String page, String language) throws IOException {
    return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
        .matcher(page(page))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  /** The table of models names every method of each; the sentence above it, what all have. */
  @Test
  void modelsAreListedWithTheirMethods() throws IOException {
    String page = page("models.md");
    assertThat(page).contains("`--method transition`");
    for (ModelEntry<?> entry : Models.all()) {
      String start = "| `%s` |".formatted(entry.name());
      String row = page.lines().filter(line -> line.startsWith(start)).findFirst().orElse(start);
      String methods = row.substring(row.stripTrailing().lastIndexOf('|', row.length() - 3));
      assertThat(entry.methods().stream().map(method -> method.names().get(0)))
          .as(entry.name())
          .contains("transition")
          .allMatch(method -> method.equals("transition") || methods.contains(method))
          .first()
          .matches(method -> methods.startsWith("| " + method), "the default is the first");
    }
  }

  private static String oneLine(String text) {
    return BLANKS.matcher(text).replaceAll(" ");
  }

  private static String example(String file) throws IOException {
    return oneLine(Files.readString(HOME.resolve("examples").resolve(file)));
  }

  /** Pages with commands, by their names in the folder of the documentation. */
  static List<String> pagesWithCommands() throws IOException {
    try (Stream<Path> pages = Files.list(HOME.resolve("docs"))) {
      return Stream.concat(
              Stream.of("../README.md", "../CONTRIBUTING.md", "../RELEASE.md"),
              pages.map(path -> path.getFileName().toString()).filter(n -> n.endsWith(".md")))
          .filter(name -> !commands(name).isEmpty())
          .sorted()
          .toList();
    }
  }

  /**
   * The commands of a page that stand in blocks, without those that only show what may be left out.
   */
  private static List<String> commands(String page) {
    try {
      return Pattern.compile("^    \\./nnks (.*)$", Pattern.MULTILINE)
          .matcher(page(page))
          .results()
          .map((MatchResult match) -> REMARK.split(match.group(1))[0])
          .filter(command -> !command.contains("[") && !command.contains("|"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("pagesWithCommands")
  void commandsAreUnderstood(String page) {
    assertThat(commands(page))
        .allSatisfy(
            command ->
                assertThatCode(() -> Nnks.commandLine().parseArgs(command.split(" +")))
                    .doesNotThrowAnyException());
  }

  /**
   * Models, methods, presets, calibrations and keys exist and fit together, further than picocli
   * looks; but for economies in jars, and where only MODEL stands.
   */
  @ParameterizedTest
  @MethodSource("pagesWithCommands")
  void whatIsSolvedExists(String page) {
    assertThat(commands(page))
        .filteredOn(command -> !command.contains("--with ") && !command.contains("MODEL"))
        .allSatisfy(command -> assertThatCode(() -> look(command)).doesNotThrowAnyException());
  }

  private static void look(String command) {
    ParseResult given = Nnks.commandLine().parseArgs(command.split(" +")).subcommand();
    Map<String, CommandSpec> mixins = given.commandSpec().mixins();
    if (mixins.containsKey("still")) {
      ((StillOptions) mixins.get("still").userObject()).check();
    } else if (given.hasMatchedPositional(0)
        && given.matchedPositionals().get(0).paramLabel().equals("MODEL")
        && !given.hasMatchedOption("--config")) {
      ModelEntry<?> entry = Models.find(given.matchedPositionalValue(0, ""));
      if (mixins.containsKey("options")) {
        look(entry, (SolveOptions) mixins.get("options").userObject());
      }
    }
  }

  private static <C extends Record> void look(ModelEntry<C> entry, SolveOptions options) {
    C calibration = options.calibration(entry.calibration(), entry);
    int states = SolveCommand.economy(entry, calibration).aggregate().size();
    RunSettings base = options.base(entry);
    options.settings(base, base.periods(), states, entry);
  }

  /** What exists is told from what does not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "solve khan-tomas",
        "solve bloom --method exakt",
        "solve capitals --calibration j9",
        "solve khan-thomas --set inverseFrish=.5",
        "solve khan-thomas --method exact --preset paper",
        "transition rbc"
      })
  void whatDoesNotExistIsSeen(String command) {
    assertThatThrownBy(() -> look(command)).isInstanceOf(InvalidInputException.class);
  }

  /** No page with commands is passed over unseen. */
  @Test
  void mostPagesHaveCommands() throws IOException {
    assertThat(pagesWithCommands()).hasSizeGreaterThan(20).contains("transitions.md");
  }

  /** The list of commands of the README is whole, and what it shows exists. */
  @Test
  void readmeListsEveryCommand() throws IOException {
    assertThat(Nnks.commandLine().getSubcommands().keySet())
        .allSatisfy(
            name ->
                assertThat(page("../README.md"))
                    .containsPattern("    \\./nnks ([a-z-]+ \\| )?" + name + "\\b"));
  }

  /** Sweeps are parsed further than picocli does: their points exist. */
  @Test
  void designsOfSweepsAreUnderstood() throws IOException {
    List<String> sweeps =
        Arrays.stream(page("sweeps.md").split("\n"))
            .filter(line -> line.startsWith("    ./nnks sweep "))
            .toList();
    assertThat(sweeps).hasSize(2);
    List<Integer> sizes = new ArrayList<>();
    for (String sweep : sweeps) {
      DesignOptions options = new DesignOptions();
      CommandLine command = new CommandLine(CommandSpec.create()).addMixin("design", options);
      command.setUnmatchedArgumentsAllowed(true);
      command.parseArgs(sweep.strip().split(" +"));
      sizes.add(options.design(1).size());
    }
    assertThat(sizes).containsExactly(20, 200);
  }

  @Test
  void theDependencyIsThatOfTheExample() throws IOException {
    String pom = example("dependency/pom.xml");
    List<String> snippets = blocks("getting-started.md", "xml");
    assertThat(snippets).hasSize(2);
    assertThat(snippets).allSatisfy(snippet -> assertThat(pom).contains(oneLine(snippet).strip()));
    assertThat(pom).contains("<nnks.version>0.1.0-SNAPSHOT</nnks.version>");
    assertThat(page("getting-started.md")).contains("`nnks.version` 0.1.0-SNAPSHOT");
  }

  @Test
  void theStudentsEconomyIsThatOfTheExample() throws IOException {
    String folder = "economy/src/";
    String code =
        example(folder + "main/java/org/example/RevenueTax.java")
            + example(folder + "main/java/org/example/RevenueTaxCalibration.java")
            + example(folder + "main/java/org/example/RevenueTaxProvider.java")
            + example(folder + "test/java/org/example/RevenueTaxContractTest.java")
            + example(folder + "test/java/org/example/RevenueTaxTest.java");
    List<String> snippets = blocks("adding-an-economy.md", "java");
    assertThat(snippets).hasSizeGreaterThan(5);
    assertThat(snippets).allSatisfy(snippet -> assertThat(code).contains(oneLine(snippet).strip()));
    long lines =
        Files.readAllLines(
                HOME.resolve("examples/economy/src/main/java/org/example/RevenueTax.java"))
            .stream()
            .map(String::strip)
            .filter(line -> !line.matches("|(import |package |/?\\*).*"))
            .count();
    assertThat(page("adding-an-economy.md"))
        .contains(": " + lines + " lines without imports and comments");
    assertThat(Files.readString(HOME.resolve("README.md")))
        .contains("| " + lines + " lines in the tested example |");
  }

  /** Lists of deviations are as long as the page that points to them says. */
  @Test
  void deviationsAreCounted() throws IOException {
    assertThat(page("deviations.md")).contains("the sixteen of reinforcement learning");
    assertThat(numbered(section("rl.md", "## Deviations of `--preset paper` from the paper")))
        .isEqualTo(16);
    assertThat(page("deviations.md")).contains("The six deviations of the tables and figures");
    assertThat(numbered(section("bloom-report.md", "Where this is not the paper's letter:")))
        .isEqualTo(6);
    assertThat(page("deviations.md")).contains("K1 to K13 stand in");
    assertThat(page("krusell-smith.md")).contains("| K13 |").doesNotContain("| K14 |");
  }

  /** A page from a line on, up to the next heading. */
  private static String section(String page, String start) throws IOException {
    String from = page(page).substring(page(page).indexOf(start) + start.length());
    int end = from.indexOf("\n## ");
    return end < 0 ? from : from.substring(0, end);
  }

  private static long numbered(String section) {
    return Pattern.compile("^\\d+\\. ", Pattern.MULTILINE).matcher(section).results().count();
  }

  /** A figure is as good as its test: those that the pages name exist. */
  @Test
  void testsThatPagesNameExist() throws IOException {
    try (Stream<Path> pages = Files.list(HOME.resolve("docs"));
        Stream<Path> sources = Files.walk(HOME, TEST_DEPTH)) {
      List<String> tests =
          sources
              .map(path -> path.getFileName().toString())
              .filter(n -> n.endsWith(".java"))
              .toList();
      List<Path> all = pages.filter(path -> path.toString().endsWith(".md")).toList();
      assertThat(all).isNotEmpty();
      for (Path file : all) {
        assertThat(
                Pattern.compile("`(\\w+Test)`")
                    .matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1) + ".java")
                    .toList())
            .as(file.getFileName().toString())
            .allSatisfy(test -> assertThat(tests).contains(test));
      }
    }
  }
}
