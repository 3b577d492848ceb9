package org.nnks.core.parameters;

import org.nnks.core.numeric.Vector;
import org.nnks.core.solve.Status;

/**
 * The conditioned solution at a theta that it has not seen, against a fresh exact solve.
 *
 * @param theta drawn from the uniform law on the box
 * @param exactStatus how the exact solve ended
 * @param exactSeconds its wall time
 * @param evaluated gap of decisions read off the conditioned solution
 * @param refined gap of decisions solved again given its rules
 */
public record HeldOutPoint(
    Vector theta,
    Status exactStatus,
    double exactSeconds,
    HeldOutGap evaluated,
    HeldOutGap refined) {}
