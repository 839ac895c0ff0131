// SPDX-License-Identifier: Apache-2.0

package table_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	gogoproto "github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/cosmos/cosmos-sdk/types/query"
	"github.com/cosmos/cosmos-sdk/x/tx/signing/aminojson"

	"github.com/weal-network/weal/cmd/weald/table"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

var update = flag.Bool("update", false, "write the golden files anew")

// clock is at height 1000, a block every two seconds.
var clock = table.Clock{Height: 1000, Pace: 2 * time.Second}

const (
	alice = "weal1qyqszqgpqyqszqgpqyqszqgpqyqszqgprxkvcs"
	bob   = "weal1qurswpc8qurswpc8qurswpc8qurswpc8zxsg4d"
)

func aTopic() topictypes.Topic {
	return topictypes.Topic{
		Id: 1, Slug: "go-source-lm", Title: "Byte-level language models of Go source", Steward: bob, Creator: alice, Deposit: 1_500_000,
		Status: topictypes.STATUS_ACTIVE, Access: topictypes.ACCESS_OPEN,
		Metric: topictypes.Metric{Name: "bits_per_byte", Unit: "bit/B", Direction: topictypes.DIRECTION_LOWER_IS_BETTER, Worst: 8_000_000, Exponent: 6},
		Evaluation: topictypes.Evaluation{
			Kind: "onnx-bits-per-byte", SpecUri: "https://example.org/spec.json",
			SpecSha256: bytes.Repeat([]byte{1}, 32), CorpusSha256: bytes.Repeat([]byte{2}, 32),
		},
		ArtifactRules: topictypes.ArtifactRules{MediaTypes: topictypes.SafeMediaTypes(), MaxBytes: 16 << 20},
		Schedule:      topictypes.Schedule{EpochBlocks: 24, RevealBlocks: 6, MaxActive: 64, ImmunityEpochs: 3},
		Scoring:       topictypes.Scoring{Rule: topictypes.RULE_YUMA3, KappaBp: 5_000, RewardRule: topictypes.REWARD_RULE_PROPORTIONAL, ScoreRule: topictypes.SCORE_RULE_MEDIAN},
		Pricing:       topictypes.DefaultPricing(),
	}
}

func aSandbox() topictypes.Topic {
	t := aTopic()
	t.Id, t.Slug, t.Title, t.Sandbox, t.Pricing, t.Status = 2, "practice", "A \x1b[31mplace\u202e to practise", true, topictypes.Pricing{}, topictypes.STATUS_RETIRED
	return t
}

func aPendingUpdate() *topictypes.PendingUpdate {
	spec := aTopic().Spec()
	spec.Schedule.EpochBlocks, spec.Title = 48, "Language models of Go"
	return &topictypes.PendingUpdate{TopicId: 1, Spec: spec, Height: 990}
}

func aContribution() contributiontypes.Contribution {
	return contributiontypes.Contribution{
		Id: 7, TopicId: 1, Contributor: alice, Payout: bob, Status: contributiontypes.STATUS_ACTIVE,
		Artifact: contributiontypes.Artifact{
			Sha256: bytes.Repeat([]byte{0xab}, 32), Size_: 2048, MediaType: "application/onnx", Uris: []string{"https://example.org/m.onnx"},
		},
		Parents: []contributiontypes.Parent{{Id: 3, ShareBp: 2_000}, {Id: 5, ShareBp: 250}},
		License: "Apache-2.0", CommittedHeight: 940, RevealDeadline: 980, RevealedHeight: 950, Price: 1_250_000, Bond: 10_000_000,
	}
}

func moment(text string) *time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return &t
}

