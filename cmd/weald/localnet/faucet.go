// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// serveFaucet gives coins to whoever posts {"address": "weal1..."} to it, one at a time.
func (n *Network) serveFaucet(ctx context.Context) error {
	srv := &http.Server{Addr: local(n.state.FaucetPort), Handler: n.faucetHandler(), ReadHeaderTimeout: 5 * time.Second}
	stopped := context.AfterFunc(ctx, func() { _ = srv.Close() })
	defer stopped()
	n.say("the faucet gives %s: curl -d '{\"address\":\"weal1...\"}' http://%s", strings.Join(n.cfg.Faucet.Coins, ","), srv.Addr)
	if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return ctx.Err()
}

func (n *Network) faucetHandler() http.Handler {
	// One account pays, so its transactions go one after the other.
	var paying sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.Error(w, `POST {"address": "weal1..."} to get coins`, http.StatusMethodNotAllowed)
			return
		}
		var request struct {
			Address string `json:"address"`
		}
		dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<10))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&request); err != nil {
			http.Error(w, `the body is not {"address": "weal1..."}: `+err.Error(), http.StatusBadRequest)
			return
		}
		if _, err := sdk.AccAddressFromBech32(request.Address); err != nil {
			http.Error(w, "the address is not valid: "+err.Error(), http.StatusBadRequest)
			return
		}
		paying.Lock()
		defer paying.Unlock()
		err := n.cli.tx(r.Context(), n.cfg.Faucet.Name, "bank", "send", n.cfg.Faucet.Name, request.Address, strings.Join(n.cfg.Faucet.Coins, ","))
		if err != nil {
			http.Error(w, complaint(err.Error()), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"address": request.Address, "coins": n.cfg.Faucet.Coins})
	})
}
