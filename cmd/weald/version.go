// SPDX-License-Identifier: Apache-2.0

package main

import (
	"runtime/debug"

	cmtversion "github.com/cometbft/cometbft/version"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/version"

	"github.com/weal-network/weal/app"
)

// setVersion fills in what the linker flags of `make build` did not set, so that a
// binary built by `go build` or `go install` names itself as well.
func setVersion() {
	if version.Name == "" {
		version.Name = app.Name
	}
	if version.AppName == "<appd>" {
		version.AppName = app.BinaryName
	}
	if version.Version == "" {
		version.Version = "dev"
	}
}

// cometVersionCmd prints the version of CometBFT that is linked in, as the module list
// of the binary has it: the constant in its source lags behind its tag.
func cometVersionCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of CometBFT and its protocols",
		Args:  cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) {
			cmd.Printf("CometBFT: %s\nABCI: %s\nBlockProtocol: %d\nP2PProtocol: %d\n",
				cometVersion(), cmtversion.ABCIVersion, cmtversion.BlockProtocol, cmtversion.P2PProtocol)
		},
	}
}

// cometVersion looks CometBFT up among the binary's dependencies.
func cometVersion() string {
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, dep := range info.Deps {
			if dep.Path == "github.com/cometbft/cometbft" {
				return dep.Version
			}
		}
	}
	return "v" + cmtversion.TMCoreSemVer
}
