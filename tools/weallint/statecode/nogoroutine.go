// SPDX-License-Identifier: Apache-2.0

package statecode

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"
)

// NoGoroutine refuses go and select statements: the scheduler decides their order.
var NoGoroutine = &analysis.Analyzer{
	Name: "nogoroutine",
	Doc:  "refuse goroutines and select in code that reaches the state",
	Run: func(pass *analysis.Pass) (any, error) {
		inspect(pass, func(node ast.Node, report reporter) {
			switch node.(type) {
			case *ast.GoStmt:
				report(node, "goroutine in state code: its order is not the same on every node; do the work in sequence")
			case *ast.SelectStmt:
				report(node, "select in state code: it picks a ready case at random; do the work in sequence")
			}
		})
		return nil, nil
	},
}
