// SPDX-License-Identifier: Apache-2.0

package types

import (
	"slices"

	"github.com/weal-network/weal/pkg/frontier"
)

// Archive is what is stored of a topic's epochs.
type Archive interface {
	// Past is an epoch with its contributions and who counted in it; no contributions when it is no longer stored.
	Past(number uint64) (epoch Epoch, ids []uint64, tally Tally, err error)
	// Qualities are those of the epoch's contributions.
	Qualities(epoch uint64, ids []uint64) ([]uint16, error)
	// WalkRows visits what was revealed of a tile of the epoch, by operator address.
	WalkRows(epoch uint64, tile uint32, visit func(operator string, packed []byte) error) error
	// Contributor is the account that committed a contribution.
	Contributor(id uint64) (string, error)
}

// maxSheets is how many tiles of the past are held at a time; one of 256 validators is 128 KiB.
const maxSheets = 64

// Recall is what windows of an epoch's frontier look back on, out of an archive. What was read is held for as long as
// there is room.
type Recall struct {
	archive Archive
	now     FrontierEpoch
	// voters are the places of the epoch's validators by operator address; looked up and never ranged over, as are all maps here.
	voters map[string]int
	past   map[uint64]*pastEpoch
	sheets map[pastTile]*Sheet
	marks  Marks
	// cells is how much was read, in cells.
	cells uint64
}

var _ frontier.History = (*Recall)(nil)

// pastEpoch is who said what about which contributions.
type pastEpoch struct {
	ids        []uint64
	tally      Tally
	assignment Assignment
	// places are the voters' places in the tally.
	places map[string]int
	own    [][]uint64
}

type pastTile struct {
	epoch uint64
	tile  uint32
}

// NewRecall looks back from an epoch with those voters.
func NewRecall(archive Archive, now FrontierEpoch, tally Tally) *Recall {
	return &Recall{archive: archive, now: now, voters: places(tally), past: map[uint64]*pastEpoch{}, sheets: map[pastTile]*Sheet{}}
}

func places(tally Tally) map[string]int {
	at := make(map[string]int, len(tally.Voters))
	for i, v := range tally.Voters {
		at[v.Operator] = i
	}
	return at
}

// Cells is how much was read since it was asked last, in cells.
func (r *Recall) Cells() uint64 {
	n := r.cells
	r.cells = 0
	return n
}

// Qualities implements frontier.History.
func (r *Recall) Qualities(epoch uint64) ([]uint64, []uint16, error) {
	p, err := r.epoch(epoch)
	if err != nil || len(p.ids) == 0 {
		return nil, nil, err
	}
	r.cells += uint64(len(p.ids))
	qualities, err := r.archive.Qualities(epoch, p.ids)
	return p.ids, qualities, err
}

// Scores implements frontier.History.
func (r *Recall) Scores(epoch, id uint64, into []uint16) error {
	clear(into)
	p, err := r.epoch(epoch)
	if err != nil {
		return err
	}
	at, found := slices.BinarySearch(p.ids, id)
	if !found {
		return nil
	}
	sheet, err := r.sheet(p, pastTile{epoch, uint32(at / TileSize)})
	if err != nil {
		return err
	}
	for i := range into {
		into[i] = sheet.Value(i, at%TileSize)
	}
	return nil
}

// Contributor implements frontier.History.
func (r *Recall) Contributor(id uint64) (string, bool, error) {
	if id == frontier.Baseline || r.now.IsBarred(id) {
		return "", false, nil
	}
	account, err := r.archive.Contributor(id)
	return account, err == nil, err
}

func (r *Recall) epoch(number uint64) (*pastEpoch, error) {
	if p := r.past[number]; p != nil {
		return p, nil
	}
	epoch, ids, tally, err := r.archive.Past(number)
	if err != nil {
		return nil, err
	}
	p := &pastEpoch{ids: ids, tally: tally, places: places(tally)}
	if p.own, err = tally.Own(); err != nil {
		return nil, err
	}
	if p.assignment, err = epoch.Assignment(); err != nil {
		return nil, err
	}
	r.cells += uint64(len(ids) + len(tally.Voters))
	r.past[number] = p
	return p, nil
}

// sheet lays a tile of the past out by the validators of now. Only what counted then counts.
func (r *Recall) sheet(p *pastEpoch, at pastTile) (*Sheet, error) {
	if sheet := r.sheets[at]; sheet != nil {
		return sheet, nil
	}
	if len(r.sheets) == maxSheets {
		clear(r.sheets)
	}
	sheet := &Sheet{}
	set := TileIDs(p.ids, int(at.tile))
	sheet.Reset(len(r.voters), set)
	marks, err := r.marks.Tile(p.assignment, p.own, set, int(at.tile)*TileSize)
	if err != nil {
		return nil, err
	}
	err = r.archive.WalkRows(at.epoch, at.tile, func(operator string, packed []byte) error {
		i, here := r.voters[operator]
		then, counted := p.places[operator]
		if !here || !counted || !p.tally.Voters[then].Active() {
			return nil
		}
		if err := sheet.PutScores(i, packed, p.own[then]); err != nil {
			return err
		}
		sheet.Keep(i, marks, then, len(p.own))
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.cells += uint64(len(r.voters))*uint64(len(set)) + p.assignment.Cost(len(set))
	r.sheets[at] = sheet
	return sheet, nil
}
