"""Filters and rule files on every command that has outputs: what they show, what they hide, and when they change."""
import imaplib
import json
import os
import re
import signal
import subprocess

import capture_cases
from capture_decode import decode
from cases import DOVECOT, IMAPSCOPE, case, check, contains, equal
from imap_client import Client, eventually
from mailboxes import USERS
from proxy import Proxy, check_secrets_absent
from scripted_server import ScriptedServer, accept_everything
from secret_forms import forms_of

USER, PASSWORD = "drichards", USERS["drichards"][0]
MASKS_FALCON = "version: 1\nrules:\n  - name: falcon\n    do:\n      - mask: {matches: falcon}\n"
MASKS_EAGLE = MASKS_FALCON.replace("falcon", "eagle")
BROKEN = "version: 1\nrules:\n  - name: falcon\n    wen: status\n    do:\n      - mask: {matches: falcon}\n"


def imapscope(context, *arguments, octets=b""):
    home = context.file("home")
    variables = dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home / "config"), XDG_DATA_HOME=str(home / "data"))
    return subprocess.run([IMAPSCOPE, *map(str, arguments)], input=octets, capture_output=True, timeout=30, env=variables)


def messages(text):
    """The messages of a transcript, `S: * 3 EXISTS`, without their times."""
    return re.findall(r"^(?:#\d+)?\s*[\d.:]+ ([CS]: .*)$", text, re.M)


def imaplib_session(address):
    with imaplib.IMAP4(*address) as client:
        client.login(USER, PASSWORD)
        client.select("INBOX")
        client.fetch("1:2", "(FLAGS ENVELOPE)")
        client.search(None, "SUBJECT", '"hello"')


def curl(context, address, path, *options):
    settings = context.file("curlrc", 'user = "%s:%s"\n' % (USER, PASSWORD))
    result = subprocess.run(["curl", "-sS", "-K", str(settings), "--max-time", "30", "imap://%s:%d/%s" % (*address, path), *options],
                            capture_output=True, env=dict(os.environ, HOME=str(context.folder)))
    equal(result.returncode, 0, "exit status of curl (%r)" % result.stderr)
    return result.stdout


# What is shown

@case(DOVECOT)
def a_filter_shows_what_matches_and_only_that(context):
    for number, options in enumerate((["-Y", "command == fetch"], ["command == FETCH"], ["--filter", "imap.command matches '^fetch$'"])):
        proxy = Proxy(context, context.dovecot.bare, *options, name="proxy-%d" % number)
        imaplib_session(proxy.address)
        proxy.stop()
        shown = messages(proxy.stdout)
        check(shown and all("FETCH" in line.upper() for line in shown), "%s shows only the FETCH" % options, proxy.stdout)
        check(any(line.startswith("C: ") for line in shown) and any("ENVELOPE (" in line for line in shown), "both sides", proxy.stdout)
        names = {event["name"].upper() for event in proxy.events("message")}
        check(names <= {"FETCH", "OK"}, "the JSONL file has only the FETCH", names)


@case(DOVECOT)
def a_filter_can_ask_for_the_listener_and_for_clients_of_a_network(context):
    for number, (expression, sees) in enumerate((("listener == 127.0.0.1 and peer in {10.0.0.0/8, 127.0.0.0/8}", True),
                                                 ("listener.port == 1 or peer == 10.0.0.0/8", False))):
        proxy = Proxy(context, context.dovecot.bare, "-Y", expression, name="proxy-%d" % number)
        imaplib_session(proxy.address)
        proxy.stop()
        equal(bool(messages(proxy.stdout)), sees, "messages with %s" % expression)


@case()
def two_filters_and_wrong_ones_end_with_64(context):
    base = ["proxy", "-l", "imap://127.0.0.1:1", "-u", "imap://127.0.0.1:1"]
    for arguments, words in ((["-Y", "tag", "uid"], ["join them"]), (["comand == LOGIN"], ["column 1", "did you mean command?", "^~~~~~"]),
                             (["-Y", "imap.request.password"], ["masked before a filter sees them"]),
                             (["-Y", "severity > hihg"], ["did you mean high?"])):
        result = imapscope(context, *base, *arguments)
        equal(result.returncode, 64, "exit status of %s" % arguments)
        for word in words:
            contains(result.stderr.decode(), word, "what is said about %s" % arguments)
    for command in (["parse", "--from", "client"], ["demo"], ["decode", "-"]):
        result = imapscope(context, *command, "-Y", "comand == LOGIN")
        equal(result.returncode, 64, "exit status of %s" % command)


