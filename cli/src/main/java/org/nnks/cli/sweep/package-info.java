/** One solve for each of many calibrations. */
package org.nnks.cli.sweep;
