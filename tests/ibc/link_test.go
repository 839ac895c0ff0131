// SPDX-License-Identifier: Apache-2.0

package ibc_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	clientv2types "github.com/cosmos/ibc-go/v11/modules/core/02-client/v2/types"
	connectiontypes "github.com/cosmos/ibc-go/v11/modules/core/03-connection/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
)

// link connects two chains, for the first version of the protocol and for the second, with
// nothing open. The second chain has another client before, so that ids differ.
func link(t testing.TB, opts ...chain.Option) (a, b *node) {
	t.Helper()
	a, b = newNode(t, "weal-a-1", opts...), newNode(t, "weal-b-1", opts...)
	a.other, b.other = b, a
	b.createClient()
	a.createClient()
	b.createClient()
	a.connect()
	a.openChannel()
	for _, n := range []*node{a, b} {
		n.must(clientv2types.NewMsgRegisterCounterparty(n.client, [][]byte{[]byte(ibcexported.StoreKey), {}}, n.other.client, n.relayer()))
	}
	return a, b
}

// opened is link with transfers opened by the people of both chains.
func opened(t testing.TB, opts ...chain.Option) (a, b *node) {
	t.Helper()
	a, b = link(t, opts...)
	a.open(true, true)
	b.open(true, true)
	return a, b
}

// open lets the people say whether coins are sent and received.
func (n *node) open(send, receive bool) {
	n.t.Helper()
	n.MustGovern(&transfertypes.MsgUpdateParams{Signer: app.Authority(), Params: transfertypes.NewParams(send, receive)})
}

// createClient makes a light client of the other chain as it is.
func (n *node) createClient() {
	n.t.Helper()
	n.other.block()
	head := n.other.header(n.other.Height(), clienttypes.ZeroHeight())
	state := ibctm.NewClientState(n.other.id, ibctm.DefaultTrustLevel, 14*24*time.Hour, 21*24*time.Hour, 10*time.Second,
		n.other.heightOf(n.other.Height()), commitmenttypes.GetSDKSpecs(), []string{"upgrade", "upgradedIBCState"})
	msg, err := clienttypes.NewMsgCreateClient(state, head.ConsensusState(), n.relayer())
	require.NoError(n.t, err)
	n.client = attribute(n.t, n.must(msg), clienttypes.EventTypeCreateClient, clienttypes.AttributeKeyClientID)
}

// connect is the handshake of a connection.
func (n *node) connect() {
	n.t.Helper()
	o, prefix, versions := n.other, commitmenttypes.NewMerklePrefix([]byte(ibcexported.StoreKey)), connectiontypes.GetCompatibleVersions()
	res := n.must(connectiontypes.NewMsgConnectionOpenInit(n.client, o.client, prefix, versions[0], 0, n.relayer()))
	n.connection = attribute(n.t, res, connectiontypes.EventTypeConnectionOpenInit, connectiontypes.AttributeKeyConnectionID)

	o.update()
	proof, height := n.proof(host.ConnectionKey(n.connection))
	res = o.must(connectiontypes.NewMsgConnectionOpenTry(o.client, n.connection, n.client, prefix, versions, 0, proof, height, o.relayer()))
	o.connection = attribute(n.t, res, connectiontypes.EventTypeConnectionOpenTry, connectiontypes.AttributeKeyConnectionID)

	n.update()
	proof, height = o.proof(host.ConnectionKey(o.connection))
	n.must(connectiontypes.NewMsgConnectionOpenAck(n.connection, o.connection, proof, height, versions[0], n.relayer()))

	o.update()
	proof, height = n.proof(host.ConnectionKey(n.connection))
	o.must(connectiontypes.NewMsgConnectionOpenConfirm(o.connection, proof, height, o.relayer()))
}

// openChannel is the handshake of a channel of transfers.
func (n *node) openChannel() {
	n.t.Helper()
	const port, version, order = transfertypes.PortID, transfertypes.V1, channeltypes.UNORDERED
	o := n.other
	res := n.must(channeltypes.NewMsgChannelOpenInit(port, version, order, []string{n.connection}, port, n.relayer()))
	n.channel = attribute(n.t, res, channeltypes.EventTypeChannelOpenInit, channeltypes.AttributeKeyChannelID)

	o.update()
	proof, height := n.proof(host.ChannelKey(port, n.channel))
	res = o.must(channeltypes.NewMsgChannelOpenTry(port, version, order, []string{o.connection}, port, n.channel, version, proof, height, o.relayer()))
	o.channel = attribute(n.t, res, channeltypes.EventTypeChannelOpenTry, channeltypes.AttributeKeyChannelID)

	n.update()
	proof, height = o.proof(host.ChannelKey(port, o.channel))
	n.must(channeltypes.NewMsgChannelOpenAck(port, n.channel, o.channel, version, proof, height, n.relayer()))

	o.update()
	proof, height = n.proof(host.ChannelKey(port, n.channel))
	o.must(channeltypes.NewMsgChannelOpenConfirm(port, o.channel, proof, height, o.relayer()))
}
