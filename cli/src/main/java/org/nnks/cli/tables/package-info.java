/** Tables of text, CSV and LaTeX, and the files and folders that they are written to. */
package org.nnks.cli.tables;
