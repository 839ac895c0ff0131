// SPDX-License-Identifier: Apache-2.0

package proposal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/cosmos/gogoproto/grpc"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"

	"github.com/weal-network/weal/app/preview"
)

// ErrRefused says that a proposal would change nothing, as one of its messages would be refused.
var ErrRefused = errors.New("the proposal would be refused")

// ReadFile reads the messages of a draft.
func ReadFile(cdc codec.JSONCodec, path string) ([]sdk.Msg, error) {
	bz, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var d Draft
	if err := json.Unmarshal(bz, &d); err != nil {
		return nil, fmt.Errorf("%s is no proposal: %w; `weald proposal draft` writes one", path, err)
	}
	messages := make([]sdk.Msg, len(d.Messages))
	for i, raw := range d.Messages {
		if err := cdc.UnmarshalInterfaceJSON(raw, &messages[i]); err != nil {
			return nil, fmt.Errorf("message %d of %s: %w", i+1, path, err)
		}
	}
	return messages, nil
}

// Read reads the messages of a proposal: of the one on the chain if what is its id, else of the draft in that file.
func Read(ctx context.Context, node grpc.ClientConn, cdc codec.Codec, what string) ([]sdk.Msg, error) {
	id, err := strconv.ParseUint(what, 10, 64)
	if err != nil {
		return ReadFile(cdc, what)
	}
	res, err := govv1.NewQueryClient(node).Proposal(ctx, &govv1.QueryProposalRequest{ProposalId: id})
	if err != nil {
		return nil, err
	}
	messages := make([]sdk.Msg, len(res.Proposal.Messages))
	for i, packed := range res.Proposal.Messages {
		if err := cdc.UnpackAny(packed, &messages[i]); err != nil {
			return nil, fmt.Errorf("message %d of proposal %d: %w", i+1, id, err)
		}
	}
	return messages, nil
}

// Ask lets a node carry the messages out on a copy of its state.
func Ask(ctx context.Context, node grpc.ClientConn, messages []sdk.Msg) (*preview.QueryPreviewResponse, error) {
	req := &preview.QueryPreviewRequest{}
	for _, message := range messages {
		packed, err := codectypes.NewAnyWithValue(message)
		if err != nil {
			return nil, err
		}
		req.Messages = append(req.Messages, packed)
	}
	return preview.NewQueryClient(node).Preview(ctx, req)
}

// Show writes what would change, for people. It returns ErrRefused if nothing would.
func Show(w io.Writer, res *preview.QueryPreviewResponse) error {
	if res.RefusedMessage > 0 {
		return fmt.Errorf("%w at height %d: message %d: %s", ErrRefused, res.Height, res.RefusedMessage, res.Refused)
	}
	fmt.Fprintf(w, "carried out at height %d, it would change\n\n", res.Height)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	of := ""
	for _, c := range res.Changes {
		if c.Of != of {
			fmt.Fprintf(t, "%s\n", c.Of)
			of = c.Of
		}
		fmt.Fprintf(t, "  %s\t%s\t->\t%s\n", c.Name, orNone(c.Before), orNone(c.After))
	}
	if len(res.Changes) == 0 {
		fmt.Fprintln(t, "no parameter, and nothing of the topics and contributions that it names")
	}
	if len(res.Events) > 0 {
		fmt.Fprintln(t, "\nevents")
	}
	for _, e := range res.Events {
		fields := make([]string, 0, len(e.Attributes))
		for _, a := range e.Attributes {
			if a.Key != "msg_index" {
				fields = append(fields, a.Key+"="+a.Value)
			}
		}
		fmt.Fprintf(t, "  %s\t%s\n", e.Type, strings.Join(fields, " "))
	}
	return t.Flush()
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}
