package org.nnks.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.nnks.core.io.AtomicFilesTest.names;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedDirectoryTest {

  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void nameTheTarget() {
    target = folder.resolve("run");
  }

  @Test
  void appearsWhenPublished() throws IOException {
    try (StagedDirectory staged = stage("one")) {
      assertThat(target).doesNotExist();
      staged.publish();
      assertThat(target.resolve("nested/file")).hasContent("one");
    }
    assertThat(names(folder)).containsExactly("run");
  }

  @Test
  void publishNeverOverwrites() throws IOException {
    publish("one");
    try (StagedDirectory staged = stage("two")) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(staged::publish)
          .withMessage(
              "%s exists and is not overwritten: choose another name or remove it first", target);
    }
    assertThat(target.resolve("nested/file")).hasContent("one");
    assertThat(names(folder)).containsExactly("run");
  }

  @Test
  void replaceTakesThePlaceOfTheEarlierVersion() throws IOException {
    for (String version : new String[] {"one", "two", "three"}) {
      try (StagedDirectory staged = stage(version)) {
        staged.replace();
      }
      assertThat(target.resolve("nested/file")).hasContent(version);
      assertThat(names(folder)).containsExactly("run");
    }
  }

  @Test
  void anUnpublishedFolderVanishes() throws IOException {
    stage("one").close();
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void recoverBringsBackTheVersionThatWasSetAside() throws IOException {
    // What a process leaves that dies between the two renames of replace().
    publish("one");
    Files.move(target, folder.resolve(".run.old.tmp"));
    Path staged = stage("two").path();
    assertThat(StagedDirectory.recover(target))
        .containsExactlyInAnyOrder(folder.resolve(".run.old.tmp"), staged);
    assertThat(target.resolve("nested/file")).hasContent("one");
    assertThat(names(folder)).containsExactly("run");
  }

  @Test
  void recoverDeletesLeftoversOfThisTargetOnly() throws IOException {
    publish("two");
    Files.createDirectory(folder.resolve(".run.old.tmp"));
    stage("three");
    Files.createDirectory(folder.resolve(".runner.1.tmp"));
    Files.createDirectory(folder.resolve(".run.keep"));
    assertThat(StagedDirectory.recover(target)).hasSize(2);
    assertThat(names(folder)).containsExactly(".run.keep", ".runner.1.tmp", "run");
    assertThat(target.resolve("nested/file")).hasContent("two");
    assertThat(StagedDirectory.recover(target)).isEmpty();
  }

  @Test
  void saysWhichFolderIsMissing() {
    Path orphan = folder.resolve("absent/run");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> StagedDirectory.create(orphan))
        .withMessage(
            "cannot write %s: its folder does not exist; create it or choose another folder",
            orphan);
  }

  private void publish(String content) throws IOException {
    try (StagedDirectory staged = stage(content)) {
      staged.publish();
    }
  }

  private StagedDirectory stage(String content) throws IOException {
    StagedDirectory staged = StagedDirectory.create(target);
    Files.createDirectory(staged.path().resolve("nested"));
    AtomicFiles.write(staged.path().resolve("nested/file"), content);
    return staged;
  }
}
