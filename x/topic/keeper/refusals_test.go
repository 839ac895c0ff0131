// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/topic/types"
)

// The topics of refusalWorld.
const (
	active = uint64(iota + 1)
	paused
	retired
	practice
	offered
	nowhere
)

// stranger has coins and no role, heir is offered a topic, crowded has all the sandboxes
// that it may.
var (
	stranger = account(9)
	heir     = account(8)
	crowded  = account(6)
)

// refusalWorld has a topic of each kind.
func refusalWorld(t testing.TB) *fixture {
	t.Helper()
	f := newFixture(t)
	for _, who := range []string{steward, stranger, crowded} {
		f.fund(who, 100_000_000)
	}
	f.create("active")
	f.create("paused")
	f.create("retired")
	f.mustCreate(steward, sandbox("practice", steward))
	f.mustCreate(steward, sandbox("offered", steward))
	for _, slug := range []string{"crowd-1", "crowd-2", "crowd-3"} {
		f.mustCreate(crowded, sandbox(slug, crowded))
	}
	_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: paused})
	require.NoError(t, err)
	f.retire(authority, retired)
	f.update(authority, active, func(s *types.TopicSpec) { s.Access = types.ACCESS_ADMITTED })
	f.offer(offered, heir)
	return f
}

func (f *fixture) setParams(params types.Params) {
	f.t.Helper()
	_, err := f.msg.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: authority, Params: params})
	require.NoError(f.t, err)
}

// update sends what a topic will be with something changed.
func (f *fixture) update(sender string, id uint64, change func(*types.TopicSpec)) {
	f.t.Helper()
	require.NoError(f.t, f.tryUpdate(f.ctx, sender, id, change))
}

func (f *fixture) tryUpdate(ctx context.Context, sender string, id uint64, change func(*types.TopicSpec)) error {
	f.t.Helper()
	s := spec("nowhere")
	shown, err := f.query.Topic(ctx, &types.QueryTopicRequest{TopicId: id})
	if err == nil {
		s = shown.Topic.Spec()
		if shown.Pending != nil {
			s = shown.Pending.Spec
		}
	}
	change(&s)
	_, err = f.msg.UpdateTopic(ctx, &types.MsgUpdateTopic{Sender: sender, TopicId: id, Spec: s})
	return err
}

func (f *fixture) offer(id uint64, to string) {
	f.t.Helper()
	_, err := f.msg.OfferStewardship(f.ctx, &types.MsgOfferStewardship{Steward: f.topic(id).Steward, TopicId: id, To: to})
	require.NoError(f.t, err)
}

func (f *fixture) retire(sender string, id uint64) {
	f.t.Helper()
	_, err := f.msg.RetireTopic(f.ctx, &types.MsgRetireTopic{Sender: sender, TopicId: id})
	require.NoError(f.t, err)
}

// refusal is a message that has to fail with an error, after the world was prepared.
type refusal struct {
	prepare func(*fixture)
	send    func(*fixture, context.Context) error
	want    error
}

func creates(creator string, s types.TopicSpec) func(*fixture, context.Context) error {
	return func(f *fixture, ctx context.Context) error {
		_, err := f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Creator: creator, Spec: s})
		return err
	}
}

func updates(sender string, id uint64, change func(*types.TopicSpec)) func(*fixture, context.Context) error {
	return func(f *fixture, ctx context.Context) error { return f.tryUpdate(ctx, sender, id, change) }
}

func pauses(sender string, id uint64) func(*fixture, context.Context) error {
	return func(f *fixture, ctx context.Context) error {
		_, err := f.msg.PauseTopic(ctx, &types.MsgPauseTopic{Authority: sender, TopicId: id})
		return err
	}
}

func resumes(sender string, id uint64) func(*fixture, context.Context) error {
	return func(f *fixture, ctx context.Context) error {
		_, err := f.msg.ResumeTopic(ctx, &types.MsgResumeTopic{Authority: sender, TopicId: id})
		return err
	}
}

func retires(sender string, id uint64) func(*fixture, context.Context) error {
	return func(f *fixture, ctx context.Context) error {
		_, err := f.msg.RetireTopic(ctx, &types.MsgRetireTopic{Sender: sender, TopicId: id})
		return err
	}
}

