package org.nnks.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.io.InvalidInputException;

class PathCsvTest {

  @TempDir private Path folder;

  private PathCsv path(String... rows) throws IOException {
    Path file = folder.resolve("path.csv");
    Files.writeString(file, "t,A_index,p,K,Y,I,N\n" + String.join("\n", rows));
    return PathCsv.read(file);
  }

  @Test
  void gapsAreInPercentOfLogsAfterTheBurnIn() throws IOException {
    PathCsv reference = path("1,3,9,1,1,1,1", "2,3,2,1,1,1,1", "3,2,2,1,1,1,1");
    PathCsv path = path("1,3,2,1,1,1,1", "2,3,2.02,1,1,1,1", "3,2,1.98,1,1,1,1");
    PathGap price = path.gaps(reference, 1).get(0);
    double up = 100 * Math.log(1.01);
    double down = 100 * Math.log(.99);
    assertThat(price.name()).isEqualTo("p");
    assertThat(price.mean()).isEqualTo((up + down) / 2);
    assertThat(price.meanAbsolute()).isEqualTo((up - down) / 2);
    assertThat(price.max()).isEqualTo(-down);
    assertThat(path.gaps(reference, 1).get(1).max()).isZero();
  }

  @Test
  void differentShocksAreNotCompared() throws IOException {
    PathCsv reference = path("1,3,2,1,1,1,1", "2,3,2,1,1,1,1");
    PathCsv path = path("1,3,2,1,1,1,1", "2,4,2,1,1,1,1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> path.gaps(reference, 0))
        .withMessage(
            "the paths have different shocks from t = 2 on, so their periods cannot be compared");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> path.gaps(path, 2))
        .withMessageContaining("none after the burn-in of 2");
  }

  @Test
  void aTableWithoutAColumnIsNoPath() throws IOException {
    Path file = Files.writeString(folder.resolve("rules.csv"), "A_index,a_K\n1,0.1\n");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> PathCsv.read(file))
        .withMessageContaining("has no column 't'");
  }
}
