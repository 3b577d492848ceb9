/**
 * What a run leaves behind: {@link org.nnks.core.archive.RunFolder} names the files, and each other
 * type here is the content of one of them.
 *
 * <p>Every file is written to a temporary name and renamed, so a run folder is never half-written;
 * {@link org.nnks.core.archive.Checkpoint} makes a solve continue after a crash as if nothing had
 * happened. All formats can be read without nnks: JSON, CSV, and NumPy's npy and npz.
 */
package org.nnks.core.archive;
