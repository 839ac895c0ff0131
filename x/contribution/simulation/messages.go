// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/commitment"
	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

const (
	// topics is how many topics people try to submit to.
	topics = 4
	// models is how many different files there are: few enough that people meet.
	models  = 40
	grounds = "https://example.org/minutes"
)

// anyModel draws a file. Its digest says which it is, so that a reveal finds it again.
func anyModel(data *simsx.ChainDataSource) [32]byte { return model(data.Rand().Intn(models)) }

func model(n int) [32]byte { return sha256.Sum256(fmt.Appendf(nil, "model %d", n)) }

// saltOf is what an account hides a file with.
func saltOf(contributor sdk.AccAddress, digest [32]byte) [32]byte {
	return sha256.Sum256(append(contributor.Bytes(), digest[:]...))
}

func (s source) commit(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgCommitContribution) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	digest, topicID := anyModel(data), data.Rand().Uint64InRange(1, topics+1)
	hash := commitment.Contribution(sdk.UnwrapSDKContext(ctx).ChainID(), topicID, from.Address, saltOf(from.Address, digest), digest)
	m := &types.MsgCommitContribution{Contributor: from.AddressBech32, TopicId: topicID, Hash: hash[:], MaxPrice: topictypes.MaxPrice}
	if data.Rand().Intn(10) == 0 {
		m.MaxPrice = data.Rand().Uint64InRange(0, 2_000_000)
	}
	return []simsx.SimAccount{from}, m
}

// reveal opens a commit, sometimes as a version or a child of what was there before.
func (s source) reveal(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRevealContribution) {
	c := s.anyWith(ctx, data, reporter, types.STATUS_COMMITTED)
	if reporter.IsSkipped() {
		return nil, nil
	}
	from := data.GetAccount(reporter, c.Contributor)
	for n := range models {
		digest := model(n)
		salt := saltOf(from.Address, digest)
		if c.CheckOpening(sdk.UnwrapSDKContext(ctx).ChainID(), from.Address, salt[:], digest[:]) != nil {
			continue
		}
		m := &types.MsgRevealContribution{
			Contributor: from.AddressBech32, ContributionId: c.Id, Salt: salt[:], License: "Apache-2.0", Endpoint: "https://example.org/serve",
			Artifact: types.Artifact{Sha256: digest[:], Size_: 1000, MediaType: "application/onnx", Uris: []string{"https://example.org/m.onnx"}},
		}
		if older := data.Rand().Uint64InRange(0, c.Id); older > 0 && data.Rand().Bool() {
			m.Parents = []types.Parent{{Id: older, ShareBp: data.Rand().Uint32InRange(1, types.MaxParentShareBp+1)}}
		}
		if data.Rand().Intn(3) == 0 {
			m.VersionOf = data.Rand().Uint64InRange(0, c.Id)
		}
		return []simsx.SimAccount{from}, m
	}
	reporter.Skip("a commit of somebody else's making")
	return nil, nil
}

func (s source) withdraw(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgWithdrawContribution) {
	c := s.anyOne(ctx, data, reporter)
	from := data.GetAccount(reporter, c.Contributor)
	return []simsx.SimAccount{from}, &types.MsgWithdrawContribution{Contributor: c.Contributor, ContributionId: c.Id}
}

func (s source) update(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateContribution) {
	c := s.anyOne(ctx, data, reporter)
	from := data.GetAccount(reporter, c.Contributor)
	return []simsx.SimAccount{from}, &types.MsgUpdateContribution{
		Contributor: c.Contributor, ContributionId: c.Id, Payout: data.AnyAccount(reporter).AddressBech32, Endpoint: "-",
	}
}

// setSplit names a team of up to three, or none any more.
func (s source) setSplit(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgSetSplit) {
	c := s.anyOne(ctx, data, reporter)
	from := data.GetAccount(reporter, c.Contributor)
	m := &types.MsgSetSplit{Contributor: c.Contributor, ContributionId: c.Id}
	unique, left := simsx.UniqueAccounts(), uint32(types.BasisPoints)
	for n := data.Rand().Intn(4); n > 0; n-- {
		share := left
		if n > 1 {
			share = data.Rand().Uint32InRange(1, left-2)
		}
		m.Split = append(m.Split, types.Payee{Address: data.AnyAccount(reporter, unique).AddressBech32, ShareBp: share})
		left -= share
		if left < 10 {
			m.Split[len(m.Split)-1].ShareBp += left
			break
		}
	}
	return []simsx.SimAccount{from}, m
}

