package org.nnks.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nnks.core.io.InvalidInputException;

/**
 * The header of a {@code .npy} file, checked before the file goes to ND4J, whose native reader
 * ignores Fortran order, reads beyond the end of short files, and ends the whole process on
 * big-endian data (seen with version 1.0.0-M2.1).
 *
 * <p>Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays", format 1.0.
 *
 * @param fortranOrder whether the first index varies fastest
 * @param shape the size of each dimension
 */
record NpyHeader(boolean fortranOrder, List<Integer> shape) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The magic string, the version, and two bytes that hold the length of the text. */
  private static final int PREFIX_BYTES = 10;

  private static final Map<String, Integer> BYTES_PER_ELEMENT =
      Map.of("<f8", 8, "<f4", 4, "<i8", 8, "<i4", 4);

  private static final Pattern DESCR = Pattern.compile("'descr': '([^']*)'");
  private static final Pattern FORTRAN_ORDER = Pattern.compile("'fortran_order': (True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': \\(([\\d, ]*)\\)");

  private static final String REMEDY =
      "save it with numpy.save(file, numpy.asarray(x, dtype='<f8'))";

  /** The number of elements. */
  int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Reads and checks a header, and that the file holds as many bytes as it announces. */
  static NpyHeader read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new InvalidInputException(
            "%s is not a NumPy file of format 1.0: %s".formatted(file, REMEDY));
      }
      int length = textLength(in.readNBytes(Short.BYTES), file);
      String text = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
      String type = field(DESCR, text, file);
      Integer bytes = BYTES_PER_ELEMENT.get(type);
      if (bytes == null) {
        throw new InvalidInputException(
            "%s: expected elements of type <f8, <f4, <i8 or <i4 but found '%s': %s"
                .formatted(file, type, REMEDY));
      }
      boolean fortranOrder = field(FORTRAN_ORDER, text, file).equals("True");
      NpyHeader header = new NpyHeader(fortranOrder, shape(field(SHAPE, text, file), file));
      header.checkFileSize(file, PREFIX_BYTES + length, bytes);
      return header;
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: check that the file exists and that you may read it".formatted(file),
          e);
    }
  }

  private static int textLength(byte[] littleEndian, Path file) {
    if (littleEndian.length < Short.BYTES) {
      throw malformed(file);
    }
    return Byte.toUnsignedInt(littleEndian[1]) << Byte.SIZE | Byte.toUnsignedInt(littleEndian[0]);
  }

  private static String field(Pattern pattern, String text, Path file) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw malformed(file);
    }
    return matcher.group(1);
  }

  private static List<Integer> shape(String text, Path file) {
    List<Integer> shape = new ArrayList<>();
    try {
      for (String size : text.split(",")) {
        if (!size.isBlank()) {
          shape.add(Integer.parseInt(size.strip()));
        }
      }
      shape.stream().reduce(1, Math::multiplyExact);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new InvalidInputException(
          "%s: the shape (%s) has more elements than an array of Java holds: save it in parts"
              .formatted(file, text),
          e);
    }
    return List.copyOf(shape);
  }

  private void checkFileSize(Path file, int headerBytes, int elementBytes) throws IOException {
    long expected = headerBytes + (long) size() * elementBytes;
    long found = Files.size(file);
    if (found != expected) {
      throw new InvalidInputException(
          "%s: a header of shape %s announces %d bytes but the file has %d: save it again"
              .formatted(file, shape, expected, found));
    }
  }

  private static InvalidInputException malformed(Path file) {
    return new InvalidInputException("%s: the NumPy header is damaged: %s".formatted(file, REMEDY));
  }
}
