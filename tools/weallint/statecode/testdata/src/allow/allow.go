// SPDX-License-Identifier: Apache-2.0

package allow

func beside(set map[string]bool) (n int) {
	for range set { //weal:allow nomaprange only counts, so order does not matter
		n++
	}
	return n
}

func above(set map[string]bool) (n int) {
	//weal:allow nomaprange only counts, so order does not matter
	for range set {
		n++
	}
	return n
}

func another(set map[string]bool) (n int) {
	for range set { //weal:allow nofloat a directive for another analyzer // want "range over a map"
		n++
	}
	return n
}

func silent(set map[string]bool) (n int) {
	/* want `gives no reason` */ //weal:allow nomaprange
	for range set {              // want "range over a map"
		n++
	}
	return n
}
