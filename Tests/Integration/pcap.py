"""Writes recorded connections as a classic pcap file, with TCP made up around them: needs no privilege, as a capture would."""
import struct

#: LINKTYPE_RAW: packets begin with the IP header.
LINK_TYPE = 101
FIN, SYN, PSH, ACK = 1, 2, 8, 16
SEGMENT = 1400


class Flow:
    """One direction: its addresses and how far it is."""

    def __init__(self, source, target):
        self.source, self.target, self.sequence = source, target, 1000


def write_pcap(path, recordings, port):
    """`port` stands for the server's, so that a reader can be told what protocol is on it."""
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, LINK_TYPE))
        for recording in recordings:
            write_connection(file, recording, port)


def write_connection(file, recording, port):
    client = Flow(("10.0.0.1", 40000 + recording.number), ("10.0.0.2", port))
    server = Flow(client.target, client.source)
    flows = {"client": (client, server), "server": (server, client)}
    begin = recording.chunks[0][0] if recording.chunks else 0
    for flow, flags in ((client, SYN), (server, SYN | ACK), (client, ACK)):
        write_packet(file, begin, flow, server if flow is client else client, flags)
    for time, name, octets in recording.chunks:
        flow, other = flows[name]
        for at in range(0, len(octets), SEGMENT):
            write_packet(file, time, flow, other, PSH | ACK, octets[at:at + SEGMENT])
    end = recording.chunks[-1][0] if recording.chunks else 0
    for name in recording.ends:
        write_packet(file, end, *flows[name], FIN | ACK)


def write_packet(file, time, flow, other, flags, payload=b""):
    acknowledged = other.sequence if flags & ACK else 0
    tcp = struct.pack(">HHIIBBHHH", flow.source[1], flow.target[1], flow.sequence, acknowledged, 5 << 4, flags, 65535, 0, 0)
    addresses = b"".join(bytes(map(int, end[0].split("."))) for end in (flow.source, flow.target))
    packet = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp) + len(payload), 0, 0x4000, 64, 6, 0) + addresses + tcp + payload
    file.write(struct.pack("<IIII", int(time), int(time % 1 * 1e6), len(packet), len(packet)) + packet)
    flow.sequence += len(payload) + (1 if flags & (SYN | FIN) else 0)
