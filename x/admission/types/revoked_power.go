// SPDX-License-Identifier: Apache-2.0

package types

import "time"

const secondsPerDay = 24 * 60 * 60

// DayOf counts the days of UTC since 1970. Times before that count as its first day.
func DayOf(at time.Time) uint64 { return uint64(max(at.Unix(), 0)) / secondsPerDay }

// Until is when the day is over.
func (p RevokedPower) Until() time.Time {
	return time.Unix(int64(p.Day+1)*secondsPerDay, 0).UTC()
}

// On is the count of a day: this one if it is of that day, else a new one of a set whose
// power is total.
func (p RevokedPower) On(day uint64, total int64) RevokedPower {
	if p.Day == day && p.Total > 0 {
		return p
	}
	return RevokedPower{Day: day, Total: total}
}

// Left is the power that may still be lost, of bp basis points of the total.
func (p RevokedPower) Left(bp uint32) int64 {
	// Divided first: the total may be near the largest number.
	whole, rest := p.Total/BasisPoints, p.Total%BasisPoints
	return max(whole*int64(bp)+rest*int64(bp)/BasisPoints-p.Revoked, 0)
}

// Add counts a loss.
func (p RevokedPower) Add(power int64) RevokedPower {
	p.Revoked += power
	return p
}
