package org.nnks.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.NpyArray;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;

/**
 * Arrays with their axes in one file that {@code numpy.load} opens: {@code .npz}, a zip archive of
 * {@code .npy} files of format 1.0.
 *
 * <p>Beside each array {@code x} stands {@code x_axes}, the names of its dimensions, slowest first;
 * and beside all of them the levels along each axis, by the name of the axis. The same arrays give
 * the same bytes.
 */
public final class NpzFile {

  private NpzFile() {}

  /**
   * Writes arrays, atomically.
   *
   * @throws IllegalArgumentException if two have the same name, or an axis has other levels in
   *     another array
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, List<LabelledArray> arrays) {
    AtomicFiles.write(file, NpyArray.zip(entries(arrays), Deflater.DEFAULT_COMPRESSION));
  }

  private static Map<String, byte[]> entries(List<LabelledArray> arrays) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    Map<String, Vector> axes = new LinkedHashMap<>();
    for (LabelledArray array : arrays) {
      List<String> names = array.axes().stream().map(Axis::name).toList();
      add(entries, array.name(), numbers(array.values(), shape(array)));
      add(entries, array.name() + "_axes", strings(names));
      for (Axis axis : array.axes()) {
        Vector known = axes.putIfAbsent(axis.name(), axis.nodes());
        if (known != null && !known.equals(axis.nodes())) {
          throw new IllegalArgumentException(
              "axis '%s' of the array '%s' has other levels than in the arrays before it"
                  .formatted(axis.name(), array.name()));
        }
      }
    }
    axes.forEach(
        (name, nodes) -> add(entries, name, numbers(nodes, "%d,".formatted(nodes.size()))));
    return entries;
  }

  private static void add(Map<String, byte[]> entries, String name, byte[] content) {
    if (entries.putIfAbsent(name, content) != null) {
      throw new IllegalArgumentException("two arrays or axes are named '" + name + "'");
    }
  }

  /** As Python writes a tuple: one element has a comma behind it. */
  private static String shape(LabelledArray array) {
    String sizes =
        array.axes().stream()
            .map(axis -> Integer.toString(axis.nodes().size()))
            .collect(Collectors.joining(", "));
    return array.axes().size() == 1 ? sizes + "," : sizes;
  }

  private static byte[] numbers(Vector values, String shape) {
    return NpyArray.encode(shape, values.toArray());
  }

  /** Text of equal length in UTF-32, padded with zeros. */
  private static byte[] strings(List<String> texts) {
    List<int[]> points = texts.stream().map(text -> text.codePoints().toArray()).toList();
    int length = points.stream().mapToInt(text -> text.length).max().orElse(1);
    ByteBuffer data =
        ByteBuffer.allocate(texts.size() * length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    points.forEach(text -> Arrays.stream(Arrays.copyOf(text, length)).forEach(data::putInt));
    return NpyArray.encode("<U" + length, texts.size() + ",", data);
  }
}
