// SPDX-License-Identifier: Apache-2.0

package preview

import (
	"encoding/json"
	"fmt"
	"slices"
)

// differences lists the values that differ between two records in JSON, by name. Either may
// be empty. An object counts by its fields; a list counts as a whole.
func differences(of string, before, after []byte) []Change {
	was, is := map[string]string{}, map[string]string{}
	flatten(was, "", before)
	flatten(is, "", after)
	names := make([]string, 0, len(was)+len(is))
	for name := range was { //weal:allow nomaprange sorted below
		names = append(names, name)
	}
	for name := range is { //weal:allow nomaprange sorted below
		names = append(names, name)
	}
	slices.Sort(names)
	var changes []Change
	for _, name := range slices.Compact(names) {
		if was[name] != is[name] {
			changes = append(changes, Change{Of: of, Name: name, Before: was[name], After: is[name]})
		}
	}
	return changes
}

// flatten takes the values of a JSON object apart, under dotted names.
func flatten(into map[string]string, name string, value []byte) {
	var fields map[string]json.RawMessage
	if len(value) == 0 || string(value) == "null" {
		return
	}
	if value[0] != '{' || json.Unmarshal(value, &fields) != nil {
		into[name] = string(value)
		return
	}
	for field, inner := range fields { //weal:allow nomaprange it only fills another map
		full := field
		if name != "" {
			full = fmt.Sprintf("%s.%s", name, field)
		}
		flatten(into, full, inner)
	}
}
