"""What `imapscope decode` writes for other programs: a capture for Wireshark, a page for browsers, mails as files."""
import json
import os
import re
import stat
import subprocess

import capture_cases
from capture_decode import decode, truth
from cases import case, check, equal
from mailboxes import USERS
from proxy import check_secrets_absent, read_events
from secret_forms import forms_of

GOLDEN = [folder for folder in capture_cases.folders()]
PASSWORD = USERS["drichards"][0]


def capture(folder):
    return folder / capture_cases.facts(folder)["capture"]



def named(name):
    return next(folder for folder in GOLDEN if folder.name == name)


def tshark(path, *arguments):
    result = subprocess.run(["tshark", "-r", str(path), *arguments], capture_output=True)
    equal(result.returncode, 0, "exit status of tshark; it said: %s" % result.stderr.decode(errors="replace"))
    return result.stdout.decode("utf-8", "replace")


def written(context, folder, *more):
    """--pcap of a golden capture."""
    path = context.file(folder.name + ".pcapng")
    decoded = decode(context, "-q", "--format", "none", "--pcap", path, *more, *capture_cases.options(folder), capture(folder))
    equal(decoded.status, 0, "exit status for %s; it said: %s" % (folder.name, decoded.stderr))
    return path


@case()
def tshark_reads_our_segments_without_complaint(context):
    for folder in GOLDEN:
        if any(gap for one in capture_cases.facts(folder)["gaps"] for gap in one.values()):
            continue
        path = written(context, folder)
        options = ["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"]
        # A LOGIN whose names are literals is malformed to tshark's dissector in every capture, the original included.
        login = '(_ws.malformed && !(imap.request.command == "LOGIN"))'
        bad = tshark(path, *options, "-Y", "tcp.analysis.flags || tcp.checksum.status == 0 || ip.checksum.status == 0 || " + login)
        equal(bad, "", "%s: packets that tshark complains of" % folder.name)
        check(tshark(path, "-Y", "imap"), "%s: tshark finds no IMAP" % folder.name)


@case()
def the_streams_that_tshark_follows_are_those_that_were_recorded(context):
    for folder in GOLDEN:
        if any(gap for one in capture_cases.facts(folder)["gaps"] for gap in one.values()):
            continue
        path = written(context, folder, "--reveal-secrets")
        for number, streams in enumerate(truth(folder)):
            text = tshark(path, "-q", "-z", "follow,tcp,raw,%d" % number)
            found = {"client": b"", "server": b""}
            for line in text.splitlines():
                if re.fullmatch(r"\t?(?:[0-9a-f]{2})+", line):
                    found["server" if line.startswith("\t") else "client"] += bytes.fromhex(line.strip())
            for side in ("client", "server"):
                equal(found[side], streams[side], "%s: %d.%s" % (folder.name, number + 1, side))


@case()
def tshark_finds_the_commands_that_we_tell(context):
    folder = named("cleartext")
    events = context.file("events.jsonl")
    path = written(context, folder, "--jsonl", events)
    mine = [(event["tag"], event["name"].split()[0].upper()) for event in read_events(events, "message") if event["kind"] == "command"]
    rows = tshark(path, "-Y", "imap.request_tag", "-T", "fields", "-e", "imap.request_tag", "-e", "imap.request.command").splitlines()
    theirs = set()
    for row in rows:
        tags, commands = row.split("\t")
        theirs.update(zip(tags.split(","), (command.upper() for command in commands.split(","))))
    for tag, name in mine:
        # Its name for a UID command is the one behind UID.
        check(name == "UID" and any(tag == other for other, _ in theirs) or (tag, name) in theirs, "tshark lacks %s %s" % (tag, name), sorted(theirs))


@case()
def holes_of_the_capture_are_missing_segments(context):
    path = written(context, named("gaps"))
    check(tshark(path, "-Y", "tcp.analysis.lost_segment"), "no segment is missing")
    check("are not in the capture" in tshark(path, "-T", "fields", "-e", "frame.comment"), "no comment about the hole")


