// SPDX-License-Identifier: Apache-2.0

package statecode

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// NoFloat refuses floating-point and complex numbers: fused multiply-add and
// library functions differ between processors, so two nodes would differ too.
var NoFloat = &analysis.Analyzer{
	Name: "nofloat",
	Doc:  "refuse floating-point numbers in code that reaches the state",
	Run: func(pass *analysis.Pass) (any, error) {
		inspect(pass, func(node ast.Node, report reporter) {
			expr, ok := node.(ast.Expr)
			if !ok {
				return
			}
			if value, ok := pass.TypesInfo.Types[expr]; ok && holdsFloat(value.Type) {
				report(node, "floating-point number in state code: use pkg/fixed or cosmossdk.io/math")
			}
			if ident, ok := expr.(*ast.Ident); ok && declaresFloat(pass.TypesInfo.Defs[ident]) {
				report(node, "floating-point variable in state code: use pkg/fixed or cosmossdk.io/math")
			}
		})
		return nil, nil
	},
}

// holdsFloat tells whether a value of type t is a float or complex number, or
// an array, slice, map, channel, pointer or tuple of them.
func holdsFloat(t types.Type) bool {
	switch t := t.(type) {
	case *types.Basic:
		return t.Info()&(types.IsFloat|types.IsComplex) != 0
	case *types.Named:
		basic, ok := t.Underlying().(*types.Basic)
		return ok && basic.Info()&(types.IsFloat|types.IsComplex) != 0
	case *types.Pointer:
		return holdsFloat(t.Elem())
	case *types.Slice:
		return holdsFloat(t.Elem())
	case *types.Array:
		return holdsFloat(t.Elem())
	case *types.Chan:
		return holdsFloat(t.Elem())
	case *types.Map:
		return holdsFloat(t.Key()) || holdsFloat(t.Elem())
	case *types.Tuple:
		for i := range t.Len() {
			if holdsFloat(t.At(i).Type()) {
				return true
			}
		}
	}
	return false
}

func declaresFloat(object types.Object) bool {
	variable, ok := object.(*types.Var)
	return ok && holdsFloat(variable.Type())
}