func offers(sender string, id uint64, to string) func(*fixture, context.Context) error {
	return func(f *fixture, ctx context.Context) error {
		_, err := f.msg.OfferStewardship(ctx, &types.MsgOfferStewardship{Steward: sender, TopicId: id, To: to})
		return err
	}
}

func withdraws(sender string, id uint64) func(*fixture, context.Context) error {
	return func(f *fixture, ctx context.Context) error {
		_, err := f.msg.WithdrawOffer(ctx, &types.MsgWithdrawOffer{Steward: sender, TopicId: id})
		return err
	}
}

func accepts(sender string, id uint64) func(*fixture, context.Context) error {
	return func(f *fixture, ctx context.Context) error {
		_, err := f.msg.AcceptStewardship(ctx, &types.MsgAcceptStewardship{Account: sender, TopicId: id})
		return err
	}
}

func replaces(sender string, change func(*types.Params)) func(*fixture, context.Context) error {
	return func(f *fixture, ctx context.Context) error {
		params := types.DefaultParams()
		change(&params)
		_, err := f.msg.UpdateParams(ctx, &types.MsgUpdateParams{Authority: sender, Params: params})
		return err
	}
}

func spoilt(change func(*types.TopicSpec)) types.TopicSpec {
	s := spec("third")
	change(&s)
	return s
}

func retitle(s *types.TopicSpec) { s.Title = "Another title" }

func reprice(s *types.TopicSpec) { s.Pricing.Bond++ }

func refuse(f *fixture) { f.hooks.refuses = true }

func limit(change func(*types.Params)) func(*fixture) {
	return func(f *fixture) {
		params := types.DefaultParams()
		change(&params)
		f.setParams(params)
	}
}

