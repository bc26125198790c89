"""`imapscope parse`: its messages tile the input, whatever the input is, in bounded memory."""
import json
import pathlib
import random
import subprocess
import threading
import time

from cases import DOVECOT, IMAPSCOPE, case, check, contains, equal
from garbage import garbage_of
from proxy import peak_memory
import tutorial

KINDS = {"greeting", "command", "sasl", "done", "cancel", "continuation", "untagged", "tagged", "unparsed"}
FIELDS = {"offset", "length", "kind", "tag", "name", "complete", "findings"}


def parse(octets, side, *options):
    result = subprocess.run([IMAPSCOPE, "parse", "--from", side, *options], input=octets, capture_output=True, timeout=120)
    equal(result.returncode, 0, "exit status of parse (%r)" % result.stderr[:500])
    return result.stdout


def messages_of(octets, side):
    """Parsed messages, after the promises that hold for any input."""
    messages = [json.loads(line) for line in parse(octets, side, "--format", "jsonl").decode("utf-8").splitlines()]
    offset = 0
    for number, message in enumerate(messages):
        missing = FIELDS - set(message)
        check(not missing, "message %d lacks %s" % (number, sorted(missing)), message)
        check(message["kind"] in KINDS, "an unknown kind", message)
        equal(message["offset"], offset, "offset of message %d" % number)
        check(message["length"] > 0, "an empty message", message)
        check(message["complete"] or number == len(messages) - 1, "an unfinished message that is not the last", message)
        for finding in message["findings"]:
            check({"id", "severity", "text"} <= set(finding), "an incomplete finding", finding)
        offset += message["length"]
    equal(offset, len(octets), "octets that the messages tile")
    return messages


def record(context):
    context.dovecot.reset(tutorial.USER)
    return tutorial.play(context.dovecot.bare)


@case(DOVECOT)
def the_tutorial_s_session_is_tiled(context):
    played = record(context)
    client = messages_of(played.sent, "client")
    kinds = [message["kind"] for message in client]
    equal(kinds.count("sasl"), 1, "SASL lines")
    equal(kinds.count("done"), 1, "DONE")
    equal(kinds.count("unparsed"), 0, "unparsed messages")
    # The slip of APPEND leaves nothing behind: {89} and the CRLF after it are one command.
    append = [message for message in client if message["name"] == "APPEND"]
    equal([message["length"] for message in append], [len(b'a1 APPEND "work.due today" {89}\r\n') + 91], "length of APPEND")
    server = messages_of(played.received, "server")
    kinds = [message["kind"] for message in server]
    equal(kinds[0], "greeting", "the first message")
    equal(kinds.count("tagged"), kinds_of_commands(client), "tagged responses: one for each command")
    equal(kinds.count("continuation"), 3, "continuation requests: CRAM-MD5, APPEND, IDLE")
    equal(kinds.count("unparsed"), 0, "unparsed messages")
    check(all(message["complete"] for message in client + server), "all messages are complete")


def kinds_of_commands(messages):
    return sum(message["kind"] == "command" for message in messages)


@case(DOVECOT)
def the_tutorial_s_session_cut_anywhere_is_tiled(context):
    played = record(context)
    chance = random.Random(3)
    for side, octets in (("client", played.sent), ("server", played.received)):
        for cut in [1, 2, 3] + [chance.randrange(len(octets)) for _ in range(20)]:
            messages = messages_of(octets[:cut], side)
            ends_inside = not octets[:cut].endswith(b"\r\n")
            check(not ends_inside or not messages[-1]["complete"], "a message that was cut is called complete", octets[max(0, cut - 60):cut])


@case()
def empty_input_is_no_message(context):
    for side in ("client", "server"):
        equal(parse(b"", side, "--format", "jsonl"), b"", "output")


@case()
def messages_of_known_shape(context):
    client = [(b"a LOGIN bob {3}\r\nabc\r\n", "command", "LOGIN"), (b"b AUTHENTICATE PLAIN\r\n", "command", "AUTHENTICATE"),
              (b"AGEAYmNkZWY=\r\n", "sasl", None), (b"c AUTHENTICATE LOGIN\r\n", "command", "AUTHENTICATE"), (b"*\r\n", "cancel", None),
              (b"d IDLE\r\n", "command", "IDLE"), (b"DONE\r\n", "done", None),
              (b"e APPEND x (\\Seen) {5+}\r\na\r\nb\n\r\n", "command", "APPEND"), (b"f uid fetch 1:* (FLAGS)\r\n", "command", None)]
    server = [(b"* OK ready {5}\r\n", "greeting", "OK"), (b"* 1 FETCH (BODY[] {4}\r\n)\r\n* UID 7)\r\n", "untagged", "FETCH"), (b"+ go on\r\n", "continuation", None),
              (b"a OK done\r\n", "tagged", "OK"), (b"* NO text ends so {7}\r\n", "untagged", "NO"), (b"* 2 EXISTS\r\n", "untagged", "EXISTS"),
              (b"b BAD what?\r\n", "tagged", "BAD"), (b"* BYE\r\n", "untagged", "BYE")]
    for side, known in (("client", client), ("server", server)):
        messages = messages_of(b"".join(octets for octets, _, _ in known), side)
        equal([m["kind"] for m in messages], [kind for _, kind, _ in known], "kinds from the " + side)
        equal([m["length"] for m in messages], [len(octets) for octets, _, _ in known], "lengths from the " + side)
        for message, (octets, _, name) in zip(messages, known):
            if name:
                equal(message["name"].upper(), name, "name of %r" % octets)


