package org.nnks.core.economy;

/**
 * A calibration that can be asked for by name.
 *
 * @param name on the command line
 * @param description one line for the list of models
 * @param parameters the calibration
 * @param <C> its type
 */
public record NamedCalibration<C extends Record>(String name, String description, C parameters) {}
