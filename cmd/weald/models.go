// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/weal-network/weal/evaluator/corpus"
	"github.com/weal-network/weal/evaluator/samples"
)

// newModelsCmd trains the sample models.
func newModelsCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:         "models",
		Short:       "Train sample models",
		Annotations: map[string]string{standsAloneAnnotation: ""},
	}
	cmd.AddCommand(trainModelsCmd())
	return cmd
}

// trainedModel is what models.json says of a model.
type trainedModel struct {
	Name   string `json:"name"`
	About  string `json:"about"`
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
}

func trainModelsCmd() *cobra.Command {
	var out, source string
	var seed uint64
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Train byte-level language models of Go source and write them as ONNX",
		Long: "Trains on the Go standard library's source, without the files that the topic holds out: frequencies of orders 0, 1 and 2,\n" +
			"a small perceptron, a copy, a near-copy and a random one. The same source and seed give the same files.",
		Example: "weald models train --out models",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return errors.New("--out is missing: name the directory to write the models to")
			}
			if source == "" {
				root, err := corpus.GoRoot(cmd.Context())
				if err != nil {
					return fmt.Errorf("%w: name a directory of Go source with --corpus", err)
				}
				source = root
			}
			texts, err := trainingTexts(source)
			if err != nil {
				return err
			}
			models, err := samples.Train(texts, seed, func(name string) { cmd.PrintErrln("training", name) })
			if err != nil {
				return err
			}
			return exportModels(cmd, out, models)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "directory to write the models and models.json to")
	cmd.Flags().StringVar(&source, "corpus", "", "directory of Go source (default: the Go installation's)")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "seed of the random numbers used in training")
	return cmd
}

func trainingTexts(source string) ([][]byte, error) {
	parts, err := corpus.SplitGoSource(source)
	if err != nil {
		return nil, err
	}
	texts := make([][]byte, 0, len(parts.Training))
	for _, path := range parts.Training {
		b, err := os.ReadFile(filepath.Join(parts.Dir, filepath.FromSlash(path)))
		if err != nil {
			return nil, err
		}
		texts = append(texts, b)
	}
	return texts, nil
}

func exportModels(cmd *cobra.Command, out string, models []samples.Model) error {
	if err := samples.Export(out, models); err != nil {
		return err
	}
	list := make([]trainedModel, 0, len(models))
	for _, m := range models {
		list = append(list, trainedModel{Name: m.Name, About: m.About, File: m.Name + ".onnx", SHA256: m.SHA256(), Bytes: len(m.ONNX)})
		cmd.Printf("%-10s %9d bytes  %s  %s\n", m.Name, len(m.ONNX), m.SHA256(), m.About)
	}
	b, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "models.json"), append(b, '\n'), 0o600)
}
