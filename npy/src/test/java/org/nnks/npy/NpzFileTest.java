package org.nnks.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;

/** Read back by ND4J, entry by entry; NumPy reads the file in the tests of the command. */
class NpzFileTest {

  private static final Axis STATES = Axis.counted("s", 2);
  private static final Axis NODES = new Axis("k", Vector.of(.1, 1, 10));
  private static final Matrix VALUES = Matrix.of(2, 3, 1.5, -0.0, 3, Math.PI, Double.NaN, 6);

  @TempDir private Path folder;

  @Test
  void everyArrayComesWithItsAxes() throws IOException {
    Path file = folder.resolve("results.npz");
    NpzFile.write(
        file,
        List.of(LabelledArray.of("value", VALUES, STATES, NODES), LabelledArray.of("at_K", 1.55)));
    assertThat(NpyFiles.readMatrix(entry(file, "value"))).isEqualTo(VALUES);
    assertThat(NpyFiles.readVector(entry(file, "k"))).isEqualTo(NODES.nodes());
    assertThat(NpyFiles.readVector(entry(file, "s"))).isEqualTo(Vector.of(1, 2));
    assertThat(text(file, "value_axes")).startsWith("{'descr': '<U1'").endsWith("sk");
    assertThat(text(file, "at_K")).contains("'shape': ()");
    assertThat(text(file, "at_K_axes")).contains("'descr': '<U1'", "'shape': (0,)");
  }

  @Test
  void theSameArraysGiveTheSameBytes() {
    List<LabelledArray> arrays = List.of(LabelledArray.of("value", VALUES, STATES, NODES));
    NpzFile.write(folder.resolve("a.npz"), arrays);
    NpzFile.write(folder.resolve("b.npz"), arrays);
    assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
  }

  @Test
  void anAxisIsTheSameInAllArrays() {
    Axis others = new Axis("k", Vector.of(1, 2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NpzFile.write(
                    folder.resolve("no.npz"),
                    List.of(
                        LabelledArray.of("value", VALUES, STATES, NODES),
                        LabelledArray.of("policy", VALUES, STATES, others))))
        .withMessage(
            "axis 'k' of the array 'policy' has other levels than in the arrays before it");
    assertThat(folder.resolve("no.npz")).doesNotExist();
  }

  @Test
  void valuesFillTheAxes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelledArray.of("value", VALUES, NODES))
        .withMessage("the array 'value' has 6 values but its axes [k] have room for 3");
  }

  private Path entry(Path archive, String name) throws IOException {
    Path file = folder.resolve(name + ".npy");
    try (ZipFile zip = new ZipFile(archive.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  /** The header and what follows it as text. */
  private String text(Path archive, String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(entry(archive, name)));
    int header = Byte.toUnsignedInt(bytes.get(8)) + 256 * Byte.toUnsignedInt(bytes.get(9));
    assertThat((10 + header) % 64).isZero();
    String text = new String(bytes.array(), 10, header, StandardCharsets.US_ASCII).strip();
    bytes.position(10 + header);
    return name.endsWith("_axes") ? text + Charset.forName("UTF-32LE").decode(bytes) : text;
  }
}
