// SPDX-License-Identifier: Apache-2.0

// Command weald runs a node of the Weal network, drives it from the command line, and
// runs what stands beside it: the local network and the validator's evaluator.
package main

import (
	"fmt"
	"os"

	svrcmd "github.com/cosmos/cosmos-sdk/server/cmd"

	"github.com/weal-network/weal/app"
)

func main() {
	if isRunModel(os.Args) {
		exit(runModel())
	}
	setVersion()
	app.Seal()
	root, err := newRootCmd()
	if err == nil {
		err = svrcmd.Execute(root, envPrefix, app.DefaultNodeHome())
	}
	exit(err)
}

// exit ends the process, with what went wrong on standard error.
func exit(err error) {
	if err != nil {
		// Error() leaves out the source lines that registered errors carry.
		fmt.Fprintln(os.Stderr, "Error:", err.Error())
		os.Exit(1)
	}
	os.Exit(0)
}
