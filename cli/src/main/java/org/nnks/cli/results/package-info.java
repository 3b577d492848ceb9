/** A solution as tables: moments, rules, errors, certificates. */
package org.nnks.cli.results;
