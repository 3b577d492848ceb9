/** Solving, and what is made of a solved run as it stands: simulation, certificate, report. */
package org.nnks.cli.solve;
