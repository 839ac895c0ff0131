// SPDX-License-Identifier: Apache-2.0

package statecode

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// mapIterators walk a map in its random order just as range does.
var mapIterators = map[string]map[string]bool{
	"maps":    {"All": true, "Keys": true, "Values": true},
	"reflect": {"MapKeys": true, "MapRange": true, "SetIterKey": true, "SetIterValue": true},
}

// NoMapRange refuses to walk a map: Go walks it in another order every time.
var NoMapRange = &analysis.Analyzer{
	Name: "nomaprange",
	Doc:  "refuse iteration over maps in code that reaches the state",
	Run: func(pass *analysis.Pass) (any, error) {
		inspect(pass, func(node ast.Node, report reporter) {
			switch node := node.(type) {
			case *ast.RangeStmt:
				if isMap(pass.TypesInfo.TypeOf(node.X)) {
					report(node, "range over a map in state code: its order is random; keep a slice, or a collection with an order")
				}
			case *ast.CallExpr:
				if isFunction(pass, node, mapIterators) {
					report(node, "iteration over a map in state code: its order is random; keep a slice, or a collection with an order")
				}
			}
		})
		return nil, nil
	},
}

// isMap also sees maps behind type parameters such as ~map[K]V.
func isMap(t types.Type) bool {
	if t == nil {
		return false
	}
	if parameter, ok := t.(*types.TypeParam); ok {
		bound, ok := parameter.Constraint().Underlying().(*types.Interface)
		return ok && boundIsMap(bound)
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

func boundIsMap(bound *types.Interface) bool {
	for i := range bound.NumEmbeddeds() {
		union, ok := bound.EmbeddedType(i).(*types.Union)
		if !ok {
			if isMap(bound.EmbeddedType(i)) {
				return true
			}
			continue
		}
		for j := range union.Len() {
			if _, ok := union.Term(j).Type().Underlying().(*types.Map); ok {
				return true
			}
		}
	}
	return false
}

// isFunction tells whether a call is of a function or method of the table,
// which is keyed by package path, then by name.
func isFunction(pass *analysis.Pass, call *ast.CallExpr, table map[string]map[string]bool) bool {
	function := callee(pass, call.Fun)
	return function != nil && function.Pkg() != nil && table[function.Pkg().Path()][function.Name()]
}

func callee(pass *analysis.Pass, expr ast.Expr) *types.Func {
	switch expr := expr.(type) {
	case *ast.Ident:
		function, _ := pass.TypesInfo.Uses[expr].(*types.Func)
		return function
	case *ast.SelectorExpr:
		function, _ := pass.TypesInfo.Uses[expr.Sel].(*types.Func)
		return function
	case *ast.IndexExpr:
		return callee(pass, expr.X)
	case *ast.IndexListExpr:
		return callee(pass, expr.X)
	}
	return nil
}
