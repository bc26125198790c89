"""The captures in Captures/: how each is made from a recording, and what a decoder has to find in it."""
import dataclasses
import gzip
import json
import pathlib
import subprocess

import capture_cases_tls
import capture_record as record
from capture_files import pcap, pcapng
from capture_packets import ACK, ETHERNET, RAW, SLL2, connection, ethernet, fragments, in_ethernet, internet, sll2
from cases import ROOT

CAPTURES = ROOT / "Captures"
CLIENT, SERVER = ("192.0.2.10", 40001), ("198.51.100.20", 143)
CLIENT6, SERVER6 = ("2001:db8::a", 40001), ("2001:db8:1::14", 143)


@dataclasses.dataclass
class Made:
    """A capture with the cleartext that is in it, for each session {side: octets}."""
    file: str
    capture: bytes
    streams: list
    text: str                   # of README.md
    gaps: list = None           # for each session {side: [[offset, octets]]}
    ports: tuple = ()           # that a decoder has to be told
    whole: bool = True          # tshark's follow gives the same octets, and what editcap makes of it is the same
    keys: bytes = b""           # the key log that opens its TLS

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / self.file).write_bytes(self.capture)
        if self.keys:
            (folder / "keys.log").write_bytes(self.keys)
        for number, streams in enumerate(self.streams, 1):
            for side, octets in streams.items():
                (folder / ("%d.%s" % (number, side))).write_bytes(octets)
        gaps = self.gaps or [{"client": [], "server": []} for _ in self.streams]
        facts = {"capture": self.file, "ports": list(self.ports), "whole": self.whole, "gaps": gaps}
        if self.keys:
            facts["keys"] = "keys.log"
        (folder / "sessions.json").write_text(json.dumps(facts) + "\n")
        (folder / "README.md").write_text("# %s\n\n%s\n\nMade by `Tests/Integration/make-captures`.\n" % (folder.name, self.text.strip()))


def facts(folder):
    return json.loads((folder / "sessions.json").read_text())


def folders():
    return sorted(path.parent for path in CAPTURES.glob("*/sessions.json"))


def options(folder):
    """What a decoder has to be told of the capture: ports, and where the keys of its TLS are."""
    known = facts(folder)
    keys = ["--keylog=%s" % (folder / known["keys"])] if "keys" in known else []
    return ["--port=%d" % port for port in known["ports"]] + keys


def arguments(folder):
    """imapscope's arguments, to be run in the folder."""
    return ["decode", "-q", "--color", "never", *options(folder), facts(folder)["capture"]]


def make(dovecot, balanced, names):
    """(name, Made) for each capture, or those in `names`. Variants of one recording share it."""
    recordings = {}

    def played(play, *more):
        if play not in recordings:
            recordings[play] = play(dovecot, *more)
        return recordings[play]

    for name, (build, play) in BUILDERS.items():
        if not names or name in names:
            yield name, build(*played(play, *([balanced] if play is record.play_behind_balancer else [])))


# Each takes (recording, streams) of every connection.

def tutorial(only):
    recording, streams = only
    return Made("capture.pcap", pcap(in_ethernet(connection(recording, CLIENT, SERVER)), ETHERNET), [streams], """
The session of the tutorial against Dovecot, in the clear, as Ethernet frames: CRAM-MD5, SEARCH, COPY, an APPEND whose count is
two octets short, IDLE.""")


def compress(only):
    recording, streams = only
    return Made("capture.pcap", pcap(in_ethernet(connection(recording, CLIENT, SERVER)), ETHERNET), [streams], """
COMPRESS=DEFLATE (RFC 4978) behind the login. `1.client` and `1.server` are the inflated text.""", whole=False)


def ipv6(only):
    recording, streams = only
    return Made("capture.pcap", pcap(in_ethernet(connection(recording, CLIENT6, SERVER6)), ETHERNET), [streams],
                "IPv6. One session, in the clear.")


def cooked(only):
    recording, streams = only
    segments = connection(recording, CLIENT, (SERVER[0], 31143))
    frames = [(segment.time + 123, sll2(internet(segment, number), segment.side)) for number, segment in enumerate(segments, 1)]
    return Made("capture.pcapng", pcapng(frames, SLL2, "any"), [streams], """
Linux cooked capture v2, as `tcpdump -i any` writes it, in a pcapng file with time stamps in nanoseconds. The server's port is
31143: what the connection is shows in its greeting.""")


