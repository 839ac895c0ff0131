// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// verdict is what the tests say to a mutant.
type verdict string

const (
	killed   verdict = "noticed"
	hung     verdict = "hung"
	survived verdict = "SURVIVED"
	broken   verdict = "COULD NOT TRY"
)

// tried is a mutant with its verdict.
type tried struct {
	mutant
	verdict verdict
}

// variable chooses a mutant of a test binary that has many.
const variable = "MUTANT"

// build compiles the tests of a package with all mutants that are within functions: each is a
// copy of its function's body, chosen by its number when the tests run. It returns the binary.
func build(dir string, of []mutant, in string) (string, error) {
	byFile := map[string][]mutant{}
	for _, m := range of {
		byFile[m.file] = append(byFile[m.file], m)
	}
	changed := map[string][]byte{}
	var name string
	for file, mutants := range byFile {
		source, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		changed[file] = withBodies(source, mutants)
		name = mutants[0].name
	}
	chooser := "package " + name + "\n\nimport (\n\t\"os\"\n\t\"strconv\"\n)\n\nvar chosenMutant, _ = strconv.Atoi(os.Getenv(\"" + variable + "\"))\n"
	changed[filepath.Join(dir, "chosen_mutant.go")] = []byte(chooser)
	return compile(dir, changed, in)
}

// withBodies writes all mutated bodies in front of the true ones.
func withBodies(source []byte, mutants []mutant) []byte {
	bodies := map[[2]int]*strings.Builder{}
	for _, m := range mutants {
		if bodies[m.body] == nil {
			bodies[m.body] = &strings.Builder{}
		}
		mutated := m.apply(source)
		fmt.Fprintf(bodies[m.body], "case %d: %s\n", m.id, mutated[m.body[0]:m.body[1]+len(mutated)-len(source)])
		if m.nothing {
			bodies[m.body].WriteString("return\n")
		}
	}
	var places [][2]int
	for place := range bodies {
		places = append(places, place)
	}
	slices.SortFunc(places, func(a, b [2]int) int { return b[0] - a[0] }) // from the back, so that places hold
	for _, place := range places {
		source = slices.Concat(source[:place[0]], []byte("switch chosenMutant {\n"+bodies[place].String()+"}\n"), source[place[0]:])
	}
	return source
}

// compile builds the tests of the package in dir, with those files laid over its own.
func compile(dir string, changed map[string][]byte, in string) (string, error) {
	overlay := map[string]string{}
	for file, content := range changed {
		at := filepath.Join(in, filepath.Base(file))
		if err := os.WriteFile(at, content, 0o600); err != nil {
			return "", err
		}
		overlay[file] = at
	}
	data, err := json.Marshal(map[string]map[string]string{"Replace": overlay})
	if err != nil {
		return "", err
	}
	list, binary := filepath.Join(in, "overlay.json"), filepath.Join(in, "tests")
	if err := os.WriteFile(list, data, 0o600); err != nil {
		return "", err
	}
	command := exec.Command("go", "test", "-c", "-overlay", list, "-vet=off", "-ldflags=-s -w", "-o", binary, ".")
	command.Dir = dir
	if said, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return binary, nil
}

// try runs the tests against the mutant: by its number in the binary of its package, or, for
// what stands outside of functions, in a binary of its own.
func (m mutant) try(binary string, seconds int, toTest []string) verdict {
	if m.body == [2]int{} {
		in, err := os.MkdirTemp("", "mutant")
		if err != nil {
			return broken
		}
		defer os.RemoveAll(in)
		source, err := os.ReadFile(m.file)
		if err != nil {
			return broken
		}
		if binary, err = compile(m.dir, map[string][]byte{m.file: m.apply(source)}, in); err != nil {
			return killed // what does not compile in its tests is noticed
		}
	}
	// By processor time, which does not depend on what else the machine does, and by memory.
	limited := fmt.Sprintf(`ulimit -t %d -v 8000000; exec "$0" "$@"`, seconds)
	command := exec.Command("bash", append([]string{"-c", limited, binary, "-test.short", "-test.failfast", "-test.timeout=0"}, toTest...)...)
	command.Dir = m.dir
	command.Env = append(os.Environ(), variable+"="+strconv.Itoa(m.id))
	said, err := command.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return survived
	case bytes.Contains(said, []byte("FAIL")), bytes.Contains(said, []byte("panic: ")), bytes.Contains(said, []byte("fatal error: ")):
		return killed
	case errors.As(err, &exit) && !exit.Exited(): // a signal, of the limit
		return hung
	default:
		return broken
	}
}
