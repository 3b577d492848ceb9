package org.nnks.core.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nnks.core.accuracy.Certificate;
import org.nnks.core.accuracy.CertificateLimits;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.StrictJson;

/**
 * What a rival method says of a run: {@code certificate.json}.
 *
 * @param certified whether all limits are kept
 * @param verdict one sentence
 * @param rival the method that judged
 * @param violations one sentence for every limit exceeded; empty if certified
 * @param limits what was allowed
 * @param comparison the measurements; absent if one of the two could not be simulated
 */
public record CertificateFile(
    boolean certified,
    String verdict,
    RunSettings.Method rival,
    List<String> violations,
    CertificateLimits limits,
    Optional<Comparison> comparison) {

  /**
   * The numbers of a {@link Certificate}.
   *
   * @param burnIn periods not compared
   * @param gaps path gaps of the run to its rival, in percent
   * @param decisions gaps of the two solutions' decisions at the run's own states, by name
   * @param solution accuracy of the run
   * @param rival accuracy of its rival
   */
  public record Comparison(
      int burnIn,
      List<PathGap> gaps,
      Map<String, EquationError> decisions,
      Accuracy solution,
      Accuracy rival) {}

  /**
   * The file of a certificate.
   *
   * @param objections what else speaks against the run or its rival, one sentence each
   */
  public static CertificateFile of(
      RunSettings.Method rival, Certificate certificate, int burnIn, List<String> objections) {
    List<String> violations = new ArrayList<>(objections);
    violations.addAll(certificate.violations());
    return new CertificateFile(
        violations.isEmpty(),
        violations.isEmpty() ? praise(rival, certificate) : blame(rival, violations.size()),
        rival,
        List.copyOf(violations),
        certificate.limits(),
        Optional.of(
            new Comparison(
                burnIn,
                certificate.gaps(),
                certificate.decisions(),
                Accuracy.of(certificate.solution()),
                Accuracy.of(certificate.rival()))));
  }

  /** The file when a market did not clear, so that there is nothing to compare. */
  public static CertificateFile refused(
      RunSettings.Method rival, CertificateLimits limits, String violation) {
    return new CertificateFile(
        false,
        "not certified by the method %s: there is nothing to compare".formatted(rival.label()),
        rival,
        List.of(violation),
        limits,
        Optional.empty());
  }

  private static String praise(RunSettings.Method rival, Certificate certificate) {
    return "certified by the method %s: %s on the same shocks"
        .formatted(rival.label(), within(certificate.gaps()));
  }

  /** How near prices and moments are. */
  static String within(List<PathGap> gaps) {
    return PathGap.judged(gaps).stream()
        .map(gap -> "%s within %.4f %%".formatted(gap.name(), gap.max()))
        .collect(Collectors.joining(" and "));
  }

  private static String blame(RunSettings.Method rival, int violations) {
    return "not certified by the method %s: %d %s violated"
        .formatted(rival.label(), violations, violations == 1 ? "limit is" : "limits are");
  }

  /**
   * Writes the certificate, atomically.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void write(Path file) {
    AtomicFiles.write(file, StrictJson.write(this));
  }
}
