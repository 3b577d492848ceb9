/** Commands on runs that were solved before: impulse responses, comparisons, reports. */
package org.nnks.cli.runs;
