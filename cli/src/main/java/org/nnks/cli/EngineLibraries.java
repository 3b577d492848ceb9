package org.nnks.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which native libraries of the tensor engine this process has loaded, and why it sees no GPU.
 *
 * @param loaded files of the process, as far as the system tells
 * @param classPath entries of Java's class path
 * @param environment variables of the process
 * @param driver whether a driver of NVIDIA is there
 */
record EngineLibraries(
    List<Path> loaded, List<String> classPath, Map<String, String> environment, boolean driver) {

  private static final Path MAPS = Path.of("/proc/self/maps");

  private static final Path DRIVER = Path.of("/dev/nvidiactl");

  /** The library that only a build for CUDA has. */
  private static final String CUDA = "torch_cuda";

  private static final String CPU_NATIVES = "pytorch-native-cpu";

  static final String FLAVOUR = "PYTORCH_FLAVOR";

  static final String LIBRARY = "PYTORCH_LIBRARY_PATH";

  /** Those of this process, once the engine has started. */
  static EngineLibraries ofThisProcess() {
    return new EngineLibraries(
        mapped(),
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator)),
        System.getenv(),
        Files.exists(DRIVER));
  }

  /** The shared libraries in the memory of this process; none where Linux does not tell. */
  private static List<Path> mapped() {
    if (!Files.isReadable(MAPS)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(MAPS)) {
      return lines
          .filter(line -> line.indexOf('/') >= 0 && line.contains("torch"))
          .map(line -> Path.of(line.substring(line.indexOf('/')).replace(" (deleted)", "")))
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Path> find(String name) {
    return loaded.stream().filter(file -> file.getFileName().toString().contains(name)).findFirst();
  }

  /** The folder of PyTorch's library. */
  String library() {
    return find("libtorch_cpu")
        .or(() -> find("libtorch"))
        .map(file -> file.getParent().toString())
        .orElse("unknown: this system does not tell what a process has loaded");
  }

  /** What the library is built for, and what was asked for. */
  String flavour() {
    String asked = environment.get(FLAVOUR);
    return (isCuda() ? "CUDA" : "CPU")
        + (asked == null ? ", " + FLAVOUR + " is not set" : ", " + FLAVOUR + " is " + asked);
  }

  /** The library that joins Java and PyTorch. */
  String jni() {
    return find("djl_torch").map(Path::toString).orElse("unknown");
  }

  /** Whether the library can use a GPU: the CUDA part is loaded, or lies beside what is. */
  private boolean isCuda() {
    return find(CUDA).isPresent()
        || find("libtorch")
            .map(file -> file.resolveSibling(System.mapLibraryName(CUDA)))
            .filter(Files::exists)
            .isPresent();
  }

  /** Why the engine sees no GPU: one sentence. */
  String whyNoGpu() {
    if (!driver) {
      return "this machine shows no NVIDIA driver (%s)".formatted(DRIVER);
    }
    if (isCuda()) {
      return "the CUDA library finds no device: see nvidia-smi and CUDA_VISIBLE_DEVICES";
    }
    if (classPath.stream().anyMatch(entry -> new File(entry).getName().startsWith(CPU_NATIVES))) {
      return "PyTorch for the CPU is on the class path and is preferred: set %s=cu128, and %s to the lib folder of a CUDA build"
          .formatted(FLAVOUR, LIBRARY);
    }
    return "PyTorch in %s is built for the CPU: let %s name a CUDA build"
        .formatted(library(), LIBRARY);
  }
}
