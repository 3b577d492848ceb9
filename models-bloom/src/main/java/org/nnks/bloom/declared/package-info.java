/** The same economy by equations alone: {@link org.nnks.bloom.declared.BloomDeclaration}. */
package org.nnks.bloom.declared;
