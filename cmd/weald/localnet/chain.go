// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"

	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// startTimeout is how long the nodes may take to make their first blocks.
const startTimeout = 90 * time.Second

// pollInterval is how often the chain is asked.
const pollInterval = 500 * time.Millisecond

// callTimeout is how long one answer may take, on a machine that is busy with everything else.
const callTimeout = 5 * time.Second

// chain reads one node over gRPC.
type chain struct {
	conn     *grpc.ClientConn
	topic    topictypes.QueryClient
	scoring  scoringtypes.QueryClient
	emission emissiontypes.QueryClient
}

// connect waits until the first node answers with a block.
func (n *Network) connect(ctx context.Context) (*chain, error) {
	n.say("starting %d nodes and %d evaluators", len(n.state.Nodes), len(n.state.Nodes))
	conn, err := grpc.NewClient(local(n.state.Nodes[0].Ports.GRPC),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(codec.NewProtoCodec(codectypes.NewInterfaceRegistry()).GRPCCodec())))
	if err != nil {
		return nil, err
	}
	c := &chain{
		conn: conn, topic: topictypes.NewQueryClient(conn),
		scoring: scoringtypes.NewQueryClient(conn), emission: emissiontypes.NewQueryClient(conn),
	}
	err = await(ctx, startTimeout, func(ctx context.Context) error {
		_, err := c.emission.Issuance(ctx, &emissiontypes.QueryIssuanceRequest{})
		return err
	})
	if err != nil {
		c.close()
		return nil, fmt.Errorf("the network makes no blocks: %w; its logs are in %s/logs; the first node's last lines:\n%s", err, n.home, tail(n.logPath("node", 0), 10))
	}
	return c, nil
}

func (c *chain) close() { _ = c.conn.Close() }

// awaitStore waits until the first evaluator serves artifacts.
func (n *Network) awaitStore(ctx context.Context) error {
	err := await(ctx, startTimeout, func(ctx context.Context) error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, n.storeURL()+"/healthz", nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	})
	if err != nil {
		return fmt.Errorf("the first evaluator does not answer: %w; its last lines:\n%s", err, tail(n.logPath("evaluator", 0), 10))
	}
	return nil
}

// await calls try until it returns no error, ctx ends, or the time is over; then it returns try's last error.
func await(ctx context.Context, limit time.Duration, try func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for {
		callCtx, callCancel := context.WithTimeout(ctx, callTimeout)
		err := try(callCtx)
		callCancel()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-ticker.C:
		}
	}
}
