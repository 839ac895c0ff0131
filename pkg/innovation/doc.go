// SPDX-License-Identifier: Apache-2.0

// Package innovation pays validators for what they knew and the public did not. Whoever copies the
// last published consensus, or follows it in whatever way, adds nothing to it; whoever measured has
// news, and the news of honest validators agree. It is correlated agreement (Shnayder, Agarwal,
// Frongillo, Parkes: "Informed Truthfulness in Multi-Task Peer Prediction", arXiv 1603.03151) with
// the agreement of all others in the place of one peer's, and with the public as what must not count.
//
// # The mathematics
//
// Validators i gave contributions j weights w_ij, as in pkg/yuma. P is the last published consensus
// over its sum, P2 and P05 its moving averages, plain means of what is young; l(x) is
// ln max(x, 2^-30), and clip holds a number within -3 and 3. Sums run over the contributions that i
// was assigned.
//
//	others      o_ij = median of w_kj over k != i by power, over its sum over j
//	own news    a_ij = sqrt(P_j) clip(l(w_ij) - l(P_j))
//	others'     b_ij = sqrt(P_j) clip(l(o_ij) - l(P_j))
//	public      u_j  = sqrt(P_j), sqrt(P_j) (l(P2_j) - l(P_j)), sqrt(P_j) (l(P05_j) - l(P_j))
//	innovation  x_i  = a.b / (max(|a|, |b|) |b|), of a and b less their projections on the span of the u
//	average     m_i  = 0.95 m_i + 0.05 x_i
//	merit       rel  = clamp((m_i / max(M, 0.05) - 0.25) / (0.85 - 0.25), 0, 1), M the median of m
//	dividend    D_i  = (1 - lambda) bonds_i + lambda A_i rel_i
//
// Vectors u of which less than 10^-6 is left after those before them are not projected on; x is 0
// where |a|^2 < 10^-5 or |b|^2 < 10^-9, and where nothing was revealed. A constant factor of P, of w or
// of o is along sqrt(P), and so does not matter.
//
// The cap at 0.85 of the honest median is why a group that shares one measurement, or one random
// shock, does not earn more than those who measured on their own. That nothing is normalised is why
// nobody gains by pulling another down.
//
// # How it is computed
//
// Everything is a sum over columns, but for the sum of medians, over which they become o: an epoch
// is two passes, SumMedians and Compare, with a bounded number of integers a validator between the
// calls, its Progress. Any tiling of the columns in any order gives the same bits.
//
// The medians without i, for all i, take one sort of the column and two searches a validator
// (column.go), or less where all are assigned (window.go). The projection is made from inner products alone (project.go): Compare adds up those of
// a and b with each other and with the u, and of the u among themselves, exactly; Finish
// eliminates in numbers of 128 bits. Where validators were assigned different columns, each has
// inner products of the u of its own.
//
// The innovation is the cosine between what a validator and what the others knew, cut down where the
// validator says less than they do: a copier whose rows differ from what was published by a trifle, such as
// how medians of scores differ from medians of weights, would else have the full cosine of that
// trifle, and a group of such copiers has its own trifle in the median of the others.
//
// # Errors
//
// Elements of a and b are rounded to 28 bits behind the point, those of u to 26; a logarithm is right
// to 2^-32 and enters with 28 bits. An element is off by less than 2^-27, a vector of N by less
// than sqrt(N) 2^-27, and the innovation by less than that times 2/|a| + 2/|b|. From the sums on, what is
// computed is right to the last of the 32 bits.
//
// An Engine owns its memory and is used again and again; it is not safe for use by two at a time.
package innovation
