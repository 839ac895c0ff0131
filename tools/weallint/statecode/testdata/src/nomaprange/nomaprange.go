// SPDX-License-Identifier: Apache-2.0

package nomaprange

import (
	"maps"
	"slices"
)

type scores map[string]uint16

func total(byName scores) (sum uint16) {
	for _, score := range byName { // want "range over a map in state code"
		sum += score
	}
	return sum
}

func sorted(byName scores) []string {
	return slices.Sorted(maps.Keys(byName)) // want "iteration over a map in state code"
}

func values[M ~map[K]V, K comparable, V any](m M) (out []V) {
	for _, v := range m { // want "range over a map in state code"
		out = append(out, v)
	}
	return out
}

func inOrder(rows []uint16, byName scores) (sum uint16) {
	for _, row := range rows {
		sum += row
	}
	return sum + byName["alice"]
}
