package org.nnks.cli.impulse;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the user asks of an impulse response.
 *
 * @param size in the shock's own unit; the shock's own size if empty
 * @param economies pairs of economies; the shock's own number if empty
 * @param horizon periods after the shock
 * @param state the aggregate state before the shock, as users name it; any if null
 */
public record ImpulseOptions(
    OptionalDouble size, OptionalInt economies, int horizon, String state) {}
