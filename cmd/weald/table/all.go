// SPDX-License-Identifier: Apache-2.0

package table

import "slices"

// All lists the tables of every module.
func All() []Table {
	return slices.Concat(topicTables(), contributionTables(), admissionTables())
}
