// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/core/address"

	"github.com/weal-network/weal/x/scoring/types"
)

// ErrDiffers says that a stored number is not what the epoch's inputs make.
var ErrDiffers = errors.New("the epoch does not come to what is stored")

// ErrNotClosed is returned for an epoch that has no outcome yet.
var ErrNotClosed = errors.New("the epoch is not closed yet")

// Checker computes epochs again from what a node stores.
type Checker struct {
	// Queries are of any node; nothing that it says of results is believed.
	Queries types.QueryClient
	// ChainID is the chain's, to which commitments are bound.
	ChainID string
	// Operators reads operator addresses.
	Operators address.Codec
	// Contributor says who committed a contribution; asked where a topic pays for its frontier.
	Contributor func(ctx context.Context, id uint64) (string, error)
}

// Report is what was compared, up to the first difference.
type Report struct {
	// Epoch is the epoch's record.
	Epoch types.Epoch
	// Contributions, Voters and Revealed count what took part.
	Contributions, Voters, Revealed int
	// Numbers counts the stored numbers and hashes that were found to be right.
	Numbers int
	// Unchecked says what could not be computed again, as what it is made of is deleted; nothing as a rule.
	Unchecked string
}

// Epoch computes an epoch again: who revealed what they had committed, the powers under the cap, whether the epoch is
// void, the consensus and all that follows from it, the new bonds, the frontier, and the Merkle root. It returns ErrDiffers and says
// what differs first, ErrNotClosed, or what the node answered.
func (c Checker) Epoch(ctx context.Context, topicID, number uint64) (Report, error) {
	e, err := c.load(ctx, topicID, number)
	if err != nil || e.done {
		return e.report, err
	}
	for _, check := range []func(context.Context) error{
		e.checkReveals, e.checkTally, e.checkStart, e.checkResult, e.checkBonds, e.checkFrontier, e.checkRoot,
	} {
		if err := check(ctx); err != nil {
			return e.report, err
		}
		if e.done {
			break
		}
	}
	return e.report, nil
}

// epoch is one being checked.
type epoch struct {
	Checker
	record  types.Epoch
	ids     []uint64
	tally   types.Tally
	outcome types.Outcome
	ballot  types.Ballot
	count   types.Count
	// operators are the voters' addresses.
	operators [][]byte
	result    types.EpochResult
	report    Report
	// done is set when nothing follows, as for a void epoch.
	done bool
}

// load gets an epoch that is closed, and who counted in it.
func (c Checker) load(ctx context.Context, topicID, number uint64) (epoch, error) {
	e := epoch{Checker: c}
	res, err := c.Queries.Epoch(ctx, &types.QueryEpochRequest{TopicId: topicID, Epoch: number})
	if err != nil {
		return e, err
	}
	e.record, e.ids = res.Epoch, res.ContributionIds
	if e.record.Status != types.EPOCH_STATUS_SCORED && e.record.Status != types.EPOCH_STATUS_VOID {
		return e, fmt.Errorf("%w: epoch %d of topic %d is %s, its last block is %d", ErrNotClosed, e.record.Number, topicID, e.record.Status, e.record.EndHeight)
	}
	tally, err := c.Queries.Tally(ctx, &types.QueryTallyRequest{TopicId: topicID, Epoch: e.record.Number})
	switch {
	case status.Code(err) == codes.NotFound && e.record.Status == types.EPOCH_STATUS_VOID:
		e.done = true // it could not even be found out who counts
	case err != nil:
		return e, err
	case tally.Work != nil:
		return e, fmt.Errorf("%w: epoch %d of topic %d is scored, and its results are still being hashed", ErrNotClosed, e.record.Number, topicID)
	default:
		e.tally = tally.Tally
		if tally.Outcome != nil {
			e.outcome = *tally.Outcome
		}
	}
	for _, v := range e.record.Validators {
		operator, err := c.Operators.StringToBytes(v.Operator)
		if err != nil {
			return e, err
		}
		e.operators = append(e.operators, operator)
	}
	e.report = Report{Epoch: res.Epoch, Contributions: len(e.ids), Voters: len(e.operators)}
	return e, nil
}

// same counts a stored number that is right, and says what differs otherwise.
func same[T comparable](e *epoch, stored, computed T, format string, args ...any) error {
	if stored != computed {
		return fmt.Errorf("%w: %s: stored %v, computed %v", ErrDiffers, fmt.Sprintf(format, args...), stored, computed)
	}
	e.report.Numbers++
	return nil
}

// voter finds a validator among the epoch's; -1 for none.
func (e *epoch) voter(operator string) int {
	return slices.IndexFunc(e.tally.Voters, func(v types.Voter) bool { return v.Operator == operator })
}

// checkTally caps the power again, and finds out whether the epoch is void.
func (e *epoch) checkTally(context.Context) error {
	if err := same(e, len(e.tally.Voters), len(e.record.Validators), "number of voters"); err != nil {
		return err
	}
	again := types.NewTally(e.record, slices.Clone(e.tally.Voters))
	for i, v := range e.tally.Voters {
		if err := same(e, v.Operator, e.record.Validators[i].Operator, "voter %d", i); err != nil {
			return err
		}
		if err := same(e, v.Tokens, min(v.Tokens, e.record.Validators[i].Tokens), "tokens of %s, which had %d at the start", v.Operator, e.record.Validators[i].Tokens); err != nil {
			return err
		}
		if err := same(e, v.Power, again.Voters[i].Power, "power of %s", v.Operator); err != nil {
			return err
		}
	}
	if err := same(e, e.tally.TotalPower, again.TotalPower, "power of all"); err != nil {
		return err
	}
	if err := same(e, e.tally.RevealedPower, again.RevealedPower, "power that revealed"); err != nil {
		return err
	}
	return e.checkVoid()
}

// checkVoid finds out whether the epoch has a result. One whose close failed is taken at its word: the state that it
// failed on is not kept.
func (e *epoch) checkVoid() error {
	reason := e.tally.Void(len(e.ids), e.record.MinRevealBp)
	if e.record.Status != types.EPOCH_STATUS_VOID {
		return same(e, "", reason, "why the epoch is void")
	}
	e.done = true
	if reason == "" {
		return nil
	}
	return same(e, e.record.VoidReason, reason, "why the epoch is void")
}
