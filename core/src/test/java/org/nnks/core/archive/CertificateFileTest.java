package org.nnks.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.PathGap;

class CertificateFileTest {

  /** Households without a price once were certified in p, and the second of two prices as K. */
  @Test
  void whatIsCertifiedHasItsOwnName() {
    assertThat(CertificateFile.within(gaps("K", "Y", "I", "N"))).isEqualTo("K within 0.1000 %");
    assertThat(CertificateFile.within(gaps("p", "q", "K", "Y", "I", "N")))
        .isEqualTo("p within 0.1000 % and q within 0.1000 % and K within 0.1000 %");
  }

  private static List<PathGap> gaps(String... names) {
    return Stream.of(names).map(name -> new PathGap(name, 0.0, 0.0, .1)).toList();
  }
}
