// SPDX-License-Identifier: Apache-2.0

// Package blocks finds the shell commands of the documents, so that tests can
// run them. Every fenced block of shell says in its info string how it is held:
//
//	```sh run     run as it stands, in the repository, with a home of its own
//	```sh net     run against a local network that has scored an epoch
//	```sh make    targets of the Makefile that CI runs by itself; they must exist
//	```sh check   for another machine or a person: its weald commands and flags must exist
//
// The commands of every kind are checked against the binary's own help.
package blocks

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Kind says how a block is held to the truth.
type Kind string

// The kinds of blocks, as the info string of a fence names them after "sh".
const (
	Run   Kind = "run"
	Net   Kind = "net"
	Make  Kind = "make"
	Check Kind = "check"
)

var kinds = []Kind{Run, Net, Make, Check}

// Block is one fenced block of shell commands.
type Block struct {
	// File is the document, relative to the repository, and Line the line of
	// its first command, counted from 1.
	File string
	Line int
	Kind Kind
	// Text holds the commands as they stand in the document.
	Text string
}

// Name is where the block stands, as file:line.
func (b Block) Name() string { return fmt.Sprintf("%s:%d", b.File, b.Line) }

// Commands are the block's lines with continuations joined, without comments
// and empty lines.
func (b Block) Commands() []string {
	var commands []string
	joined := strings.ReplaceAll(b.Text, "\\\n", " ")
	for line := range strings.SplitSeq(joined, "\n") {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			commands = append(commands, line)
		}
	}
	return commands
}

// documents are the folders whose pages hold commands, beside the top level.
var documents = []string{"docs", "x", "evaluator", "app", "tests", "tools"}

// All finds the blocks of every document of the repository at root, in order of
// file and line. A block of shell that does not say how it is held is an error.
func All(root string) ([]Block, error) {
	pages, err := filepath.Glob(filepath.Join(root, "*.md"))
	if err != nil {
		return nil, err
	}
	for _, dir := range documents {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".md") && !entry.IsDir() {
				pages = append(pages, path)
			}
			if os.IsNotExist(err) {
				return nil
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(pages)

	var all []Block
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(root, page)
		if err != nil {
			return nil, err
		}
		found, err := Of(filepath.ToSlash(name), string(text))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// Of finds the blocks of one document.
func Of(name, text string) ([]Block, error) {
	var (
		all    []Block
		open   bool // inside any fence
		block  *Block
		number int
	)
	for line := range strings.Lines(text) {
		number++
		info, fence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case fence && open:
			if block != nil {
				all = append(all, *block)
			}
			open, block = false, nil
		case fence:
			open = true
			kind, shell, err := kindOf(info)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, number, err)
			}
			if shell {
				block = &Block{File: name, Line: number + 1, Kind: kind}
			}
		case block != nil:
			block.Text += line
		}
	}
	if open {
		return nil, fmt.Errorf("%s: the last fence is never closed", name)
	}
	return all, nil
}

// kindOf reads the info string of a fence.
func kindOf(info string) (Kind, bool, error) {
	fields := strings.Fields(info)
	if len(fields) == 0 || !slices.Contains([]string{"sh", "bash", "shell", "console", "zsh"}, fields[0]) {
		return "", false, nil
	}
	if fields[0] != "sh" || len(fields) != 2 || !slices.Contains(kinds, Kind(fields[1])) {
		return "", false, fmt.Errorf("block of shell opens with %q, expected sh and one of %v: say how a test holds its commands", info, kinds)
	}
	return Kind(fields[1]), true, nil
}
