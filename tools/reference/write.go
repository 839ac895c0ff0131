// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"
	"cosmossdk.io/math"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/gogoproto/proto"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	connectiontypes "github.com/cosmos/ibc-go/v11/modules/core/03-connection/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctypes "github.com/cosmos/ibc-go/v11/modules/core/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/app/limits"
	"github.com/weal-network/weal/cmd/weald/table"
	"github.com/weal-network/weal/pkg/bounds"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

const head = `<!-- Written by make reference. Do not edit. -->
# Parameters

What voters can change, what a new network starts with, and what no vote can pass. A proposal beyond a limit is refused when it
is submitted, and once more when it is carried out, however it is wrapped. A change of a topic's settings waits for the topic's next
epoch; until then ` + "`weald query topic show`" + ` shows it as pending. A change of the parameters of scoring and of emission waits for their
` + "`params_delay_seconds`" + `, and decides about epochs that begin later; until then ` + "`weald query scoring pending-params`" + ` and
` + "`weald query emission pending-params`" + ` show it.

`

// own are Weal's modules with the parameters that a new network has.
var own = []struct {
	module string
	ranges []bounds.Range
}{
	{"admission", admissiontypes.DefaultParams().Ranges()},
	{"contribution", contributiontypes.DefaultParams().Ranges()},
	{"emission", emissiontypes.DefaultParams().Ranges()},
	{"merit", merittypes.DefaultParams().Ranges()},
	{"scoring", scoringtypes.DefaultParams().Ranges()},
	{"topic", topictypes.DefaultParams().Ranges()},
}

// ofTopic are the numbers that each topic has of its own, with the message that they are in.
var ofTopic = []struct {
	message string
	ranges  []bounds.Range
}{
	{"TopicSpec", topictypes.TopicSpec{}.Ranges()},
	{"Schedule", topictypes.Schedule{}.Ranges(topictypes.DefaultParams())},
	{"Scoring", topictypes.Scoring{}.Ranges()},
	{"Pricing", topictypes.DefaultPricing().Ranges()},
}

// write returns the whole page. protos is the folder of the modules' proto files, whose comments say what a parameter is.
func write(protos string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(head)
	b.WriteString("## Weal's modules\n")
	for _, m := range own {
		said, err := comments(protos, m.module, "Params")
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "\n### %s\n\n| parameter | default | least | most | |\n|---|---|---|---|---|\n", m.module)
		for _, r := range m.ranges {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", r.Name, show(r.Value, r.Unit), show(r.Least, r.Unit), show(r.Most, r.Unit), said[r.Name])
		}
	}
	if err := writeTopic(&b, protos); err != nil {
		return nil, err
	}
	modules, err := sdkModules()
	if err != nil {
		return nil, err
	}
	writeSDK(&b, modules)
	writeQuota(&b)
	return b.Bytes(), nil
}

// writeTopic writes what each topic has of its own. The ends of its schedule are those that a new network's parameters allow.
func writeTopic(b *bytes.Buffer, protos string) error {
	b.WriteString("\n## Each topic\n\n| setting | least | most | |\n|---|---|---|---|\n")
	for _, part := range ofTopic {
		said, err := comments(protos, "topic", part.message)
		if err != nil {
			return err
		}
		for _, r := range part.ranges {
			name := r.Name[strings.LastIndexByte(r.Name, '.')+1:]
			fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", r.Name, show(r.Least, r.Unit), show(r.Most, r.Unit), said[name])
		}
	}
	return nil
}

// writeSDK writes the modules of the SDK and of IBC: numbers, what stays as it is, what can be switched.
func writeSDK(b *bytes.Buffer, modules []limits.Module) {
	b.WriteString("\n## The modules of the SDK and of IBC\n")
	for _, m := range modules {
		fmt.Fprintf(b, "\n### %s\n\n", m.Name)
		if len(m.Numbers) > 0 {
			b.WriteString("| parameter | default | least | most |\n|---|---|---|---|\n")
		}
		for _, n := range m.Numbers {
			fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", n.Name, showDec(n.Value, n.Unit), showDec(n.Least, n.Unit), showDec(n.Most, n.Unit))
		}
		if len(m.Numbers) > 0 && len(m.Fixed) > 0 {
			b.WriteString("\n")
		}
		if len(m.Fixed) > 0 {
			b.WriteString("| parameter | stays | because |\n|---|---|---|\n")
		}
		for _, f := range m.Fixed {
			must := f.Must
			if must == "" {
				must = "empty"
			}
			fmt.Fprintf(b, "| `%s` | %s | %s |\n", f.Name, must, f.Why)
		}
		if len(m.Switches) > 0 {
			b.WriteString("| switch | default | |\n|---|---|---|\n")
		}
		for _, s := range m.Switches {
			fmt.Fprintf(b, "| `%s` | %t | %s |\n", s.Name, s.Value, s.Why)
		}
	}
}

