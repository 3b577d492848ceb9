/** Solutions over a box of parameters. */
package org.nnks.cli.box;
