// SPDX-License-Identifier: Apache-2.0

package limits

import (
	"strconv"
	"strings"
	"time"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/pkg/bounds"
)

// Weal's coin, of which everything that is paid on the chain is paid. The denom is
// repeated here, as package app imports this one.
const (
	denom = "uweal"
	weal  = 1_000_000
	hour  = 60 * 60
	day   = 24 * hour
)

// ofAuth: a transaction must stay payable and a row of scores free of charge, or nobody
// could vote to change it back.
func ofAuth(p authtypes.Params) Settings {
	return Settings{Numbers: []Number{
		count("max_memo_characters", p.MaxMemoCharacters, 64, 4_096),
		count("tx_sig_limit", p.TxSigLimit, 1, 100),
		count("tx_size_cost_per_byte", p.TxSizeCostPerByte, 1, 20),
		count("sig_verify_cost_ed25519", p.SigVerifyCostED25519, 100, 100_000),
		count("sig_verify_cost_secp256k1", p.SigVerifyCostSecp256k1, 100, 100_000),
		count("sig_verify_cost_mldsa65", p.SigVerifyCostMlDsa65, 100, 100_000),
	}}
}

// ofBank: nobody's coins can be frozen.
func ofBank(p banktypes.Params) Settings {
	return Settings{Fixed: []Fixed{
		fixed("default_send_enabled", p.DefaultSendEnabled, true, "what belongs to an account is the account's to send"),
	}}
}

// ofConsensus: blocks must hold the largest message there is and be executed in time, and
// the authority is the people's: a chain whose consensus parameters name another account
// obeys that account in everything.
func ofConsensus(p cmtproto.ConsensusParams) Settings {
	return Settings{
		Numbers: []Number{
			amount("block.max_bytes", p.GetBlock().GetMaxBytes(), 1<<20, 16<<20, bounds.Bytes),
			amount("block.max_gas", p.GetBlock().GetMaxGas(), 20_000_000, 1_000_000_000, bounds.Count),
			amount("evidence.max_age_num_blocks", p.GetEvidence().GetMaxAgeNumBlocks(), 1_000, 100_000_000, bounds.Blocks),
			duration("evidence.max_age_duration", p.GetEvidence().GetMaxAgeDuration(), hour, 14*day),
			amount("evidence.max_bytes", p.GetEvidence().GetMaxBytes(), 10_000, 1<<20, bounds.Bytes),
		},
		Fixed: []Fixed{
			fixed("validator.pub_key_types", strings.Join(p.GetValidator().GetPubKeyTypes(), ","), "ed25519", "validators with other keys would drop out together"),
			fixed("abci.vote_extensions_enable_height", p.GetAbci().GetVoteExtensionsEnableHeight(), 0, "the application makes none, and a chain that expects them halts"),
			fixed("auth.authority", p.GetAuthority().GetAuthority(), "", "no key is above the people: with another authority, that account would decide everything alone"),
		},
	}
}

// ofDistribution: validators and delegators keep what they earn.
func ofDistribution(p distrtypes.Params) Settings {
	return Settings{
		Numbers: []Number{number("community_tax", p.CommunityTax, "0", "0.2")},
		Fixed:   []Fixed{fixed("withdraw_addr_enabled", p.WithdrawAddrEnabled, true, "who earned a reward says where it goes")},
	}
}

// ofGov: the people must be able to decide, and to undo what they decided.
func ofGov(p govv1.Params) Settings {
	return Settings{
		Numbers: []Number{
			coins("min_deposit", p.MinDeposit, weal, 100_000*weal),
			coins("expedited_min_deposit", p.ExpeditedMinDeposit, 2*weal, 500_000*weal),
			optional("max_deposit_period", p.MaxDepositPeriod, hour, 30*day),
			optional("voting_period", p.VotingPeriod, day, 30*day),
			optional("expedited_voting_period", p.ExpeditedVotingPeriod, 6*hour, 14*day),
			text("quorum", p.Quorum, "0.1", "0.6"),
			text("threshold", p.Threshold, "0.5", "0.8"),
			text("expedited_threshold", p.ExpeditedThreshold, "0.55", "0.9"),
			text("veto_threshold", p.VetoThreshold, "0.1", "0.5"),
			text("min_initial_deposit_ratio", p.MinInitialDepositRatio, "0.01", "1"),
			text("min_deposit_ratio", p.MinDepositRatio, "0", "0.1"),
			text("proposal_cancel_ratio", p.ProposalCancelRatio, "0", "1"),
		},
		Fixed: []Fixed{
			fixed("min_deposit.denom", denoms(p.MinDeposit), denom, "who can stake can propose"),
			fixed("expedited_min_deposit.denom", denoms(p.ExpeditedMinDeposit), denom, "who can stake can propose"),
			fixed("proposal_cancel_dest", p.ProposalCancelDest, "", "nobody earns by proposals that are cancelled"),
			fixed("burn_vote_veto", p.BurnVoteVeto, true, "spam would be free"),
		},
	}
}