// answers are what the golden files show, by command.
var answers = map[string]gogoproto.Message{
	"topic list": &topictypes.QueryTopicsResponse{
		Topics: []topictypes.Topic{aTopic(), aSandbox()}, Pagination: &query.PageResponse{NextKey: []byte{0, 0, 0, 3}},
	},
	"topic show": &topictypes.QueryTopicResponse{
		Topic: aTopic().Paused(topictypes.Pause{Height: 950, Guardian: alice, ReasonUri: "https://example.org/why", UntilMs: 1_772_368_259_500}), Pending: aPendingUpdate(), Offer: &topictypes.StewardshipOffer{TopicId: 1, To: alice},
	},
	"topic by-slug": &topictypes.QueryTopicBySlugResponse{Topic: aSandbox()},
	"topic params":  &topictypes.QueryParamsResponse{Params: topictypes.DefaultParams()},
	"contribution list": &contributiontypes.QueryContributionsResponse{Contributions: []contributiontypes.Contribution{
		aContribution(), {Id: 8, TopicId: 1, Contributor: bob, Status: contributiontypes.STATUS_COMMITTED, CommittedHeight: 1000, RevealDeadline: 1024},
	}},
	"contribution show":           &contributiontypes.QueryContributionResponse{Contribution: aContribution()},
	"contribution by-digest":      &contributiontypes.QueryContributionByDigestResponse{Contribution: aContribution()},
	"contribution by-contributor": &contributiontypes.QueryContributionsByContributorResponse{},
	"contribution children":       &contributiontypes.QueryChildrenResponse{},
	"contribution ancestors":      &contributiontypes.QueryAncestorsResponse{Ancestors: []contributiontypes.Contribution{aContribution()}, Below: 7},
	"contribution active": &contributiontypes.QueryActiveSetResponse{ActiveSet: contributiontypes.ActiveSet{TopicId: 1, Entries: []contributiontypes.ActiveEntry{
		{Id: 7, ActivatedEpoch: 3, ScoredEpochs: 12, SmoothedIncentive: 1 << 31}, {Id: 8, ActivatedEpoch: 15},
	}}},
	"contribution price":       &contributiontypes.QueryPriceResponse{Price: 1_234_567, PriceAfter: 1_543_209, Bond: 10_000_000, Affordable: true, WaitSeconds: 5400},
	"contribution can-submit":  &contributiontypes.QueryCanSubmitResponse{Reason: "all places are immune: commit again then", Code: 9, Height: 1300, Price: 1, Balance: 21_000_000_000_000},
	"contribution next-window": &contributiontypes.QueryNextWindowResponse{Height: 1024, Epoch: 16, Reason: "the running epoch ends"},
	"admission list": &admissiontypes.QueryAdmissionsResponse{Admissions: []admissiontypes.Admission{
		{Role: admissiontypes.ROLE_VALIDATOR, Address: alice, ReasonUri: "https://example.org/minutes"},
		{Role: admissiontypes.ROLE_CONTRIBUTOR, TopicId: 1, Address: bob, GrantedAt: moment("2026-03-01T12:30:59Z"), ExpiresAt: moment("2027-03-01T00:00:00Z")},
	}},
	"admission of":              &admissiontypes.QueryAdmissionsOfResponse{},
	"admission show":            &admissiontypes.QueryAdmissionResponse{},
	"admission applications":    &admissiontypes.QueryApplicationsResponse{Applications: []admissiontypes.Application{anApplication()}},
	"admission applications-of": &admissiontypes.QueryApplicationsOfResponse{Applications: []admissiontypes.Application{anApplication()}},
	"admission application":     &admissiontypes.QueryApplicationResponse{Application: anApplication()},
	"admission registrars": &admissiontypes.QueryRegistrarsResponse{Registrars: []admissiontypes.Registrar{
		{Address: bob, Roles: []admissiontypes.Role{admissiontypes.ROLE_CONTRIBUTOR, admissiontypes.ROLE_STEWARD}},
	}},
	"admission history": &admissiontypes.QueryHistoryResponse{Changes: []admissiontypes.Change{
		{Id: 1, Act: admissiontypes.ACT_ADMITTED, By: alice, At: *moment("2026-03-01T12:30:59Z"), Height: 12},
		{Id: 4, Act: admissiontypes.ACT_EXPIRED, At: *moment("2026-06-01T00:00:00Z"), Height: 900},
	}},
	"admission revoked-power": &admissiontypes.QueryRevokedPowerResponse{Total: 300, Left: 100, Until: *moment("2026-03-02T00:00:00Z")},
}

