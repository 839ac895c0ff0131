// SPDX-License-Identifier: Apache-2.0

// Package bounds says what a parameter may be: the ranges that no vote can leave, in one
// form, so that what refuses a value and what the reference publishes are the same.
package bounds

import "fmt"

// Unit is what a parameter counts.
type Unit string

// The units of parameters.
const (
	Count       Unit = ""
	BasisPoints Unit = "basis points"
	Uweal       Unit = "uweal"
	Blocks      Unit = "blocks"
	Epochs      Unit = "epochs"
	Bytes       Unit = "bytes"
	Seconds     Unit = "s"
	Millis      Unit = "ms"
	Nanos       Unit = "ns"
)

// Range is one parameter with its value and what it may be, both ends included.
type Range struct {
	// Name is the parameter's name in JSON, as bond or pricing.bond.
	Name string
	// Value is what it is.
	Value uint64
	// Least and Most are the ends of what it may be.
	Least, Most uint64
	// Unit is what all three count.
	Unit Unit
}

// Check returns an error that names the first parameter outside its range, with what is
// expected, and nil if there is none.
func Check(ranges []Range) error {
	for _, r := range ranges {
		if r.Value >= r.Least && r.Value <= r.Most {
			continue
		}
		if r.Unit == Count {
			return fmt.Errorf("%s is %d: choose %d to %d", r.Name, r.Value, r.Least, r.Most)
		}
		return fmt.Errorf("%s is %d: choose %d to %d %s", r.Name, r.Value, r.Least, r.Most, r.Unit)
	}
	return nil
}
