package org.nnks.npy;

import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * Vectors and matrices as NumPy {@code .npy} files.
 *
 * <p>Files are written in format 1.0, type {@code <f8}, C order, so that {@code numpy.load(file)}
 * gives a {@code float64} array of shape {@code (n,)} or {@code (rows, columns)} with the same
 * bits. Read are little-endian arrays of types f8, f4, i8 and i4, in C or Fortran order; whole
 * numbers beyond 2^53 are rounded to the nearest double. Native memory is released before a method
 * returns.
 */
public final class NpyFiles {

  private NpyFiles() {}

  /**
   * Writes a vector as an array of one dimension, atomically.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, Vector vector) {
    write(file, vector.toArray(), vector.size());
  }

  /**
   * Writes a matrix as an array of two dimensions, atomically.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, Matrix matrix) {
    write(file, matrix.toArray(), matrix.rows(), matrix.columns());
  }

  /**
   * Reads an array of one dimension.
   *
   * @throws InvalidInputException if the file cannot be read or holds something else; the message
   *     names the file and the remedy
   */
  public static Vector readVector(Path file) {
    NpyHeader header = header(file, 1);
    return Vector.ofUnsafe(values(file, header));
  }

  /**
   * Reads an array of two dimensions.
   *
   * @throws InvalidInputException if the file cannot be read or holds something else; the message
   *     names the file and the remedy
   */
  public static Matrix readMatrix(Path file) {
    NpyHeader header = header(file, 2);
    int rows = header.shape().get(0);
    int columns = header.shape().get(1);
    double[] values = values(file, header);
    return Matrix.of(
        rows, columns, header.fortranOrder() ? transposed(values, columns, rows) : values);
  }

  private static void write(Path file, double[] values, long... shape) {
    try (INDArray array = Nd4j.create(values, shape, 'c')) {
      AtomicFiles.write(file, Nd4j.toNpyByteArray(array));
    }
  }

  private static NpyHeader header(Path file, int dimensions) {
    NpyHeader header = NpyHeader.read(file);
    if (header.shape().size() != dimensions) {
      throw new InvalidInputException(
          "%s: expected an array of %d dimensions but its shape is %s: reshape it before saving"
              .formatted(file, dimensions, header.shape()));
    }
    return header;
  }

  /** The elements in the order of the file. ND4J ignores the order that the header states. */
  private static double[] values(Path file, NpyHeader header) {
    if (header.size() == 0) {
      // ND4J reads one element from beyond the end of an empty file.
      return new double[0];
    }
    try (INDArray array = Nd4j.createFromNpyFile(file.toFile())) {
      return array.data().asDouble();
    }
  }

  /** The elements of a matrix in row-major order, as those of its transpose. */
  private static double[] transposed(double[] values, int rows, int columns) {
    double[] result = new double[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = values[i * columns + j];
      }
    }
    return result;
  }
}
