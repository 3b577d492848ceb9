package org.nnks.cli.report;

/** Text as HTML. */
final class Html {

  private Html() {}

  /** Text with the characters escaped that HTML gives a meaning. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A section with a heading and a name to link to. */
  static String section(String id, String heading, String content) {
    return "<section id=\"%s\">%n<h2>%s</h2>%n%s</section>%n"
        .formatted(id, escape(heading), content);
  }

  /** A figure with its caption below. */
  static String figure(String svg, String caption) {
    return "<figure>%n%s%n<figcaption>%s</figcaption>%n</figure>%n".formatted(svg, escape(caption));
  }

  /** A paragraph of plain text. */
  static String paragraph(String text) {
    return "<p>%s</p>%n".formatted(escape(text));
  }

  /** Text as it was typed, folded away under a title. */
  static String folded(String title, String text) {
    return "<details><summary>%s</summary>%n<pre>%s</pre>%n</details>%n"
        .formatted(escape(title), escape(text));
  }
}
