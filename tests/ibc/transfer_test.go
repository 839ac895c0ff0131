// SPDX-License-Identifier: Apache-2.0

package ibc_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	ratelimittypes "github.com/cosmos/ibc-go/v11/modules/apps/rate-limiting/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
)

const (
	weal = app.UnitsPerWeal
	fee  = chain.TxFee
)

// byEach runs a test by each version of the protocol, on chains of its own.
func byEach(t *testing.T, test func(*testing.T, protocol)) {
	t.Helper()
	for _, p := range protocols {
		t.Run(p.name, func(t *testing.T) { test(t, p) })
	}
}

// refused checks that a transaction failed with a registered error.
func refused(t *testing.T, want error, res *txResult) {
	t.Helper()
	space, code, _ := errorsmod.ABCIInfo(want, false)
	require.Equal(t, [2]any{space, code}, [2]any{res.Codespace, res.Code}, "expected %v, got: %s", want, res.Log)
}

func TestCoinsGoToTheOtherChainAndComeBack(t *testing.T) {
	byEach(t, func(t *testing.T, p protocol) {
		a, b := opened(t)
		had, supply, voucher := a.balance(app.BaseDenom), b.App.Bank.GetSupply(b.Ctx(), app.BaseDenom), p.voucher(a, app.BaseDenom)
		require.True(t, p.deliver(a, uweal(5*weal), b.Accounts[0].String()))
		require.Equal(t, had-5*weal-fee, a.balance(app.BaseDenom))
		require.EqualValues(t, 5*weal, p.escrowed(a, app.BaseDenom))
		require.EqualValues(t, 5*weal, b.balance(voucher))
		require.True(t, b.App.Bank.HasDenomMetaData(b.Ctx(), voucher), "wallets can say what it is")

		require.True(t, p.deliver(b, sdk.NewInt64Coin(voucher, 2*weal), a.Accounts[0].String()))
		require.Equal(t, had-3*weal-fee, a.balance(app.BaseDenom))
		require.EqualValues(t, 3*weal, p.escrowed(a, app.BaseDenom))
		require.EqualValues(t, 3*weal, b.balance(voucher))
		require.EqualValues(t, 3*weal, b.App.Bank.GetSupply(b.Ctx(), voucher).Amount.Int64())
		require.True(t, b.App.Bank.GetSupply(b.Ctx(), app.BaseDenom).Amount.GTE(supply.Amount), "vouchers are no coins of the chain")
		a.audit()
		b.audit()
	})
}

func TestAChainExportedWithCoinsAbroadIsImportedAsItWas(t *testing.T) {
	a, b := opened(t)
	for _, p := range protocols {
		a.MustGovern(a.quota(p, 50))
		require.True(t, p.deliver(a, uweal(5*weal), b.Accounts[0].String()))
		p.send(a, uweal(weal), b.Accounts[0].String())
	}
	for _, n := range []*node{a, b} {
		exported := n.Export()
		again := chain.Import(t, n.Chain, exported).Export()
		require.Equal(t, string(exported.AppState), string(again.AppState))
	}
}

func TestWhatDoesNotArriveInTimeIsGivenBackOnce(t *testing.T) {
	byEach(t, func(t *testing.T, p protocol) {
		a, b := opened(t)
		had := a.balance(app.BaseDenom)
		under := p.send(a, uweal(5*weal), b.Accounts[0].String())
		early := a.try(under.expire())
		require.NotZero(t, early.Code, "it can still arrive")
		require.Equal(t, had-5*weal-fee, a.balance(app.BaseDenom))

		b.NextBlockAfter(patience + time.Minute)
		late := under.expire()
		first := a.Sign(fee, late)
		require.Zero(t, a.Check(first).Code)
		require.Zero(t, a.block(first).TxResults[0].Code)
		require.Equal(t, had-fee, a.balance(app.BaseDenom))
		require.Zero(t, p.escrowed(a, app.BaseDenom))

		redundant := a.Check(a.Sign(fee, late))
		refused(t, channeltypes.ErrRedundantTx, &txResult{Codespace: redundant.Codespace, Code: redundant.Code, Log: redundant.Log})
		a.must(late)
		require.Equal(t, had-fee, a.balance(app.BaseDenom), "a second proof gives nothing")
		a.audit()
	})
}

