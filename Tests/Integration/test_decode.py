"""The golden captures: `imapscope decode` finds exactly what is in them, and tshark, editcap, mergecap and tcpdump agree."""
import json
import signal
import subprocess

import capture_cases
import capture_record
from capture_decode import Extract, check_streams, decode, extract, truth, tshark_streams
from capture_files import pcap
from capture_packets import ETHERNET, connection, in_ethernet
from cases import DOVECOT, case, check, contains, equal
from imap_client import eventually
from mailboxes import USERS
from proxy import check_secrets_absent, read_events
from secret_forms import forms_of

GOLDEN = capture_cases.folders()
PASSWORD = USERS["drichards"][0]


def capture(folder):
    return folder / capture_cases.facts(folder)["capture"]



def undamaged(*suffixes):
    return [folder for folder in GOLDEN if capture_cases.facts(folder)["whole"] and capture(folder).suffix in (suffixes or ("",))]


def run(*command, **more):
    result = subprocess.run(list(map(str, command)), capture_output=True, **more)
    equal(result.returncode, 0, "exit status of %s; it said: %s" % (command[0], result.stderr.decode(errors="replace")))
    return result.stdout


@case()
def there_are_ten_golden_captures_and_each_is_small(context):
    check(len(GOLDEN) >= 10, "golden captures: %d" % len(GOLDEN))
    for folder in GOLDEN:
        check(capture(folder).stat().st_size < 60_000, "%s is large" % folder.name)
        check((folder / "README.md").exists() and (folder / "expected.txt").exists(), "%s lacks a note or its transcript" % folder.name)


