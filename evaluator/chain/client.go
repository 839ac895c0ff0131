// SPDX-License-Identifier: Apache-2.0

// Package chain is what the evaluator and the submit command need of a node:
// the queries of Weal's modules, and signed transactions. It speaks gRPC, or the
// node's RPC by way of the SDK's client context.
package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/client/grpc/cmtservice"
	nodeservice "github.com/cosmos/cosmos-sdk/client/grpc/node"
	"github.com/cosmos/cosmos-sdk/types/query"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// ErrNotFound says that the chain does not have what was asked for.
var ErrNotFound = errors.New("not on the chain")

// Conn is a connection to a node: a gRPC client, or the SDK's client context.
type Conn = grpc.ClientConnInterface

// Client asks a node.
type Client struct {
	comet        cmtservice.ServiceClient
	node         nodeservice.ServiceClient
	topic        topictypes.QueryClient
	contribution contributiontypes.QueryClient
	scoring      scoringtypes.QueryClient
}

// New makes a client over a connection.
func New(conn Conn) *Client {
	return &Client{
		comet:        cmtservice.NewServiceClient(conn),
		node:         nodeservice.NewServiceClient(conn),
		topic:        topictypes.NewQueryClient(conn),
		contribution: contributiontypes.NewQueryClient(conn),
		scoring:      scoringtypes.NewQueryClient(conn),
	}
}

// pageSize is the largest page that the modules' lists give.
const pageSize = 1000

// Height returns the height of the last block that the node has carried out, by whose state it answers and judges transactions. A
// busy node has had a later block for a while before it has carried it out.
func (c *Client) Height(ctx context.Context) (int64, error) {
	r, err := c.node.Status(ctx, &nodeservice.StatusRequest{})
	if err != nil {
		return 0, explain(err)
	}
	return int64(r.Height), nil //nolint:gosec // a height
}

// ChainID returns the id of the node's chain.
func (c *Client) ChainID(ctx context.Context) (string, error) {
	r, err := c.comet.GetNodeInfo(ctx, &cmtservice.GetNodeInfoRequest{})
	if err != nil {
		return "", explain(err)
	}
	return r.DefaultNodeInfo.Network, nil
}

// Topics returns all topics by id.
func (c *Client) Topics(ctx context.Context) ([]topictypes.Topic, error) {
	var topics []topictypes.Topic
	page := &query.PageRequest{Limit: pageSize}
	for {
		r, err := c.topic.Topics(ctx, &topictypes.QueryTopicsRequest{Pagination: page})
		if err != nil {
			return nil, explain(err)
		}
		topics = append(topics, r.Topics...)
		if r.Pagination == nil || len(r.Pagination.NextKey) == 0 {
			return topics, nil
		}
		page = &query.PageRequest{Key: r.Pagination.NextKey, Limit: pageSize}
	}
}

// Topic returns a topic by its id or slug.
func (c *Client) Topic(ctx context.Context, name string) (topictypes.Topic, error) {
	if id, err := strconv.ParseUint(name, 10, 64); err == nil {
		r, err := c.topic.Topic(ctx, &topictypes.QueryTopicRequest{TopicId: id})
		if err != nil {
			return topictypes.Topic{}, explain(err)
		}
		return r.Topic, nil
	}
	r, err := c.topic.TopicBySlug(ctx, &topictypes.QueryTopicBySlugRequest{Slug: name})
	if err != nil {
		return topictypes.Topic{}, explain(err)
	}
	return r.Topic, nil
}

// Epoch returns the last epoch that a topic opened, and its pinned set.
func (c *Client) Epoch(ctx context.Context, topic uint64) (scoringtypes.Epoch, []uint64, error) {
	r, err := c.scoring.Epoch(ctx, &scoringtypes.QueryEpochRequest{TopicId: topic})
	if err != nil {
		return scoringtypes.Epoch{}, nil, explain(err)
	}
	return r.Epoch, r.ContributionIds, nil
}

