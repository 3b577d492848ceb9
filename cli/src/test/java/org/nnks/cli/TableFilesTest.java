package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.cli.report.LatexStructure;
import org.nnks.cli.results.MomentsTable;
import org.nnks.cli.tables.FileNames;
import org.nnks.cli.tables.LatexTable;
import org.nnks.cli.tables.TableFiles;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;

class TableFilesTest {

  private static final ComparisonTable TABLE =
      new ComparisonTable(
          "Errors (A 2020, Table 1)",
          "In percent.",
          List.of("R², λ", ComparisonTable.OURS),
          List.of(
              new ComparisonTable.Row("K′ & p_1", 2, Vector.of(-1.234567, Double.NaN)),
              new ComparisonTable.Row("β \"x\", A₁", 0, Vector.of(1, 1e-9))));

  @Test
  void csvHasAllDigits() {
    assertThat(TableFiles.csv(TABLE))
        .isEqualTo(",\"R², λ\",this run\nK′ & p_1,-1.234567,NaN\n\"β \"\"x\"\", A₁\",1.0,1.0E-9\n");
  }

  @Test
  void latexHasTheDigitsOfThePage() {
    assertThat(LatexTable.of(TABLE))
        .isEqualTo(
            """
            % Errors (A 2020, Table 1)
            % In percent.
            \\begin{tabular}{lrr}
            \\toprule
             & R$^2$, $\\lambda$ & this run \\\\
            \\midrule
            K$'$ \\& p\\_1 & $-$1.23 & -- \\\\
            $\\beta$ "x", A$_1$ & 1 & 0 \\\\
            \\bottomrule
            \\end{tabular}
            """);
  }

  /** Whatever stands in labels, LaTeX reads a table of as many cells. */
  @Test
  void latexIsWellFormedWhateverLabelsSay() {
    String odd = "[0, 1) * 50 % of A_1^2 & {B} ~ #1 $x$ \\ <a|b> k₁′ ε × …";
    ComparisonTable table =
        new ComparisonTable(
            odd, odd, List.of(odd, ""), List.of(new ComparisonTable.Row(odd, 1, Vector.of(1, -2))));
    assertThat(LatexStructure.faults(LatexTable.of(table))).isEmpty();
  }

  /** What LaTeX would stop at is seen. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a & 1",
        "a & 1 & 2 \\\\",
        "a_1 & 1 \\\\",
        "a & 5% \\\\",
        "$a & 1 \\\\",
        "{a & 1 \\\\",
        "[a & 1 \\\\",
        "\u03b1 & 1 \\\\",
        "\\alpha & 1 \\\\",
        "a<b & 1 \\\\",
        "\\q & 1 \\\\"
      })
  void latexThatDoesNotCompileIsSeen(String row) {
    String table =
        "\\begin{tabular}{lr}\n\\toprule\n%s\n\\midrule\na & 1 \\\\\n\\bottomrule\n\\end{tabular}\n";
    assertThat(LatexStructure.faults(table.formatted("b & 2 \\\\"))).isEmpty();
    assertThat(LatexStructure.faults(table.formatted(row))).isNotEmpty();
    assertThat(LatexStructure.faults(table.replace("\\midrule\n", ""))).isNotEmpty();
  }

  @Test
  void namesAreShortAndGivenOnce() {
    FileNames names = new FileNames();
    assertThat(names.of("Errors (A 2020, Table 1)")).isEqualTo("errors");
    assertThat(names.of("Errors, again")).isEqualTo("errors-2");
    assertThat(names.of("Mêan K′ of one two three four")).isEqualTo("mean-k-of-one-two-three");
  }

  /** An autoregression of coefficient .8: its autocorrelations are .8, .64, .41; seed 5. */
  @Test
  void autocorrelationsAreThoseOfAnAutoregression() {
    Random random = new Random(5);
    double[] x = new double[200_000];
    for (int t = 1; t < x.length; t++) {
      x[t] = .8 * x[t - 1] + random.nextGaussian();
    }
    for (int lag : List.of(1, 2, 4)) {
      assertThat(MomentsTable.autocorrelation(Vector.of(x), lag))
          .isCloseTo(Math.pow(.8, lag), within(.01));
    }
    assertThat(MomentsTable.autocorrelation(Vector.of(1, 2), 2)).isNaN();
  }

  @Test
  void withoutPublishedNumbersOursStandAlone() {
    ComparisonTable ours = TABLE.withoutPublished();
    assertThat(ours.title()).isEqualTo("Errors");
    assertThat(ours.columns()).containsExactly(ComparisonTable.OURS);
    assertThat(ours.rows()).as("the row without a number of ours is left out").hasSize(1);
  }
}
