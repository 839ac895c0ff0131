// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"time"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"

	"github.com/weal-network/weal/x/admission/types"
)

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
