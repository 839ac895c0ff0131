// SPDX-License-Identifier: Apache-2.0

// Command weallint checks what no public linter knows: that code which reaches
// the chain's state is deterministic. `make lint` runs it over app, x and pkg.
//
//	weallint ./x/... ./pkg/... ./app/...
//	weallint help nofloat
package main

import (
	"golang.org/x/tools/go/analysis/multichecker"

	"github.com/weal-network/weal/tools/weallint/statecode"
)

func main() {
	multichecker.Main(statecode.Analyzers()...)
}
