package org.nnks.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.StrictJson;

class ProvenanceTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-04T05:06:07.891Z"), ZoneId.of("Asia/Tokyo"));

  @Test
  void describesThisProcess() {
    Provenance here = Provenance.capture("0.35.1", "PyTorch 2.7.1", Optional.of("f3a8ad2"), CLOCK);
    assertThat(here.nnks()).isEqualTo(Provenance.DEVELOPMENT);
    assertThat(here.java()).startsWith(String.valueOf(Runtime.version().feature()));
    assertThat(here.cores()).isPositive();
    assertThat(here.started()).isEqualTo("2026-03-04T05:06:07Z");
    assertThat(here.gitCommit()).contains("f3a8ad2");
  }

  @Test
  void survivesAFile() {
    Provenance here = Provenance.capture("0.35.1", "PyTorch 2.7.1", Optional.empty(), CLOCK);
    String text = StrictJson.write(here);
    assertThat(StrictJson.read(new StringReader(text), "manifest.json", Provenance.class))
        .isEqualTo(here);
    assertThat(text).doesNotContain(System.getProperty("user.home"));
  }

  @Test
  void nothingMayBeMissing() {
    assertThatNullPointerException()
        .isThrownBy(() -> Provenance.capture(null, "PyTorch", Optional.empty(), CLOCK))
        .withMessage("djl");
  }
}
