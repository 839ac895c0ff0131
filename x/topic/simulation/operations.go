// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"context"
	"errors"
	"fmt"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/weal-network/weal/x/topic/types"
)

// Topics is what the operations ask the module.
type Topics interface {
	GetTopic(ctx context.Context, id uint64) (types.Topic, error)
	WalkTopics(ctx context.Context, fn func(types.Topic) (stop bool, err error)) error
	GetParams(ctx context.Context) (types.Params, error)
}

// operations makes messages for the topics as they stand.
type operations struct{ topics Topics }

// Operations are what accounts send. A message that is legal when it is made may be
// refused when it is delivered, as others come between: then for one of these reasons.
func Operations(weights simsx.WeightSource, reg simsx.Registry, topics Topics) {
	o := operations{topics}
	reg.Add(weights.Get("topic_create_sandbox", 30), may(o.createSandbox,
		types.ErrSlugTaken, types.ErrTooManySandboxes, types.ErrDeposit))
	reg.Add(weights.Get("topic_create", 10), may(o.createPaid,
		types.ErrSlugTaken, types.ErrTooManyTopics, types.ErrCreationClosed, types.ErrDeposit))
	reg.Add(weights.Get("topic_update", 30), may(o.update, types.ErrNotForSteward, types.ErrNothingChanged, types.ErrRetired))
	reg.Add(weights.Get("topic_retire", 8), simsx.SimMsgFactoryFn[*types.MsgRetireTopic](o.retireSandbox))
	reg.Add(weights.Get("topic_offer", 20), may(o.offer, types.ErrInvalidSteward))
	reg.Add(weights.Get("topic_withdraw_offer", 8), may(o.withdraw, types.ErrNoOffer))
	reg.Add(weights.Get("topic_accept", 20), may(o.accept, types.ErrNoOffer, types.ErrTooManySandboxes, types.ErrRetired))

	reg.Add(weights.Get("topic_create_for_another", 3), must(o.createForAnother, types.ErrInvalidSteward))
	reg.Add(weights.Get("topic_update_unasked", 3), must(o.updateUnasked, types.ErrNotSteward))
	reg.Add(weights.Get("topic_retire_unasked", 3), must(o.retireUnasked, types.ErrNotSteward))
	reg.Add(weights.Get("topic_pause_unasked", 3), must(o.pauseUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("topic_resume_unasked", 3), must(o.resumeUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("topic_params_unasked", 3), must(o.paramsUnasked, sdkerrors.ErrUnauthorized))
}

// Proposals are what voters decide about.
func Proposals(weights simsx.WeightSource, reg simsx.Registry, topics Topics) {
	o := operations{topics}
	reg.Add(weights.Get("topic_propose_create", 20), simsx.SimMsgFactoryFn[*types.MsgCreateTopic](o.proposeCreate))
	reg.Add(weights.Get("topic_propose_update", 20), simsx.SimMsgFactoryFn[*types.MsgUpdateTopic](o.proposeUpdate))
	reg.Add(weights.Get("topic_propose_pause", 10), simsx.SimMsgFactoryFn[*types.MsgPauseTopic](o.proposePause))
	reg.Add(weights.Get("topic_propose_resume", 10), simsx.SimMsgFactoryFn[*types.MsgResumeTopic](o.proposeResume))
	reg.Add(weights.Get("topic_propose_retire", 5), simsx.SimMsgFactoryFn[*types.MsgRetireTopic](o.proposeRetire))
}

// must makes an operation of a message that has to fail with want.
func must[M sdk.Msg](f simsx.SimMsgFactoryFn[M], want error) simsx.SimMsgFactoryX {
	return handled(f, func(err error) error {
		if errors.Is(err, want) {
			return nil
		}
		return fmt.Errorf("expected %w, got: %v", want, err) //nolint:errorlint // what was met is only told
	})
}

// may makes an operation of a message that is taken, or fails with one of the reasons.
func may[M sdk.Msg](f simsx.SimMsgFactoryFn[M], reasons ...error) simsx.SimMsgFactoryX {
	return handled(f, func(err error) error {
		for _, reason := range reasons {
			if errors.Is(err, reason) {
				return nil
			}
		}
		return err
	})
}

func handled[M sdk.Msg](f simsx.SimMsgFactoryFn[M], handle simsx.SimDeliveryResultHandler) simsx.SimMsgFactoryX {
	return simsx.NewSimMsgFactoryWithDeliveryResultHandler(
		func(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, M, simsx.SimDeliveryResultHandler) {
			signers, msg := f(ctx, data, reporter)
			return signers, msg, handle
		})
}

func (o operations) createSandbox(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgCreateTopic) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgCreateTopic{Creator: from.AddressBech32, Spec: anySpec(data.Rand(), from.AddressBech32, true)}
}

func (o operations) createPaid(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgCreateTopic) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgCreateTopic{Creator: from.AddressBech32, Spec: anySpec(data.Rand(), from.AddressBech32, false)}
}

func (o operations) createForAnother(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgCreateTopic) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	other := data.AnyAccount(reporter, simsx.ExcludeAccounts(from))
	return []simsx.SimAccount{from}, &types.MsgCreateTopic{Creator: from.AddressBech32, Spec: anySpec(data.Rand(), other.AddressBech32, true)}
}