@case()
def rules_overwrite_and_filters_are_refused(context):
    folder = named("cleartext")
    path = written(context, folder, "--rules", "share-safe")
    equal(tshark(path, "-Y", "tcp.analysis.flags"), "", "complaints about what a rule made")
    for option in (["--pcap", context.file("x.pcapng")], ["--export-mail", context.file("x")]):
        decoded = decode(context, *option, "-Y", "session == 1", capture(folder))
        equal(decoded.status, 64, "exit status with a filter and %s" % option[0])
        check(option[0] in decoded.stderr and "--filter" in decoded.stderr, "it does not say why", decoded.stderr)
    equal(decode(context, "--export-mail", context.file("x"), "--rules", "share-safe", capture(folder)).status, 64, "exit status with rules")


@case()
def exported_mails_stand_in_the_streams_octet_for_octet(context):
    found = 0
    for folder in GOLDEN:
        mails = context.file(folder.name + " mail")
        decode(context, "-q", "--format", "none", "--export-mail", mails, "--reveal-secrets", *capture_cases.options(folder), capture(folder))
        listed = [json.loads(line) for line in (mails / "messages.jsonl").read_text().splitlines()]
        equal(sorted(path.name for path in mails.iterdir()), sorted([mail["file"] for mail in listed] + ["messages.jsonl"]), folder.name)
        for mail in listed:
            octets = (mails / mail["file"]).read_bytes()
            equal(len(octets), mail["size"], "size of " + mail["file"])
            check(re.fullmatch(r"\d+-\d+(-uid\d+)?(-from\d+)?\.(eml|part)", mail["file"]), "name", mail["file"])
            if mail["complete"]:
                found += 1
                side = "server" if mail["command"] == "FETCH" else "client"
                check(octets in truth(folder)[mail["session"] - 1][side], "%s of %s is not in the stream" % (mail["file"], folder.name))
    check(found >= 5, "mails in the golden captures: %d" % found)


@case()
def the_files_are_for_their_owner_and_follow_no_link(context):
    folder = named("cleartext")
    mails, target = context.file("mail"), context.file("target", b"keep")
    decode(context, "--html", context.file("a.html"), "--pcap", context.file("a.pcapng"), "--export-mail", mails, capture(folder))
    for path in [context.file("a.html"), context.file("a.pcapng"), *mails.iterdir()]:
        equal(stat.S_IMODE(path.stat().st_mode), 0o600, "mode of %s" % path.name)
    equal(stat.S_IMODE(mails.stat().st_mode), 0o700, "mode of the folder")
    for option, name in (("--html", "b.html"), ("--pcap", "b.pcapng")):
        os.symlink(target, context.file(name))
        equal(decode(context, option, context.file(name), capture(folder)).status, 73, "exit status with a link and " + option)
    for path in mails.glob("*.eml"):
        path.unlink()
        os.symlink(target, path)
    equal(decode(context, "-q", "--format", "none", "--export-mail", mails, capture(folder)).status, 0, "exit status with links among the mails")
    equal(target.read_bytes(), b"keep", "what the links point to")


@case()
def no_output_for_others_reveals_a_secret(context):
    for folder in GOLDEN:
        page, packets, mails = context.file("page"), context.file("packets"), context.file(folder.name)
        decode(context, "--format", "none", "--html", page, "--pcap", packets, "--export-mail", mails, *capture_cases.options(folder), capture(folder))
        outputs = {"--html": page.read_bytes(), "--pcap": packets.read_bytes()}
        outputs.update({path.name: path.read_bytes() for path in mails.iterdir()})
        check_secrets_absent({"%s of %s" % (place, folder.name): octets for place, octets in outputs.items()}, forms_of(PASSWORD))


@case()
def the_page_has_the_events_of_the_lines_and_loads_nothing(context):
    folder = named("pipelined")
    page, lines = context.file("page.html"), context.file("lines.jsonl")
    decode(context, "--format", "none", "--html", page, "--jsonl", lines, *capture_cases.options(folder), capture(folder))
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r'<script type="application/json" class="events">\n(.*?)</script>', text, re.S)
    equal([json.loads(line) for block in blocks for line in block.splitlines()],
          [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()], "events of the page")
    check("default-src 'none'" in text and not re.search(r"(src|href)=|https?://|url\(|@import", text), "the page asks for more than itself")
