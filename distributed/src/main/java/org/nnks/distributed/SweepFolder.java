package org.nnks.distributed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.FolderLock;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;

/**
 * The folder of a sweep, which one process at a time writes.
 *
 * <ul>
 *   <li>{@code sweep.json}: what is swept, and how
 *   <li>{@code points/000017.json}: the row of a point, as soon as it is finished
 *   <li>{@code points.csv}: all rows, once all points are finished
 *   <li>{@code seconds.csv}: how long each took, which no two runs agree on
 * </ul>
 */
public final class SweepFolder implements AutoCloseable {

  private static final Pattern POINT_FILE = Pattern.compile("(\\d{6})\\.json");

  private final Path path;
  private final FolderLock lock;

  private SweepFolder(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * The folder of a new sweep, or of one that goes on.
   *
   * @throws InvalidInputException if it holds something else, another sweep, or is in use
   * @throws UncheckedIOException if it cannot be created
   */
  public static SweepFolder open(Path path, Sweep sweep) {
    String description = description(sweep);
    Path file = path.resolve("sweep.json");
    try {
      if (Files.isRegularFile(file)) {
        requireSame(file, Files.readString(file), description);
      } else {
        requireEmpty(path);
      }
      Files.createDirectories(path.resolve("points"));
      FolderLock lock = FolderLock.take(path);
      if (!Files.exists(file)) {
        AtomicFiles.write(file, description);
      }
      return new SweepFolder(path, lock);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use the folder %s: %s; choose another".formatted(path, e.getMessage()), e);
    }
  }

  private static String description(Sweep sweep) {
    Design design = sweep.design();
    Map<String, Object> content = new LinkedHashMap<>(sweep.model().description());
    content.put("axes", design.axes());
    content.put("prior", design.prior().map(prior -> prior.parameters()).orElse(List.of()));
    content.put("draws", design.draws());
    content.put("seed", design.seed());
    return StrictJson.write(content);
  }

  private static void requireSame(Path file, String there, String here) {
    List<String> old = there.lines().toList();
    List<String> wanted = here.lines().toList();
    for (int i = 0; i < Math.max(old.size(), wanted.size()); i++) {
      String first = i < old.size() ? key(old.get(i)) : "nothing";
      String second = i < wanted.size() ? key(wanted.get(i)) : "nothing";
      if (!first.equals(second)) {
        throw new InvalidInputException(
            "%s, line %d: the folder holds another sweep, with %s where this one has %s: choose another folder"
                .formatted(file, i + 1, first, second));
      }
    }
  }

  /** A line of JSON without what separates it from the next. */
  private static String key(String line) {
    return line.strip().replaceFirst(",$", "");
  }

  private static void requireEmpty(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new InvalidInputException("%s is a file, not a folder: choose another".formatted(path));
    }
    try (Stream<Path> entries = Files.list(path)) {
      if (entries.findAny().isPresent()) {
        throw new InvalidInputException(
            "the folder %s is not empty and holds no sweep: choose another".formatted(path));
      }
    }
  }

  /** The table of all points. */
  public Path table() {
    return path.resolve("points.csv");
  }

  /** The wall time of each point. */
  public Path secondsTable() {
    return path.resolve("seconds.csv");
  }

  /** The numbers of the points that have a row. */
  Set<Integer> finished() {
    Set<Integer> numbers = new TreeSet<>();
    try (Stream<Path> files = Files.list(path.resolve("points"))) {
      files.forEach(
          file -> {
            Matcher name = POINT_FILE.matcher(file.getFileName().toString());
            if (name.matches()) {
              numbers.add(Integer.valueOf(name.group(1)));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s: %s".formatted(path, e.getMessage()), e);
    }
    return numbers;
  }

  /** Writes the row of a point, atomically. */
  void write(Row row) {
    AtomicFiles.write(file(row.point().number()), StrictJson.write(row));
  }

  private Path file(int number) {
    return path.resolve("points").resolve("%06d.json".formatted(number));
  }

  /**
   * Writes the tables of all points, atomically.
   *
   * @return the rows
   * @throws InvalidInputException if the row of a point is missing or damaged
   */
  List<Row> writeTables(Design design) {
    List<Row> rows = new ArrayList<>();
    for (int number = 1; number <= design.size(); number++) {
      rows.add(StrictJson.read(file(number), Row.class));
    }
    AtomicFiles.write(table(), table(design.names(), rows));
    StringBuilder seconds = new StringBuilder("point,seconds\n");
    rows.forEach(
        row ->
            seconds
                .append(row.point().number())
                .append(',')
                .append(String.format(Locale.ROOT, "%.3f", row.seconds()))
                .append('\n'));
    AtomicFiles.write(secondsTable(), seconds.toString());
    return List.copyOf(rows);
  }

  /**
   * One line a point: number, seed, parameters, status, then what any point has a value of (empty
   * where this one has none), and the verdict in quotes at the end.
   */
  private static String table(List<String> parameters, List<Row> rows) {
    Set<String> values = new LinkedHashSet<>();
    rows.forEach(row -> values.addAll(row.outcome().values().keySet()));
    List<String> header = new ArrayList<>(List.of("point", "seed"));
    header.addAll(parameters);
    header.add("status");
    header.addAll(values);
    header.add("verdict");
    StringBuilder text = new StringBuilder();
    text.append(header.stream().map(SweepFolder::name).collect(Collectors.joining(",")));
    text.append('\n');
    for (Row row : rows) {
      List<String> fields = new ArrayList<>();
      fields.add(Integer.toString(row.point().number()));
      fields.add(Long.toString(row.point().seed()));
      for (int i = 0; i < parameters.size(); i++) {
        fields.add(row.point().text(i));
      }
      fields.add(row.outcome().status().name());
      for (String value : values) {
        Double number = row.outcome().values().get(value);
        fields.add(number == null ? "" : Double.toString(number));
      }
      fields.add(quoted(row.outcome().verdict().replace('\n', ' ')));
      text.append(String.join(",", fields)).append('\n');
    }
    return text.toString();
  }

  /** The name of a column, in quotes only if it needs them. */
  private static String name(String text) {
    return text.contains(",") || text.contains("\"") ? quoted(text) : text;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() {
    lock.close();
  }
}
