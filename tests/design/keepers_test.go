// SPDX-License-Identifier: Apache-2.0

package design_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// contents are the functions that a keeper.go may declare beside its types:
// the constructor, and accessors without behaviour.
var contents = map[string]bool{
	"NewKeeper": true, "Logger": true, "logger": true, "Authority": true, "GetAuthority": true,
	"Schema": true, "GetSchema": true, "SetHooks": true, "Hooks": true,
}

func TestKeeperFilesAreTablesOfContents(t *testing.T) {
	for _, name := range ownModules(t) {
		path := filepath.Join(root(t), "x", name, "keeper", "keeper.go")
		if _, err := os.Stat(path); err != nil {
			t.Errorf("x/%s has no keeper/keeper.go", name)
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, decl := range file.Decls {
			if function, ok := decl.(*ast.FuncDecl); ok && !contents[function.Name.Name] {
				t.Errorf("x/%s/keeper/keeper.go declares %s: behaviour belongs in the file of its noun", name, function.Name.Name)
			}
		}
		for _, field := range uncommentedCollections(file) {
			t.Errorf("x/%s/keeper/keeper.go: collection %s has no comment: say its key, and why in that order", name, field)
		}
	}
}

// uncommentedCollections names the fields of struct types of a file whose type
// comes from the collections package and which nobody explained.
func uncommentedCollections(file *ast.File) (names []string) {
	ast.Inspect(file, func(node ast.Node) bool {
		structure, ok := node.(*ast.StructType)
		if !ok {
			return true
		}
		for _, field := range structure.Fields.List {
			if isCollection(field.Type) && field.Doc == nil && field.Comment == nil {
				for _, name := range field.Names {
					names = append(names, name.Name)
				}
			}
		}
		return true
	})
	return names
}

func isCollection(expr ast.Expr) bool {
	switch expr := expr.(type) {
	case *ast.IndexExpr:
		return isCollection(expr.X)
	case *ast.IndexListExpr:
		return isCollection(expr.X)
	case *ast.StarExpr:
		return isCollection(expr.X)
	case *ast.SelectorExpr:
		pkg, ok := expr.X.(*ast.Ident)
		return ok && pkg.Name == "collections" && !strings.HasPrefix(expr.Sel.Name, "Schema")
	}
	return false
}
