package org.nnks.core.run;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * What made a result: versions, machine and time. Nothing here names a user, a host or a path.
 *
 * @param nnks the version of nnks; {@link #DEVELOPMENT} when it does not run from a jar
 * @param gitCommit the commit that nnks was built from, where known
 * @param java the version and vendor of the Java runtime
 * @param os the name and version of the operating system
 * @param architecture the processor architecture, such as {@code amd64}
 * @param djl the version of the Deep Java Library, or {@link #UNUSED}
 * @param engine the name and version of its engine, such as {@code PyTorch 2.7.1}, or {@link
 *     #UNUSED}
 * @param cores the number of processors that the Java runtime may use
 * @param started when the run began: ISO 8601, UTC, to the second
 */
public record Provenance(
    String nnks,
    Optional<String> gitCommit,
    String java,
    String os,
    String architecture,
    String djl,
    String engine,
    int cores,
    String started) {

  /** The version of nnks when its classes do not come from a jar that states one. */
  public static final String DEVELOPMENT = "development";

  /** Stands for a library that a method does without, and that is then not loaded. */
  public static final String UNUSED = "not used";

  /** Checks that nothing is missing. */
  public Provenance {
    Objects.requireNonNull(nnks, "nnks");
    Objects.requireNonNull(gitCommit, "gitCommit");
    Objects.requireNonNull(java, "java");
    Objects.requireNonNull(os, "os");
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(djl, "djl");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(started, "started");
  }

  /**
   * The provenance of a run that starts now in this process.
   *
   * @param djl the version of the Deep Java Library
   * @param engine the name and version of its engine
   * @param gitCommit the commit that nnks was built from, where known
   * @param clock the clock that says when the run starts
   */
  public static Provenance capture(
      String djl, String engine, Optional<String> gitCommit, Clock clock) {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return new Provenance(
        version == null ? DEVELOPMENT : version,
        gitCommit,
        System.getProperty("java.version") + " " + System.getProperty("java.vendor"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        djl,
        engine,
        Runtime.getRuntime().availableProcessors(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