def idle(*both):
    clients = [("192.0.2.10", 40001), ("192.0.2.11", 40002)]
    frames = []
    for (recording, _), client in zip(both, clients):
        frames += in_ethernet(connection(recording, client, SERVER))
    frames.sort(key=lambda frame: frame[0])
    return Made("capture.pcap", pcap(frames, ETHERNET), [streams for _, streams in both], """
Two sessions at once: one waits in IDLE (RFC 2177), the other one brings the message that the first is told of.""")


def pipelined(only):
    recording, streams = only
    return Made("capture.pcap", pcap(in_ethernet(connection(recording, CLIENT, SERVER)), ETHERNET), [streams], """
Six commands in one segment, and a LOGIN that does not wait for the greeting.""")


def literal_plus(only):
    recording, streams = only
    return Made("capture.pcap", pcap(in_ethernet(connection(recording, CLIENT, SERVER)), ETHERNET), [streams], """
Non-synchronizing literals (RFC 7888) in LOGIN, CREATE, SELECT, SEARCH and APPEND; one is empty, one holds what looks like another
literal.""")


def present(segments, streams):
    """What of the streams is in `segments`, and the gaps: ({side: octets}, {side: [[offset, octets]]})."""
    kept, gaps = {}, {}
    for side, octets in streams.items():
        covered = bytearray(len(octets))
        for segment in segments:
            if segment.side == side:
                covered[segment.offset:segment.offset + len(segment.payload)] = b"\1" * len(segment.payload)
        kept[side] = bytes(octet for octet, there in zip(octets, covered) if there)
        gaps[side], at = [], 0
        while (begin := covered.find(0, at)) >= 0:
            at = covered.find(1, begin)
            at = len(covered) if at < 0 else at
            gaps[side].append([begin, at - begin])
    return kept, gaps


def data(segments, side):
    return [segment for segment in segments if segment.side == side and segment.payload]


def gaps(only):
    recording, streams = only
    segments = connection(recording, CLIENT, SERVER, size=536)
    server = data(segments, "server")
    within_literals = next(index for index, segment in enumerate(server) if b"BODY[]" in segment.payload)
    lines = next(index for index, segment in enumerate(server) if index > within_literals + 4 and b"INTERNALDATE" in segment.payload)
    store = next(segment for segment in data(segments, "client") if b"STORE" in segment.payload)
    lost = [server[within_literals + 1], server[lines + 2], server[lines + 3], store]
    left = [segment for segment in segments if not any(segment is other for other in lost)]
    kept, missing = present(left, streams)
    return Made("capture.pcap", pcap(in_ethernet(left), ETHERNET), [kept], """
Four segments are missing that both ends have received, as their acknowledgements show: one inside literals, two in a row among
lines, and the one that holds the command STORE. `1.client` and `1.server` are what is left.""", [missing], whole=False)


def reordered(only):
    recording, streams = only
    segments = connection(recording, CLIENT, SERVER, size=700)
    order = list(segments)
    server = data(segments, "server")
    # Swapped neighbours, a segment behind the acknowledgement of it, and one that comes again with its neighbour in one.
    for first, second in ((server[2], server[3]), (server[7], server[9])):
        here, there = (next(i for i, s in enumerate(order) if s is wanted) for wanted in (first, second))
        order[here], order[there] = order[there], order[here]
    answer = next(i for i, s in enumerate(order) if s is server[5])
    acknowledged = next(i for i in range(answer, len(order)) if order[i].side == "client" and order[i].flags & ACK)
    order.insert(acknowledged, order.pop(answer))
    again = dataclasses.replace(server[3], payload=server[3].payload + server[4].payload[:300])
    order.insert(next(i for i, s in enumerate(order) if s is server[4]) + 1, again)
    times = sorted(segment.time for segment in order)
    order = [dataclasses.replace(segment, time=time) for segment, time in zip(order, times)]
    return Made("capture.pcap", pcap(in_ethernet(order), ETHERNET), [streams], """
Segments out of order, one of them behind the acknowledgement of it, and a retransmission with other boundaries. Nothing is
missing.""")


