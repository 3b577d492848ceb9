/** What a command tells while it works: progress, time left, learning; exit codes and devices. */
package org.nnks.cli.progress;
