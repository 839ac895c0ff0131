// SPDX-License-Identifier: Apache-2.0

package ibc_test

import (
	"strconv"
	"time"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	channelv2types "github.com/cosmos/ibc-go/v11/modules/core/04-channel/v2/types"
	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"
	hostv2 "github.com/cosmos/ibc-go/v11/modules/core/24-host/v2"
)

// patience is how long a packet may be under way.
const patience = time.Hour

// protocol is a version of IBC, with what a test does by it.
type protocol struct {
	name string
	// end names a node's end of the link.
	end func(*node) string
	// deadline writes a time as the version does.
	deadline func(time.Time) uint64
	// sent reads the packet that a transaction of the node sent.
	sent func(*node, *txResult) packet
}

// packet is what is under way from one node to the other.
type packet interface {
	// receive and acknowledge carry it to the other node and its answer back, which is returned;
	// expire is the message that shows that it did not arrive in time.
	receive() *txResult
	acknowledge(*txResult)
	expire() sdk.Msg
	// failed is whether an answer says that the packet was refused.
	failed(*txResult) bool
}

var protocols = []protocol{
	{
		name: "v1", end: func(n *node) string { return n.channel },
		deadline: func(t time.Time) uint64 { return uint64(t.UnixNano()) }, //nolint:gosec // after 1970
		sent:     func(n *node, res *txResult) packet { return packetV1{n, readV1(n, res)} },
	},
	{
		name: "v2", end: func(n *node) string { return n.client },
		deadline: func(t time.Time) uint64 { return uint64(t.Unix()) }, //nolint:gosec // after 1970
		sent:     func(n *node, res *txResult) packet { return packetV2{n, readV2(n, res)} },
	},
}

// transfer is the message that sends a coin of the first account to somebody on the other chain.
func (p protocol) transfer(n *node, coin sdk.Coin, to string) sdk.Msg {
	return transfertypes.NewMsgTransfer(transfertypes.PortID, p.end(n), coin, n.Accounts[0].String(), to,
		clienttypes.ZeroHeight(), p.deadline(n.Now().Add(patience)), "")
}

// send sends a coin.
func (p protocol) send(n *node, coin sdk.Coin, to string) packet {
	n.t.Helper()
	return p.sent(n, n.must(p.transfer(n, coin, to)))
}

// deliver sends a coin, carries the packet over and the answer back, and says whether it was taken.
func (p protocol) deliver(n *node, coin sdk.Coin, to string) bool {
	n.t.Helper()
	under := p.send(n, coin, to)
	res := under.receive()
	under.acknowledge(res)
	return !under.failed(res)
}

// voucher is what a coin of n is called on the other chain.
func (p protocol) voucher(n *node, denom string) string {
	return transfertypes.NewDenom(denom, transfertypes.NewHop(transfertypes.PortID, p.end(n.other))).IBCDenom()
}

// escrowed is how much of a coin n holds for the other chain.
func (p protocol) escrowed(n *node, denom string) int64 {
	return n.App.Bank.GetBalance(n.Ctx(), transfertypes.GetEscrowAddress(transfertypes.PortID, p.end(n)), denom).Amount.Int64()
}

type packetV1 struct {
	from *node
	channeltypes.Packet
}

func readV1(n *node, res *txResult) channeltypes.Packet {
	n.t.Helper()
	number := func(key string) uint64 {
		value, err := strconv.ParseUint(attribute(n.t, res, channeltypes.EventTypeSendPacket, key), 10, 64)
		require.NoError(n.t, err)
		return value
	}
	return channeltypes.NewPacket(bytesOf(n.t, res, channeltypes.EventTypeSendPacket, channeltypes.AttributeKeyDataHex),
		number(channeltypes.AttributeKeySequence), transfertypes.PortID, n.channel, transfertypes.PortID, n.other.channel,
		clienttypes.ZeroHeight(), number(channeltypes.AttributeKeyTimeoutTimestamp))
}

func (p packetV1) receive() *txResult {
	o := p.from.other
	o.update()
	proof, height := p.from.proof(host.PacketCommitmentKey(p.SourcePort, p.SourceChannel, p.Sequence))
	return o.must(channeltypes.NewMsgRecvPacket(p.Packet, proof, height, o.relayer()))
}

func (p packetV1) answer(res *txResult) []byte {
	return bytesOf(p.from.t, res, channeltypes.EventTypeWriteAck, channeltypes.AttributeKeyAckHex)
}

func (p packetV1) acknowledge(res *txResult) {
	p.from.update()
	proof, height := p.from.other.proof(host.PacketAcknowledgementKey(p.DestinationPort, p.DestinationChannel, p.Sequence))
	p.from.must(channeltypes.NewMsgAcknowledgement(p.Packet, p.answer(res), proof, height, p.from.relayer()))
}

func (p packetV1) failed(res *txResult) bool {
	var ack channeltypes.Acknowledgement
	require.NoError(p.from.t, channeltypes.SubModuleCdc.UnmarshalJSON(p.answer(res), &ack))
	return !ack.Success()
}

func (p packetV1) expire() sdk.Msg {
	p.from.update()
	proof, height := p.from.other.proof(host.PacketReceiptKey(p.DestinationPort, p.DestinationChannel, p.Sequence))
	return channeltypes.NewMsgTimeout(p.Packet, 1, proof, height, p.from.relayer())
}

type packetV2 struct {
	from *node
	channelv2types.Packet
}

func readV2(n *node, res *txResult) (p channelv2types.Packet) {
	n.t.Helper()
	require.NoError(n.t, proto.Unmarshal(bytesOf(n.t, res, channelv2types.EventTypeSendPacket, channelv2types.AttributeKeyEncodedPacketHex), &p))
	return p
}

func (p packetV2) receive() *txResult {
	o := p.from.other
	o.update()
	proof, height := p.from.proof(hostv2.PacketCommitmentKey(p.SourceClient, p.Sequence))
	return o.must(channelv2types.NewMsgRecvPacket(p.Packet, proof, height, o.relayer()))
}

func (p packetV2) answer(res *txResult) (ack channelv2types.Acknowledgement) {
	require.NoError(p.from.t, proto.Unmarshal(bytesOf(p.from.t, res, channelv2types.EventTypeWriteAck, channelv2types.AttributeKeyEncodedAckHex), &ack))
	return ack
}

func (p packetV2) acknowledge(res *txResult) {
	p.from.update()
	proof, height := p.from.other.proof(hostv2.PacketAcknowledgementKey(p.DestinationClient, p.Sequence))
	p.from.must(channelv2types.NewMsgAcknowledgement(p.Packet, p.answer(res), proof, height, p.from.relayer()))
}

func (p packetV2) failed(res *txResult) bool { return !p.answer(res).Success() }

func (p packetV2) expire() sdk.Msg {
	p.from.update()
	proof, height := p.from.other.proof(hostv2.PacketReceiptKey(p.DestinationClient, p.Sequence))
	return channelv2types.NewMsgTimeout(p.Packet, proof, height, p.from.relayer())
}