func (source) commitForNothing(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgCommitContribution) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgCommitContribution{Contributor: from.AddressBech32, TopicId: 1, Hash: []byte("short")}
}

func (s source) revealAnothers(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRevealContribution) {
	_, m := s.reveal(ctx, data, reporter)
	if reporter.IsSkipped() {
		return nil, nil
	}
	from := data.AnyAccount(reporter, simsx.ExcludeAddresses(m.Contributor))
	m.Contributor, m.Parents, m.VersionOf = from.AddressBech32, nil, 0
	return []simsx.SimAccount{from}, m
}

func (s source) withdrawAnothers(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgWithdrawContribution) {
	c := s.anyOne(ctx, data, reporter)
	from := data.AnyAccount(reporter, simsx.ExcludeAddresses(c.Contributor))
	return []simsx.SimAccount{from}, &types.MsgWithdrawContribution{Contributor: from.AddressBech32, ContributionId: c.Id}
}

func (source) updateNothing(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateContribution) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgUpdateContribution{Contributor: from.AddressBech32, ContributionId: 1}
}

func (source) splitTooMuch(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgSetSplit) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgSetSplit{
		Contributor: from.AddressBech32, ContributionId: 1, Split: []types.Payee{{Address: from.AddressBech32, ShareBp: types.BasisPoints + 1}},
	}
}

func (source) endorseUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgEndorse) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgEndorse{Authority: from.AddressBech32, ContributionId: 1}
}

func (source) quarantineUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgQuarantine) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgQuarantine{Authority: from.AddressBech32, ContributionId: 1, ReasonUri: grounds}
}

func (source) releaseUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRelease) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgRelease{Authority: from.AddressBech32, ContributionId: 1}
}

func (source) removeUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRemove) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgRemove{Authority: from.AddressBech32, ContributionId: 1, ReasonUri: grounds}
}

func (source) guardiansUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgSetGuardians) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgSetGuardians{Authority: from.AddressBech32, Guardians: []string{from.AddressBech32}}
}

// guard is sent by a guardian, if there is one.
func (s source) guard(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgGuardianQuarantine) {
	from, found := s.guardian(ctx, data, reporter)
	if !found {
		return nil, nil
	}
	c := s.anyOne(ctx, data, reporter)
	return []simsx.SimAccount{from}, &types.MsgGuardianQuarantine{Guardian: from.AddressBech32, ContributionId: c.Id, ReasonUri: grounds}
}

// pause is sent by a guardian, if there is one.
func (s source) pause(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgGuardianPauseTopic) {
	from, found := s.guardian(ctx, data, reporter)
	if !found {
		return nil, nil
	}
	topicID := uint64(data.Rand().Intn(topics) + 1) //nolint:gosec // small
	return []simsx.SimAccount{from}, &types.MsgGuardianPauseTopic{Guardian: from.AddressBech32, TopicId: topicID, ReasonUri: grounds}
}

func (s source) guardian(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) (from simsx.SimAccount, found bool) {
	named, err := s.query.Guardians(ctx, &types.QueryGuardiansRequest{})
	if err != nil || len(named.Guardians) == 0 {
		reporter.Skip("no guardian")
		return simsx.SimAccount{}, false
	}
	return data.GetAccount(reporter, simsx.OneOf(data.Rand(), named.Guardians)), true
}

func (source) paramsUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgUpdateParams{Authority: from.AddressBech32, Params: types.DefaultParams()}
}

// anyOne draws a contribution of any status.
func (s source) anyOne(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) types.Contribution {
	return s.anyWith(ctx, data, reporter, types.STATUS_UNSPECIFIED)
}

// anyWith draws a contribution of a status, from any topic.
func (s source) anyWith(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter, status types.Status) types.Contribution {
	first := data.Rand().Intn(topics)
	for i := range topics {
		topicID := uint64((first+i)%topics + 1) //nolint:gosec // small
		res, err := s.query.Contributions(ctx, &types.QueryContributionsRequest{TopicId: topicID, Status: status})
		if err == nil && len(res.Contributions) > 0 {
			return simsx.OneOf(data.Rand(), res.Contributions)
		}
	}
	reporter.Skip("no such contribution")
	return types.Contribution{}
}