// ofSlashing: signing two blocks of one height must cost, and a short absence must not.
func ofSlashing(p slashingtypes.Params) Settings {
	return Settings{Numbers: []Number{
		amount("signed_blocks_window", p.SignedBlocksWindow, 100, 1_000_000, bounds.Blocks),
		number("min_signed_per_window", p.MinSignedPerWindow, "0.01", "0.9"),
		duration("downtime_jail_duration", p.DowntimeJailDuration, 60, 7*day),
		number("slash_fraction_double_sign", p.SlashFractionDoubleSign, "0.01", "0.5"),
		number("slash_fraction_downtime", p.SlashFractionDowntime, "0", "0.01"),
	}}
}

// ofStaking: stake is the chain's own coin, is bonded long enough to answer for what its
// validator signed, and no vote can lock it away for years.
func ofStaking(p stakingtypes.Params) Settings {
	return Settings{
		Numbers: []Number{
			duration("unbonding_time", p.UnbondingTime, 2*day, 60*day),
			count("max_validators", uint64(p.MaxValidators), 4, 256),
			count("max_entries", uint64(p.MaxEntries), 1, 100),
			count("historical_entries", uint64(p.HistoricalEntries), 100, 100_000),
			number("min_commission_rate", p.MinCommissionRate, "0", "0.2"),
			coins("key_rotation_fee", sdk.Coins{p.KeyRotationFee}, 1, 1_000*weal),
		},
		Fixed: []Fixed{
			fixed("bond_denom", p.BondDenom, denom, "all stake, all votes and the supply's cap are counted in it"),
			fixed("key_rotation_fee.denom", p.KeyRotationFee.Denom, denom, "it is the coin that validators have"),
		},
	}
}

func count(name string, value, least, most uint64) Number {
	return Number{Name: name, Value: math.LegacyNewDecFromInt(math.NewIntFromUint64(value)), Least: math.LegacyNewDec(int64(least)), Most: math.LegacyNewDec(int64(most))}
}

func amount(name string, value, least, most int64, unit bounds.Unit) Number {
	return Number{Name: name, Value: math.LegacyNewDec(value), Least: math.LegacyNewDec(least), Most: math.LegacyNewDec(most), Unit: unit}
}

// duration takes its ends in seconds.
func duration(name string, value time.Duration, least, most int64) Number {
	return Number{Name: name, Value: math.LegacyNewDec(int64(value)).QuoInt64(int64(time.Second)), Least: math.LegacyNewDec(least), Most: math.LegacyNewDec(most), Unit: bounds.Seconds}
}

// optional is a duration that a message may leave out, which is none at all.
func optional(name string, value *time.Duration, least, most int64) Number {
	if value == nil {
		return duration(name, 0, least, most)
	}
	return duration(name, *value, least, most)
}

func number(name string, value math.LegacyDec, least, most string) Number {
	if value.IsNil() {
		value = math.LegacyZeroDec()
	}
	return Number{Name: name, Value: value, Least: math.LegacyMustNewDecFromStr(least), Most: math.LegacyMustNewDecFromStr(most)}
}

// text is a number that is written as text; what is not one is taken for a number that
// no range holds.
func text(name, value, least, most string) Number {
	parsed, err := math.LegacyNewDecFromStr(value)
	if err != nil {
		parsed = math.LegacyNewDec(-1)
	}
	return number(name, parsed, least, most)
}

// coins is the amount of the chain's coin among them.
func coins(name string, value sdk.Coins, least, most int64) Number {
	sum := math.ZeroInt()
	for _, c := range value {
		if c.Denom == denom && !c.Amount.IsNil() {
			sum = sum.Add(c.Amount)
		}
	}
	return Number{Name: name, Value: math.LegacyNewDecFromInt(sum), Least: math.LegacyNewDec(least), Most: math.LegacyNewDec(most), Unit: bounds.Uweal}
}

// denoms lists in what coins are.
func denoms(value sdk.Coins) string {
	names := make([]string, len(value))
	for i, c := range value {
		names[i] = c.Denom
	}
	return strings.Join(names, ",")
}

// fixed is a setting of any plain kind.
func fixed[T string | bool | int64 | int](name string, value, must T, why string) Fixed {
	return Fixed{Name: name, Value: write(value), Must: write(must), Why: why}
}

func write(value any) string {
	switch v := value.(type) {
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case string:
		return v
	}
	return ""
}
