// SPDX-License-Identifier: Apache-2.0

package statecode

import (
	"go/ast"
	"strconv"

	"golang.org/x/tools/go/analysis"
)

var randomness = map[string]bool{"math/rand": true, "math/rand/v2": true, "crypto/rand": true, "hash/maphash": true}

// NoRand refuses packages of random numbers, and hash/maphash, whose seed is
// random. Chance on the chain comes from a seed that every node has.
var NoRand = &analysis.Analyzer{
	Name: "norand",
	Doc:  "refuse randomness in code that reaches the state",
	Run: func(pass *analysis.Pass) (any, error) {
		inspect(pass, func(node ast.Node, report reporter) {
			spec, ok := node.(*ast.ImportSpec)
			if !ok {
				return
			}
			if path, err := strconv.Unquote(spec.Path.Value); err == nil && randomness[path] {
				report(node, path+" in state code: derive chance from the epoch's seed")
			}
		})
		return nil, nil
	},
}
