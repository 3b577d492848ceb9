/** Economies at rest, and on their way from one to another. */
package org.nnks.cli.transition;
