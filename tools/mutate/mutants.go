// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

// mutant is one change of one file.
type mutant struct {
	pkg, name, dir, file string
	// id is its number among all.
	id int
	// shown is the file as seen from here, line its line, text what stands there.
	shown string
	line  int
	text  string
	// from and to are the bytes that with takes the place of; what says it in words.
	from, to   int
	with, what string
	// body is where the body of the function begins and ends that it is in, if in any, and
	// whether the function returns nothing.
	body    [2]int
	nothing bool
	// nth tells apart what is changed alike in the same line: from 1 on.
	nth int
}

func (m mutant) String() string { return fmt.Sprintf("%s:%d: %s", m.shown, m.line, m.key()) }

// key names a change without its line number, which moves.
func (m mutant) key() string {
	key := "`" + m.text + "` " + m.what
	if m.nth > 1 {
		key += fmt.Sprintf(" (%d)", m.nth)
	}
	return key
}

// survivedIn says whether an output tells of the mutant, wherever its line was then.
func (m mutant) survivedIn(output string) bool {
	for line := range strings.Lines(output) {
		place, key, found := strings.Cut(strings.TrimSpace(line), ": ")
		if found && strings.HasPrefix(place, string(survived)+" "+m.shown+":") && key == m.key() {
			return true
		}
	}
	return false
}

// find lists all mutants of packages.
func find(patterns []string) ([]mutant, error) {
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
			packages.NeedImports | packages.NeedDeps | packages.NeedTypesSizes,
	}, patterns...)
	if err != nil {
		return nil, err
	}
	here, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	var out []mutant
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			return nil, fmt.Errorf("%s does not compile: %w", p.PkgPath, p.Errors[0])
		}
		for _, f := range p.Syntax {
			path := p.Fset.Position(f.Pos()).Filename
			source, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			shown, err := filepath.Rel(here, path)
			if err != nil {
				return nil, err
			}
			finder := finder{
				set: p.Fset, types: p.TypesInfo, source: source, lines: strings.Split(string(source), "\n"),
				base: mutant{pkg: p.PkgPath, name: p.Name, dir: filepath.Dir(path), file: path, shown: shown},
			}
			ast.Inspect(f, finder.visit)
			out = append(out, compiling(p, f, source, finder.found)...)
		}
	}
	return out, nil
}

// compiling are those of a file's mutants that compile.
func compiling(p *packages.Package, changed *ast.File, source []byte, all []mutant) []mutant {
	imported := importer(func(path string) (*types.Package, error) { return p.Imports[path].Types, nil })
	return slices.DeleteFunc(all, func(m mutant) bool {
		f, err := parser.ParseFile(p.Fset, m.file, m.apply(source), parser.SkipObjectResolution)
		if err != nil {
			return true
		}
		files := slices.Clone(p.Syntax)
		files[slices.Index(files, changed)] = f
		check := types.Config{Importer: imported, Sizes: p.TypesSizes}
		_, err = check.Check(p.PkgPath, p.Fset, files, nil)
		return err != nil
	})
}

type importer func(path string) (*types.Package, error)

func (i importer) Import(path string) (*types.Package, error) { return i(path) }

// apply is the source with the change.
func (m mutant) apply(source []byte) []byte {
	return slices.Concat(source[:m.from], []byte(m.with), source[m.to:])
}

// finder collects the mutants of a file.
type finder struct {
	set    *token.FileSet
	types  *types.Info
	source []byte
	lines  []string
	base   mutant
	found  []mutant
}

func (f *finder) at(p token.Pos) int { return f.set.Position(p).Offset }

func (f *finder) code(n ast.Node) string { return string(f.source[f.at(n.Pos()):f.at(n.End())]) }

// add changes what is between two positions.
func (f *finder) add(from, to token.Pos, with, what string) {
	m := f.base
	m.line = f.set.Position(from).Line
	m.text = strings.TrimSpace(f.lines[m.line-1])
	m.from, m.to, m.with, m.what = f.at(from), f.at(to), with, what
	m.nth = 1
	for _, other := range f.found {
		if other.line == m.line && other.what == m.what {
			m.nth++
		}
	}
	f.found = append(f.found, m)
}

func (f *finder) replace(n ast.Node, with, what string) { f.add(n.Pos(), n.End(), with, what) }

// operators are what each operator is taken for.
var operators = map[token.Token][]token.Token{
	token.LSS: {token.LEQ}, token.LEQ: {token.LSS}, token.GTR: {token.GEQ}, token.GEQ: {token.GTR},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL}, token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL},
	token.SHL: {token.SHR}, token.SHR: {token.SHL}, token.AND: {token.OR}, token.OR: {token.AND}, token.XOR: {token.AND},
	token.ADD_ASSIGN: {token.SUB_ASSIGN}, token.SUB_ASSIGN: {token.ADD_ASSIGN}, token.OR_ASSIGN: {token.AND_ASSIGN},
	token.INC: {token.DEC}, token.DEC: {token.INC}, token.BREAK: {token.CONTINUE}, token.CONTINUE: {token.BREAK},
}

func (f *finder) operator(at token.Pos, op token.Token) {
	for _, with := range operators[op] {
		f.add(at, at+token.Pos(len(op.String())), with.String(), fmt.Sprintf("%s to %s", op, with))
	}
}