@case()
def the_transcript_of_each_golden_capture_is_the_expected_one(context):
    for folder in GOLDEN:
        decoded = decode(context, "-q", "--color", "never", *capture_cases.options(folder), capture(folder))
        equal(decoded.status, 0, "exit status for %s; it said: %s" % (folder.name, decoded.stderr))
        mine, wanted = decoded.text.splitlines(), (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
        for number, (line, expected) in enumerate(zip(mine, wanted), 1):
            equal(line, expected, "%s: line %d of the transcript" % (folder.name, number))
        equal(len(mine), len(wanted), "%s: lines of the transcript" % folder.name)


@case()
def the_streams_of_each_golden_capture_are_those_that_were_recorded(context):
    for folder in GOLDEN:
        found = extract(context, "--reveal-secrets", *capture_cases.options(folder), capture(folder), name=folder.name)
        check_streams(found.streams, truth(folder), folder.name)
        equal(found.gaps, capture_cases.facts(folder)["gaps"], "%s: gaps" % folder.name)


@case()
def masked_streams_differ_from_the_recorded_ones_in_nothing_but_secrets(context):
    for folder in GOLDEN:
        found = extract(context, *capture_cases.options(folder), capture(folder), name=folder.name)
        for number, (mine, wanted) in enumerate(zip(found.streams, truth(folder)), 1):
            for side in ("client", "server"):
                equal(len(mine[side]), len(wanted[side]), "%s: length of %d.%s" % (folder.name, number, side))
            different = sum(one != other for one, other in zip(mine["client"], wanted["client"]))
            check(different <= 80, "%s: %d masked octets" % (folder.name, different))
            equal(mine["server"], wanted["server"], "%s: what the server said" % folder.name)


@case()
def no_output_reveals_a_secret_of_a_golden_capture(context):
    for folder in GOLDEN:
        jsonl, streams = context.file(folder.name + ".jsonl"), context.file(folder.name)
        decoded = decode(context, "--detail", "4", "--jsonl", jsonl, "--extract", streams, *capture_cases.options(folder), capture(folder))
        outputs = {"stdout": decoded.stdout, "stderr": decoded.stderr.encode(), "--jsonl": jsonl.read_bytes()}
        outputs.update({path.name: path.read_bytes() for path in streams.iterdir()})
        check_secrets_absent({"%s of %s" % (place, folder.name): octets for place, octets in outputs.items()}, forms_of(PASSWORD))


@case()
def message_events_and_gaps_tile_both_streams(context):
    for folder in GOLDEN:
        jsonl = context.file(folder.name + ".jsonl")
        decode(context, "--format", "none", "--jsonl", jsonl, *capture_cases.options(folder), capture(folder))
        for number, streams in enumerate(truth(folder), 1):
            for side in ("client", "server"):
                missing = sum(gap[1] for gap in capture_cases.facts(folder)["gaps"][number - 1][side])
                at = 0
                for event in read_events(jsonl, "message"):
                    if event["session"] != number or event["direction"] != side:
                        continue
                    check(event["offset"] >= at, "%s: messages of %d.%s overlap" % (folder.name, number, side), event)
                    at = event["offset"] + event["length"]
                check(at <= len(streams[side]) + missing, "%s: %d.%s has more octets than there are" % (folder.name, number, side))
                if not missing:
                    equal(at, len(streams[side]), "%s: octets of %d.%s" % (folder.name, number, side))


@case()
def tshark_follows_the_undamaged_ones_to_the_same_octets(context):
    folders = undamaged(".pcap", ".pcapng", ".gz", ".zst")
    check(len(folders) >= 8, "undamaged golden captures: %d" % len(folders))
    for folder in folders:
        path = capture(folder)
        if path.suffix == ".zst":       # Not every tshark is built with Zstandard.
            path = context.file("plain.pcapng", run("zstd", "-dcq", path))
        check_streams(tshark_streams(path, len(truth(folder))), truth(folder), "tshark on " + folder.name)


VARIANTS = {
    "pcapng": ["-F", "pcapng"],
    "pcap": ["-F", "pcap"],
    "nanoseconds": ["-F", "nsecpcap"],
    "without duplicates": ["-d"],
    "an hour later": ["-t", "3600"],
    "a snapshot length beyond all packets": ["-s", "65535"],
}


@case()
def what_editcap_rewrites_decodes_to_the_same(context):
    for folder in undamaged(".pcap", ".pcapng"):
        for name, options in VARIANTS.items():
            rewritten = context.file("rewritten")
            run("editcap", *options, capture(folder), rewritten)
            found = extract(context, "--reveal-secrets", *capture_cases.options(folder), rewritten, name="%s %s" % (folder.name, name))
            check_streams(found.streams, truth(folder), "%s as %s" % (folder.name, name))


@case()
def a_capture_that_editcap_split_decodes_as_a_whole_in_any_order(context):
    folder = next(folder for folder in GOLDEN if folder.name == "cleartext")
    run("editcap", "-c", "25", capture(folder), context.file("part.pcap"))
    parts = sorted(context.folder.glob("part_*.pcap"))
    check(len(parts) >= 3, "parts: %d" % len(parts))
    for order, name in ((parts, "in order"), (parts[::-1], "backwards")):
        check_streams(extract(context, "--reveal-secrets", *order, name=name).streams, truth(folder), name)


@case()
def a_snapshot_length_of_editcap_leaves_gaps_and_what_is_there(context):
    folder = next(folder for folder in GOLDEN if folder.name == "ipv6")
    run("editcap", "-s", "300", capture(folder), context.file("cut.pcap"))
    found = extract(context, "--reveal-secrets", context.file("cut.pcap"))
    for side in ("client", "server"):
        whole, gaps = truth(folder)[0][side], found.gaps[0][side]
        kept = bytearray(whole)
        for offset, length in reversed(gaps):
            del kept[offset:offset + length]
        equal(found.streams[0][side], bytes(kept), "octets from the " + side)
    check(found.gaps[0]["server"], "a cut capture without gaps")


@case()
def merged_captures_hold_the_sessions_of_both(context):
    names = ("proxy-protocol", "ipv6", "idle", "cooked-nanoseconds")
    folders = [folder for folder in GOLDEN if folder.name in names]
    equal(len(folders), len(names), "captures to merge")
    run("mergecap", "-w", context.file("merged.pcapng"), *map(capture, folders))
    whole = lambda streams: sorted((one["client"], one["server"]) for one in streams)
    wanted = whole(streams for folder in folders for streams in truth(folder))
    equal(whole(extract(context, "--reveal-secrets", context.file("merged.pcapng"), name="by mergecap").streams), wanted, "sessions")
    mine = extract(context, "--reveal-secrets", *map(capture, folders), name="by decode").streams
    equal(whole(mine), wanted, "sessions of several files")


@case()
def every_compression_and_standard_input_decode_to_the_same(context):
    folder = next(folder for folder in GOLDEN if folder.name == "cleartext")
    for command in (["gzip", "-c"], ["zstd", "-c", "-q"], ["lz4", "-c", "-q"], ["cat"]):
        packed = context.file("packed", run(*command, capture(folder)))
        for how in ("file", "stdin"):
            with open(packed, "rb") as file:
                argument, stdin = (packed, None) if how == "file" else ("-", file)
                found = extract(context, "--reveal-secrets", argument, stdin=stdin, name="%s %s" % (command[0], how))
            check_streams(found.streams, truth(folder), "%s, %s" % (command[0], how))


@case()
def tcpdump_reads_and_writes_the_captures_as_they_are(context):
    for folder in undamaged(".pcap"):
        rewritten = run("tcpdump", "-r", capture(folder), "-w", "-", "tcp or ip[6:2] & 0x3fff != 0 or vlan")
        found = extract(context, "--reveal-secrets", *capture_cases.options(folder), context.file("rewritten", rewritten), name=folder.name)
        check_streams(found.streams, truth(folder), "tcpdump on " + folder.name)


@case()
def one_direction_alone_decodes_with_the_other_as_a_gap(context):
    folder = next(folder for folder in GOLDEN if folder.name == "pipelined")
    rewritten = run("tcpdump", "-r", capture(folder), "-w", "-", "src port 143")
    found = extract(context, "--reveal-secrets", context.file("half", rewritten))
    streams = truth(folder)[0]
    equal(found.streams[0], {"client": b"", "server": streams["server"]}, "streams")
    equal(sum(length for _, length in found.gaps[0]["client"]), len(streams["client"]), "missing octets of the client")


@case()
def events_of_a_capture_have_the_times_of_its_packets(context):
    folder = next(folder for folder in GOLDEN if folder.name == "cooked-nanoseconds")
    jsonl = context.file("events.jsonl")
    decode(context, "--format", "none", "--jsonl", jsonl, *capture_cases.options(folder), capture(folder))
    times = run("tshark", "-n", "-r", capture(folder), "-Y", "tcp.len > 0", "-T", "fields", "-e", "frame.time_epoch").decode().split()
    # The greeting is the first message, the answer to LOGOUT the last.
    messages = read_events(jsonl, "message")
    for event, stamp in ((messages[0], times[0]), (messages[-1], times[-1])):
        shown = event["time"][len("2026-11-23T00:00:"):-1]
        equal(float(shown) % 60, float("%d.%s" % (int(stamp.split(".")[0]) % 60, stamp.split(".")[1][:6])), "time of a message")


@case()
def fields_reduce_the_objects_and_nothing_else(context):
    folder = next(folder for folder in GOLDEN if folder.name == "cleartext")
    all_of_them = decode(context, "--format", "jsonl", capture(folder)).text.splitlines()
    some = decode(context, "--format", "jsonl", "--fields", "event,session,offset,length,tag,name,status", capture(folder)).text.splitlines()
    equal(len(some), len(all_of_them), "lines")
    for line, reduced in zip(all_of_them[1:], some[1:]):
        whole = json.loads(line)
        for key, value in json.loads(reduced).items():
            equal(value, whole.get(key), "field " + key)


@case()
def standard_error_counts_packets_connections_sessions_and_octets(context):
    folder = next(folder for folder in GOLDEN if folder.name == "gaps")
    decoded = decode(context, capture(folder))
    packets = len(run("tshark", "-n", "-r", capture(folder)).splitlines())
    for part in ("%d packets" % packets, "1 TCP connection", "1 IMAP session", "octets decoded"):
        contains(decoded.stderr, part, "totals")
    missing = sum(gap[1] for gaps in capture_cases.facts(folder)["gaps"][0].values() for gap in gaps)
    contains(decoded.stderr, format(missing, ",") + " octets", "totals")


class LiveCapture:
    """tcpdump on the loopback interface; `works` is false where this user may not capture."""

    def __init__(self, context, port):
        self.path = context.file("live.pcap")
        log = context.file("tcpdump.log")
        with open(log, "wb") as err:
            self.process = subprocess.Popen(["tcpdump", "-n", "-i", "lo", "--immediate-mode", "-U", "-Z", "root", "-w", str(self.path),
                                             "tcp port %d" % port], stdin=subprocess.DEVNULL, stdout=err, stderr=err)
        context.later(self.stop)
        eventually(lambda: b"listening on" in log.read_bytes() or self.process.poll() is not None, 10, "tcpdump's start")
        self.works = self.process.poll() is None

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(10)


@case(DOVECOT)
def a_session_that_tcpdump_captured_live_decodes_to_what_the_relay_saw(context):
    live = LiveCapture(context, context.dovecot.bare[1])
    ((recording, streams),) = capture_record.play_literal_plus(context.dovecot)
    if not live.works:      # Then the packets are made up around what was just recorded; the octets are as live.
        live.path.write_bytes(pcap(in_ethernet(connection(recording, capture_cases.CLIENT, capture_cases.SERVER)), ETHERNET))

    def decoded():
        if not live.path.exists():
            return False
        decode(context, "--format", "none", "--reveal-secrets", "--extract", context.file("streams"), live.path)
        found = Extract(context.file("streams")).streams
        return found and len(found[0]["server"]) == len(streams["server"]) and found
    # What was captured may still be on its way into the file.
    check_streams(eventually(decoded, 20, "the whole session in the capture"), [streams], "live")
