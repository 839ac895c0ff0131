// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// microBits is the number of the evaluators' unit in one bit per byte.
const microBits = 1e6

// measurement is what the evaluators measured of one contribution.
type measurement struct {
	bitsPerByte *float64
	copyOf      uint64
}

// measurements asks every evaluator what it measured last and returns the means by contribution. An evaluator that does not
// answer is left out: the table goes on.
func (n *Network) measurements(ctx context.Context, topicID uint64) map[uint64]measurement {
	sums, counts := make(map[uint64]float64), make(map[uint64]float64)
	result := make(map[uint64]measurement)
	for _, nd := range n.state.Nodes {
		topics, err := askMeasurements(ctx, nd.Ports.Evaluator)
		if err != nil {
			continue
		}
		for _, t := range topics {
			if t.TopicID != topicID {
				continue
			}
			for _, c := range t.Contributions {
				m := result[c.ID]
				if c.CopyOf != 0 {
					m.copyOf = c.CopyOf
				}
				if c.Error == "" {
					sums[c.ID] += float64(c.MicroBitsPerByte) / microBits
					counts[c.ID]++
					mean := sums[c.ID] / counts[c.ID]
					m.bitsPerByte = &mean
				}
				result[c.ID] = m
			}
		}
	}
	return result
}

type topicMeasurements struct {
	TopicID       uint64 `json:"topic_id"`
	Contributions []struct {
		ID               uint64 `json:"id"`
		MicroBitsPerByte int64  `json:"micro_bits_per_byte"`
		CopyOf           uint64 `json:"copy_of"`
		Error            string `json:"error"`
	} `json:"contributions"`
}

func askMeasurements(ctx context.Context, port int) ([]topicMeasurements, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+local(port)+"/measurements", nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the evaluator answered %s", resp.Status)
	}
	var topics []topicMeasurements
	err = json.NewDecoder(resp.Body).Decode(&topics)
	return topics, err
}

func isNotFound(err error) bool { return status.Code(err) == codes.NotFound }