func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Body != nil {
			f.base.body = [2]int{f.at(n.Body.Lbrace) + 1, f.at(n.Body.Rbrace)}
			f.base.nothing = n.Type.Results == nil
			ast.Inspect(n.Body, f.visit)
		}
		f.base.body = [2]int{}
		return false
	case *ast.ImportSpec, *ast.CommentGroup:
		return false
	case *ast.BinaryExpr:
		f.operator(n.OpPos, n.Op)
		f.rounding(n)
	case *ast.UnaryExpr:
		if n.Op == token.SUB || n.Op == token.NOT {
			f.add(n.OpPos, n.X.Pos(), "", fmt.Sprintf("%s left out", n.Op))
		}
	case *ast.BasicLit:
		f.constant(n)
	case *ast.CallExpr:
		f.call(n)
	case *ast.IfStmt:
		f.negate(n.Cond)
	case *ast.ForStmt:
		f.negate(n.Cond)
	case *ast.CaseClause:
		for _, cond := range n.List {
			if b, is := f.types.TypeOf(cond).(*types.Basic); is && b.Info()&types.IsBoolean != 0 {
				f.negate(cond)
			}
		}
	case *ast.BlockStmt:
		f.statements(n.List)
	case *ast.BranchStmt:
		if n.Label == nil {
			f.operator(n.TokPos, n.Tok)
		}
	case *ast.AssignStmt:
		f.operator(n.TokPos, n.Tok)
	case *ast.IncDecStmt:
		f.operator(n.TokPos, n.Tok)
	}
	return true
}

// negate turns a condition around, unless the operators already do.
func (f *finder) negate(cond ast.Expr) {
	if cond == nil {
		return
	}
	if b, is := cond.(*ast.BinaryExpr); is && (b.Op == token.EQL || b.Op == token.NEQ) {
		return
	}
	f.replace(cond, "!("+f.code(cond)+")", "negated")
}

// constant moves a number by one.
func (f *finder) constant(n *ast.BasicLit) {
	if n.Kind != token.INT {
		return
	}
	v, err := strconv.ParseUint(strings.ReplaceAll(n.Value, "_", ""), 0, 64)
	if err != nil {
		return
	}
	f.replace(n, strconv.FormatUint(v+1, 10), fmt.Sprintf("%s to %d", n.Value, v+1))
	if v > 0 {
		f.replace(n, strconv.FormatUint(v-1, 10), fmt.Sprintf("%s to %d", n.Value, v-1))
	}
}

// rounding rounds up what is rounded down, and shifts one further.
func (f *finder) rounding(n *ast.BinaryExpr) {
	x, y := f.code(n.X), f.code(n.Y)
	switch n.Op {
	case token.QUO:
		f.replace(n, fmt.Sprintf("(((%s) + (%s) - 1) / (%s))", x, y, y), "rounded up")
	case token.SHR:
		f.replace(n, fmt.Sprintf("(((%s) + (1<<(%s)) - 1) >> (%s))", x, y, y), "rounded up")
	default:
	}
	if n.Op == token.SHR || n.Op == token.SHL {
		if _, literal := n.Y.(*ast.BasicLit); !literal { // those are moved as constants
			f.replace(n.Y, fmt.Sprintf("((%s)+1)", y), "shifted one further")
		}
	}
}

// symmetric are functions of two arguments, or of two and a carry, that are the same for both orders.
var symmetric = map[string]bool{"bits.Mul64": true, "bits.Add64": true, "product": true}

// call swaps min and max, and neighbouring arguments of the same type.
func (f *finder) call(n *ast.CallExpr) {
	if name, is := n.Fun.(*ast.Ident); is {
		if swapped := map[string]string{"min": "max", "max": "min"}[name.Name]; swapped != "" {
			f.replace(name, swapped, name.Name+" to "+swapped)
			return
		}
	}
	if f.types.Types[n.Fun].IsType() || f.types.Types[n.Fun].IsBuiltin() {
		return
	}
	for i := range len(n.Args) - 1 {
		a, b := n.Args[i], n.Args[i+1]
		if i == 0 && symmetric[f.code(n.Fun)] {
			continue
		}
		if types.Identical(f.types.TypeOf(a), f.types.TypeOf(b)) && f.code(a) != f.code(b) {
			f.add(a.Pos(), b.End(), f.code(b)+", "+f.code(a), fmt.Sprintf("%s and %s swapped", f.code(a), f.code(b)))
		}
	}
}

// statements leaves each of them out that only has an effect.
func (f *finder) statements(all []ast.Stmt) {
	for _, s := range all {
		switch s := s.(type) {
		case *ast.AssignStmt:
			if s.Tok != token.DEFINE {
				f.leaveOut(s)
			}
		case *ast.IncDecStmt, *ast.ExprStmt, *ast.BranchStmt:
			f.leaveOut(s)
		}
	}
}

// leaveOut drops a statement, but still uses what it uses, so that the rest compiles.
func (f *finder) leaveOut(s ast.Stmt) {
	var uses []string
	ast.Inspect(s, func(n ast.Node) bool {
		if id, is := n.(*ast.Ident); is {
			if v, isVar := f.types.Uses[id].(*types.Var); isVar && !v.IsField() && v.Parent() != v.Pkg().Scope() && !slices.Contains(uses, id.Name) {
				uses = append(uses, id.Name)
			}
		}
		return true
	})
	with := ""
	if len(uses) > 0 {
		with = strings.Repeat("_, ", len(uses)-1) + "_ = " + strings.Join(uses, ", ")
	}
	f.replace(s, with, "left out")
}
