// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"fmt"

	"github.com/cosmos/gogoproto/proto"

	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"

	"github.com/weal-network/weal/app/limits"
	"github.com/weal-network/weal/app/preview"
	admissionkeeper "github.com/weal-network/weal/x/admission/keeper"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributionkeeper "github.com/weal-network/weal/x/contribution/keeper"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topickeeper "github.com/weal-network/weal/x/topic/keeper"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// newPreview lets previews carry out messages and look at what they change.
func (app *App) newPreview() preview.Server {
	k := app.Keepers
	admissions, topics, contributions := admissionkeeper.NewQueryServer(k.Admission), topickeeper.NewQueryServer(k.Topic), contributionkeeper.NewQueryServer(k.Contribution)
	return preview.NewServer(app.enc.codec, app.MsgServiceRouter(), authtypes.NewModuleAddress(govtypes.ModuleName), preview.Records{
		Params: []preview.Record{
			paramsOf(authtypes.ModuleName, k.Limits.Auth),
			paramsOf(banktypes.ModuleName, k.Limits.Bank),
			paramsOf(consensustypes.ModuleName, k.Limits.Consensus),
			paramsOf(distrtypes.ModuleName, k.Limits.Distribution),
			paramsOf(govtypes.ModuleName, k.Limits.Gov),
			paramsOf(limits.ClientModule, k.Limits.Client),
			paramsOf(limits.ConnectionModule, k.Limits.Connection),
			paramsOf(slashingtypes.ModuleName, k.Limits.Slashing),
			paramsOf(stakingtypes.ModuleName, k.Limits.Staking),
			paramsOf(transfertypes.ModuleName, k.Limits.Transfer),
			{Of: "params of " + admissiontypes.ModuleName, Read: func(ctx context.Context) (proto.Message, error) {
				return admissions.Params(ctx, &admissiontypes.QueryParamsRequest{})
			}},
			{Of: "params of " + contributiontypes.ModuleName, Read: func(ctx context.Context) (proto.Message, error) {
				return contributions.Params(ctx, &contributiontypes.QueryParamsRequest{})
			}},
			toCome(emissiontypes.ModuleName, k.Emission.ParamsToCome),
			paramsOf(merittypes.ModuleName, k.Merit.Params.Get),
			toCome(scoringtypes.ModuleName, k.Scoring.ParamsToCome),
			{Of: "params of " + topictypes.ModuleName, Read: func(ctx context.Context) (proto.Message, error) {
				return topics.Params(ctx, &topictypes.QueryParamsRequest{})
			}},
		},
		Topic: func(id uint64) preview.Record {
			return preview.Record{Of: fmt.Sprint("topic ", id), Read: func(ctx context.Context) (proto.Message, error) {
				return topics.Topic(ctx, &topictypes.QueryTopicRequest{TopicId: id})
			}}
		},
		Contribution: func(id uint64) preview.Record {
			return preview.Record{Of: fmt.Sprint("contribution ", id), Read: func(ctx context.Context) (proto.Message, error) {
				return contributions.Contribution(ctx, &contributiontypes.QueryContributionRequest{ContributionId: id})
			}}
		},
	})
}

// paramsOf is the parameters of a module.
func paramsOf[P any, M interface {
	*P
	proto.Message
}](module string, read func(context.Context) (P, error),
) preview.Record {
	return record[P, M]("params of "+module, read)
}

// toCome is the parameters of a module that hold, or wait to do so.
func toCome[P any, M interface {
	*P
	proto.Message
}](module string, read func(context.Context) (P, error),
) preview.Record {
	return record[P, M]("params to come of "+module, read)
}

func record[P any, M interface {
	*P
	proto.Message
}](of string, read func(context.Context) (P, error),
) preview.Record {
	return preview.Record{Of: of, Read: func(ctx context.Context) (proto.Message, error) {
		value, err := read(ctx)
		return M(&value), err
	}}
}
