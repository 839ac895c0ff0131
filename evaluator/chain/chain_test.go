// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"net"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"

	"github.com/cosmos/cosmos-sdk/client/grpc/cmtservice"
	nodeservice "github.com/cosmos/cosmos-sdk/client/grpc/node"
	"github.com/cosmos/cosmos-sdk/types/query"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// node answers the queries of the modules, two records a page.
type node struct {
	topictypes.UnimplementedQueryServer
	topics []topictypes.Topic
}

func (n *node) Topics(_ context.Context, r *topictypes.QueryTopicsRequest) (*topictypes.QueryTopicsResponse, error) {
	from, _ := strconv.Atoi(string(r.Pagination.Key))
	to := min(from+2, len(n.topics))
	page := &query.PageResponse{}
	if to < len(n.topics) {
		page.NextKey = []byte(strconv.Itoa(to))
	}
	return &topictypes.QueryTopicsResponse{Topics: n.topics[from:to], Pagination: page}, nil
}

func (n *node) Topic(_ context.Context, r *topictypes.QueryTopicRequest) (*topictypes.QueryTopicResponse, error) {
	for _, t := range n.topics {
		if t.Id == r.TopicId {
			return &topictypes.QueryTopicResponse{Topic: t}, nil
		}
	}
	return nil, status.Errorf(codes.NotFound, "no topic %d", r.TopicId)
}

func (n *node) TopicBySlug(_ context.Context, r *topictypes.QueryTopicBySlugRequest) (*topictypes.QueryTopicBySlugResponse, error) {
	for _, t := range n.topics {
		if t.Slug == r.Slug {
			return &topictypes.QueryTopicBySlugResponse{Topic: t}, nil
		}
	}
	return nil, status.Errorf(codes.NotFound, "no topic %s", r.Slug)
}

type contributions struct {
	contributiontypes.UnimplementedQueryServer
}

func (*contributions) ContributionsByContributor(_ context.Context, r *contributiontypes.QueryContributionsByContributorRequest) (*contributiontypes.QueryContributionsByContributorResponse, error) {
	if len(r.Pagination.Key) == 0 {
		return &contributiontypes.QueryContributionsByContributorResponse{
			Contributions: []contributiontypes.Contribution{{Id: 1, Hash: []byte("one")}},
			Pagination:    &query.PageResponse{NextKey: []byte("2")},
		}, nil
	}
	return &contributiontypes.QueryContributionsByContributorResponse{
		Contributions: []contributiontypes.Contribution{{Id: 2, Hash: []byte("two")}},
	}, nil
}

type scoring struct {
	scoringtypes.UnimplementedQueryServer
}

func (*scoring) Row(context.Context, *scoringtypes.QueryRowRequest) (*scoringtypes.QueryRowResponse, error) {
	return nil, status.Error(codes.NotFound, "no row")
}

func (*scoring) Epoch(context.Context, *scoringtypes.QueryEpochRequest) (*scoringtypes.QueryEpochResponse, error) {
	return nil, status.Error(codes.NotFound, "no epoch")
}

// state is of a node that has carried out block 5, comet of the same node, which has block 6 already.
type (
	state struct {
		nodeservice.UnimplementedServiceServer
	}
	comet struct {
		cmtservice.UnimplementedServiceServer
	}
)

func (*state) Status(context.Context, *nodeservice.StatusRequest) (*nodeservice.StatusResponse, error) {
	return &nodeservice.StatusResponse{Height: 5}, nil
}

func (*comet) GetLatestBlock(context.Context, *cmtservice.GetLatestBlockRequest) (*cmtservice.GetLatestBlockResponse, error) {
	return &cmtservice.GetLatestBlockResponse{SdkBlock: &cmtservice.Block{Header: cmtservice.Header{Height: 6}}}, nil
}

func dial(t *testing.T, n *node) *Client {
	t.Helper()
	listener := bufconn.Listen(1 << 20)
	server := grpc.NewServer()
	topictypes.RegisterQueryServer(server, n)
	contributiontypes.RegisterQueryServer(server, &contributions{})
	scoringtypes.RegisterQueryServer(server, &scoring{})
	nodeservice.RegisterServiceServer(server, &state{})
	cmtservice.RegisterServiceServer(server, &comet{})
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	conn, err := grpc.NewClient("passthrough:///node", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(context.Context, string) (net.Conn, error) { return listener.Dial() }))
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return New(conn)
}

func TestListsAreReadToTheirLastPage(t *testing.T) {
	c := dial(t, &node{topics: []topictypes.Topic{{Id: 1}, {Id: 2}, {Id: 3}}})
	topics, err := c.Topics(context.Background())
	require.NoError(t, err)
	require.Len(t, topics, 3)

	found, err := c.ByHash(context.Background(), "weal1me", []byte("two"))
	require.NoError(t, err)
	require.Equal(t, uint64(2), found.Id)
	_, err = c.ByHash(context.Background(), "weal1me", []byte("three"))
	require.ErrorIs(t, err, ErrNotFound)
}

func TestATopicIsFoundByItsIdOrItsName(t *testing.T) {
	c := dial(t, &node{topics: []topictypes.Topic{{Id: 4, Slug: "go-source-lm"}}})
	for _, name := range []string{"4", "go-source-lm"} {
		topic, err := c.Topic(context.Background(), name)
		require.NoError(t, err)
		require.Equal(t, uint64(4), topic.Id)
	}
	for _, name := range []string{"5", "other"} {
		_, err := c.Topic(context.Background(), name)
		require.ErrorIs(t, err, ErrNotFound)
	}
}

func TestWhatIsNotThereYetIsToldFromFailures(t *testing.T) {
	c := dial(t, &node{})
	hash, revealed, err := c.Row(context.Background(), 1, 1, "wealvaloper1x")
	require.NoError(t, err)
	require.Empty(t, hash)
	require.False(t, revealed)
	_, _, err = c.Epoch(context.Background(), 1)
	require.ErrorIs(t, err, ErrNotFound)
	_, err = c.Contribution(context.Background(), 1)
	require.Error(t, err)
	require.NotErrorIs(t, err, ErrNotFound)
}

func TestTheHeightIsThatOfTheStateByWhichTheNodeJudges(t *testing.T) {
	height, err := dial(t, &node{}).Height(context.Background())
	require.NoError(t, err)
	require.EqualValues(t, 5, height)
}

func TestANodeThatIsDownIsToldOf(t *testing.T) {
	conn, err := grpc.NewClient("127.0.0.1:1", grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer conn.Close()
	_, err = New(conn).Height(context.Background())
	require.ErrorContains(t, err, "check that it runs")
}

func TestRefusalsAreTrimmedToWhatPeopleNeed(t *testing.T) {
	for given, want := range map[string]string{
		"failed to execute message; message index: 0: topic is full [/src/x/a.go:43]":         "topic is full",
		"rpc error: code = Unknown desc = shares are [1 2] [a.go:1] with gas used: '5'":       "shares are [1 2]",
		"insufficient fees; got: 0 required: 5uweal: insufficient fee\ngithub.com/cosmos/sdk": "insufficient fees; got: 0 required: 5uweal: insufficient fee",
	} {
		require.Equal(t, want, trim(given))
	}
}
