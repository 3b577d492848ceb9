/** The lumpy-investment economy of Khan and Thomas (2008), as calibrated by Terry (2017). */
package org.nnks.khanthomas;
