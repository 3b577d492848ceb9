package org.nnks.cli.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * What a reader would see wrong of a page and of the tables beside it: texts of figures that lie on
 * one another, leave their figure or are too small, ticks at odd numbers, rows without a number,
 * and LaTeX that would not compile. Texts are as wide as in Helvetica, whose widths Arial shares.
 */
public final class ReportLayout {

  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

  private static final Pattern EMPTY_ROW =
      Pattern.compile(
          "<tr><th scope=\"row\">([^<]*)</th>(<td[^>]*><span[^>]*>–</span></td>)+</tr>");

  private static final Pattern TRANSLATED = Pattern.compile("translate\\(([-0-9.]+),([-0-9.]+)\\)");

  /** Pixels that the style sheet gives a figure in a window that is 1,200 wide. */
  private static final double PAGE = 736;

  /** Pixels of a font below which texts are hard to read. */
  private static final double LEGIBLE = 8;

  /** Of the size of a font: capital letters stand so high, and tails hang so low. */
  private static final double ASCENT = .72;

  private static final double DESCENT = .21;

  /** Rounding of positions to tenths of a pixel. */
  private static final double SLACK = .3;

  private ReportLayout() {}

  /** A text and the rectangle it covers. */
  private record Box(String text, double x, double y, double right, double bottom) {

    boolean covers(Box other) {
      return x + SLACK < other.right
          && other.x + SLACK < right
          && y + SLACK < other.bottom
          && other.y + SLACK < bottom;
    }
  }

  /** Sentences about a page; none if all is well. */
  public static List<String> faults(Path page) throws IOException {
    List<String> faults = new ArrayList<>();
    String html = Files.readString(page);
    List<String> drawings = SVG.matcher(html).results().map(MatchResult::group).toList();
    if (drawings.isEmpty()) {
      faults.add("no figure in " + page);
    }
    for (String drawing : drawings) {
      Element svg = parse(drawing);
      String name = svg.getAttribute("aria-label");
      look(svg).forEach(fault -> faults.add(name + ": " + fault));
    }
    EMPTY_ROW
        .matcher(html)
        .results()
        .forEach(row -> faults.add("no number in the row of " + row.group(1)));
    latex(page.resolveSibling("tables"), faults);
    return faults;
  }

  /** The same of the figures that a command leaves without a page, and of its tables. */
  public static List<String> faultsOfFiles(Path folder) throws IOException {
    List<String> faults = new ArrayList<>();
    try (Stream<Path> figures = Files.list(folder.resolve("figures"))) {
      for (Path figure : figures.filter(file -> file.toString().endsWith(".svg")).toList()) {
        look(parse(Files.readString(figure)))
            .forEach(fault -> faults.add(figure.getFileName() + ": " + fault));
      }
    }
    latex(folder.resolve("tables"), faults);
    return faults;
  }

