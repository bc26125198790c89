"""Damaged, hostile and foreign captures: what can be read is read, the damage is named with its place, nothing grows or hangs."""
import gzip
import random
import struct
import subprocess

import capture_cases
from capture_decode import Extract, decode, truth
from capture_files import block, enhanced_packet, interface, option, pcap, pcapng, section
from capture_packets import ACK, ETHERNET, PSH, Connection, SYN, in_ethernet
from cases import case, check, contains, equal

CLEARTEXT = capture_cases.CAPTURES / "cleartext"
CAPTURE = (CLEARTEXT / "capture.pcap").read_bytes()


def records(capture):
    """Where each record of a classic pcap file begins, and where the file ends."""
    places, at = [], 24
    while at < len(capture):
        places.append(at)
        at += 16 + struct.unpack_from("<I", capture, at + 8)[0]
    return places + [at]


PLACES = records(CAPTURE)


def damaged(context, capture, *parts, status=65, name="damaged"):
    """Decodes octets, and checks status, message and memory. Returns what came out."""
    decoded = decode(context, "--extract", context.file(name), context.file(name + ".cap", capture), measures=True)
    equal(decoded.status, status, "exit status of %s; it said: %s" % (name, decoded.stderr))
    for part in parts:
        contains(decoded.stderr, part, "standard error for " + name)
    check(decoded.memory < 64, "%s took %d MiB" % (name, decoded.memory))
    return decoded


@case()
def a_cut_file_is_decoded_up_to_the_cut(context):
    for at in (PLACES[30] + 7, PLACES[30] + 16, PLACES[30] + 60):
        damaged(context, CAPTURE[:at], "cut", "offset %d" % PLACES[30], name="cut-%d" % at)
        streams = Extract(context.file("cut-%d" % at)).streams[0]
        check(truth(CLEARTEXT)[0]["server"].startswith(streams["server"]) and len(streams["server"]) > 500, "the server's octets before the cut")


@case()
def every_cut_of_a_file_ends_in_a_word_about_it(context):
    small = (capture_cases.CAPTURES / "cooked-nanoseconds" / "capture.pcapng").read_bytes()
    for at in random.Random(6).sample(range(1, len(small)), 40):
        decoded = decode(context, context.file("cut", small[:at]))
        check(decoded.status in (0, 65), "exit status %d for a file cut at %d" % (decoded.status, at), decoded.stderr)
        check(decoded.status == 0 or "offset" in decoded.stderr, "no offset for a file cut at %d" % at, decoded.stderr)


@case()
def lengths_of_records_that_lie_are_named_with_their_place(context):
    place = PLACES[20]
    for length in (0xFFFFFFFF, 0x80000000, 0x7FFFFFFF, 1 << 26):
        changed = bytearray(CAPTURE)
        struct.pack_into("<I", changed, place + 8, length)
        decoded = damaged(context, bytes(changed), "offset %d" % place, str(length), name="length-%x" % length)
        contains(decoded.text, "S: * OK", "what stands before it")


@case()
def lengths_of_pcapng_blocks_that_lie_end_the_decoding_there(context):
    frames = in_ethernet(connection_of(b"* OK ready\r\n"))
    for name, length in (("zero", 0), ("short", 8), ("odd", 33), ("huge", 0xFFFFFFFC)):
        whole = pcapng(frames, ETHERNET)
        damaged(context, whole + struct.pack("<II", 6, length) + b"\0" * 24, "offset %d" % len(whole), name="block-" + name)
    whole = pcapng(frames, ETHERNET)
    damaged(context, whole[:-4] + struct.pack("<I", 16), name="lengths that differ")
    lying = struct.pack("<IIIII", 0, 0, 0, 4000, 4000) + b"\0" * 40
    damaged(context, whole + block(6, lying), "offset %d" % len(whole), name="captured length")
    damaged(context, whole + block(6, struct.pack("<IIIII", 9, 0, 0, 0, 0)), "interface 9", name="interface")


@case()
def blocks_for_others_are_passed_over(context):
    frames = in_ethernet(connection_of(b"* OK ready\r\n"))
    odd = (section() + block(4, b"\0" * 8) + interface(ETHERNET, "eth0") + block(5, b"\0" * 12) + block(0xBAD, b"custom..")
           + block(0x0BAD1234, b"") + block(10, struct.pack("<II", 0x544C534B, 4) + b"none")
           + enhanced_packet(0, *frames[0], option(1, b"a comment"), option(2, struct.pack("<I", 1)))
           + b"".join(enhanced_packet(0, *frame) for frame in frames[1:]))
    decoded = damaged(context, odd, status=0, name="odd")
    contains(decoded.text, "* OK ready", "the transcript")


@case()
def what_is_no_capture_is_refused(context):
    for name, octets in (("text", b"* OK this is the text of a session\r\n" * 4), ("zeros", bytes(4096)), ("three octets", b"\xd4\xc3\xb2"),
                         ("half a header", CAPTURE[:17]), ("nothing", b"")):
        damaged(context, octets, name=name)


@case()
def a_gzip_bomb_neither_fills_the_memory_nor_lasts(context):
    header = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, ETHERNET)
    zeros = struct.pack("<IIII", 1, 0, 65000, 65000) + bytes(65000)
    bomb = gzip.compress(header + zeros * 3000, 9, mtime=0)         # 195 MB out of 190 KB: a thousandfold.
    decoded = damaged(context, bomb, status=0, name="bomb")
    contains(decoded.stderr, "3,000 packets", "totals")
    # Many members, each a bomb: 8 GB in all. It ends by itself, long before.
    decoded = damaged(context, bomb + gzip.compress(zeros * 3000, 9, mtime=0) * 40, name="bombs")
    contains(decoded.stderr, "gzip", "standard error")


