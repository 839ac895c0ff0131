// SPDX-License-Identifier: Apache-2.0

// Package scratch is memory that is used again: what the engines work in, so that they ask for none once they have met
// their largest input.
package scratch

// Sized is n elements in s's memory if they fit; what they hold is not said.
func Sized[T any](s []T, n int) []T {
	if s == nil || cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// Zeroed is n zeros in s's memory if they fit.
func Zeroed[T any](s []T, n int) []T {
	s = Sized(s, n)
	clear(s)
	return s
}
