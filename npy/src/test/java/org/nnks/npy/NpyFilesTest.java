package org.nnks.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

class NpyFilesTest {

  private static final Matrix MATRIX =
      Matrix.of(2, 3, 1.5, -0.0, 3, Math.PI, Double.MIN_VALUE, Double.POSITIVE_INFINITY);

  @TempDir private Path folder;

  @Test
  void matrixHasTheBytesThatTheFormatAsksFor() throws IOException {
    Path file = folder.resolve("m.npy");
    NpyFiles.write(file, MATRIX);
    assertThat(Files.readAllBytes(file))
        .isEqualTo(
            npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", MATRIX.toArray()));
  }

  @Test
  void vectorHasTheBytesThatTheFormatAsksFor() throws IOException {
    Path file = folder.resolve("v.npy");
    NpyFiles.write(file, Vector.of(2.5, -1));
    assertThat(Files.readAllBytes(file))
        .isEqualTo(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 2.5, -1));
  }

  /** Reference: files written by NumPy 2.4.6; the README beside them has the program. */
  @ParameterizedTest
  @ValueSource(strings = {"matrix-f8-c.npy", "matrix-f8-fortran.npy"})
  void readsWhatNumpyWroteInEitherOrder(String name) throws URISyntaxException {
    assertThat(NpyFiles.readMatrix(fixture(name))).isEqualTo(MATRIX);
  }

  @Test
  void writesTheFileThatNumpyWrites() throws IOException, URISyntaxException {
    Path file = folder.resolve("m.npy");
    NpyFiles.write(file, MATRIX);
    assertThat(file).hasSameBinaryContentAs(fixture("matrix-f8-c.npy"));
  }

  @Test
  void readsOtherTypesThatNumpyWrote() throws URISyntaxException {
    assertThat(NpyFiles.readVector(fixture("vector-f8.npy"))).isEqualTo(MATRIX.row(0));
    assertThat(NpyFiles.readVector(fixture("vector-f4.npy"))).isEqualTo(Vector.of(0.1f, -2, 1e30f));
    assertThat(NpyFiles.readVector(fixture("vector-i8.npy"))).isEqualTo(Vector.of(0, -1, 1L << 40));
    assertThat(NpyFiles.readMatrix(fixture("matrix-i4-fortran.npy")))
        .isEqualTo(Matrix.of(2, 2, 1, 2, 3, -4));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "7, 1", "0, 3", "250, 40"})
  void matricesComeBack(int rows, int columns) {
    double[] values = new SplittableRandom(1).doubles((long) rows * columns).toArray();
    Matrix matrix = Matrix.of(rows, columns, values);
    Path file = folder.resolve("m.npy");
    NpyFiles.write(file, matrix);
    assertThat(NpyFiles.readMatrix(file)).isEqualTo(matrix);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2499})
  void vectorsComeBack(int size) {
    Vector vector = Vector.of(new SplittableRandom(1).doubles(size).toArray());
    Path file = folder.resolve("v.npy");
    NpyFiles.write(file, vector);
    assertThat(NpyFiles.readVector(file)).isEqualTo(vector);
  }

  /** Each of these makes ND4J's own reader crash the process or return wrong numbers. */
  @Test
  void rejectsWhatWouldCrashTheNativeReader() throws IOException {
    byte[] valid =
        npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", 1, 2, 3, 4, 5, 6);
    rejected(Arrays.copyOf(valid, 64)).withMessageContaining("header is damaged");
    rejected(Arrays.copyOf(valid, 9)).withMessageContaining("header is damaged");
    rejected(Arrays.copyOf(valid, valid.length - 1))
        .withMessageContaining("announces 176 bytes but the file has 175");
    rejected(Arrays.copyOf(valid, valid.length + 8)).withMessageContaining("has 184");
    rejected(npy("{'descr': '>f8', 'fortran_order': False, 'shape': (1, 1), }", 1))
        .withMessageContaining("found '>f8': save it with numpy.save");
    rejected(npy("{'descr': '|b1', 'fortran_order': False, 'shape': (8, 1), }", 1))
        .withMessageContaining("found '|b1'");
    rejected(npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1, 1), }", 1))
        .withMessageContaining("header is damaged");
    rejected(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (99999, 99999), }", 1))
        .withMessageContaining("more elements than");
    rejected("t,A_index\n".getBytes(StandardCharsets.US_ASCII))
        .withMessageContaining("is not a NumPy file of format 1.0");
    rejected(new byte[0]).withMessageContaining("is not a NumPy file");
  }

  @Test
  void rejectsAnotherNumberOfDimensions() throws URISyntaxException {
    Path vector = fixture("vector-f8.npy");
    Path matrix = fixture("matrix-f8-c.npy");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> NpyFiles.readMatrix(vector))
        .withMessageContaining("expected an array of 2 dimensions but its shape is [3]");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> NpyFiles.readVector(matrix))
        .withMessageContaining("expected an array of 1 dimensions but its shape is [2, 3]");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> NpyFiles.readVector(folder.resolve("missing.npy")))
        .withMessageContaining("missing.npy cannot be read");
  }

  private ThrowableAssertAlternative<InvalidInputException> rejected(byte[] content)
      throws IOException {
    Path file = Files.write(folder.resolve("in.npy"), content);
    return assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> NpyFiles.readMatrix(file))
        .withMessageStartingWith(file.toString());
  }

  /** A file by the letter of the format: magic, version, length, padded dictionary, elements. */
  private static byte[] npy(String dictionary, double... values) {
    int headerBytes = (10 + dictionary.length() + 1 + 63) / 64 * 64;
    // NumPy, like ND4J, leaves room for the first dimension to grow: 128 bytes for short shapes.
    headerBytes = Math.max(headerBytes, 128);
    ByteBuffer bytes =
        ByteBuffer.allocate(headerBytes + Double.BYTES * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) (headerBytes - 10));
    String padding = " ".repeat(headerBytes - 10 - dictionary.length() - 1);
    bytes.put((dictionary + padding + "\n").getBytes(StandardCharsets.US_ASCII));
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  private static Path fixture(String name) throws URISyntaxException {
    return Path.of(NpyFilesTest.class.getResource(name).toURI());
  }
}