func TestNothingIsSentOrReceivedBeforeThePeopleOpenIt(t *testing.T) {
	byEach(t, func(t *testing.T, p protocol) {
		a, b := link(t)
		to := b.Accounts[0].String()
		refused(t, transfertypes.ErrSendDisabled, a.try(p.transfer(a, uweal(weal), to)))
		require.Zero(t, p.escrowed(a, app.BaseDenom))

		a.open(true, false)
		had := a.balance(app.BaseDenom)
		require.False(t, p.deliver(a, uweal(weal), to), "the other side is closed")
		require.Equal(t, had-fee, a.balance(app.BaseDenom), "and it came back")

		under := p.send(a, uweal(weal), to)
		a.open(false, false)
		under.acknowledge(under.receive())
		require.Equal(t, had-2*fee, a.balance(app.BaseDenom), "closing holds back nothing that is under way")

		a.open(true, false)
		b.open(false, true)
		require.True(t, p.deliver(a, uweal(weal), to))
		require.EqualValues(t, weal, b.balance(p.voucher(a, app.BaseDenom)))
		refused(t, transfertypes.ErrSendDisabled, b.try(p.transfer(b, sdk.NewInt64Coin(p.voucher(a, app.BaseDenom), weal), a.Accounts[0].String())))
	})
}

// quota is the decision that no more than so many percent of all WEAL may leave or come by
// one end of the link in an hour.
func (n *node) quota(p protocol, percent int64) sdk.Msg {
	return &ratelimittypes.MsgAddRateLimit{
		Signer: app.Authority(), Denom: app.BaseDenom, ChannelOrClientId: p.end(n),
		MaxPercentSend: math.NewInt(percent), MaxPercentRecv: math.NewInt(percent), DurationHours: 1,
	}
}

func TestAQuotaRefusesWhatIsAboveItUntilTheNextHour(t *testing.T) {
	byEach(t, func(t *testing.T, p protocol) {
		a, b := opened(t)
		to := b.Accounts[0].String()
		a.MustGovern(a.quota(p, 1))
		percent := a.App.Bank.GetSupply(a.Ctx(), app.BaseDenom).Amount.QuoRaw(100).Int64()

		require.True(t, p.deliver(a, uweal(percent/2), to))
		had := a.balance(app.BaseDenom)
		refused(t, ratelimittypes.ErrQuotaExceeded, a.try(p.transfer(a, uweal(percent*3/4), to)))
		require.Equal(t, had-fee, a.balance(app.BaseDenom))
		require.True(t, p.deliver(a, uweal(percent/4), to))

		a.NextBlockAfter(61 * time.Minute)
		require.True(t, p.deliver(a, uweal(percent*3/4), to))
	})
}

