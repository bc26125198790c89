"""Turns a recorded connection into TCP segments and those into frames, with right checksums, acknowledgements and times.

Segments are values that a test can drop, repeat or reorder before anything is written: needs no privilege, as a capture would."""
import dataclasses
import ipaddress
import struct

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
#: Link types of the tcpdump.org registry.
ETHERNET, RAW, SLL2 = 1, 101, 276
#: Payload of a segment when the path is Ethernet's and both ends use time stamps (RFC 7323).
SEGMENT = 1448
CLIENT_MAC, SERVER_MAC = b"\x02\x00\x00\x00\x01\x0a", b"\x02\x00\x00\x00\x01\x0b"


@dataclasses.dataclass
class Segment:
    time: int               # nanoseconds since 1970
    side: str               # "client" or "server": who sent it
    source: tuple           # (address, port)
    target: tuple
    sequence: int
    acknowledgement: int
    flags: int
    payload: bytes = b""
    offset: int = 0         # of the payload in its direction's stream


class Connection:
    """Both ends of a TCP connection, and the segments that they have sent."""

    def __init__(self, client, server, first=(1_000_000_000, 3_000_000_000)):
        self.ends = {"client": client, "server": server}
        self.sequence = {"client": first[0], "server": first[1]}
        self.sent = {"client": 0, "server": 0}
        self.segments = []

    @staticmethod
    def other(side):
        return "server" if side == "client" else "client"

    def add(self, time, side, flags, payload=b""):
        other = self.other(side)
        acknowledgement = self.sequence[other] if flags & ACK else 0
        self.segments.append(Segment(time, side, self.ends[side], self.ends[other], self.sequence[side] % (1 << 32),
                                     acknowledgement % (1 << 32), flags, payload, self.sent[side]))
        self.sequence[side] += len(payload) + (1 if flags & (SYN | FIN) else 0)
        self.sent[side] += len(payload)

    def open(self, time):
        self.add(time, "client", SYN)
        self.add(time + 20_000, "server", SYN | ACK)
        self.add(time + 35_000, "client", ACK)

    def send(self, time, side, octets, size=SEGMENT):
        """Data in segments of `size`, and the acknowledgement of all of it."""
        for at in range(0, len(octets), size):
            last = at + size >= len(octets)
            self.add(time, side, ACK | (PSH if last else 0), octets[at:at + size])
            time += 3_000
        self.add(time + 9_000, self.other(side), ACK)

    def close(self, time, first):
        self.add(time, first, FIN | ACK)
        self.add(time + 10_000, self.other(first), FIN | ACK)
        self.add(time + 20_000, first, ACK)


def connection(recording, client, server, size=SEGMENT, first=(1_000_000_000, 3_000_000_000)):
    """The segments of a recording (recorder.Recording with chunks)."""
    made = Connection(client, server, first)
    time = int(recording.chunks[0][0] * 1e9) - 200_000
    made.open(time)
    for stamp, side, octets in recording.chunks:
        time = max(time + 60_000, int(stamp * 1e9))
        made.send(time, side, octets, size)
        time = made.segments[-1].time
    made.close(time + 100_000, recording.ends[0] if recording.ends else "client")
    return made.segments


# Frames

def checksum(octets):
    if len(octets) % 2:
        octets += b"\0"
    total = sum(struct.unpack(">%dH" % (len(octets) // 2), octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def tcp(segment):
    milliseconds = segment.time // 1_000_000 & 0xFFFFFFFF
    if segment.flags & SYN:         # Maximum segment size, selective acknowledgements, time stamps, window scale.
        options = b"\x02\x04\x05\xb4\x04\x02\x08\x0a" + struct.pack(">II", milliseconds, 0) + b"\x01\x03\x03\x07"
    else:
        options = b"\x01\x01\x08\x0a" + struct.pack(">II", milliseconds, milliseconds)
    header = struct.pack(">HHIIBBHHH", segment.source[1], segment.target[1], segment.sequence, segment.acknowledgement,
                         (20 + len(options)) << 2, segment.flags, 502, 0, 0) + options
    source, target = (ipaddress.ip_address(end[0]).packed for end in (segment.source, segment.target))
    length = len(header) + len(segment.payload)
    pseudo = source + target + (struct.pack(">HH", 6, length) if len(source) == 4 else struct.pack(">II", length, 6))
    return header[:16] + struct.pack(">H", checksum(pseudo + header + segment.payload)) + header[18:] + segment.payload


def internet(segment, number):
    """The IP packet of a segment; `number` becomes the identification that IPv4 needs for fragments."""
    source, target = (ipaddress.ip_address(end[0]).packed for end in (segment.source, segment.target))
    inner = tcp(segment)
    if len(source) == 16:
        return struct.pack(">IHBB", 6 << 28, len(inner), 6, 64) + source + target + inner
    return ipv4(source, target, inner, number, 0x4000)


def ipv4(source, target, inner, number, fragment):
    header = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(inner), number & 0xFFFF, fragment, 64, 6, 0) + source + target
    return header[:10] + struct.pack(">H", checksum(header)) + header[12:] + inner


def fragments(packet, size):
    """An IPv4 packet as fragments with at most `size` octets each, a multiple of 8."""
    source, target, number = packet[12:16], packet[16:20], struct.unpack(">H", packet[4:6])[0]
    inner = packet[20:]
    return [ipv4(source, target, inner[at:at + size], number, at // 8 | (0x2000 if at + size < len(inner) else 0))
            for at in range(0, len(inner), size)]


def ether_type(packet):
    return 0x86DD if packet[0] >> 4 == 6 else 0x0800


def ethernet(packet, side, tags=()):
    """`tags` are the EtherTypes and identifiers of VLAN tags, the outer one first. Short frames are padded to 60 octets."""
    macs = SERVER_MAC + CLIENT_MAC if side == "client" else CLIENT_MAC + SERVER_MAC
    frame = macs + b"".join(struct.pack(">HH", kind, identifier) for kind, identifier in tags) + struct.pack(">H", ether_type(packet))
    return (frame + packet).ljust(60, b"\0")


def sll2(packet, side, interface=3):
    """Linux cooked capture v2 as the server's host writes it: what the client sent came in (0), the rest went out (4)."""
    kind, address = (0, CLIENT_MAC) if side == "client" else (4, SERVER_MAC)
    return struct.pack(">HHIHBB", ether_type(packet), 0, interface, 1, kind, 6) + address + b"\0\0" + packet


def in_ethernet(segments):
    return [(segment.time, ethernet(internet(segment, number), segment.side)) for number, segment in enumerate(segments, 1)]