// refusals reach every error that a message of the module gives.
var refusals = map[string]refusal{
	"a paid topic of somebody who is not admitted":         {nil, creates(stranger, spoilt(func(s *types.TopicSpec) { s.Steward = stranger })), types.ErrCreationClosed},
	"a topic of nobody":                                    {nil, creates("", spec("third")), sdkerrors.ErrInvalidAddress},
	"a topic that another is to answer for":                {nil, creates(stranger, spec("third")), types.ErrInvalidSteward},
	"a sandbox that another is to answer for":              {nil, creates(stranger, sandbox("third", steward)), types.ErrInvalidSteward},
	"a sandbox without the deposit":                        {nil, creates(heir, sandbox("third", heir)), types.ErrDeposit},
	"a sandbox of somebody who has three":                  {nil, creates(crowded, sandbox("third", crowded)), types.ErrTooManySandboxes},
	"a sandbox for somebody who has three":                 {nil, creates(authority, sandbox("third", crowded)), types.ErrTooManySandboxes},
	"a sandbox beyond max_sandboxes":                       {limit(func(p *types.Params) { p.MaxSandboxes = 5 }), creates(stranger, sandbox("third", stranger)), types.ErrTooManySandboxes},
	"a sandbox where there are to be none":                 {limit(func(p *types.Params) { p.MaxSandboxes = 0 }), creates(stranger, sandbox("third", stranger)), types.ErrTooManySandboxes},
	"a topic beyond max_topics":                            {limit(func(p *types.Params) { p.MaxTopics = 2 }), creates(authority, spec("third")), types.ErrTooManyTopics},
	"a slug that is taken":                                 {nil, creates(authority, spec("active")), types.ErrSlugTaken},
	"a slug that a retired topic keeps":                    {nil, creates(authority, spec("retired")), types.ErrSlugTaken},
	"a slug that is not well formed":                       {nil, creates(authority, spec("Third")), types.ErrInvalidSlug},
	"a title that is missing":                              {nil, creates(authority, spoilt(func(s *types.TopicSpec) { s.Title = "" })), types.ErrInvalidDescription},
	"a steward that is no account":                         {nil, creates(authority, spoilt(func(s *types.TopicSpec) { s.Steward = "alice" })), types.ErrInvalidSteward},
	"an access that is missing":                            {nil, creates(authority, spoilt(func(s *types.TopicSpec) { s.Access = 0 })), types.ErrInvalidAccess},
	"a metric with one end":                                {nil, creates(authority, spoilt(func(s *types.TopicSpec) { s.Metric.Best = s.Metric.Worst })), types.ErrInvalidMetric},
	"an evaluation without a corpus":                       {nil, creates(authority, spoilt(func(s *types.TopicSpec) { s.Evaluation.CorpusSha256 = nil })), types.ErrInvalidEvaluation},
	"a format that runs code":                              {nil, creates(authority, spoilt(func(s *types.TopicSpec) { s.ArtifactRules.MediaTypes = []string{"application/x-pickle"} })), types.ErrInvalidArtifactRules},
	"a schedule without time to commit":                    {nil, creates(authority, spoilt(func(s *types.TopicSpec) { s.Schedule.RevealBlocks = s.Schedule.EpochBlocks })), types.ErrInvalidSchedule},
	"a consensus below a half":                             {nil, creates(authority, spoilt(func(s *types.TopicSpec) { s.Scoring.KappaBp = 4_999 })), types.ErrInvalidScoring},
	"a sandbox with a price":                               {nil, creates(stranger, spoilt(func(s *types.TopicSpec) { s.Sandbox = true })), types.ErrInvalidPricing},
	"a topic that a hook refuses":                          {refuse, creates(authority, spec("third")), errHook},
	"an update by a stranger":                              {nil, updates(stranger, active, retitle), types.ErrNotSteward},
	"an update by nobody":                                  {nil, updates("", active, retitle), types.ErrNotSteward},
	"an update of a topic that is not":                     {nil, updates(authority, nowhere+9, retitle), types.ErrTopicNotFound},
	"an update of the topic zero":                          {nil, updates(authority, 0, retitle), types.ErrTopicNotFound},
	"an update of a retired topic":                         {nil, updates(authority, retired, retitle), types.ErrRetired},
	"an update of a slug":                                  {nil, updates(authority, active, func(s *types.TopicSpec) { s.Slug = "third" }), types.ErrFieldFixed},
	"an update to another topic's slug":                    {nil, updates(authority, active, func(s *types.TopicSpec) { s.Slug = "paused" }), types.ErrFieldFixed},
	"an update that makes a sandbox of a topic":            {nil, updates(authority, active, func(s *types.TopicSpec) { s.Sandbox, s.Pricing = true, types.Pricing{} }), types.ErrFieldFixed},
	"an update that makes a paid topic of a sandbox":       {nil, updates(authority, practice, func(s *types.TopicSpec) { s.Sandbox, s.Pricing = false, types.DefaultPricing() }), types.ErrFieldFixed},
	"an update of the price by the steward":                {nil, updates(steward, active, reprice), types.ErrNotForSteward},
	"an update of the steward by the steward":              {nil, updates(steward, practice, func(s *types.TopicSpec) { s.Steward = heir }), types.ErrNotForSteward},
	"an update by the steward that undoes the authority's": {nil, updates(steward, active, func(s *types.TopicSpec) { s.Access = types.ACCESS_OPEN }), types.ErrNotForSteward},
	"an update that changes nothing":                       {nil, updates(authority, paused, func(*types.TopicSpec) {}), types.ErrNothingChanged},
	"an update that says what waits already":               {nil, updates(authority, active, func(*types.TopicSpec) {}), types.ErrNothingChanged},
	"an update that is not well formed":                    {nil, updates(authority, active, func(s *types.TopicSpec) { s.Title = "" }), types.ErrInvalidDescription},
	"a pause by the steward":                               {nil, pauses(steward, active), sdkerrors.ErrUnauthorized},
	"a pause of a topic that is not":                       {nil, pauses(authority, nowhere+9), types.ErrTopicNotFound},
	"a pause of a paused topic":                            {nil, pauses(authority, paused), types.ErrAlreadyPaused},
	"a pause of a retired topic":                           {nil, pauses(authority, retired), types.ErrRetired},
	"a pause that a hook refuses":                          {refuse, pauses(authority, active), errHook},
	"a resume by the steward":                              {nil, resumes(steward, paused), sdkerrors.ErrUnauthorized},
	"a resume of a topic that is not":                      {nil, resumes(authority, nowhere+9), types.ErrTopicNotFound},
	"a resume of an active topic":                          {nil, resumes(authority, active), types.ErrNotPaused},
	"a resume of a retired topic":                          {nil, resumes(authority, retired), types.ErrRetired},
	"a resume that a hook refuses":                         {refuse, resumes(authority, paused), errHook},
	"an end by a stranger":                                 {nil, retires(stranger, practice), types.ErrNotSteward},
	"an end of a topic that is not":                        {nil, retires(authority, nowhere+9), types.ErrTopicNotFound},
	"an end of a retired topic":                            {nil, retires(authority, retired), types.ErrRetired},
	"an end by the steward that a hook refuses":            {refuse, retires(steward, practice), errHook},
	"an end by the authority that a hook refuses":          {refuse, retires(authority, practice), errHook},
	"an offer by a stranger":                               {nil, offers(stranger, practice, heir), types.ErrNotSteward},
	"an offer by the authority":                            {nil, offers(authority, practice, heir), types.ErrNotSteward},
	"an offer to the steward":                              {nil, offers(steward, practice, steward), types.ErrInvalidSteward},
	"an offer to nobody":                                   {nil, offers(steward, practice, ""), types.ErrInvalidSteward},
	"an offer of a topic that is not":                      {nil, offers(steward, nowhere+9, heir), types.ErrTopicNotFound},
	"an offer of a retired topic":                          {nil, offers(steward, retired, heir), types.ErrRetired},
	"a withdrawal by a stranger":                           {nil, withdraws(stranger, offered), types.ErrNotSteward},
	"a withdrawal of nothing":                              {nil, withdraws(steward, practice), types.ErrNoOffer},
	"a withdrawal in a retired topic":                      {nil, withdraws(steward, retired), types.ErrRetired},
	"an acceptance by a stranger":                          {nil, accepts(stranger, offered), types.ErrNoOffer},
	"an acceptance of nothing":                             {nil, accepts(heir, practice), types.ErrNoOffer},
	"an acceptance of a topic that is not":                 {nil, accepts(heir, nowhere+9), types.ErrTopicNotFound},
	"an acceptance in a retired topic":                     {nil, accepts(heir, retired), types.ErrRetired},
	"an acceptance by somebody who has three":              {func(f *fixture) { f.offer(practice, crowded) }, accepts(crowded, practice), types.ErrTooManySandboxes},
	"params by somebody else":                              {nil, replaces(steward, func(*types.Params) {}), sdkerrors.ErrUnauthorized},
	"params out of bounds":                                 {nil, replaces(authority, func(p *types.Params) { p.MaxTopics = 0 }), types.ErrInvalidParams},
}

