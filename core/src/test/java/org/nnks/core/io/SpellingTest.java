package org.nnks.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "flaw, lawn, 2",
    "beta, beta, 0",
    "Beta, bEta, 0",
    "ab, ba, 2",
    "abc, '', 3",
    "'', ab, 2"
  })
  void distanceCountsEdits(String a, String b, int edits) {
    assertThat(Spelling.distance(a, b)).isEqualTo(edits);
    assertThat(Spelling.distance(b, a)).isEqualTo(edits);
  }

  @Test
  void suggestsTheNearest() {
    assertThat(Spelling.suggestion("key", "tolerence", List.of("tol", "tolerance", "states")))
        .isEqualTo("the nearest valid key is 'tolerance'");
    assertThat(Spelling.suggestion("key", "x", List.of())).isEqualTo("there is no valid key");
  }
}