// writeQuota writes what a quota of transfers may be.
func writeQuota(b *bytes.Buffer) {
	b.WriteString("\n### ratelimiting\n\nEach quota, of a coin and a channel, in percent of the coin's supply. None is there unless a proposal sets it.\n\n| setting | least | most |\n|---|---|---|\n")
	for _, n := range limits.Quota() {
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", n.Name, showDec(n.Least, n.Unit), showDec(n.Most, n.Unit))
	}
}

// sdkModules reads the limits of the modules of the SDK and of IBC with the parameters of a new network.
func sdkModules() ([]limits.Module, error) {
	wiring, err := app.New(log.NewNopLogger(), dbm.NewMemDB(), simtestutil.EmptyAppOptions{}, false)
	if err != nil {
		return nil, err
	}
	genesis := wiring.DefaultGenesis()
	consensus := app.DefaultConsensusParams().ToProto()
	return limits.Limits{
		Auth:   read(wiring, genesis, authtypes.ModuleName, func(g *authtypes.GenesisState) authtypes.Params { return g.Params }),
		Bank:   read(wiring, genesis, banktypes.ModuleName, func(g *banktypes.GenesisState) banktypes.Params { return g.Params }),
		Client: read(wiring, genesis, ibcexported.ModuleName, func(g *ibctypes.GenesisState) clienttypes.Params { return g.ClientGenesis.Params }),
		Connection: read(wiring, genesis, ibcexported.ModuleName, func(g *ibctypes.GenesisState) connectiontypes.Params {
			return g.ConnectionGenesis.Params
		}),
		Consensus: func(context.Context) (cmtproto.ConsensusParams, error) { return consensus, nil },
		Distribution: read(wiring, genesis, distrtypes.ModuleName, func(g *distrtypes.GenesisState) distrtypes.Params {
			return g.Params
		}),
		Gov:      read(wiring, genesis, govtypes.ModuleName, func(g *govv1.GenesisState) govv1.Params { return *g.Params }),
		Slashing: read(wiring, genesis, slashingtypes.ModuleName, func(g *slashingtypes.GenesisState) slashingtypes.Params { return g.Params }),
		Staking:  read(wiring, genesis, stakingtypes.ModuleName, func(g *stakingtypes.GenesisState) stakingtypes.Params { return g.Params }),
		Transfer: read(wiring, genesis, transfertypes.ModuleName, func(g *transfertypes.GenesisState) transfertypes.Params { return g.Params }),
	}.Modules(context.Background())
}

// read gets a module's parameters out of the genesis of a new network.
func read[P any, G any, M interface {
	*G
	proto.Message
}](wiring *app.App, genesis app.GenesisState, module string, params func(M) P,
) func(context.Context) (P, error) {
	return func(context.Context) (P, error) {
		state := M(new(G))
		if err := wiring.AppCodec().UnmarshalJSON(genesis[module], state); err != nil {
			var none P
			return none, fmt.Errorf("genesis of %s: %w", module, err)
		}
		return params(state), nil
	}
}

// show writes a number with what it means to people behind it.
func show(v uint64, unit bounds.Unit) string {
	switch unit {
	case bounds.Millis:
		return span(v, time.Duration(v)*time.Millisecond, unit)
	case bounds.Seconds:
		return span(v, time.Duration(v)*time.Second, unit)
	case bounds.Nanos:
		return time.Duration(v).String()
	case bounds.BasisPoints:
		return fmt.Sprintf("%d bp (%s%%)", v, strings.TrimSuffix(fmt.Sprintf("%g", float64(v)/100), ".0"))
	case bounds.Uweal:
		return fmt.Sprintf("%d uweal (%s)", v, table.Weal(fmt.Sprint(v)))
	case bounds.Count, bounds.Blocks, bounds.Epochs, bounds.Bytes:
		return strings.TrimSpace(fmt.Sprintf("%d %s", v, unit))
	}
	return fmt.Sprint(v)
}

// span writes a duration; one too long for people is left as a number.
func span(v uint64, d time.Duration, unit bounds.Unit) string {
	if d < time.Minute {
		return fmt.Sprintf("%d %s", v, unit)
	}
	return fmt.Sprintf("%d %s (%s)", v, unit, d)
}

// showDec writes a decimal as show does.
func showDec(v math.LegacyDec, unit bounds.Unit) string {
	if v.IsInteger() {
		return show(v.TruncateInt().Uint64(), unit)
	}
	return strings.TrimRight(v.String(), "0")
}
