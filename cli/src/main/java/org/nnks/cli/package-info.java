/**
 * The command {@code nnks}: the only part that prints, and the only one that knows all models.
 *
 * <p>A command parses its options with picocli, calls the library, and returns an {@code ExitCode}.
 * What the user gets wrong is an {@link org.nnks.core.io.InvalidInputException} and becomes one
 * sentence. Results go to the standard output, progress and complaints to the error stream. A new
 * model is one entry in {@link org.nnks.cli.models.Models}.
 */
package org.nnks.cli;