// Row returns what an operator committed in an epoch, and whether it revealed.
func (c *Client) Row(ctx context.Context, topic, epoch uint64, operator string) (hash []byte, revealed bool, err error) {
	r, err := c.scoring.Row(ctx, &scoringtypes.QueryRowRequest{TopicId: topic, Epoch: epoch, Operator: operator})
	if err != nil {
		if err = explain(err); errors.Is(err, ErrNotFound) {
			return nil, false, nil
		}
		return nil, false, err
	}
	return r.Hash, r.Revealed, nil
}

// Qualities returns the last public scores of a topic, by rising id.
func (c *Client) Qualities(ctx context.Context, topic uint64) (ids []uint64, qualities []uint32, err error) {
	r, err := c.scoring.Result(ctx, &scoringtypes.QueryResultRequest{TopicId: topic})
	if err != nil {
		return nil, nil, explain(err)
	}
	return r.Result.ContributionIds, r.Result.Quality, nil
}

// Contribution returns a contribution by its id.
func (c *Client) Contribution(ctx context.Context, id uint64) (contributiontypes.Contribution, error) {
	r, err := c.contribution.Contribution(ctx, &contributiontypes.QueryContributionRequest{ContributionId: id})
	if err != nil {
		return contributiontypes.Contribution{}, explain(err)
	}
	return r.Contribution, nil
}

// ByDigest returns the contribution that owns a digest in a topic.
func (c *Client) ByDigest(ctx context.Context, topic uint64, sha256 string) (contributiontypes.Contribution, error) {
	r, err := c.contribution.ContributionByDigest(ctx, &contributiontypes.QueryContributionByDigestRequest{TopicId: topic, Sha256: sha256})
	if err != nil {
		return contributiontypes.Contribution{}, explain(err)
	}
	return r.Contribution, nil
}

// ByHash returns the contribution that an account committed with a hash.
func (c *Client) ByHash(ctx context.Context, contributor string, hash []byte) (contributiontypes.Contribution, error) {
	page := &query.PageRequest{Limit: pageSize}
	for {
		r, err := c.contribution.ContributionsByContributor(ctx, &contributiontypes.QueryContributionsByContributorRequest{
			Contributor: contributor, Pagination: page,
		})
		if err != nil {
			return contributiontypes.Contribution{}, explain(err)
		}
		for _, found := range r.Contributions {
			if bytes.Equal(found.Hash, hash) {
				return found, nil
			}
		}
		if r.Pagination == nil || len(r.Pagination.NextKey) == 0 {
			return contributiontypes.Contribution{}, fmt.Errorf("%w: no commit of %s has hash %x", ErrNotFound, contributor, hash)
		}
		page = &query.PageRequest{Key: r.Pagination.NextKey, Limit: pageSize}
	}
}

// Price says what a submission to a topic costs now, and how long until a commit
// costs at most maxPrice.
func (c *Client) Price(ctx context.Context, topic, maxPrice uint64) (contributiontypes.QueryPriceResponse, error) {
	r, err := c.contribution.Price(ctx, &contributiontypes.QueryPriceRequest{TopicId: topic, MaxPrice: maxPrice})
	if err != nil {
		return contributiontypes.QueryPriceResponse{}, explain(err)
	}
	return *r, nil
}

// CanSubmit says whether a topic would take a commit of an account now, and if not, why.
func (c *Client) CanSubmit(ctx context.Context, topic uint64, contributor string) (contributiontypes.QueryCanSubmitResponse, error) {
	r, err := c.contribution.CanSubmit(ctx, &contributiontypes.QueryCanSubmitRequest{TopicId: topic, Contributor: contributor})
	if err != nil {
		return contributiontypes.QueryCanSubmitResponse{}, explain(err)
	}
	return *r, nil
}

// explain turns a gRPC status into an error of this package.
func explain(err error) error {
	switch status.Code(err) {
	case codes.NotFound:
		return fmt.Errorf("%w: %s", ErrNotFound, status.Convert(err).Message())
	case codes.Unavailable:
		return fmt.Errorf("the node does not answer: %w: check that it runs and that its gRPC server is on", err)
	default:
		return err
	}
}
