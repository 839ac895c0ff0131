// SPDX-License-Identifier: Apache-2.0

// Command reference writes docs/reference/parameters.md: every parameter of the chain that
// voters can change, with what a new network has, what it may be, and what it is for. All
// of it comes from the code that holds parameters to it.
//
//	go run ./tools/reference            writes the page
//	go run ./tools/reference -check     fails if the page is not what it would write
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
)

// page is where the reference stands, from the root of the repository.
const page = "docs/reference/parameters.md"

func main() {
	check := flag.Bool("check", false, "write nothing, and fail if the page is out of date")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	written, err := write("proto/weal")
	if err != nil {
		return err
	}
	if !check {
		return os.WriteFile(page, written, 0o644)
	}
	stands, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	if !bytes.Equal(stands, written) {
		return errors.New(page + " is not what the code says: run make reference")
	}
	return nil
}
