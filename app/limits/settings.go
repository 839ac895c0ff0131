// SPDX-License-Identifier: Apache-2.0

package limits

import (
	"fmt"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/weal-network/weal/pkg/bounds"
)

// Number is a number that voters may change between Least and Most, both included.
type Number struct {
	// Name is that of the parameter in JSON, as block.max_gas.
	Name               string
	Value, Least, Most math.LegacyDec
	Unit               bounds.Unit
}

// Fixed is what voters may not change, unless it is not yet as it must be.
type Fixed struct {
	Name, Value, Must string
	// Why is the reason.
	Why string
}

// Switch is what voters may turn on and off as they like.
type Switch struct {
	Name  string
	Value bool
	// Why says what it does.
	Why string
}

// Settings are the parameters of a module.
type Settings struct {
	Numbers  []Number
	Fixed    []Fixed
	Switches []Switch
}

// check returns an error (gov's ErrInvalidProposalMsg) if next, which is to follow now,
// changes a number to one outside its range or what is fixed to anything else.
func check(now, next Settings) error {
	for i, n := range next.Numbers {
		if n.Value.Equal(now.Numbers[i].Value) {
			continue
		}
		if err := inRange(next.Numbers[i : i+1]); err != nil {
			return err
		}
	}
	for i, f := range next.Fixed {
		if f.Value == now.Fixed[i].Value || f.Value == f.Must {
			continue
		}
		return refused("%s would be %q: it stays %q, because %s", f.Name, f.Value, f.Must, f.Why)
	}
	return nil
}

// inRange returns an error (gov's ErrInvalidProposalMsg) for the first number outside its range.
func inRange(numbers []Number) error {
	for _, n := range numbers {
		if n.Value.LT(n.Least) || n.Value.GT(n.Most) {
			return refused("%s would be %s: choose %s to %s", n.Name, n.show(n.Value), n.show(n.Least), n.show(n.Most))
		}
	}
	return nil
}

// show writes v, which counts as n does, for people.
func (n Number) show(v math.LegacyDec) string {
	text := v.String()
	if v.IsInteger() {
		text = v.TruncateInt().String()
	}
	if n.Unit == bounds.Count {
		return text
	}
	return text + " " + string(n.Unit)
}

// refused is the error of everything that this package refuses.
func refused(format string, args ...any) error {
	return errorsmod.Wrap(govtypes.ErrInvalidProposalMsg, fmt.Sprintf(format, args...))
}
