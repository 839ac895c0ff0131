// SPDX-License-Identifier: Apache-2.0

package proposal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cosmos/gogoproto/grpc"

	"github.com/spf13/pflag"

	sdk "github.com/cosmos/cosmos-sdk/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/weal-network/weal/app"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// Options are what the flags of a draft say. Each kind looks at its own.
type Options struct {
	Contribution, Topic uint64
	Address, Role       string
	Module              string
	ReasonURI           string
	ShareBp             uint32
	Streams             []uint
	Guardians           []string
	Amount              string
	Upgrade             string
	Height              int64
}

// Kind is a kind of proposal that can be drafted.
type Kind struct {
	Name string
	// Does says what a proposal of this kind does.
	Does string
	// Flags names the flags that it needs.
	Flags []string
	// Title is the title that the draft begins with.
	Title func(o Options) string
	// Messages are what it carries out.
	Messages func(ctx context.Context, node grpc.ClientConn, o Options) ([]sdk.Msg, error)
}

// exampleReason is where a reason is given until the author says where it is.
const exampleReason = "https://example.org/why"

// Kinds lists what can be drafted, by name.
func Kinds() []Kind {
	return []Kind{
		{"admit", "lets an account validate, contribute to a topic, or be a steward", []string{"role", "address"}, ofAddress("Admit"), admit},
		{"end-streams", "ends sponsors' streams into a topic, and gives back what is left", []string{"topic", "streams"}, ofTopic("End sponsors' streams into"), endStreams},
		{"endorse", "marks a contribution as endorsed by the people", []string{"contribution"}, ofContribution("Endorse"), endorse},
		{"params", "changes a module's parameters; the draft holds those that stand", []string{"module"}, func(o Options) string { return "Change the parameters of " + o.Module }, params},
		{"pause-topic", "stops a topic's epochs until it is resumed", []string{"topic"}, ofTopic("Pause"), pauseTopic},
		{"quarantine", "takes a contribution out of scoring and freezes its immature rewards", []string{"contribution"}, ofContribution("Quarantine"), quarantine},
		{"release", "lets a contribution out of quarantine", []string{"contribution"}, ofContribution("Release"), release},
		{"remove", "removes a contribution, and takes back its immature rewards and its bond", []string{"contribution"}, ofContribution("Remove"), remove},
		{"resume-topic", "lets a paused topic go on", []string{"topic"}, ofTopic("Resume"), resumeTopic},
		{"retire-topic", "ends a topic for ever", []string{"topic"}, ofTopic("Retire"), retireTopic},
		{"revoke", "takes an admission back", []string{"role", "address"}, ofAddress("Revoke"), revoke},
		{"set-guardians", "names who may quarantine and pause for 72 hours without a vote, instead of those who may now", []string{"guardians"}, func(Options) string { return "Name the guardians" }, setGuardians},
		{"spend", "pays from the community pool", []string{"address", "amount"}, func(o Options) string { return fmt.Sprintf("Pay %s from the community pool", o.Amount) }, spend},
		{"text", "says something, and carries out nothing", nil, func(Options) string { return "What we agree on" }, nothing},
		{"topic-share", "sets the least share of a topic, in basis points", []string{"topic", "share-bp"}, ofTopic("Set the share of"), topicShare},
		{"update-topic", "changes a topic; the draft holds what it is", []string{"topic"}, ofTopic("Change"), updateTopic},
		{"upgrade", "stops the chain at a height, to go on with another version", []string{"name", "at-height"}, func(o Options) string { return "Upgrade to " + o.Upgrade }, upgrade},
	}
}

// Find returns a kind by its name.
func Find(name string) (Kind, error) {
	kinds := Kinds()
	if i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == name }); i >= 0 {
		return kinds[i], nil
	}
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return Kind{}, fmt.Errorf("no kind of proposal is called %q: choose among %s", name, strings.Join(names, ", "))
}

// AddFlags lets a command take the options of every kind.
func (o *Options) AddFlags(f *pflag.FlagSet) {
	f.Uint64Var(&o.Contribution, "contribution", 0, "id of the contribution")
	f.Uint64Var(&o.Topic, "topic", 0, "id of the topic")
	f.StringVar(&o.Address, "address", "", "account that is admitted, revoked or paid")
	f.StringVar(&o.Role, "role", "", "validator, contributor or steward")
	f.StringVar(&o.Module, "module", "", "module whose parameters change")
	f.StringVar(&o.ReasonURI, "reason-uri", exampleReason, "address that says why")
	f.Uint32Var(&o.ShareBp, "share-bp", 0, "least share of the topic, in basis points")
	f.UintSliceVar(&o.Streams, "streams", nil, "ids of the sponsors' streams")
	f.StringSliceVar(&o.Guardians, "guardians", nil, "accounts of the guardians; none ends their office")
	f.StringVar(&o.Amount, "amount", "", "what is paid, as 1000000uweal")
	f.StringVar(&o.Upgrade, "name", "", "name of the upgrade, as the new version knows it")
	f.Int64Var(&o.Height, "at-height", 0, "height at which the old version stops")
}

