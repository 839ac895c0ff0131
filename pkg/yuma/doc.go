// SPDX-License-Identifier: Apache-2.0

// Package yuma is the epoch engine: from the scores that validators gave and the
// power behind them to what contributions and validators earned.
//
// It computes Yuma consensus bit for bit as published: slices in, slices out, all
// numbers pkg/fixed, nothing of the chain. Rows are validators, columns are
// contributions. An Engine owns its memory and is used again and again; it is not
// safe for use by two at a time.
//
// The steps, one file each: weights and active power (weights.go), the median of
// each column (median.go), clipping, trust and incentive (consensus.go), bonds and
// dividends (bonds.go), how fast bonds follow (alpha.go).
package yuma
