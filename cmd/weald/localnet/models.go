// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/weal-network/weal/evaluator/corpus"
	"github.com/weal-network/weal/evaluator/samples"
	"github.com/weal-network/weal/evaluator/spec"
)

const (
	// topicSlug is the topic that the sample models compete in.
	topicSlug = "go-source-lm"
	// trainingSeed makes two networks on the same machine train the same models.
	trainingSeed = 1
)

// submissions are the sample models in the order in which they are submitted: a copy comes after what it copies.
var submissions = []string{
	samples.Order0, samples.Order1, samples.Order2, samples.Neural, samples.Random, samples.NearCopy, samples.Copy,
}

// makeModels splits the Go source of this machine, writes the topic's spec, and trains the sample models.
func (n *Network) makeModels(ctx context.Context) error {
	contributors := n.cfg.Contributors()
	if len(contributors) == 0 {
		return fmt.Errorf("no account contributes: add one to accounts that is neither a validator's nor the faucet's")
	}
	source, err := corpus.GoRoot(ctx)
	if err != nil {
		return err
	}
	parts, err := corpus.SplitGoSource(source)
	if err != nil {
		return err
	}
	if err := n.writeSpec(parts); err != nil {
		return err
	}
	texts := make([][]byte, len(parts.Training))
	for i, path := range parts.Training {
		if texts[i], err = os.ReadFile(filepath.Join(parts.Dir, path)); err != nil {
			return err
		}
	}
	models, err := samples.Train(texts, trainingSeed, func(name string) { n.say("training %s", name) })
	if err != nil {
		return err
	}
	dir := filepath.Join(n.home, "models")
	if err := samples.Export(dir, models); err != nil {
		return err
	}
	for i, name := range submissions {
		at := slices.IndexFunc(models, func(m samples.Model) bool { return m.Name == name })
		n.state.Models = append(n.state.Models, &model{
			Name: name, File: filepath.Join(dir, name+".onnx"), SHA256: models[at].SHA256(),
			Contributor: contributors[i%len(contributors)],
		})
	}
	return nil
}

// writeSpec copies the held-out and the public part of the source into the home, so that the network outlives an update of
// Go, and writes the document that describes them.
func (n *Network) writeSpec(parts corpus.Parts) error {
	n.state.SourceDir = filepath.Join(n.home, "corpus")
	for _, path := range slices.Concat(parts.HeldOut, parts.Sample) {
		if err := copyFile(filepath.Join(n.state.SourceDir, path), filepath.Join(parts.Dir, path)); err != nil {
			return err
		}
	}
	heldOut, err := spec.NewCorpus(n.state.SourceDir, parts.HeldOut, nil)
	if err != nil {
		return err
	}
	sample, err := spec.NewCorpus(n.state.SourceDir, parts.Sample, nil)
	if err != nil {
		return err
	}
	bz, err := spec.New(heldOut, sample).Encode()
	if err != nil {
		return err
	}
	n.spec = specDigests{document: sha256.Sum256(bz), corpus: corpus.Digest(heldOut.Files)}
	n.state.SpecPath = filepath.Join(n.home, "spec", "go-source-lm.json")
	if err := os.MkdirAll(filepath.Dir(n.state.SpecPath), 0o700); err != nil {
		return err
	}
	return writeWhole(n.state.SpecPath, bz)
}

// specDigests are what the topic holds of its spec.
type specDigests struct{ document, corpus [32]byte }

// evaluation is the part of the topic that depends on this machine's corpus.
func (n *Network) evaluation() map[string]any {
	return map[string]any{
		"kind":          spec.KindBitsPerByte,
		"spec_uri":      "file://" + n.state.SpecPath,
		"spec_sha256":   n.spec.document[:],
		"corpus_sha256": n.spec.corpus[:],
	}
}

func copyFile(to, from string) error {
	bz, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return os.WriteFile(to, bz, 0o600)
}
