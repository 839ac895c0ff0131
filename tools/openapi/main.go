// SPDX-License-Identifier: Apache-2.0

// Command openapi finishes the merged OpenAPI document that protoc-gen-openapiv2
// writes: it names the document, gives every operation an id that is unique
// across modules (the generator calls each module's parameters "Query_Params"),
// groups operations by module, and sorts keys so that equal input gives equal bytes.
//
//	openapi IN OUT
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("expected two arguments: the generator's file and the file to write")
	}
	raw, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	done, err := finish(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	return os.WriteFile(args[1], done, 0o644)
}

// finish returns the document with its title, unique operation ids and one tag a module.
func finish(raw []byte) ([]byte, error) {
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, err
	}
	doc["info"] = map[string]any{
		"title":       "Weal",
		"description": "REST queries of Weal's own modules. The Cosmos SDK's modules answer on their usual paths.",
		"version":     "v1",
	}
	paths, _ := doc["paths"].(map[string]any)
	for path, item := range paths {
		operations, _ := item.(map[string]any)
		for _, operation := range operations {
			op, ok := operation.(map[string]any)
			if !ok {
				continue
			}
			module := moduleOf(path)
			id, _ := op["operationId"].(string)
			op["operationId"] = module + "_" + id
			op["tags"] = []string{module}
		}
	}
	delete(doc, "tags")

	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// moduleOf is the module's name in a path such as /weal/topic/v1/topics.
func moduleOf(path string) string {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(parts) < 2 {
		return "weal"
	}
	return parts[1]
}
