package org.nnks.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

  @TempDir private Path folder;

  /** What another process does: says whether it got the lock, and holds it until it is killed. */
  public static void main(String[] arguments) throws IOException {
    try (FolderLock lock = FolderLock.take(Path.of(arguments[0]))) {
      System.out.println("taken " + lock);
      System.out.flush();
      System.in.read();
    } catch (InvalidInputException e) {
      System.out.println(e.getMessage());
    }
  }

  private Process other() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FolderLockTest.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String said(Process process) throws IOException {
    return process.inputReader().readLine();
  }

  @Test
  void anotherProcessHasTheFolderUntilItIsKilled() throws Exception {
    Process other = other();
    assertThat(said(other)).startsWith("taken");
    assertThatThrownBy(() -> FolderLock.take(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "another process is writing to %s: wait for it, or choose another folder", folder);
    other.destroyForcibly().waitFor();
    FolderLock.take(folder).close();
  }

  /** A second attempt in this process does not open the folder to other processes. */
  @Test
  void thisProcessHasTheFolderUntilItIsClosed() throws Exception {
    Path same = folder.resolve("..").resolve(folder.getFileName());
    FolderLock lock = FolderLock.take(folder);
    assertThatThrownBy(() -> FolderLock.take(same)).isInstanceOf(InvalidInputException.class);
    assertThat(said(other())).startsWith("another process is writing to ");
    lock.close();
    FolderLock.take(same).close();
  }
}
