package org.nnks.core.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShockFileTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "'3\n1\n5\n\n'",
    "'3\r\n 1\r\n5'",
    "'A_index\n3\n1\n5\n'",
    "'t,A_index\n9,3\n9,1\n9,5'"
  })
  void readsBothForms(String text) throws IOException {
    assertThat(ShockFile.read(file(text), 5)).containsExactly(2, 0, 4);
  }

  /** What each call writes with its parameters left at their defaults. */
  static Stream<Arguments> programs() {
    String e = "000000000000000e+00\n";
    String savetxt = "3.000" + e + "1.000" + e + "5.000" + e;
    return Stream.of(
        arguments("numpy.savetxt(f, a)", savetxt),
        arguments("numpy.savetxt(f, a, header='A_index')", "# A_index\n" + savetxt),
        arguments(
            "numpy.savetxt with names and two columns",
            "t A_index\n1.0e+00 3.0e+00\n2.0e+00 1.0e+00\n3.0e+00 5.0e+00\n"),
        arguments("pandas.DataFrame.to_csv", ",A_index\n0,3\n1,1\n2,5\n"),
        arguments(
            "pandas, dates and a missing value",
            ",Y,A_index\n1947-01-01,,3\n1947-04-01,0.1,1\n1947-07-01,0.2,5\n"),
        arguments("pandas, states after missing ones", ",A_index\n0,3.0\n1,1.0\n2,5.0\n"),
        arguments("pandas.Series.to_csv", ",0\n0,3\n1,1\n2,5\n"),
        arguments("R write.csv of a data frame", "\"\",\"A_index\"\n\"1\",3\n\"2\",1\n\"3\",5\n"),
        arguments("R write.csv of a vector", "\"\",\"x\"\n\"1\",3\n\"2\",1\n\"3\",5\n"),
        arguments("R write.csv of a matrix", "\"\",\"V1\"\n\"1\",3\n\"2\",1\n\"3\",5\n"),
        arguments("R write.csv2", "\"\";\"Y\";\"A_index\"\n\"1\";0,1;3\n\"2\";NA;1\n\"3\";0,2;5\n"),
        arguments(
            "R write.table of a data frame",
            "\"A_index\" \"quarter\"\n\"1\" 3 \"1947 Q1\"\n\"2\" 1 \"1947 Q2\"\n\"3\" 5 \"1947 Q3\"\n"),
        arguments("R write.table of a vector", "\"x\"\n\"1\" 3\n\"2\" 1\n\"3\" 5\n"),
        arguments(
            "R write.table with tabs",
            "\"A_index\"\t\"Y\"\n\"1\"\t3\tNA\n\"2\"\t1\t0.1\n\"3\"\t5\t0.2\n"),
        arguments("MATLAB writetable", "Var1\n3\n1\n5\n"),
        arguments("Fortran", "           3\n           1\n           5\n"),
        arguments(
            "Fortran, two columns", "  t   A_index\n  1         3\n  2         1\n  3         5\n"),
        arguments(
            "a spreadsheet",
            "\uFEFFDate,A_index,\r\n01/01/1947,3.0,\r\n01/04/1947,1.0,\r\n01/07/1947,5.0,\r\n,,\r\n"),
        arguments(
            "a spreadsheet with comments",
            "# quarters, by hand\n\nDate,A_index\n1947Q1,3\n# a note\n1947Q2,1\n1947Q3,5\n"),
        arguments(
            "a spreadsheet of another locale",
            "\uFEFFDate;A_index\r\n01.01.1947;3,0\r\n01.04.1947;1,0\r\n01.07.1947;5,0\r\n"),
        arguments("its only column", "A_index\r\n3,0\r\n1,0\r\n5,0\r\n"),
        arguments("quoted names with separators", "\"Y, real; 2012\",A_index\n1,3\n1,1\n1,5\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void readsWhatProgramsWriteByDefault(String program, String text) throws IOException {
    assertThat(ShockFile.read(file(text), 5)).containsExactly(2, 0, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
  void readsUnicodeByItsMark(String charset) throws IOException {
    String text = "\uFEFFR\u00E9gime\tA_index\r\nhaut\t3\r\nbas\t1\r\n";
    Path file = Files.write(folder.resolve("shocks.txt"), text.getBytes(Charset.forName(charset)));
    assertThat(ShockFile.read(file, 5)).containsExactly(2, 0);
  }

  @Test
  void readsCodePages() throws IOException {
    String text = "R\u00E9gime;A_index\r\nhaut;3\r\n";
    Path file = Files.write(folder.resolve("shocks.txt"), text.getBytes(ISO_8859_1));
    assertThat(ShockFile.read(file, 5)).containsExactly(2);
  }

  @Test
  void readsTheReferencePath() throws URISyntaxException {
    Path file = Path.of(getClass().getResource("/org/nnks/reference/khan-thomas-path.csv").toURI());
    int[] states = ShockFile.read(file, 5);
    assertThat(states).hasSize(2499);
    int[] counts = new int[5];
    for (int t = 500; t < 2499; t++) {
      counts[states[t]]++;
    }
    // Reference: counts of Terry's path for t = 501..2499, taken by another program.
    assertThat(counts).containsExactly(166, 495, 676, 470, 192);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | ' is empty: expected one aggregate state per line, from 1 to 5'",
        "'3;6' | ', line 2: an aggregate state must be a whole number from 1 to 5 but is ''6'''",
        "'0;1' | ', line 1: an aggregate state must be a whole number from 1 to 5 but is ''0'''",
        "'3;2.5' | ', line 2: an aggregate state must be a whole number from 1 to 5 but is ''2.5'''",
        "'3;;2' | ', line 2: an aggregate state must be a whole number from 1 to 5 but is '''''",
        "'3;99999999999' | ', line 2: an aggregate state must be a whole number from 1 to 5 but is'",
        "'A,B;1,2' | ', line 1: ''A'', ''B'' is neither a state from 1 to 5 nor a header with the'",
        "'a_index;1;2' | ', line 1: ''a_index'' is neither a state from 1 to 5 nor a header with the'",
        "'t,A_index;1,2;2,7' | ', line 3: an aggregate state must be a whole number from 1 to 5'",
        "'t,A_index;1,2;2,3.5' | ', line 3: an aggregate state must be a whole number from 1 to 5'",
        "'t,A_index;1,2;2,' | ', line 3: an aggregate state must be a whole number from 1 to 5'",
        "'t,A_index;1,2;2' | ', line 3: expected 2 fields'",
        "'A_index,A_index;1,2' | ', line 1: two columns are named ''A_index'''",
        "'A_index' | ' has a header but no rows'",
      })
  void namesFileLineValueAndRule(String lines, String message) throws IOException {
    refused(lines.replace(';', '\n'), message);
  }

  static Stream<Arguments> ambiguous() {
    String many = ", line 1: 2 fields without names do not tell which is the state: give one state";
    return Stream.of(
        arguments("pandas.DataFrame.to_csv(header=False)", "0,3\n1,1\n", many),
        arguments("a column of decimal commas, or two columns", "3,0\n1,0\n", many),
        arguments(
            "names in a comment of numpy.savetxt",
            "# t A_index\n1 3\n2 1\n",
            many.replace("line 1", "line 2")),
        arguments("R write, five in a line", "3 1 5 2 2\n3 3 4 1 1\n2\n", ", line 1: "),
        arguments("dates without names", "1947Q1,3\n1947Q2,1\n", many),
        arguments(
            "a header of pandas, or states from 0",
            "0\n3\n1\n",
            ", line 1: an aggregate state must be"),
        arguments(
            "both decimal marks",
            "A_index;Y\n2,000;0.5\n",
            ", line 2: '2,000' has a decimal comma but '0.5' a"),
        arguments(
            "thousands in quotes",
            "A_index,Y\n\"2,0\",1\n",
            ", line 2: an aggregate state must be a whole number from 1 to 5 but is '2,0'"),
        arguments(
            "an open quote",
            "A_index,Y\n1,2\n\"1,2\n3,1\n",
            ", line 3: a quote stands within a field or is never closed"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void refusesWhatMayBeReadInTwoWays(String what, String text, String message) throws IOException {
    refused(text, message);
  }

  @Test
  void cutsLongLines() throws IOException {
    refused("3,1,5,".repeat(2_000) + "x\n", ", line 1: ");
    refused("date," + "a name,".repeat(900) + "\n", ", line 1: ");
    refused("3\n" + "1 ".repeat(4_000), ", line ");
    refused("A_index\n" + "1".repeat(4_000), ", line 2: ");
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    Path file = folder.resolve("states.npy");
    Files.write(file, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 0});
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ShockFile.read(file, 5))
        .withMessage(file + " is no text file: save its table as CSV or as plain text");
  }

  /** Every refusal names the file first, and is brief whatever the file holds. */
  private void refused(String text, String message) throws IOException {
    Path file = file(text);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ShockFile.read(file, 5))
        .withMessageStartingWith(file + message)
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void namesAFileThatCannotBeRead() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ShockFile.read(folder, 5))
        .withMessageStartingWith(folder + " cannot be read");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("shocks.txt"), text);
  }
}
