package org.nnks.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "'3;2.0' | ', line 2: an aggregate state must be a whole number from 1 to 5 but is ''2.0'''",
        "'3;;2' | ', line 2: an aggregate state must be a whole number from 1 to 5 but is '''''",
        "'3;99999999999' | ', line 2: an aggregate state must be a whole number from 1 to 5 but is'",
        "'A,B;1,2' | ', line 1: ''A,B'' is neither a state from 1 to 5 nor a header with the column'",
        "'t,A_index;1,2;2,7' | ', line 3: an aggregate state must be a whole number from 1 to 5'",
        "'t,A_index;1,2;2,3.5' | ', line 3: an aggregate state must be a whole number from 1 to 5'",
        "'t,A_index;1,2;2' | ', line 3: expected 2 fields'",
        "'A_index' | ' has a header but no rows'",
      })
  void namesFileLineValueAndRule(String lines, String message) throws IOException {
    Path file = file(lines.replace(';', '\n'));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ShockFile.read(file, 5))
        .withMessageStartingWith(file + message);
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
