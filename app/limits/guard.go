// SPDX-License-Identifier: Apache-2.0

package limits

import (
	"context"

	"github.com/cosmos/gogoproto/grpc"
	googlegrpc "google.golang.org/grpc"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Guard is a message router that carries out no message beyond the limits. Everything
// that is carried out goes through the router, so what it holds holds on every way.
type Guard struct {
	router grpc.Server
	limits Limits
}

var _ grpc.Server = Guard{}

// NewGuard puts limits before router.
func NewGuard(router grpc.Server, limits Limits) Guard { return Guard{router: router, limits: limits} }

// RegisterService registers a module's messages, each behind its check.
func (g Guard) RegisterService(service *googlegrpc.ServiceDesc, server any) {
	guarded := *service
	guarded.Methods = make([]googlegrpc.MethodDesc, len(service.Methods))
	for i, method := range service.Methods {
		guarded.Methods[i] = g.guard(method)
	}
	g.router.RegisterService(&guarded, server)
}

// guard puts the check between the router, which gives a handler its message only when it
// calls it, and the handler.
func (g Guard) guard(method googlegrpc.MethodDesc) googlegrpc.MethodDesc {
	handle := method.Handler
	method.Handler = func(server any, ctx context.Context, decode func(any) error, intercept googlegrpc.UnaryServerInterceptor) (any, error) {
		checked := func(ctx context.Context, request any, info *googlegrpc.UnaryServerInfo, next googlegrpc.UnaryHandler) (any, error) {
			return intercept(ctx, request, info, func(ctx context.Context, request any) (any, error) {
				if message, ok := request.(sdk.Msg); ok {
					if err := g.limits.Check(ctx, message); err != nil {
						return nil, err
					}
				}
				return next(ctx, request)
			})
		}
		return handle(server, ctx, decode, checked)
	}
	return method
}
