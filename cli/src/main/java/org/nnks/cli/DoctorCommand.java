package org.nnks.cli;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Provenance;
import org.nnks.npy.NpyFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nnks doctor}: whether this machine can solve, and with what. */
@Command(
    name = "doctor",
    description = "Checks versions, native libraries, device, precision and threads.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Runnable {

  static final long MEBIBYTE = 1 << 20;

  @Spec private CommandSpec spec;

  @Option(names = "--threads", description = "threads of the tensor engine")
  private int threads = Device.DEFAULT_THREADS;

  /** Created by picocli. */
  DoctorCommand() {}

  @Override
  public void run() {
    if (threads < 1) {
      throw new InvalidInputException("--threads must be at least 1 but is " + threads);
    }
    PrintWriter out = spec.commandLine().getOut();
    String engine;
    Optional<Device> device = Optional.empty();
    try {
      device = Optional.of(Device.open(Device.Choice.AUTO, threads));
      engine = Device.engine() + ", " + threads + " thread(s)";
    } catch (EngineException | LinkageError e) {
      engine = "not usable: " + Nnks.reason(e);
    }
    Provenance here =
        Provenance.capture(
            Engine.getDjlVersion(),
            engine,
            Optional.ofNullable(System.getProperty("nnks.commit")),
            Clock.systemUTC());
    line(
        out, "nnks", here.nnks() + here.gitCommit().map(commit -> ", commit " + commit).orElse(""));
    line(out, "Java", here.java());
    line(out, "system", here.os() + ", " + here.architecture());
    line(out, "processors", Integer.toString(here.cores()));
    line(out, "Java heap", Runtime.getRuntime().maxMemory() / MEBIBYTE + " MiB at most");
    line(out, "DJL", here.djl());
    line(out, "engine", here.engine());
    device.ifPresent(found -> devices(out, found));
    line(
        out,
        "precision",
        "double outside and in the default preset; single in the networks of the paper preset");
    line(out, "ND4J", nd4j());
    out.flush();
  }

  private static void devices(PrintWriter out, Device device) {
    device.newManager().close(); // loads what has not been loaded yet
    EngineLibraries libraries = EngineLibraries.ofThisProcess();
    int gpus = Engine.getInstance().getGpuCount();
    line(out, "library", libraries.library());
    line(out, "built for", libraries.flavour());
    line(out, "JNI", libraries.jni());
    line(out, "GPUs", gpus == 0 ? "none: " + libraries.whyNoGpu() : Integer.toString(gpus));
    line(out, "device", device.name() + " (what --device auto takes where networks are trained)");
  }

  private static String nd4j() {
    try {
      return NpyCheck.roundTrip(Vector.of(1, 2, 3)) ? "reads what it writes" : "damages arrays";
    } catch (LinkageError | RuntimeException e) {
      return "not usable: " + e.getMessage();
    }
  }

  private static void line(PrintWriter out, String what, String value) {
    out.printf("%-12s%s%n", what, value);
  }

  /** A vector through a file and back. */
  private static final class NpyCheck {

    static boolean roundTrip(Vector vector) {
      try {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("nnks-doctor", ".npy");
        try {
          NpyFiles.write(file, vector);
          return NpyFiles.readVector(file).equals(vector);
        } finally {
          java.nio.file.Files.deleteIfExists(file);
        }
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
