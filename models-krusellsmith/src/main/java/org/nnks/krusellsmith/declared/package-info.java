/**
 * The household economy as a declaration, for the methods that know no economy: {@link
 * org.nnks.krusellsmith.declared.KrusellSmithDeclaration}.
 */
package org.nnks.krusellsmith.declared;
