// SPDX-License-Identifier: Apache-2.0

package limits

import (
	"context"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	ratelimittypes "github.com/cosmos/ibc-go/v11/modules/apps/rate-limiting/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	connectiontypes "github.com/cosmos/ibc-go/v11/modules/core/03-connection/types"

	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// Limits reads the parameters as they are, to know what a message would change.
type Limits struct {
	Auth         func(context.Context) (authtypes.Params, error)
	Bank         func(context.Context) (banktypes.Params, error)
	Client       func(context.Context) (clienttypes.Params, error)
	Connection   func(context.Context) (connectiontypes.Params, error)
	Consensus    func(context.Context) (cmtproto.ConsensusParams, error)
	Distribution func(context.Context) (distrtypes.Params, error)
	Gov          func(context.Context) (govv1.Params, error)
	Slashing     func(context.Context) (slashingtypes.Params, error)
	Staking      func(context.Context) (stakingtypes.Params, error)
	Transfer     func(context.Context) (transfertypes.Params, error)
}

// Check returns an error that says what is beyond which limit, and nil for a message that
// is not. It reads the state and writes none. Messages nested in message are not looked
// at: they are checked when they are carried out.
func (l Limits) Check(ctx context.Context, message sdk.Msg) error {
	switch m := message.(type) {
	case *authtypes.MsgUpdateParams:
		return change(ctx, l.Auth, m.Params, ofAuth)
	case *banktypes.MsgUpdateParams:
		return change(ctx, l.Bank, m.Params, ofBank)
	case *banktypes.MsgSetSendEnabled:
		return checkSendEnabled(m)
	case *consensustypes.MsgUpdateParams:
		return l.checkConsensus(ctx, m)
	case *distrtypes.MsgUpdateParams:
		return change(ctx, l.Distribution, m.Params, ofDistribution)
	case *govv1.MsgUpdateParams:
		return change(ctx, l.Gov, m.Params, ofGov)
	case *slashingtypes.MsgUpdateParams:
		return change(ctx, l.Slashing, m.Params, ofSlashing)
	case *clienttypes.MsgUpdateParams:
		return change(ctx, l.Client, m.Params, ofClient)
	case *connectiontypes.MsgUpdateParams:
		return change(ctx, l.Connection, m.Params, ofConnection)
	case *stakingtypes.MsgUpdateParams:
		return l.checkStaking(ctx, m)
	case *ratelimittypes.MsgAddRateLimit:
		return inRange(ofQuota(m.MaxPercentSend, m.MaxPercentRecv, m.DurationHours))
	case *ratelimittypes.MsgUpdateRateLimit:
		return inRange(ofQuota(m.MaxPercentSend, m.MaxPercentRecv, m.DurationHours))
	}
	return checkOwn(message)
}

// Module is a module of the SDK or of IBC with its parameters as they are and what they may be.
type Module struct {
	Name string
	Settings
}

// Modules lists the modules of the SDK and of IBC that have parameters, in the order of names.
func (l Limits) Modules(ctx context.Context) ([]Module, error) {
	modules := make([]Module, 0, 10)
	for _, read := range []func() (Module, error){
		func() (Module, error) { return module(ctx, authtypes.ModuleName, l.Auth, ofAuth) },
		func() (Module, error) { return module(ctx, banktypes.ModuleName, l.Bank, ofBank) },
		func() (Module, error) { return module(ctx, consensustypes.ModuleName, l.Consensus, ofConsensus) },
		func() (Module, error) { return module(ctx, distrtypes.ModuleName, l.Distribution, ofDistribution) },
		func() (Module, error) { return module(ctx, govtypes.ModuleName, l.Gov, ofGov) },
		func() (Module, error) { return module(ctx, ClientModule, l.Client, ofClient) },
		func() (Module, error) { return module(ctx, ConnectionModule, l.Connection, ofConnection) },
		func() (Module, error) { return module(ctx, slashingtypes.ModuleName, l.Slashing, ofSlashing) },
		func() (Module, error) { return module(ctx, stakingtypes.ModuleName, l.Staking, ofStaking) },
		func() (Module, error) { return module(ctx, transfertypes.ModuleName, l.Transfer, ofTransfer) },
	} {
		m, err := read()
		if err != nil {
			return nil, err
		}
		modules = append(modules, m)
	}
	return modules, nil
}

func module[P any](ctx context.Context, name string, read func(context.Context) (P, error), of func(P) Settings) (Module, error) {
	params, err := read(ctx)
	return Module{Name: name, Settings: of(params)}, err
}

// checkOwn holds the parameters of Weal's modules to their ranges.
func checkOwn(message sdk.Msg) error {
	switch m := message.(type) {
	case *admissiontypes.MsgUpdateParams:
		return m.Params.Validate()
	case *contributiontypes.MsgUpdateParams:
		return m.Params.Validate()
	case *emissiontypes.MsgUpdateParams:
		return m.Params.Validate()
	case *merittypes.MsgUpdateParams:
		return m.Params.Validate()
	case *scoringtypes.MsgUpdateParams:
		return m.Params.Validate()
	case *topictypes.MsgUpdateParams:
		return m.Params.Validate()
	}
	return nil
}

// change holds what a message makes of a module's parameters against what they are.
func change[P any](ctx context.Context, read func(context.Context) (P, error), next P, of func(P) Settings) error {
	now, err := read(ctx)
	if err != nil {
		return err
	}
	return check(of(now), of(next))
}

// checkSendEnabled keeps the chain's coin going from account to account.
func checkSendEnabled(m *banktypes.MsgSetSendEnabled) error {
	for _, s := range m.SendEnabled {
		if s != nil && s.Denom == denom && !s.Enabled {
			return refused("%s would not be sent any more: it stays enabled, because what belongs to an account is the account's to send", denom)
		}
	}
	return nil
}

// checkConsensus takes what the message leaves out as unchanged, as x/consensus does.
func (l Limits) checkConsensus(ctx context.Context, m *consensustypes.MsgUpdateParams) error {
	now, err := l.Consensus(ctx)
	if err != nil {
		return err
	}
	next := now
	next.Block, next.Evidence, next.Validator = m.Block, m.Evidence, m.Validator
	if m.Abci != nil {
		next.Abci = m.Abci
	}
	if m.Auth != nil {
		next.Authority = m.Auth
	}
	if err := check(ofConsensus(now), ofConsensus(next)); err != nil {
		return err
	}
	staking, err := l.Staking(ctx)
	if err != nil {
		return err
	}
	age := next.GetEvidence().GetMaxAgeDuration()
	if age != now.GetEvidence().GetMaxAgeDuration() && age > staking.UnbondingTime {
		return refused("evidence.max_age_duration would be %s, longer than the unbonding_time of %s: stake must still be there when evidence against it comes in", age, staking.UnbondingTime)
	}
	return nil
}

// checkStaking keeps stake bonded for as long as evidence against it is taken.
func (l Limits) checkStaking(ctx context.Context, m *stakingtypes.MsgUpdateParams) error {
	if err := change(ctx, l.Staking, m.Params, ofStaking); err != nil {
		return err
	}
	now, err := l.Staking(ctx)
	if err != nil {
		return err
	}
	consensus, err := l.Consensus(ctx)
	if err != nil {
		return err
	}
	age := consensus.GetEvidence().GetMaxAgeDuration()
	if m.Params.UnbondingTime != now.UnbondingTime && m.Params.UnbondingTime < age {
		return refused("unbonding_time would be %s, shorter than the evidence.max_age_duration of %s: stake must still be there when evidence against it comes in", m.Params.UnbondingTime, age)
	}
	return nil
}