def mid_stream(only):
    recording, streams = only
    segments = connection(recording, CLIENT, SERVER)
    begin = next(i for i, s in enumerate(segments) if b"STORE 2" in s.payload)
    end = max(i for i, s in enumerate(segments) if b"LOGOUT" in s.payload)
    left = segments[begin:end]
    kept, missing = present(left, streams)
    # Nobody can know what was before the first packet, nor after the last.
    return Made("capture.pcap", pcap(in_ethernet(left), ETHERNET), [kept], """
The capture begins in the middle of the session, without a handshake, and ends before LOGOUT.""", whole=False)


def snaplen(only):
    recording, streams = only
    segments = connection(recording, CLIENT, SERVER)
    length = 400
    header = 14 + 20 + 32
    cut = [dataclasses.replace(segment, payload=segment.payload[:length - header]) for segment in segments]
    kept, missing = present(cut, streams)
    return Made("capture.pcap", pcap(in_ethernet(segments), ETHERNET, snaplen=length), [kept], """
A snapshot length of 400 octets: the ends of long segments are not in the capture.""", [missing], whole=False)


def span_port(only):
    recording, streams = only
    frames = []
    for number, segment in enumerate(connection(recording, CLIENT, SERVER), 1):
        packet = internet(segment, number)
        frames.append((segment.time, ethernet(packet, segment.side, [(0x88A8, 100), (0x8100, 7)])))
        frames.append((segment.time + 1_000, ethernet(packet, segment.side, [(0x8100, 7)])))
    return Made("capture.pcap", pcap(frames, ETHERNET), [streams], """
Every packet twice, as a switch's mirror port shows what enters and what leaves: with two VLAN tags (802.1ad) and with one.""")


def gzipped(only):
    recording, streams = only
    made = pcap(in_ethernet(connection(recording, CLIENT, SERVER)), ETHERNET, nanoseconds=True, order=">")
    return Made("capture.pcap.gz", gzip.compress(made, 9, mtime=0), [streams], """
A big-endian pcap file with time stamps in nanoseconds, compressed with gzip.""")


def zstandard(only):
    recording, streams = only
    made = pcapng([(s.time, internet(s, n)) for n, s in enumerate(connection(recording, CLIENT, SERVER), 1)], RAW, "tun0")
    packed = subprocess.run(["zstd", "-19", "-c"], input=made, stdout=subprocess.PIPE, check=True).stdout
    return Made("capture.pcapng.zst", packed, [streams], "A pcapng file of raw IP packets, compressed with Zstandard.")


def balanced(only):
    recording, streams = only
    return Made("capture.pcap", pcap(in_ethernet(connection(recording, CLIENT, (SERVER[0], 10143))), ETHERNET), [streams], """
Between a load balancer and Dovecot: a PROXY protocol header of version 2 stands before the session and names the client. The
streams are what follows it.""", whole=False)


def fragmented(only):
    recording, streams = only
    frames = []
    for number, segment in enumerate(connection(recording, CLIENT, SERVER), 1):
        packet = internet(segment, number)
        pieces = fragments(packet, 512) if len(segment.payload) > 500 else [packet]
        # Every third datagram's fragments come last one first.
        pieces = pieces[::-1] if number % 3 == 0 else pieces
        frames += [(segment.time + 100 * at, ethernet(piece, segment.side)) for at, piece in enumerate(pieces)]
    return Made("capture.pcap", pcap(frames, ETHERNET), [streams], """
Long segments as IPv4 fragments of 512 octets, some with the last fragment first.""")


BUILDERS = {
    "cleartext": (tutorial, record.play_tutorial),
    "compress": (compress, record.play_compressed),
    "ipv6": (ipv6, record.play_short),
    "cooked-nanoseconds": (cooked, record.play_literal_plus),
    "idle": (idle, record.play_idle),
    "pipelined": (pipelined, record.play_pipelined),
    "literal-plus": (literal_plus, record.play_literal_plus),
    "gaps": (gaps, record.play_short),
    "reordered": (reordered, record.play_short),
    "mid-stream": (mid_stream, record.play_short),
    "snaplen": (snaplen, record.play_short),
    "span-port": (span_port, record.play_pipelined),
    "gzip": (gzipped, record.play_pipelined),
    "zstd": (zstandard, record.play_literal_plus),
    "proxy-protocol": (balanced, record.play_behind_balancer),
    "ip-fragments": (fragmented, record.play_short),
}


BUILDERS.update(capture_cases_tls.builders(Made))
