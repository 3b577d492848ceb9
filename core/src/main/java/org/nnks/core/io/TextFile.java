package org.nnks.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text as other programs leave it: UTF-8, UTF-16 with its mark, or the code page of Windows. */
final class TextFile {

  /** Begins UTF-8 from spreadsheets and UTF-16. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** More of a field or a line does not help the reader of a message. */
  private static final int MAX_EXCERPT = 60;

  private TextFile() {}

  /**
   * The whole text, without a byte-order mark.
   *
   * @throws InvalidInputException if the file cannot be read, or is no text
   */
  static String read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: check that the file exists and that you may read it".formatted(file),
          e);
    }
    String text = decode(bytes);
    if (text.chars().anyMatch(c -> c < ' ' && !Character.isWhitespace(c))) {
      throw new InvalidInputException(
          "%s is no text file: save its table as CSV or as plain text".formatted(file));
    }
    return text;
  }

  private static String decode(byte[] bytes) {
    String text;
    try {
      text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      // Some one-byte code page. They agree in all that is read: numbers and our names are ASCII.
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    return switch (mark) {
      case 0xFEFF -> StandardCharsets.UTF_16BE;
      case 0xFFFE -> StandardCharsets.UTF_16LE;
      default -> StandardCharsets.UTF_8;
    };
  }

  /** A piece of a file for a message: all of it, or its beginning. */
  static String excerpt(String text) {
    return text.length() <= MAX_EXCERPT ? text : text.substring(0, MAX_EXCERPT) + "...";
  }
}