func TestARefusedMessageSaysWhyAndChangesNoByte(t *testing.T) {
	for name, c := range refusals {
		t.Run(name, func(t *testing.T) {
			f := refusalWorld(t)
			if c.prepare != nil {
				c.prepare(f)
			}
			before, told, events, held := f.dump(), len(f.hooks.calls), len(f.events()), f.held()

			err := f.attempt(func(ctx sdk.Context) error { return c.send(f, ctx) })
			require.ErrorIs(t, err, c.want)

			require.Equal(t, before, f.dump())
			require.Len(t, f.hooks.calls, told)
			require.Len(t, f.events(), events)
			require.Equal(t, held, f.held())
		})
	}
}

// TestEveryErrorOfTheModuleIsReached compares the table above, and what queries and the
// genesis refuse, with the errors that are registered.
func TestEveryErrorOfTheModuleIsReached(t *testing.T) {
	// Reached by TestAQueryThatCannotBeAnsweredSaysWhy and TestAWrongGenesisIsNotWritten.
	reached := map[uint32]bool{types.ErrInvalidRequest.ABCICode(): true, types.ErrInvalidGenesis.ABCICode(): true}
	for _, c := range refusals {
		if space, code, _ := errorsmod.ABCIInfo(c.want, false); space == types.ModuleName {
			reached[code] = true
		}
	}
	// Codes are without gaps, from 2 up.
	last := types.ErrDeposit.ABCICode()
	for code := uint32(2); code <= last; code++ {
		require.True(t, reached[code], "no test reaches error %d", code)
	}
	require.Len(t, reached, int(last)-1)
}
