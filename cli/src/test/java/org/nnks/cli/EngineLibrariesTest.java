package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.progress.ExitCode;

/** The diagnosis of the tensor engine, on libraries that need not be there. */
class EngineLibrariesTest {

  private static final Path CPU = Path.of("/torch/lib/libtorch_cpu.so");

  private static final String NATIVES = "/lib/pytorch-native-cpu-2.7.1-linux-x86_64.jar";

  @TempDir private Path folder;

  private static EngineLibraries with(boolean driver, List<Path> loaded, String... classPath) {
    return new EngineLibraries(loaded, List.of(classPath), Map.of(), driver);
  }

  @Test
  void everyReasonForNoGpuIsTold() {
    assertThat(with(false, List.of(CPU), NATIVES).whyNoGpu()).contains("no NVIDIA driver");
    assertThat(with(true, List.of(CPU), NATIVES).whyNoGpu())
        .contains("PyTorch for the CPU is on the class path", "PYTORCH_FLAVOR=cu128");
    assertThat(with(true, List.of(CPU)).whyNoGpu())
        .contains("PyTorch in /torch/lib is built for the CPU");
    Path cuda = Path.of("/torch/lib/libtorch_cuda.so");
    assertThat(with(true, List.of(CPU, cuda)).whyNoGpu()).contains("CUDA_VISIBLE_DEVICES");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aBuildForCudaIsKnownByTheFileBeside() throws IOException {
    Path loaded = folder.resolve("libtorch_cpu.so");
    assertThat(with(true, List.of(loaded)).flavour()).isEqualTo("CPU, PYTORCH_FLAVOR is not set");
    Files.createFile(folder.resolve("libtorch_cuda.so"));
    assertThat(with(true, List.of(loaded)).flavour()).startsWith("CUDA");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theDoctorNamesTheLibrariesOfThisProcess() {
    Command doctor = Command.run("doctor");
    assertThat(doctor.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(doctor.out())
        .containsPattern("library +/.*")
        .containsPattern("built for +(CPU|CUDA), PYTORCH_FLAVOR")
        .containsPattern("JNI +/.*libdjl_torch.so")
        .containsPattern("GPUs +(none: |\\d)");
  }
}
