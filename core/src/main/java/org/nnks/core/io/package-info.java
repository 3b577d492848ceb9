/**
 * Files in and out: strict JSON records, CSV tables, shock paths, and writing that leaves either
 * the old file or the new one.
 *
 * <p>Reading rejects what it does not know and what it misses, and says so in one sentence that
 * names the file, the place, the value and the rule: {@link
 * org.nnks.core.io.InvalidInputException}. Calibrations and configurations are records, so {@link
 * org.nnks.core.io.StrictJson} needs no schema but their components, and their compact constructors
 * check the values. Tables are read as other programs write them, and {@link
 * org.nnks.core.io.CsvTable} says how. What is written is UTF-8. Numbers are written so that they
 * read back to the same bits.
 *
 * <p>Everything is written through {@link org.nnks.core.io.AtomicFiles} and {@link
 * org.nnks.core.io.StagedDirectory}: to a temporary name in the same folder, forced to the disk,
 * then renamed. A {@link org.nnks.core.io.FolderLock} keeps a second process out.
 */
package org.nnks.core.io;