func TestAQuotaIsOfOneToAHundredPercentInAnHourToAWeek(t *testing.T) {
	byEach(t, func(t *testing.T, p protocol) {
		a, _ := opened(t)
		add := func(send, receive int64, hours uint64) *ratelimittypes.MsgAddRateLimit {
			m := a.quota(p, 1).(*ratelimittypes.MsgAddRateLimit)
			m.MaxPercentSend, m.MaxPercentRecv, m.DurationHours = math.NewInt(send), math.NewInt(receive), hours
			return m
		}
		update := func(m *ratelimittypes.MsgAddRateLimit) sdk.Msg {
			return &ratelimittypes.MsgUpdateRateLimit{
				Signer: m.Signer, Denom: m.Denom, ChannelOrClientId: m.ChannelOrClientId,
				MaxPercentSend: m.MaxPercentSend, MaxPercentRecv: m.MaxPercentRecv, DurationHours: m.DurationHours,
			}
		}
		a.MustGovern(add(1, 100, 7*24))
		a.MustGovern(update(add(100, 1, 1)))
		for name, m := range map[string]*ratelimittypes.MsgAddRateLimit{
			"max_percent_send would be 0: choose 1 to 100": add(0, 1, 1),
			"max_percent_recv would be 0: choose 1 to 100": add(1, 0, 1),
			"duration_hours would be 169: choose 1 to 168": add(1, 1, 7*24+1),
		} {
			for _, message := range []sdk.Msg{m, update(m)} {
				submit, err := govv1.NewMsgSubmitProposal([]sdk.Msg{message}, sdk.NewCoins(uweal(100*weal)), a.Accounts[0].String(), "", "a title", "a text", false)
				require.NoError(t, err)
				res := a.try(submit)
				require.Equal(t, govtypes.ErrInvalidProposalMsg.ABCICode(), res.Code, res.Log)
				require.Contains(t, res.Log, name)
				ctx, _ := a.Ctx().CacheContext()
				_, err = a.App.MsgServiceRouter().Handler(message)(ctx, message)
				require.ErrorIs(t, err, govtypes.ErrInvalidProposalMsg)
			}
		}
	})
}

func TestModuleAccountsThatRefuseGiftsRefuseThemFromAbroad(t *testing.T) {
	byEach(t, func(t *testing.T, p protocol) {
		a, b := opened(t)
		voucher := p.voucher(a, app.BaseDenom)
		require.True(t, p.deliver(a, uweal(5*weal), b.Accounts[0].String()))
		for _, module := range []string{transfertypes.ModuleName, emissiontypes.ModuleName, distrtypes.ModuleName, stakingtypes.BondedPoolName} {
			address := authtypes.NewModuleAddress(module)
			held := [2]sdk.Coins{a.App.Bank.GetAllBalances(a.Ctx(), address), b.App.Bank.GetAllBalances(b.Ctx(), address)}
			require.False(t, p.deliver(a, uweal(weal), address.String()), "a voucher for %s", module)
			require.False(t, p.deliver(b, sdk.NewInt64Coin(voucher, weal), address.String()), "a coin that comes home to %s", module)
			require.Equal(t, held[0].AmountOf(voucher), a.App.Bank.GetBalance(a.Ctx(), address, voucher).Amount)
			require.Equal(t, held[1].AmountOf(voucher), b.App.Bank.GetBalance(b.Ctx(), address, voucher).Amount)
			require.EqualValues(t, 5*weal, p.escrowed(a, app.BaseDenom), "%s", module)
			require.EqualValues(t, 5*weal, b.balance(voucher), "%s", module)
		}
		require.True(t, p.deliver(b, sdk.NewInt64Coin(voucher, weal), app.Authority()), "the people's account takes coins")
	})
}

func TestAClientOfAnotherKindIsRefused(t *testing.T) {
	n, _ := link(t)
	for _, kind := range []string{"06-solomachine", "08-wasm", "attestations", ibcexported.Localhost} {
		_, err := n.App.IBC.ClientKeeper.CreateClient(n.Ctx(), kind, nil, nil)
		require.Error(t, err, kind)
	}
	one := &codectypes.Any{TypeUrl: "/ibc.lightclients.solomachine.v3.ClientState"}
	res := n.block(n.Sign(fee, &clienttypes.MsgCreateClient{ClientState: one, ConsensusState: one, Signer: n.relayer()})).TxResults[0]
	require.NotZero(t, res.Code, "the binary does not know it")

	// The chain itself is a kind of client too, which needs no proof.
	hop := channeltypes.NewMsgChannelOpenInit(transfertypes.PortID, transfertypes.V1, channeltypes.UNORDERED,
		[]string{ibcexported.LocalhostConnectionID}, transfertypes.PortID, n.relayer())
	require.NotZero(t, n.try(hop).Code)
}
