// SPDX-License-Identifier: Apache-2.0

// Package yuma is the epoch engine: from the scores that validators gave and the power behind
// them to what contributions and validators earned. It computes Yuma consensus bit for bit as
// published: slices in, slices out, integers only, nothing of the chain.
//
// # The mathematics
//
// Validators i give contributions j scores s_ij of 0..65535. All other numbers are of [0, 1]
// with 32 fractional bits; a product is floored, a quotient floored, and 0 over 0 is 0. norm(v)
// is v over its sum. Every rounding below is part of the result.
//
//	power      A    = norm(norm(p) of the active), votes V = norm(A), over voters: A_i > 0
//	weights    W_ij = s_ij / sum_j s_ij
//	consensus  C_j  = max{ w : votes of W_ij >= w together are at least kappa }
//	quality    Q_j  = the same of s_ij
//	trust      T_i  = sum_j min(W_ij, C_j)
//	rank       R_j  = sum_i A_i min(W_ij, C_j)
//	incentive  I    = norm(R), or norm(C) under the score rule Median
//	seen       Z_ij = W_ij + penalty (min(W_ij, C_j) - W_ij)
//
// Bonds B_ij are what a validator holds in a contribution; b_ij are the stored 16 bits.
//
//	YUMA3      B'_ij = (1 - alpha) b_ij/65535 + alpha Z_ij
//	           D     = norm(A_i sum_j B'_ij / (sum_i B'_ij) I_j)     stored: 65535 B'
//	YUMA2      B'_ij = norm over i of ((1 - alpha) norm(b)_ij + alpha norm(Z A)_ij)
//	           D     = norm(sum_j B'_ij I_j)                         stored: 65535 B' / max_i B'_ij
//	liquid     alpha = lo + (hi - lo) / (1 + exp(steepness (1/2 - d))),
//	           d     = b - Z where the bond is above the weight, or else what Z is above C
//
// A score that is missing is 0, and its bond decays. Nobody who scored nothing, and nobody when
// no incentive came out, is paid: there is no fallback here. The consensus C is what at least
// kappa of the power stands behind, so that a minority can push a weight of its own as high as
// it likes and only loses its trust, its dividends and, by the penalty, its bonds.
//
// Where columns are assigned to some of the validators (Tile.Assigned), medians are over those, and bonds in columns that were
// not a validator's own to score stay as they are: assigned.go has the steps.
//
// # How it is fast
//
// Everything but D is a matter of one column, given the sums of rows; D needs I, which needs the
// ranks of all columns. So an epoch is three passes over its columns: sums of rows (SumRows),
// consensus and ranks (Agree), bonds and dividends (Bond), with one number a validator between
// them, which Progress holds. Any tiling of the columns gives the same bits, since all sums are
// sums of integers.
//
// Dense tiles are turned a cache line of columns at a time, and each column is worked on with
// its numbers side by side (layout.go). Compressed tiles are worked on by rows, as they lie
// (sparse.go), for bonds in bands of columns (sparsebonds.go). Divisions are multiplications by a reciprocal that is exact
// (divide.go). The median is a radix selection, whose time validators cannot drive up (median.go).
// The exponential of liquid alpha is looked up, and computed where the look-up cannot be sure of
// the last bit (alpha.go, knots.go, sigmoid.go). Vector instructions do the turning, the weighing,
// the selecting and the moving of absolute bonds where the processor has them; the plain loops in
// kernels.go and bonds.go are what they must equal.
//
// An Engine owns its memory and is used again and again; it is not safe for use by two at a time.
package yuma
