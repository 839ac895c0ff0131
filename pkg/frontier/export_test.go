// SPDX-License-Identifier: Apache-2.0

package frontier

import "github.com/weal-network/weal/pkg/fixed"

// Supported is the largest of values that at least kappa of the power supports.
func Supported(kappa fixed.Q32, values []int64, power []uint64) (int64, bool) {
	var c column
	for i, v := range values {
		if power[i] > 0 {
			c.add(v, power[i])
		}
	}
	return c.supported(kappa)
}
