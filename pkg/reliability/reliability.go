// SPDX-License-Identifier: Apache-2.0

// Package reliability remembers how well somebody kept to what it took on: a moving average of what came of each epoch,
// and the epochs of late in which it failed.
//
//	average  m_0 = x_0, m_t = m_(t-1) + floor((x_t - m_(t-1)) / 20)
//
// The first epoch is the average, since there is nothing else to know; from then on each is a twentieth of it, so that
// half of what was before is forgotten after 14.
package reliability

import "github.com/weal-network/weal/pkg/fixed"

// part is how much of a moving average an epoch makes: one in so many.
const part = 20

// Move is a moving average of numbers of [0, 1] after one more; epochs is how many there were before. It stays between
// the average and what came.
func Move(average, now fixed.Q32, epochs uint64) fixed.Q32 {
	if epochs == 0 {
		return now
	}
	change := now - average
	if change < 0 {
		return average - (-change+part-1)/part
	}
	return average + change/part
}

// Recent are the epochs of failure, which rise, that are within a window of epochs up to now, and now itself. The
// window is at least 1.
func Recent(failures []uint64, now, window uint64) []uint64 {
	var recent []uint64
	for _, epoch := range failures {
		if epoch < now && now-epoch < window {
			recent = append(recent, epoch)
		}
	}
	return append(recent, now)
}
