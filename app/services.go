// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"net/http"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/grpc/cmtservice"
	nodeservice "github.com/cosmos/cosmos-sdk/client/grpc/node"
	"github.com/cosmos/cosmos-sdk/server"
	"github.com/cosmos/cosmos-sdk/server/api"
	"github.com/cosmos/cosmos-sdk/server/config"
	authtx "github.com/cosmos/cosmos-sdk/x/auth/tx"

	"github.com/weal-network/weal/app/preview"
	"github.com/weal-network/weal/docs"
)

// RegisterAPIRoutes serves every module's queries over REST, and at /openapi.json the
// description of Weal's own.
func (app *App) RegisterAPIRoutes(srv *api.Server, cfg config.APIConfig) {
	clientCtx, gateway := srv.ClientCtx, srv.GRPCGatewayRouter
	authtx.RegisterGRPCGatewayRoutes(clientCtx, gateway)
	cmtservice.RegisterGRPCGatewayRoutes(clientCtx, gateway)
	nodeservice.RegisterGRPCGatewayRoutes(clientCtx, gateway)
	app.BasicManager.RegisterGRPCGatewayRoutes(clientCtx, gateway)
	if err := preview.RegisterQueryHandlerClient(context.Background(), gateway, preview.NewQueryClient(clientCtx)); err != nil {
		panic(err) // as the modules do: the routes are wrong, whatever the configuration
	}

	srv.Router.Path("/openapi.json").Methods(http.MethodGet).HandlerFunc(serveOpenAPI)
	if err := server.RegisterSwaggerAPI(clientCtx, srv.Router, cfg.Swagger); err != nil {
		app.Logger().Error("the SDK's swagger pages are not served", "error", err)
	}
}

// serveOpenAPI writes the embedded description.
func serveOpenAPI(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	// A client that hangs up while reading is nobody's error.
	_, _ = w.Write(docs.OpenAPI)
}

// RegisterTxService serves simulation, broadcast and look-up of transactions.
func (app *App) RegisterTxService(clientCtx client.Context) {
	authtx.RegisterTxService(app.GRPCQueryRouter(), clientCtx, app.Simulate, app.enc.registry)
}

// RegisterTendermintService serves blocks, validators and the node's state of sync.
func (app *App) RegisterTendermintService(clientCtx client.Context) {
	cmtservice.RegisterTendermintService(clientCtx, app.GRPCQueryRouter(), app.enc.registry, server.NewCometABCIWrapper(app).Query)
}

// RegisterNodeService serves the node's own settings, such as its minimum gas price.
func (app *App) RegisterNodeService(clientCtx client.Context, cfg config.Config) {
	nodeservice.RegisterNodeService(clientCtx, app.GRPCQueryRouter(), cfg, func() int64 {
		return app.CommitMultiStore().EarliestVersion()
	})
}