@case(timeout=180)
def garbage_is_tiled(context):
    for number in range(40):
        octets = garbage_of("parse %d" % number, 3000)
        for side in ("client", "server"):
            messages_of(octets, side)
    for side in ("client", "server"):
        messages_of(random.Random(side).randbytes(300_000), side)
        messages_of(b"\n" * 20_000, side)
        messages_of(b"(" * 200_000, side)
        messages_of(b"* 1 FETCH " + b"(" * 100_000 + b"\r\na OK\r\n", side)
        messages_of(b"a NOOP {" + b"9" * 50_000 + b"}\r\nb NOOP\r\n", side)
        messages_of(b"\0" * 50_000 + b"* OK x\r\n", side)


@case()
def hostile_octets_reach_no_terminal(context):
    octets = b"* OK \x1b]0;owned\x07 \x1b[2J \x9b31m \xc2\x9b31m \xe2\x80\xae \xff\xfe \x00 \x7f </script>\r\n"
    for options in (["--format", "text", "--detail", "4", "--color", "never"], ["--format", "jsonl"]):
        shown = parse(octets, "server", *options)
        text = shown.decode("utf-8")        # Valid whatever came in.
        bad = [c for c in text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or ord(c) in (0x202E, 0x2066)]
        check(not bad, "control characters in the output %s" % options, repr(bad), text)
        contains(text, "owned", "the text itself is there")


def feed(arguments, chunks):
    """Feeds chunks to parse and throws its output away; returns (peak MiB, exit status, last line, octets fed)."""
    process = subprocess.Popen([IMAPSCOPE, "parse", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    last, peak, total = [b""], [0.0], 0

    def drain():
        for line in process.stdout:
            last[0] = line

    def watch():
        while process.poll() is None:
            try:
                peak[0] = max(peak[0], peak_memory(process.pid))
            except (OSError, ValueError, IndexError):
                pass
            time.sleep(0.05)
    threads = [threading.Thread(target=drain), threading.Thread(target=watch)]
    for thread in threads:
        thread.start()
    for chunk in chunks:
        process.stdin.write(chunk)
        total += len(chunk)
    process.stdin.flush()
    peak[0] = max(peak[0], peak_memory(process.pid))
    process.stdin.close()
    for thread in threads:
        thread.join()
    equal(process.wait(), 0, "exit status (%r)" % process.stderr.read()[:500])
    return peak[0], last[0], total


@case(timeout=180)
def three_hundred_megabytes_in_bounded_memory(context):
    chunk = random.Random(5).randbytes(1 << 20)

    def literals():
        for number in range(1, 281):
            yield b"* %d FETCH (UID %d FLAGS (\\Seen) BODY[] {%d}\r\n" % (number, number, len(chunk)) + chunk + b")\r\n"
        yield b"a OK done\r\n"

    def lines():
        for start in range(0, 200_000, 1000):
            yield b"".join(b"* %d FETCH (UID %d FLAGS (\\Seen \\Answered) INTERNALDATE \"30-Dec-2019 23:50:09 +0000\")\r\n" % (n + 1, n + 8)
                           for n in range(start, start + 1000))

    def one_literal():
        yield b"* 1 FETCH (BODY[] {%d}\r\n" % (300 << 20)
        for _ in range(300):
            yield chunk
        yield b")\r\n"

    def one_line():
        for _ in range(300):
            yield b"x" * (1 << 20)

    for name, chunks in (("literals", literals), ("lines", lines), ("one literal", one_literal), ("one line", one_line)):
        for options in (["--format", "jsonl"], ["--format", "text"]):
            peak, last, total = feed(["--from", "server", *options], chunks())
            check(0 < peak < 64, "%s as %s took %.0f MiB" % (name, options[1], peak))
            if options[1] == "jsonl":
                message = json.loads(last)
                equal(message["offset"] + message["length"], total, "end of the last message of %s" % name)


@case()
def shipped_captures_hold_the_messages_that_are_written_beside_them(context):
    captures = pathlib.Path(__file__).resolve().parent.parent.parent / "Captures"
    streams = sorted(captures.glob("*/*.expected"))
    check(streams, "no captures")
    for expected in streams:
        stream = expected.with_suffix("")
        found = ["%d %d %s %s %s %s" % (
            message["offset"], message["length"], message["kind"], message["tag"] or "-", (message["name"] or "-").replace(" ", "_"),
            ",".join(finding["id"] for finding in message["findings"]) or "-")
            for message in messages_of(stream.read_bytes(), stream.suffix[1:])]
        equal(found, expected.read_text().splitlines(), "messages of %s" % stream)
