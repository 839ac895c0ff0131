// SPDX-License-Identifier: Apache-2.0

// Package statecode holds analyzers against what would make two nodes disagree:
// floats, the order of maps, the wall clock, goroutines and randomness.
//
// Tests, generated files and packages called simulation are exempt, as they
// never run in a block. A line that is safe for a reason which the analyzer
// cannot see says so, and why:
//
//	for k := range set { //weal:allow nomaprange the keys are sorted below
package statecode

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Analyzers lists every analyzer of the package, in the order of its documentation.
func Analyzers() []*analysis.Analyzer {
	return []*analysis.Analyzer{NoFloat, NoMapRange, NoTimeNow, NoGoroutine, NoRand}
}

// directive marks a line that an analyzer is to leave alone.
const directive = "//weal:allow "

// inspect calls visit for every node of every file that can reach the state.
// Reports go through the returned reporter, which honours directives.
func inspect(pass *analysis.Pass, visit func(node ast.Node, report reporter)) {
	if isSimulation(pass.Pkg.Path()) {
		return
	}
	for _, file := range pass.Files {
		if isTest(pass, file) || ast.IsGenerated(file) {
			continue
		}
		report := newReporter(pass, file)
		ast.Inspect(file, func(node ast.Node) bool {
			if node != nil {
				visit(node, report)
			}
			return true
		})
	}
}

func isSimulation(path string) bool {
	return strings.HasSuffix(path, "/simulation") || strings.Contains(path, "/simulation/")
}

func isTest(pass *analysis.Pass, file *ast.File) bool {
	return strings.HasSuffix(pass.Fset.Position(file.Pos()).Filename, "_test.go")
}

// reporter reports at most one finding a line: the second says nothing new.
type reporter func(node ast.Node, message string)

func newReporter(pass *analysis.Pass, file *ast.File) reporter {
	allowed := allowedLines(pass, file)
	reported := map[int]bool{}
	return func(node ast.Node, message string) {
		line := pass.Fset.Position(node.Pos()).Line
		if allowed[line] || reported[line] {
			return
		}
		reported[line] = true
		pass.Reportf(node.Pos(), "%s", message)
	}
}

// allowedLines are the lines that carry a directive for this analyzer, and the
// lines below a directive that stands alone. A directive must give its reason.
func allowedLines(pass *analysis.Pass, file *ast.File) map[int]bool {
	lines := map[int]bool{}
	for _, group := range file.Comments {
		for _, comment := range group.List {
			rest, ok := strings.CutPrefix(comment.Text, directive)
			if !ok {
				continue
			}
			name, reason, _ := strings.Cut(rest, " ")
			if name != pass.Analyzer.Name {
				continue
			}
			if strings.TrimSpace(reason) == "" {
				pass.Reportf(comment.Pos(), "weal:allow %s gives no reason: say why the line is deterministic", name)
				continue
			}
			line := pass.Fset.Position(comment.Pos()).Line
			lines[line] = true
			lines[line+1] = true
		}
	}
	return lines
}
