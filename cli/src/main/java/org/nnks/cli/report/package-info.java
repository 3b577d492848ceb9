/**
 * The report of a run: one HTML file that needs nothing else, with style sheet and plots inside.
 */
package org.nnks.cli.report;