@case()
def damaged_compression_is_decoded_up_to_the_damage(context):
    for command in (["gzip", "-9c"], ["zstd", "-19qc"], ["lz4", "-qc"]):
        packed = subprocess.run(command, input=CAPTURE, stdout=subprocess.PIPE, check=True).stdout
        damaged(context, packed[:len(packed) * 2 // 3], name=command[0] + " cut")
        changed = bytearray(packed)
        for at in range(len(packed) // 2, len(packed) // 2 + 40):
            changed[at] ^= 0x5A
        decoded = decode(context, context.file("changed", bytes(changed)))
        check(decoded.status in (0, 65), "%s: exit status %d" % (command[0], decoded.status), decoded.stderr)


def connection_of(greeting, port=143, client=("192.0.2.1", 50000)):
    made = Connection(client, ("198.51.100.1", port))
    made.open(1_700_000_000 * 1_000_000_000)
    made.send(1_700_000_000_001_000_000, "server", greeting)
    made.close(1_700_000_000_002_000_000, "server")
    return made.segments


@case()
def a_capture_without_IMAP_says_what_was_there(context):
    web = in_ethernet(connection_of(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 8080))
    mail = in_ethernet(connection_of(b"220 mail.example.org ESMTP\r\n", 25, ("192.0.2.1", 50001)))
    question = (1, web[0][1][:23] + b"\x11" + web[0][1][24:34] + struct.pack(">HHHH", 40000, 53, 20, 0) + bytes(12))
    neighbour = (2, web[0][1][:12] + b"\x08\x06" + bytes(28))
    decoded = decode(context, context.file("none.pcap", pcap([question, neighbour] + web + mail, ETHERNET)))
    equal(decoded.status, 0, "exit status")
    equal(decoded.stdout, b"", "standard output")
    for part in ("TCP port 8080", "TCP port 25", "UDP port 53", "ARP", "--port"):
        contains(decoded.stderr, part, "standard error")
    decoded = decode(context, context.file("empty.pcap", pcap([], ETHERNET)))
    equal(decoded.status, 0, "exit status for a capture without packets")
    contains(decoded.stderr, "no packet", "standard error")


@case()
def what_is_not_there_or_may_not_be_read_says_so(context):
    decoded = decode(context, context.file("nothing.pcap"))
    equal(decoded.status, 66, "exit status for a file that is not there")
    contains(decoded.stderr, "nothing.pcap", "standard error")
    equal(decode(context, context.folder).status, 66, "exit status for a folder")


@case()
def a_damaged_file_does_not_hide_the_ones_beside_it(context):
    other = capture_cases.CAPTURES / "ipv6"
    decoded = decode(context, "--extract", context.file("streams"), context.file("cut.pcap", CAPTURE[:PLACES[5] + 3]), other / "capture.pcap")
    equal(decoded.status, 65, "exit status")
    contains(decoded.stderr, "cut.pcap", "standard error")
    masked = Extract(context.file("streams")).streams
    check(any(len(one["server"]) == len(truth(other)[0]["server"]) for one in masked), "the session of the whole file")


@case()
def random_damage_never_ends_in_a_crash(context):
    chance = random.Random(20261123)
    for turn in range(60):
        changed = bytearray((CLEARTEXT / "capture.pcap").read_bytes() if turn % 2 else
                            (capture_cases.CAPTURES / "cooked-nanoseconds" / "capture.pcapng").read_bytes())
        for _ in range(chance.choice((1, 5, 50, 500))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        decoded = decode(context, "--detail", "4", context.file("rotten", bytes(changed)), seconds=10)
        check(decoded.status in (0, 65), "exit status %d in turn %d" % (decoded.status, turn), decoded.stderr)


@case()
def segments_that_are_never_joined_are_held_within_bounds(context):
    made = Connection(("192.0.2.1", 50000), ("198.51.100.1", 143))
    made.open(1_000)
    made.add(2_000, "server", PSH | ACK, b"* OK ready\r\n")
    made.sequence["server"] += 1        # An octet that never comes, and nobody acknowledges.
    for number in range(120_000):
        made.add(3_000 + number, "server", ACK, b"x")
        made.sequence["server"] += 1
    decoded = decode(context, "--format", "none", context.file("holes.pcap", pcap(in_ethernet(made.segments), ETHERNET)), measures=True)
    equal(decoded.status, 0, "exit status; it said: " + decoded.stderr)
    check(decoded.memory < 64, "%d MiB" % decoded.memory)


@case()
def connections_that_never_say_anything_are_forgotten(context):
    frames = []
    for number in range(70_000):
        made = Connection(("192.0.%d.%d" % (number >> 8 & 255, number & 255), 1024 + number % 60000), ("198.51.100.1", 143))
        made.add(number * 1000, "client", SYN)
        frames += in_ethernet(made.segments)
    session = in_ethernet(connection_of(b"* OK ready\r\n"))
    decoded = decode(context, "--detail", "0", context.file("scan.pcap", pcap(frames + session, ETHERNET)), measures=True)
    contains(decoded.text, "192.0.2.1:50000", "the one session")
    check(decoded.memory < 64, "%d MiB" % decoded.memory)
