package org.nnks.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A page with the style sheet inside. */
final class HtmlPage {

  private static final String STYLE = "report.css";

  private HtmlPage() {}

  /** The page with this content. */
  static String of(String title, String body) {
    return ("<!DOCTYPE html>%n<html lang=\"en\">%n<head>%n<meta charset=\"utf-8\">%n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">%n"
            + "<title>%s</title>%n<style>%n%s</style>%n</head>%n<body>%n%s</body>%n</html>%n")
        .formatted(Html.escape(title), style(), body);
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream(STYLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
