// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// field is a field of a message as a proto file of ours writes it.
var field = regexp.MustCompile(`^\s*(?:repeated )?[\w.]+ (\w+) = \d+`)

// comments reads what a module's proto files say of the fields of a message, by name.
func comments(protos, module, message string) (map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(protos, module, "v1", "*.proto"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if _, body, found := strings.Cut(string(text), "\nmessage "+message+" {\n"); found {
			body, _, _ = strings.Cut(body, "\n}\n")
			return fieldComments(body), nil
		}
	}
	return nil, fmt.Errorf("no message %s in %s", message, filepath.Join(protos, module))
}

// fieldComments reads the comment above each field of a message's body.
func fieldComments(body string) map[string]string {
	found := map[string]string{}
	var above []string
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if said, is := strings.CutPrefix(line, "// "); is {
			above = append(above, said)
			continue
		}
		if m := field.FindStringSubmatch(line); m != nil {
			found[m[1]] = strings.TrimPrefix(strings.Join(above, " "), m[1]+" ")
		}
		above = nil
	}
	return found
}