func (o operations) update(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateTopic) {
	topic, steward := o.stewarded(ctx, data, reporter, live)
	spec := topic.Spec()
	spec.Title = fmt.Sprintf("Models of kind %d", data.Rand().Intn(1_000))
	if data.Rand().Intn(4) == 0 {
		spec.Schedule.MaxActive++
	}
	return []simsx.SimAccount{steward}, &types.MsgUpdateTopic{Sender: topic.Steward, TopicId: topic.Id, Spec: spec}
}

func (o operations) updateUnasked(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateTopic) {
	topic, stranger := o.strange(ctx, data, reporter)
	return []simsx.SimAccount{stranger}, &types.MsgUpdateTopic{Sender: stranger.AddressBech32, TopicId: topic.Id, Spec: topic.Spec()}
}

func (o operations) retireSandbox(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRetireTopic) {
	topic, steward := o.stewarded(ctx, data, reporter, func(t types.Topic) bool { return t.IsLive() && t.Sandbox })
	return []simsx.SimAccount{steward}, &types.MsgRetireTopic{Sender: topic.Steward, TopicId: topic.Id}
}

func (o operations) retireUnasked(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRetireTopic) {
	topic, stranger := o.strange(ctx, data, reporter)
	return []simsx.SimAccount{stranger}, &types.MsgRetireTopic{Sender: stranger.AddressBech32, TopicId: topic.Id}
}

func (o operations) offer(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgOfferStewardship) {
	topic, steward := o.stewarded(ctx, data, reporter, live)
	return []simsx.SimAccount{steward}, &types.MsgOfferStewardship{Steward: topic.Steward, TopicId: topic.Id, To: data.AnyAccount(reporter).AddressBech32}
}

func (o operations) withdraw(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgWithdrawOffer) {
	topic, steward := o.stewarded(ctx, data, reporter, live)
	return []simsx.SimAccount{steward}, &types.MsgWithdrawOffer{Steward: topic.Steward, TopicId: topic.Id}
}

func (o operations) accept(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgAcceptStewardship) {
	topic := o.any(ctx, data, reporter, live)
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgAcceptStewardship{Account: from.AddressBech32, TopicId: topic.Id}
}

func (o operations) pauseUnasked(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgPauseTopic) {
	topic, stranger := o.strange(ctx, data, reporter)
	return []simsx.SimAccount{stranger}, &types.MsgPauseTopic{Authority: stranger.AddressBech32, TopicId: topic.Id}
}

func (o operations) resumeUnasked(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgResumeTopic) {
	topic, stranger := o.strange(ctx, data, reporter)
	return []simsx.SimAccount{stranger}, &types.MsgResumeTopic{Authority: stranger.AddressBech32, TopicId: topic.Id}
}

func (o operations) paramsUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgUpdateParams{Authority: from.AddressBech32, Params: types.DefaultParams()}
}

func (o operations) proposeCreate(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgCreateTopic) {
	return nil, &types.MsgCreateTopic{
		Creator: data.ModuleAccountAddress(reporter, govtypes.ModuleName),
		Spec:    anySpec(data.Rand(), data.AnyAccount(reporter).AddressBech32, data.Rand().Intn(3) == 0),
	}
}

func (o operations) proposeUpdate(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateTopic) {
	topic := o.any(ctx, data, reporter, live)
	spec := anySpec(data.Rand(), data.AnyAccount(reporter).AddressBech32, topic.Sandbox)
	spec.Slug = topic.Slug
	return nil, &types.MsgUpdateTopic{Sender: data.ModuleAccountAddress(reporter, govtypes.ModuleName), TopicId: topic.Id, Spec: spec}
}

func (o operations) proposePause(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgPauseTopic) {
	topic := o.any(ctx, data, reporter, live)
	return nil, &types.MsgPauseTopic{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), TopicId: topic.Id}
}

func (o operations) proposeResume(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgResumeTopic) {
	topic := o.any(ctx, data, reporter, live)
	return nil, &types.MsgResumeTopic{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), TopicId: topic.Id}
}

func (o operations) proposeRetire(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRetireTopic) {
	topic := o.any(ctx, data, reporter, live)
	return nil, &types.MsgRetireTopic{Sender: data.ModuleAccountAddress(reporter, govtypes.ModuleName), TopicId: topic.Id}
}

func live(t types.Topic) bool { return t.IsLive() }

// any is one of the topics that fit; without one the operation is skipped.
func (o operations) any(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter, fits func(types.Topic) bool) types.Topic {
	var list []types.Topic
	err := o.topics.WalkTopics(ctx, func(topic types.Topic) (bool, error) {
		if fits(topic) {
			list = append(list, topic)
		}
		return false, nil
	})
	if err != nil {
		reporter.Fail(err)
		return types.Topic{}
	}
	if len(list) == 0 {
		reporter.Skip("no topic fits")
		return types.Topic{}
	}
	return simsx.OneOf(data.Rand(), list)
}

// stewarded is one of the topics that fit, with its steward.
func (o operations) stewarded(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter, fits func(types.Topic) bool) (types.Topic, simsx.SimAccount) {
	topic := o.any(ctx, data, reporter, fits)
	if reporter.IsSkipped() {
		return topic, simsx.SimAccount{}
	}
	return topic, data.GetAccount(reporter, topic.Steward)
}

// strange is a topic that lives, with somebody who does not answer for it.
func (o operations) strange(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) (types.Topic, simsx.SimAccount) {
	topic := o.any(ctx, data, reporter, live)
	if reporter.IsSkipped() {
		return topic, simsx.SimAccount{}
	}
	return topic, data.AnyAccount(reporter, simsx.WithSpendableBalance(), simsx.ExcludeAddresses(topic.Steward))
}
