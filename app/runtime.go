// SPDX-License-Identifier: Apache-2.0

package app

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"
	reflectionv1 "cosmossdk.io/api/cosmos/reflection/v1"
	"cosmossdk.io/core/comet"
	"cosmossdk.io/core/event"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/runtime"
	runtimeservices "github.com/cosmos/cosmos-sdk/runtime/services"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/types/module"
)

// This is the only file that touches the SDK's runtime package, which upstream plans
// to delete: what has to be replaced then stands here.

// storeService opens the module store behind key.
func storeService(key *storetypes.KVStoreKey) corestore.KVStoreService {
	return runtime.NewKVStoreService(key)
}

// eventService emits through the event manager of the context.
func eventService() event.Service { return runtime.EventService{} }

// cometInfoService reads the evidence and the last commit of the block being executed.
func cometInfoService() comet.BlockInfoService { return runtime.ProvideCometInfoService() }

// autoCLIOptions collects from the modules how their messages and queries look on the
// command line.
func autoCLIOptions(mm *module.Manager) map[string]*autocliv1.ModuleOptions {
	return runtimeservices.ExtractAutoCLIOptions(mm.Modules)
}

// registerReflection serves the AutoCLI options and the proto descriptors over gRPC, so
// that a client can drive the chain without having been built against it.
func registerReflection(router *baseapp.GRPCQueryRouter, mm *module.Manager) error {
	autocliv1.RegisterQueryServer(router, runtimeservices.NewAutoCLIQueryService(mm.Modules))
	reflection, err := runtimeservices.NewReflectionService()
	if err != nil {
		return err
	}
	reflectionv1.RegisterReflectionServiceServer(router, reflection)
	return nil
}