@case()
def every_command_with_outputs_has_filters(context):
    octets = b"a LOGIN joe secret12\r\nb SELECT INBOX\r\nc FETCH 1 (FLAGS)\r\n"
    parsed = imapscope(context, "parse", "--from", "client", "--format", "jsonl", "-Y", "folder == inbox", octets=octets)
    equal([json.loads(line)["name"] for line in parsed.stdout.splitlines()], ["SELECT"], "what parse shows")
    demo = imapscope(context, "demo", "-Y", "status != OK")
    equal(demo.returncode, 0, "exit status of the demo")
    check(all(" NO " in line or " BAD " in line or "BYE" in line for line in messages(demo.stdout.decode())), "what the demo shows", demo.stdout)
    folder = next(folder for folder in capture_cases.folders() if capture_cases.facts(folder)["whole"])
    facts = capture_cases.facts(folder)
    ports = ["--port=%d" % port for port in facts["ports"]]
    decoded = decode(context, *ports, "--format", "jsonl", "-Y", "kind == greeting", folder / facts["capture"])
    kinds = {event["kind"] for event in map(json.loads, decoded.text.splitlines()) if event.get("event") == "message"}
    equal(kinds, {"greeting"}, "kinds of messages that decode shows")


@case()
def the_fields_are_there_for_programs(context):
    result = imapscope(context, "rules", "fields", "--format", "json")
    fields = {field["name"]: field for field in json.loads(result.stdout)}
    for name in ("listener", "latency", "finding.severity"):
        check(fields[name]["meaning"] and fields[name]["type"], "the field %s has a meaning and a type" % name)
    equal(fields["finding.severity"]["values"][0], "info", "the lowest severity")
    contains(fields["latency"]["aliases"], "time", "other names of latency")
    text = imapscope(context, "rules", "fields").stdout.decode()
    check(all(re.search("^%s " % re.escape(name), text, re.M) for name in fields), "the table has the same fields")
    equal(imapscope(context, "rules", "fields", "--format", "yaml").returncode, 64, "a format that there is none of")


# share-safe

def personal(user, *more):
    """What nobody may find out from a transcript that was made to be given away."""
    return {word: word.encode() for word in (user, "127.0.0.1", *more)}


@case(DOVECOT)
def share_safe_hides_names_subjects_and_mail_of_a_real_session(context):
    for level in ("0", "1", "2", "3", "4"):
        context.dovecot.reset(USER)
        proxy = Proxy(context, context.dovecot.bare, "--rules", "share-safe", "--detail", level, name="proxy-" + level)
        imaplib_session(proxy.address)
        body = curl(context, proxy.address, "INBOX;MAILINDEX=1")
        subject = re.search(rb"(?mi)^Subject: (\S.{8,})\r$", curl(context, proxy.address, "INBOX;MAILINDEX=1")).group(1)
        proxy.stop()
        line = body.splitlines()[-1] or body.splitlines()[-2]
        hidden = dict(personal(USER), subject=subject, **({"a line of the mail": line} if len(line) > 8 else {}))
        outputs = {place: octets for place, octets in proxy.outputs.items() if place != "stderr"}
        check_secrets_absent(outputs, dict(hidden, **forms_of(PASSWORD)))
        contains(proxy.stderr, "rules hid ", "the tally")
        check(re.search(r"rules hid .*\d+ users", proxy.stderr), "the tally counts users", proxy.stderr)
        contains(proxy.outputs["--jsonl"], b"user", "placeholders")


@case()
def share_safe_is_refused_where_secrets_are_revealed(context):
    for command in (["proxy", "-l", "imap://127.0.0.1:1", "-u", "imap://127.0.0.1:1"], ["parse", "--from", "client"], ["demo"], ["decode", "-"]):
        result = imapscope(context, *command, "--rules", "share-safe", "--reveal-secrets")
        equal(result.returncode, 64, "exit status of %s" % command)
        contains(result.stderr.decode(), "share-safe makes outputs to be given away", "what %s says" % command)


@case()
def parse_demo_and_decode_have_rules_and_count_what_was_hidden(context):
    octets = b"a LOGIN joseph s3cretpass\r\nb SELECT Merger\r\n"
    for form in (["--format", "jsonl"], ["--format", "text"], ["--format", "text", "--detail", "4"]):
        result = imapscope(context, "parse", "--from", "client", "--rules", "share-safe", *form, octets=octets)
        equal(result.returncode, 0, "exit status of parse")
        check_secrets_absent({"stdout": result.stdout, "stderr": result.stderr}, {"user": b"joseph", "mailbox": b"Merger", "password": b"s3cret"})
        contains(result.stderr, b"rules hid 1 users, 1 mailboxes", "the tally")
    demo = imapscope(context, "demo", "--rules", "share-safe", "--detail", "4")
    equal(demo.returncode, 0, "exit status of the demo")
    session = demo.stdout.split(b"\n\n", 1)[1].split(b"Try next:")[0]
    check_secrets_absent({"stdout": session}, {"user": b"drichards", "address": b"127.0.0.1"})
    contains(demo.stderr, b"rules hid ", "the tally")
    for folder in capture_cases.folders():
        facts = capture_cases.facts(folder)
        decoded = decode(context, *["--port=%d" % port for port in facts["ports"]], "--rules", "share-safe", "--detail", "4", folder / facts["capture"])
        check_secrets_absent({folder.name: decoded.stdout}, {"user": b"drichards", "address": b"127.0.0.1", "password": PASSWORD.encode()})


