/** The models that commands know: one entry each, whose methods and calibrations it names. */
package org.nnks.cli.models;
