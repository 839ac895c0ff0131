// SPDX-License-Identifier: Apache-2.0

package bounds_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/bounds"
)

func TestTheFirstParameterOutsideItsRangeIsNamed(t *testing.T) {
	in := bounds.Range{Name: "in", Value: 5, Least: 5, Most: 5}
	cases := map[string]struct {
		ranges []bounds.Range
		want   string
	}{
		"none":                         {nil, ""},
		"at both ends":                 {[]bounds.Range{in}, ""},
		"below the least":              {[]bounds.Range{in, {Name: "fee", Value: 4, Least: 5, Most: 9, Unit: bounds.Uweal}}, "fee is 4: choose 5 to 9 uweal"},
		"above the most":               {[]bounds.Range{{Name: "places", Value: 10, Least: 5, Most: 9}}, "places is 10: choose 5 to 9"},
		"the first of two":             {[]bounds.Range{{Name: "a", Value: 1}, {Name: "b", Value: 2}}, "a is 1: choose 0 to 0"},
		"a value at the end of 64 bit": {[]bounds.Range{{Name: "all", Value: ^uint64(0), Most: ^uint64(0)}}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			err := bounds.Check(c.ranges)
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, c.want)
		})
	}
}
