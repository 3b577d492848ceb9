package org.nnks.core.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Files of NumPy: {@code .npy}, one array, format 1.0, and {@code .npz}, a zip archive of them. No
 * native library is needed; the same arrays give the same bytes.
 *
 * <p>Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
 */
public final class NpyArray {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** NEP 1: what stands before the data is a multiple of so many bytes. */
  private static final int ALIGNMENT = 64;

  private static final String DOUBLES = "<f8";

  private static final Pattern HEADER =
      Pattern.compile("\\{'descr': '(.+)', 'fortran_order': False, 'shape': \\([0-9, ]*\\), \\}");

  private static final String SUFFIX = ".npy";

  private NpyArray() {}

  /**
   * A {@code .npy} file.
   *
   * @param type as NumPy writes it, such as {@code <f8}
   * @param shape as Python writes the inside of a tuple: sizes and commas
   * @param data little-endian, its whole array
   */
  public static byte[] encode(String type, String shape, ByteBuffer data) {
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape);
    int used = MAGIC.length + Short.BYTES + text.length() + 1;
    int padding = Math.floorMod(-used, ALIGNMENT);
    String header = text + " ".repeat(padding) + "\n";
    return buffer(used + padding + data.capacity())
        .put(MAGIC)
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.US_ASCII))
        .put(data.array())
        .array();
  }

  /** A {@code .npy} file of numbers in double precision. */
  public static byte[] encode(String shape, double[] values) {
    ByteBuffer data = buffer(values.length * Double.BYTES);
    data.asDoubleBuffer().put(values);
    return encode(DOUBLES, shape, data);
  }

  /**
   * The numbers of a {@code .npy} file in double precision, the last index fastest.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static double[] doubles(byte[] npy) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
      byte[] magic = new byte[MAGIC.length];
      bytes.get(magic);
      byte[] text = new byte[Short.toUnsignedInt(bytes.getShort())];
      bytes.get(text);
      String header = new String(text, StandardCharsets.US_ASCII).strip();
      Matcher type = HEADER.matcher(header);
      if (!Arrays.equals(magic, MAGIC)
          || !type.matches()
          || !type.group(1).equals(DOUBLES)
          || bytes.remaining() % Double.BYTES != 0) {
        throw new IllegalArgumentException("no array in double precision: " + header);
      }
      double[] values = new double[bytes.remaining() / Double.BYTES];
      bytes.asDoubleBuffer().get(values);
      return values;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the file ends early", e);
    }
  }

  /**
   * A {@code .npz} file.
   *
   * @param arrays {@code .npy} files by name
   * @param level of compression, see {@link java.util.zip.Deflater}
   */
  public static byte[] zip(Map<String, byte[]> arrays, int level) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(level);
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        ZipEntry npy = new ZipEntry(array.getKey() + SUFFIX);
        npy.setTime(0); // not the time of day: the same arrays, the same bytes
        zip.putNextEntry(npy);
        zip.write(array.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The {@code .npy} files in a {@code .npz} file, by name, in order.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Map<String, byte[]> unzip(byte[] npz) {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        int end = name.length() - (name.endsWith(SUFFIX) ? SUFFIX.length() : 0);
        arrays.put(name.substring(0, end), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("damaged: " + e.getMessage(), e);
    }
    boolean archive = npz.length > 1 && npz[0] == 'P' && npz[1] == 'K';
    if (!archive) { // an archive may be empty; what is none looks empty to the reader
      throw new IllegalArgumentException("no zip archive with arrays");
    }
    return arrays;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
