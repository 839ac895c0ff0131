// SPDX-License-Identifier: Apache-2.0

package preview

import (
	"bytes"
	"context"
	"fmt"

	"github.com/cosmos/gogoproto/proto"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/codec"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// MaxMessages is how many messages a proposal may have to be shown.
const MaxMessages = 64

// Record is a part of the state that people look at, under the name that they know it by.
type Record struct {
	Of   string
	Read func(context.Context) (proto.Message, error)
}

// Records finds what to compare.
type Records struct {
	// Params are the parameters of every module that has some.
	Params []Record
	// Topic and Contribution are the records behind an id that a message names.
	Topic, Contribution func(id uint64) Record
}

// Router finds what carries a message out.
type Router interface {
	Handler(msg sdk.Msg) baseapp.MsgServiceHandler
}

// Server answers previews.
type Server struct {
	cdc       codec.Codec
	router    Router
	authority []byte
	records   Records
}

var _ QueryServer = Server{}

// NewServer builds the server. authority is the account in whose name proposals are carried out.
func NewServer(cdc codec.Codec, router Router, authority []byte, records Records) Server {
	return Server{cdc: cdc, router: router, authority: authority, records: records}
}

// Preview carries the messages out on a copy of the state. It returns InvalidArgument for
// messages that no proposal can hold; a message that would be refused is part of the answer.
func (s Server) Preview(goCtx context.Context, req *QueryPreviewRequest) (*QueryPreviewResponse, error) {
	messages, err := s.unpack(req)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	ctx, _ := sdk.UnwrapSDKContext(goCtx).CacheContext()
	ctx = ctx.WithEventManager(sdk.NewEventManager())
	records := s.recordsOf(messages)
	before, err := s.look(ctx, records)
	if err != nil {
		return nil, status.Error(codes.Internal, err.Error())
	}
	res := &QueryPreviewResponse{Height: ctx.BlockHeight()}
	started := ctx.GasMeter().GasConsumed()
	for i, message := range messages {
		if refusal := s.carryOut(ctx, message); refusal != nil {
			res.Refused, res.RefusedMessage = refusal.Error(), uint32(i+1)
			return res, nil //nolint:nilerr // that it is refused is the answer
		}
	}
	res.GasUsed = ctx.GasMeter().GasConsumed() - started
	after, err := s.look(ctx, records)
	if err != nil {
		return nil, status.Error(codes.Internal, err.Error())
	}
	for i, r := range records {
		res.Changes = append(res.Changes, differences(r.Of, before[i], after[i])...)
	}
	res.Events = told(ctx.EventManager().Events())
	return res, nil
}

// unpack reads the messages, each of which the authority alone must sign.
func (s Server) unpack(req *QueryPreviewRequest) ([]sdk.Msg, error) {
	if req == nil || len(req.Messages) == 0 || len(req.Messages) > MaxMessages {
		return nil, fmt.Errorf("expected 1 to %d messages", MaxMessages)
	}
	messages := make([]sdk.Msg, len(req.Messages))
	for i, packed := range req.Messages {
		if err := s.cdc.UnpackAny(packed, &messages[i]); err != nil {
			return nil, fmt.Errorf("message %d: %w", i+1, err)
		}
		signers, _, err := s.cdc.GetMsgV1Signers(messages[i])
		if err != nil {
			return nil, fmt.Errorf("message %d: %w", i+1, err)
		}
		if len(signers) != 1 || !bytes.Equal(signers[0], s.authority) {
			return nil, fmt.Errorf("message %d is not signed by %s alone: a proposal's messages are carried out in its name", i+1, sdk.AccAddress(s.authority))
		}
	}
	return messages, nil
}

// carryOut runs a message and keeps its events. A handler that panics refuses, as in a block;
// a query that runs out of gas ends as every query does.
func (s Server) carryOut(ctx sdk.Context, message sdk.Msg) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, outOfGas := r.(storetypes.ErrorOutOfGas); outOfGas {
				panic(r)
			}
			err = fmt.Errorf("panicked: %v", r)
		}
	}()
	handler := s.router.Handler(message)
	if handler == nil {
		return fmt.Errorf("no module carries out %s", sdk.MsgTypeURL(message))
	}
	result, err := handler(ctx, message)
	if err != nil {
		return err
	}
	for _, event := range result.GetEvents() {
		ctx.EventManager().EmitEvent(event)
	}
	return nil
}

// recordsOf lists what the messages can change, each once.
func (s Server) recordsOf(messages []sdk.Msg) []Record {
	records := append([]Record(nil), s.records.Params...)
	listed := map[string]bool{}
	add := func(r Record) {
		if !listed[r.Of] {
			listed[r.Of] = true
			records = append(records, r)
		}
	}
	for _, message := range messages {
		if m, ok := message.(interface{ GetTopicId() uint64 }); ok {
			add(s.records.Topic(m.GetTopicId()))
		}
		if m, ok := message.(interface{ GetContributionId() uint64 }); ok {
			add(s.records.Contribution(m.GetContributionId()))
		}
	}
	return records
}

// look reads the records as they are; one that is not there is empty.
func (s Server) look(ctx context.Context, records []Record) ([][]byte, error) {
	seen := make([][]byte, len(records))
	for i, r := range records {
		record, err := r.Read(ctx)
		if err != nil {
			continue
		}
		if seen[i], err = s.cdc.MarshalJSON(record); err != nil {
			return nil, fmt.Errorf("%s: %w", r.Of, err)
		}
	}
	return seen, nil
}

// told copies events.
func told(events sdk.Events) []Event {
	out := make([]Event, len(events))
	for i, e := range events {
		out[i].Type = e.Type
		for _, a := range e.Attributes {
			out[i].Attributes = append(out[i].Attributes, Attribute{Key: a.Key, Value: a.Value})
		}
	}
	return out
}