// Check returns an error that names the flags that a kind needs and that are not given.
func (k Kind) Check(f *pflag.FlagSet) error {
	var missing []string
	for _, name := range k.Flags {
		if !f.Changed(name) {
			missing = append(missing, "--"+name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("a proposal to %s needs %s: it %s", k.Name, strings.Join(missing, " and "), k.Does)
	}
	return nil
}

func ofContribution(verb string) func(Options) string {
	return func(o Options) string { return fmt.Sprintf("%s contribution %d", verb, o.Contribution) }
}

func ofTopic(verb string) func(Options) string {
	return func(o Options) string { return fmt.Sprintf("%s topic %d", verb, o.Topic) }
}

func ofAddress(verb string) func(Options) string {
	return func(o Options) string { return fmt.Sprintf("%s %s as %s", verb, o.Address, o.Role) }
}

func one(message sdk.Msg) ([]sdk.Msg, error) { return []sdk.Msg{message}, nil }

func nothing(context.Context, grpc.ClientConn, Options) ([]sdk.Msg, error) { return nil, nil }

func endorse(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	return one(&contributiontypes.MsgEndorse{Authority: app.Authority(), ContributionId: o.Contribution, ReasonUri: o.ReasonURI})
}

func quarantine(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	return one(&contributiontypes.MsgQuarantine{Authority: app.Authority(), ContributionId: o.Contribution, ReasonUri: o.ReasonURI})
}

func release(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	return one(&contributiontypes.MsgRelease{Authority: app.Authority(), ContributionId: o.Contribution})
}

func remove(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	return one(&contributiontypes.MsgRemove{Authority: app.Authority(), ContributionId: o.Contribution, ReasonUri: o.ReasonURI})
}

func setGuardians(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	return one(&contributiontypes.MsgSetGuardians{Authority: app.Authority(), Guardians: o.Guardians})
}

func pauseTopic(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	return one(&topictypes.MsgPauseTopic{Authority: app.Authority(), TopicId: o.Topic})
}

func resumeTopic(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	return one(&topictypes.MsgResumeTopic{Authority: app.Authority(), TopicId: o.Topic})
}

func retireTopic(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	return one(&topictypes.MsgRetireTopic{Sender: app.Authority(), TopicId: o.Topic})
}

func topicShare(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	return one(&emissiontypes.MsgSetTopicShares{Authority: app.Authority(), Shares: []emissiontypes.TopicShare{{TopicId: o.Topic, ShareBp: o.ShareBp}}})
}

func endStreams(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	ids := make([]uint64, len(o.Streams))
	for i, id := range o.Streams {
		ids[i] = uint64(id)
	}
	return one(&emissiontypes.MsgEndStreams{Authority: app.Authority(), TopicId: o.Topic, StreamIds: ids})
}

func spend(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	coins, err := sdk.ParseCoinsNormalized(o.Amount)
	if err != nil {
		return nil, fmt.Errorf("--amount %q: %w; write it as 1000000uweal", o.Amount, err)
	}
	return one(&distrtypes.MsgCommunityPoolSpend{Authority: app.Authority(), Recipient: o.Address, Amount: coins})
}

func upgrade(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	return one(&upgradetypes.MsgSoftwareUpgrade{Authority: app.Authority(), Plan: upgradetypes.Plan{Name: o.Upgrade, Height: o.Height}})
}

// updateTopic holds the topic as its next epoch will see it.
func updateTopic(ctx context.Context, node grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	res, err := topictypes.NewQueryClient(node).Topic(ctx, &topictypes.QueryTopicRequest{TopicId: o.Topic})
	if err != nil {
		return nil, err
	}
	spec := res.Topic.Spec()
	if res.Pending != nil {
		spec = res.Pending.Spec
	}
	return one(&topictypes.MsgUpdateTopic{Sender: app.Authority(), TopicId: o.Topic, Spec: spec})
}

func admit(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	key, err := o.admissionKey()
	if err != nil {
		return nil, err
	}
	return one(&admissiontypes.MsgAdmit{Authority: app.Authority(), Grants: []admissiontypes.Grant{{Key: key, ReasonUri: o.ReasonURI}}})
}

func revoke(_ context.Context, _ grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	key, err := o.admissionKey()
	if err != nil {
		return nil, err
	}
	return one(&admissiontypes.MsgRevoke{Authority: app.Authority(), Keys: []admissiontypes.AdmissionKey{key}, ReasonUri: o.ReasonURI})
}

// admissionKey names an admission by the flags.
func (o Options) admissionKey() (admissiontypes.AdmissionKey, error) {
	role, known := admissiontypes.Role_value["ROLE_"+strings.ToUpper(o.Role)]
	if !known || role == 0 {
		return admissiontypes.AdmissionKey{}, fmt.Errorf("--role %q: choose validator, contributor or steward", o.Role)
	}
	return admissiontypes.AdmissionKey{Role: admissiontypes.Role(role), TopicId: o.Topic, Address: o.Address}, nil
}
