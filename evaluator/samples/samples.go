// SPDX-License-Identifier: Apache-2.0

// Package samples trains the contributors' models of the local network: real
// ones of rising quality, and the three tricks that the network must withstand.
// Everything is trained in seconds on one core, and the same text and seed give
// the same bytes on the same kind of machine.
package samples

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrNoText says that there is nothing to learn from.
var ErrNoText = errors.New("no training text: give a corpus with at least a few kilobytes")

// Names of the sample models, in the order in which Train returns them.
const (
	Order0   = "order-0"
	Order1   = "order-1"
	Order2   = "order-2"
	Neural   = "neural"
	Copy     = "copy"
	NearCopy = "near-copy"
	Random   = "random"
)

// minText is the least training text, in bytes.
const minText = 4 << 10

// Model is a trained sample.
type Model struct {
	Name string
	// About says in a few words what the model is.
	About string
	ONNX  []byte
}

// SHA256 returns the digest of the model's file in hexadecimal.
func (m Model) SHA256() string {
	sum := sha256.Sum256(m.ONNX)
	return hex.EncodeToString(sum[:])
}

// Train trains all samples from the texts. progress is told the name of each
// model before it is trained; it may be nil. The error matches ErrNoText.
func Train(texts [][]byte, seed uint64, progress func(name string)) ([]Model, error) {
	size := 0
	for _, t := range texts {
		size += len(t)
	}
	if size < minText {
		return nil, fmt.Errorf("%w (got %d bytes)", ErrNoText, size)
	}
	c := count(texts)
	makers := []struct {
		name, about string
		make        func() []byte
	}{
		{Order0, "frequencies of bytes", func() []byte { return order0(c) }},
		{Order1, "frequencies after one byte", func() []byte { return order1(Order1, logs(c.model1())) }},
		{Order2, "frequencies after two bytes, of 96 classes", func() []byte { return order2(c) }},
		{Neural, "perceptron over six bytes, by gradient descent", func() []byte { return train(texts, c.model0(), seed).onnx() }},
		{Copy, "the file of order-2, byte for byte", func() []byte { return order2(c) }},
		{NearCopy, "order-2 written out differently", func() []byte { return nearCopy(c) }},
		{Random, "random numbers", func() []byte { return random(seed) }},
	}
	models := make([]Model, 0, len(makers))
	for _, m := range makers {
		if progress != nil {
			progress(m.name)
		}
		models = append(models, Model{Name: m.name, About: m.about, ONNX: m.make()})
	}
	return models, nil
}

// Export writes each model to dir as NAME.onnx.
func Export(dir string, models []Model) error {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // models are public
		return fmt.Errorf("make the models' directory: %w", err)
	}
	for _, m := range models {
		if err := os.WriteFile(filepath.Join(dir, m.Name+".onnx"), m.ONNX, 0o644); err != nil { //nolint:gosec // as above
			return fmt.Errorf("write model %s: %w", m.Name, err)
		}
	}
	return nil
}
