// SPDX-License-Identifier: Apache-2.0

package statecode

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
)

var clocks = map[string]map[string]bool{
	"time": {
		"Now": true, "Since": true, "Until": true, "Sleep": true, "After": true,
		"AfterFunc": true, "Tick": true, "NewTimer": true, "NewTicker": true,
	},
}

// NoTimeNow refuses the wall clock, called or handed on as a function. The time
// of a block is in its header.
var NoTimeNow = &analysis.Analyzer{
	Name: "notimenow",
	Doc:  "refuse the wall clock in code that reaches the state",
	Run: func(pass *analysis.Pass) (any, error) {
		inspect(pass, func(node ast.Node, report reporter) {
			ident, ok := node.(*ast.Ident)
			if !ok {
				return
			}
			function, ok := pass.TypesInfo.Uses[ident].(*types.Func)
			if !ok || function.Pkg() == nil || function.Signature().Recv() != nil {
				return
			}
			if clocks[function.Pkg().Path()][function.Name()] {
				report(node, "wall clock in state code: use the block's time, ctx.BlockTime() or the header info")
			}
		})
		return nil, nil
	},
}
