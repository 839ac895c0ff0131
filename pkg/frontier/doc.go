// SPDX-License-Identifier: Apache-2.0

// Package frontier pays contributors for what they add to the best so far, and nothing for what is there
// already: clones, splits and near-copies have nothing to take. It is a leaderboard that only
// moves for steps above the noise (Blum, Hardt: "The Ladder: A Reliable Leaderboard for Machine Learning
// Competitions", arXiv 1502.04585), with the step measured over a window of epochs by each
// validator against the same reference, so that what all measurements have in common drops out.
//
// # The rules
//
// Heights, gains and scores are in units of the grid, of which 65535 are the whole.
//
//  1. Order is that of commits, and ids rise with it. Copies never enter.
//  2. The ledger is disjoint segments (lo, hi, contribution, epoch), and top the highest hi; it starts
//     at the baseline. The reference r is the highest holder still scored, hi_r its height;
//     the baseline where there is none.
//  3. The window of j is its first settle epochs that were not void. For validator i and a rival k,
//     D_i(j,k) = trunc(settle sum_t (s_ij - s_ik) / n_i) over the n_i epochs of the window in which i
//     scored both, if 2 n_i >= settle. Where validators with a D(j,r) have less than quorum of the power,
//     the window grows by an epoch, to twice settle at most; then the gain is 0. Another contender
//     with less does not count: else whoever commits what only half of the validators can run, or
//     a few validators that score what nobody else can, would stand in everybody's way.
//  4. m(j,k) is the largest x that kappa of the power of those with a D supports, D_i >= x.
//  5. d_t(j) is the median over power of s_ij - s_ir in epoch t; the median of its changes
//     |d_t(j) - d_(t-1)(j)| over settled j moves the noise nu by its rate. While nothing has
//     settled, all tell it; where r changes, an epoch passes without. eps =
//     clamp(4 1.05 nu / sqrt(n), eps_min, eps_max) for n epochs. Above eps_max the window grows to twice
//     settle, and is decided with the eps of that time.
//  6. The contenders are r, and the 3 contributions that others committed before j, that were scored in
//     half of j's window at least, and have the highest median quality over it; they are looked for among
//     the best 64.
//  7. g = trunc(m(j,r) / settle) - (top - hi_r). If g >= eps, and m(j,k) / settle >= eps for every
//     other contender, the segment (top, top + g] is j's, once and for ever; otherwise never. Windows
//     are settled in the order of commits; one waits for those before it until twice settle.
//  8. Stream one pays by stock, A = g 2^(-age / half-life): A / max(par, sum A). Stream two pays by the
//     length of segments within (top - depth, top], over depth. What is left is not earned.
//  9. Remove takes a contribution's segments; top falls to the next hi.
//
// The tenth rule, that a contribution costs at least a hundredth of an epoch's budget, is
// the topic's to keep.
//
// # Bounds
//
// A segment is at least 128 units long and the ledger at most 131070 high: 1023 segments. At most 4096
// windows are open, or fewer where Params say so; who enters beyond that is told so, and not measured. An epoch costs a pass over its
// cells with a median by column for the noise, and for each window that is due up to five columns of up
// to twice settle epochs, and one ranking of qualities for those that opened together. Each is a
// step of its own: the State between any two can be put away (Encode) and taken up again (Decode, Begin),
// with the same result.
//
// What it cannot see: steps below eps, of which a part of the pay is lost; and it needs validators that score
// both sides in the same epoch, so that where not everybody scores everything the reference and the
// contenders must be assigned to those who score j, and fewer windows be open (Params.Windows).
package frontier