  private static void latex(Path folder, List<String> faults) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> tables = Files.list(folder)) {
      for (Path table : tables.filter(file -> file.toString().endsWith(".tex")).toList()) {
        LatexStructure.faults(Files.readString(table))
            .forEach(fault -> faults.add(table.getFileName() + ": " + fault));
      }
    }
  }

  private static Element parse(String svg) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)))
          .getDocumentElement();
    } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
      throw new IOException("not well formed: " + svg.substring(0, Math.min(200, svg.length())), e);
    }
  }

  private static List<String> look(Element svg) {
    List<String> faults = new ArrayList<>();
    String[] view = svg.getAttribute("viewBox").split(" ");
    double width = Double.parseDouble(view[2]);
    double height = Double.parseDouble(view[3]);
    List<Box> boxes = new ArrayList<>();
    Map<String, List<Double>> axes = new TreeMap<>();
    NodeList texts = svg.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      Box box = box(text);
      if (attribute(text, "font-size", 10) * PAGE / width < LEGIBLE) {
        faults.add("'%s' is too small to read".formatted(box.text()));
      }
      boxes.add(box);
      String axis = axis(text);
      number(box.text()).ifPresent(v -> axes.computeIfAbsent(axis, a -> new ArrayList<>()).add(v));
    }
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      if (box.x() < -SLACK
          || box.y() < -SLACK
          || box.right() > width + SLACK
          || box.bottom() > height + SLACK) {
        faults.add("'%s' leaves the figure: %s".formatted(box.text(), box));
      }
      for (Box other : boxes.subList(i + 1, boxes.size())) {
        if (box.covers(other)) {
          faults.add("'%s' lies on '%s'".formatted(box.text(), other.text()));
        }
      }
    }
    // Axes of several panels share a row or column there; their ticks are those of Scale, too.
    boolean panels = svg.getAttribute("aria-label").startsWith("Posterior draws");
    axes.values().stream()
        .filter(ticks -> !panels && !round(ticks))
        .forEach(ticks -> faults.add("odd ticks " + ticks));
    return faults;
  }

  private static Box box(Element text) {
    String label = text.getTextContent();
    double size = attribute(text, "font-size", 10);
    double length = Helvetica.width(label, size);
    double x = attribute(text, "x", 0) + shift(text, 1);
    double y = attribute(text, "y", 0) + shift(text, 2);
    double before =
        switch (text.getAttribute("text-anchor")) {
          case "end" -> length;
          case "middle" -> length / 2;
          default -> 0;
        };
    return text.getAttribute("transform").startsWith("rotate(-90")
        ? new Box(label, x - ASCENT * size, y - length + before, x + DESCENT * size, y + before)
        : new Box(label, x - before, y - ASCENT * size, x - before + length, y + DESCENT * size);
  }

  private static double attribute(Element text, String name, double otherwise) {
    return text.hasAttribute(name) ? Double.parseDouble(text.getAttribute(name)) : otherwise;
  }

  private static double shift(Element text, int coordinate) {
    double shift = 0;
    for (org.w3c.dom.Node n = text.getParentNode();
        n instanceof Element group;
        n = n.getParentNode()) {
      Matcher moved = TRANSLATED.matcher(group.getAttribute("transform"));
      shift += moved.matches() ? Double.parseDouble(moved.group(coordinate)) : 0;
    }
    return shift;
  }

  /** Ticks of one axis stand in one column or row of one panel. */
  private static String axis(Element text) {
    boolean left = text.getAttribute("text-anchor").equals("end");
    String panel = ((Element) text.getParentNode()).getAttribute("transform");
    return panel + (left ? " x " + text.getAttribute("x") : " y " + text.getAttribute("y"));
  }

  private static java.util.Optional<Double> number(String text) {
    try {
      return java.util.Optional.of(Double.valueOf(text.replace('−', '-')));
    } catch (NumberFormatException e) {
      return java.util.Optional.empty();
    }
  }

  /** Steps of 1, 2 or 5 times a power of ten; or, on a logarithmic axis, such numbers. */
  private static boolean round(List<Double> ticks) {
    List<Double> ordered = ticks.stream().sorted().toList();
    if (ordered.stream().allMatch(v -> v > 0 && leading(v))) {
      return true;
    }
    double step = ordered.size() < 2 ? 1 : ordered.get(1) - ordered.get(0);
    for (int i = 1; i < ordered.size(); i++) {
      double other = ordered.get(i) - ordered.get(i - 1);
      if (Math.abs(other - step) > 1e-6 * Math.abs(step)) {
        return false;
      }
    }
    return leading(step)
        && ordered.stream().allMatch(v -> Math.abs(v / step - Math.rint(v / step)) < 1e-6);
  }

  private static boolean leading(double value) {
    double digit = value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    return List.of(1.0, 2.0, 5.0, 10.0).stream().anyMatch(d -> Math.abs(digit - d) < 1e-6);
  }
}