func anApplication() admissiontypes.Application {
	return admissiontypes.Application{
		Id: 3, Key: admissiontypes.AdmissionKey{Role: admissiontypes.ROLE_STEWARD, Address: bob}, StatementUri: "https://example.org/who-we-are",
		Deposit: 10_000_000, AppliedAt: *moment("2026-03-01T12:30:00Z"), ExpiresAt: *moment("2026-03-31T12:30:00Z"),
	}
}

// files are all descriptors with what they import resolved, whatever the order in which they
// were registered.
var files = sync.OnceValue(func() *protoregistry.Files {
	merged, err := gogoproto.MergedRegistry()
	if err != nil {
		panic(err)
	}
	return merged
})

// encode writes an answer as the command line does for programs.
func encode(t *testing.T, answer gogoproto.Message) []byte {
	t.Helper()
	bz, err := gogoproto.Marshal(answer)
	require.NoError(t, err)
	desc, err := files().FindDescriptorByName(protoreflect.FullName(gogoproto.MessageName(answer)))
	require.NoError(t, err)
	message := dynamicpb.NewMessage(desc.(protoreflect.MessageDescriptor))
	require.NoError(t, proto.Unmarshal(bz, message))
	bz, err = aminojson.NewEncoder(aminojson.EncoderOptions{
		Indent: "  ", EnumAsString: true, DoNotSortFields: true, AminoNameAsTypeURL: true, MarshalMappings: true, FileResolver: files(),
	}).Marshal(message)
	require.NoError(t, err)
	return bz
}

func TestEveryTableIsAsItsGoldenFile(t *testing.T) {
	tables := table.All()
	require.Len(t, answers, len(tables), "an answer for each table")
	for _, tab := range tables {
		t.Run(tab.Command, func(t *testing.T) {
			answer, found := answers[tab.Command]
			require.True(t, found)
			got, err := tab.Render(encode(t, answer), clock)
			require.NoError(t, err)
			path := filepath.Join("testdata", strings.ReplaceAll(tab.Command, " ", "_")+".txt")
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
}

func TestEveryColumnIsAFieldOfItsAnswer(t *testing.T) {
	for _, tab := range table.All() {
		service, method, found := strings.Cut(tab.Method, "/")
		require.True(t, found)
		desc, err := files().FindDescriptorByName(protoreflect.FullName(service))
		require.NoError(t, err)
		output := desc.(protoreflect.ServiceDescriptor).Methods().ByName(protoreflect.Name(method)).Output()
		require.Equal(t, string(output.FullName()), gogoproto.MessageName(answers[tab.Command]))
		row := output
		if tab.List != "" {
			row = field(t, output, tab.List).Message()
		}
		for _, column := range tab.Columns {
			if column.Path != "" {
				field(t, row, column.Path)
			}
		}
	}
}

// field finds the field that a path leads to.
func field(t *testing.T, message protoreflect.MessageDescriptor, path string) (found protoreflect.FieldDescriptor) {
	t.Helper()
	for _, name := range strings.Split(path, ".") {
		require.NotNil(t, message, path)
		found = message.Fields().ByName(protoreflect.Name(name))
		require.NotNil(t, found, "%s has no field %s", message.FullName(), path)
		message = found.Message()
	}
	return found
}

func TestAnAnswerThatIsNoJSONIsAnError(t *testing.T) {
	_, err := table.All()[0].Render([]byte("{"), clock)
	require.ErrorContains(t, err, "is no JSON")
}