@case()
def extracted_streams_cannot_be_filtered_and_that_is_said(context):
    for option in (["-Y", "tag"], ["--rules", "share-safe"]):
        result = imapscope(context, "decode", "-", "--extract", context.file("out"), *option)
        equal(result.returncode, 64, "exit status with %s" % option)
        contains(result.stderr.decode(), "--extract: writes whole streams: not with --filter or --rules", "what is said")
        check(not context.file("out").exists(), "nothing was created")


@case()
def a_broken_rule_file_ends_with_78_and_says_where(context):
    path = context.file("rules.yaml", BROKEN)
    for command in (["proxy", "-l", "imap://127.0.0.1:1", "-u", "imap://127.0.0.1:1"], ["parse", "--from", "client"], ["demo"]):
        result = imapscope(context, *command, "--rules", path)
        equal(result.returncode, 78, "exit status of %s" % command)
        contains(result.stderr.decode(), "rules.yaml:4:5: ", "the place")
        contains(result.stderr.decode(), "did you mean when?", "the suggestion")


# Reading again

def search_for(client, *words):
    for word in words:
        client.command('SEARCH TEXT "%s"' % word)


@case()
def rules_are_read_again_on_sighup_and_when_their_file_changes(context):
    path = context.file("rules.yaml", MASKS_FALCON)
    proxy = Proxy(context, ScriptedServer(accept_everything).address, "--rules", path, "--rules", "redact-extra")
    with Client(proxy.address) as old:
        old.greeting()
        search_for(old, "first falcon", "first eagle")

        # A file that changes: nobody has to ask.
        path.write_text(MASKS_EAGLE)
        eventually(lambda: "rules read again: 3 rules" in proxy.stderr, 10, "the changed file to be read")
        with Client(proxy.address) as new:
            new.greeting()
            search_for(new, "second falcon", "second eagle")
            new.command("LOGOUT")
        # Who was there before goes on with what it began with.
        search_for(old, "third falcon", "third eagle")

        # A broken one, exchanged as editors do: the old rules stay, and it is said once.
        fresh = context.file("fresh.yaml", BROKEN)
        fresh.rename(path)
        eventually(lambda: "the rules stay as they were" in proxy.stderr, 10, "the broken file to be refused")
        contains(proxy.stderr, "rules.yaml:4:5: ", "the place in the broken file")
        contains(proxy.stderr, "did you mean when?", "the suggestion")
        proxy.process.send_signal(signal.SIGHUP)
        eventually(lambda: proxy.stderr.count("the rules stay as they were") == 2, 10, "SIGHUP with a broken file")
        with Client(proxy.address) as new:
            new.greeting()
            search_for(new, "fourth falcon", "fourth eagle")
            new.command("LOGOUT")

        path.write_text(MASKS_FALCON)
        proxy.process.send_signal(signal.SIGHUP)
        eventually(lambda: proxy.stderr.count("rules read again") >= 2, 10, "the mended file")
        with Client(proxy.address) as new:
            new.greeting()
            search_for(new, "fifth falcon", "fifth eagle")
            new.command("LOGOUT")
        old.command("LOGOUT")
    proxy.stop()
    shown = proxy.stdout
    for present in ("first eagle", "second falcon", "third eagle", "fourth falcon", "fifth eagle"):
        contains(shown, present, "what is shown")
    for absent in ("first falcon", "second eagle", "third falcon", "fourth eagle", "fifth falcon"):
        check(absent not in shown, "%s is shown" % absent, shown)
        check(absent.encode() not in proxy.outputs["--jsonl"], "%s is in the JSONL file" % absent)


@case()
def sighup_without_rules_does_no_harm(context):
    proxy = Proxy(context, ScriptedServer(accept_everything).address)
    proxy.process.send_signal(signal.SIGHUP)
    eventually(lambda: "no rule files" in proxy.stderr, 10, "an answer to SIGHUP")
    with Client(proxy.address) as client:
        client.greeting()
        client.command("LOGOUT")
    proxy.stop()


@case()
def a_match_that_is_cut_where_a_literal_is_not_kept_stays_hidden(context):
    """Of a literal 4,096 octets are kept; the card number lies across that border."""
    path = context.file("rules.yaml", "version: 1\nrules: [{name: cards, do: [{mask: {matches: '\\b\\d{4}(?:[ -]?\\d{4}){3}\\b'}}]}]\n")
    for start in range(4096 - 19, 4097):
        octets = b"x" * (start - 1) + b" 4111 1111 1111 1111 " + b"y" * 200
        stream = b"* 1 FETCH (BODY[] {%d}\r\n%s)\r\n" % (len(octets), octets)
        result = imapscope(context, "parse", "--from", "server", "--rules", path, "--format", "text", "--detail", "4", octets=stream)
        check(b"4111" not in result.stdout and b"1111" not in result.stdout, "a number at %d is shown" % start, result.stdout[-300:])
