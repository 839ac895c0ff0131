// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"time"

	"cosmossdk.io/collections"
	"cosmossdk.io/collections/indexes"
	"cosmossdk.io/core/address"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/admission/types"
)

// admissionIndexes finds admissions by other things than their key.
type admissionIndexes struct {
	// due: (time at which it ends or is looked at again, key). Time first, so that what is
	// over is a prefix; an admission without an end stands at Never.
	due *indexes.Multi[time.Time, admissionKey, types.Admission]
	// account: (account, key), for what one account is admitted for.
	account *indexes.Multi[[]byte, admissionKey, types.Admission]
}

// IndexesList implements collections.Indexes.
func (i admissionIndexes) IndexesList() []collections.Index[admissionKey, types.Admission] {
	return []collections.Index[admissionKey, types.Admission]{i.due, i.account}
}

// applicationIndexes finds applications by other things than their id.
type applicationIndexes struct {
	// key: (role, topic, account) -> id. Nobody applies twice for the same.
	key *indexes.Unique[admissionKey, uint64, types.Application]
	// topic: ((role, topic), id), for what is asked for.
	topic *indexes.Multi[topicKey, uint64, types.Application]
	// applicant: (account, id), for the bound on one account.
	applicant *indexes.Multi[[]byte, uint64, types.Application]
	// due: (time of expiry, id). Time first, so that what is over is a prefix.
	due *indexes.Multi[time.Time, uint64, types.Application]
}

// IndexesList implements collections.Indexes.
func (i applicationIndexes) IndexesList() []collections.Index[uint64, types.Application] {
	return []collections.Index[uint64, types.Application]{i.key, i.topic, i.applicant, i.due}
}

// historyIndexes finds the changes of one admission.
type historyIndexes struct {
	// key: ((role, topic, account), id), so that one admission's are a prefix, in order.
	key *indexes.Multi[admissionKey, uint64, types.Change]
}

// IndexesList implements collections.Indexes.
func (i historyIndexes) IndexesList() []collections.Index[uint64, types.Change] {
	return []collections.Index[uint64, types.Change]{i.key}
}

// timeKey sorts by time. Its successor, of which its deprecation speaks, is not in collections v1.4.0, which
// only has a codec for values.
var timeKey = sdk.TimeKey //nolint:staticcheck // see above

// What follows says under what a record stands in an index.

func dueOf(_ admissionKey, admission types.Admission) (time.Time, error) {
	return admission.DueAt(), nil
}

func holderOf(key admissionKey, _ types.Admission) ([]byte, error) { return key.K3(), nil }

func dueOfApplication(_ uint64, application types.Application) (time.Time, error) {
	return application.ExpiresAt, nil
}

func topicOfApplication(_ uint64, application types.Application) (topicKey, error) {
	return collections.Join(uint32(application.Key.Role), application.Key.TopicId), nil
}

// accountReader turns the addresses of records into bytes.
type accountReader struct{ address.Codec }

func (r accountReader) keyOfApplication(_ uint64, application types.Application) (admissionKey, error) {
	return r.key(application.Key)
}

func (r accountReader) applicant(_ uint64, application types.Application) ([]byte, error) {
	return r.StringToBytes(application.Key.Address)
}

func (r accountReader) keyOfChange(_ uint64, change types.Change) (admissionKey, error) {
	return r.key(change.Key)
}

func (r accountReader) key(key types.AdmissionKey) (admissionKey, error) {
	addr, err := r.StringToBytes(key.Address)
	if err != nil {
		return admissionKey{}, err
	}
	return storeKey(key.Role, key.TopicId, addr), nil
}

func storeKey(role types.Role, topicID uint64, addr []byte) admissionKey {
	return collections.Join3(uint32(role), topicID, addr)
}
