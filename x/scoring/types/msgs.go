// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"
)

// Validate refuses a commit that can never be right: no topic or epoch (ErrInvalidMessage), or
// a hash that is not 32 bytes long (ErrInvalidHash).
func (m *MsgCommitScores) Validate() error {
	if err := validateEpochName(m.TopicId, m.Epoch); err != nil {
		return err
	}
	if len(m.Hash) != HashBytes {
		return errorsmod.Wrapf(ErrInvalidHash, "hash is %d bytes, expected %d: send the SHA-256 over chain id, topic, epoch, operator, salt and row", len(m.Hash), HashBytes)
	}
	return nil
}

// Validate refuses a reveal that can never be right: no topic or epoch (ErrInvalidMessage), a
// salt that is not 32 bytes long (ErrInvalidSalt), or a row that is empty (ErrInvalidRow) or
// longer than any set (ErrRowTooLong).
func (m *MsgRevealScores) Validate() error {
	if err := validateEpochName(m.TopicId, m.Epoch); err != nil {
		return err
	}
	switch {
	case len(m.Salt) != SaltBytes:
		return errorsmod.Wrapf(ErrInvalidSalt, "salt is %d bytes, expected %d: send the salt that the commitment was made with", len(m.Salt), SaltBytes)
	case len(m.Row) == 0:
		return errorsmod.Wrap(ErrInvalidRow, "row is empty: give at least one contribution a score, which may be 0")
	case len(m.Row) > MaxRowBytes:
		return errorsmod.Wrapf(ErrRowTooLong, "row is %d bytes, no row is longer than %d: send the canonical row", len(m.Row), MaxRowBytes)
	}
	return nil
}

func validateEpochName(topicID, epoch uint64) error {
	if topicID == 0 {
		return errorsmod.Wrap(ErrInvalidMessage, "topic_id is 0: topics begin at 1")
	}
	if epoch == 0 {
		return errorsmod.Wrap(ErrInvalidMessage, "epoch is 0: epochs begin at 1, and the topic's clock says which one runs")
	}
	return nil
}
