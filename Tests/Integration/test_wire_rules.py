"""Rules that rewrite, between real clients and a real server: what each side gets, and what the transcript says."""
import imaplib
import os
import re
import signal

from cases import DOVECOT, IMAPCLIENT, case, check, contains, equal
from imap_client import Client, eventually
from mailboxes import USERS
from proxy import without_offer
from recorder import Recorder
from scripted_server import ScriptedServer, accept_everything
from test_clients import UPLOAD, mbsync_session
from test_rules import curl
from wire_proxy import PASSWORD, USER, check_edited, edits, findings, imapscope, logged_in, proxy, rule, rules


def state(context):
    """All that is in a mailbox, asked of the server itself."""
    with logged_in(context.dovecot.bare) as client:
        boxes = sorted(client.list()[1])
        client.select("INBOX", readonly=True)
        return boxes, client.fetch("1:*", "(UID FLAGS RFC822.SIZE)")


# Packs

@case(DOVECOT)
def readonly_changes_nothing_on_the_server_and_says_why(context):
    context.dovecot.reset(USER)
    before = state(context)
    relay = proxy(context, context.dovecot.bare, "readonly")
    with logged_in(relay.address) as client:
        try:
            client.select("INBOX")
            check(False, "imaplib sees that the mailbox is read-only")
        except client.readonly:
            client.select("INBOX", readonly=True)
        for name, attempt in {"STORE": lambda: client.store("1", "+FLAGS", r"(\Deleted)"), "EXPUNGE": client.expunge,
                              "COPY": lambda: client.copy("1", "Trash"), "CREATE": lambda: client.create("New"),
                              "DELETE": lambda: client.delete("Trash"), "RENAME": lambda: client.rename("Trash", "New"),
                              "APPEND": lambda: client.append("INBOX", r"(\Seen)", None, UPLOAD)}.items():
            status, data = attempt()
            equal(status, "NO", "status of " + name)
            contains(data[0], b"[NOPERM]", "the answer to " + name)
        equal(client.fetch("1", "(BODY[TEXT])")[0], "OK", "what is read")
    relay.stop()
    equal(state(context), before, "the mailbox")
    check_edited(relay, "no changes", 7)
    check_edited(relay, "open read-only")


@case(DOVECOT)
def curl_reads_with_hide_compress_and_no_compression_is_begun(context):
    relay = proxy(context, context.dovecot.bare, "hide-compress")
    with Client(relay.address) as client:
        client.greeting()
        client.login(USER, PASSWORD)
        check(b"COMPRESS" not in bytes(client.received), "COMPRESS is shown", client.received)
        listed = client.command("CAPABILITY")
        check(b"COMPRESS" not in b"".join(listed), "COMPRESS is shown", listed)
        client.command("COMPRESS DEFLATE", status=b"BAD")
        client.command("NOOP")
        client.logout()
    contains(curl(context, relay.address, "INBOX;MAILINDEX=1"), b"bluefin", "what curl reads")
    relay.stop()
    check_edited(relay, "hide COMPRESS")


@case(DOVECOT)
def mbsync_does_without_extensions(context):
    context.dovecot.reset("alice")
    relay = proxy(context, context.dovecot.bare, "legacy-server")
    mbsync_session("LOGIN")(context, relay.address, "alice", "legacy")
    relay.stop()
    sent = [event["name"] for event in relay.events("message") if event["direction"] == "client"]
    check({"APPEND", "UID STORE"} <= set(sent), "mbsync changed something", sent)
    check(not {"IDLE", "MOVE", "COMPRESS", "ENABLE"} & set(sent), "extensions were used", sent)
    equal([event for event in relay.events("exchange") if event.get("status") == "BAD"], [], "refused commands")
    check_edited(relay, "no extensions")


@case()
def a_literal_that_needs_a_hidden_extension_is_swallowed(context):
    server = ScriptedServer(accept_everything)
    relay = proxy(context, server.address, "legacy-server")
    with Client(relay.address) as client:
        contains(client.greeting(), b"IMAP4rev1 SASL-IR AUTH", "the greeting")
        client.send(b"a LOGIN {3+}\r\njoe {5+}\r\nhe\r\nl\r\nb NOOP\r\n")
        contains(client.until("a")[-1], b"a BAD non-synchronizing", "the refusal")
        client.until("b")
        client.login("joe", "x")
        client.command("LOGOUT")
    equal(bytes(server.peers[0].received).count(b"LOGIN"), 1, "logins that came through")


# Rewriting

@case(DOVECOT, IMAPCLIENT)
def a_mailbox_has_another_name_for_its_client(context):
    from imapclient import IMAPClient
    context.dovecot.reset("alice")
    relay = proxy(context, context.dovecot.bare, rule("renamed", "{rename-mailbox: {from: Entwürfe, to: Черновики & mehr}}"))
    client = IMAPClient(relay.address[0], port=relay.address[1], ssl=False, timeout=20)
    client.login("alice", USERS["alice"][0])
    names = [name for _, _, name in client.list_folders()]
    check("Черновики & mehr" in names and "Entwürfe" not in names, "the list", names)
    equal(client.select_folder("Черновики & mehr")[b"EXISTS"], 2, "messages in it")
    equal(client.folder_status("Черновики & mehr", ["MESSAGES"])[b"MESSAGES"], 2, "its status")
    client.append("Черновики & mehr", UPLOAD)
    client.create_folder("Черновики & mehr/unter")
    client.logout()
    direct = IMAPClient(context.dovecot.bare[0], port=context.dovecot.bare[1], ssl=False, timeout=20)
    direct.login("alice", USERS["alice"][0])
    names = [name for _, _, name in direct.list_folders()]
    check("Entwürfe/unter" in names, "the folder on the server", names)
    equal(direct.folder_status("Entwürfe", ["MESSAGES"])[b"MESSAGES"], 3, "messages on the server")
    direct.logout()
    relay.stop()
    check_edited(relay, "renamed")


@case(DOVECOT)
def a_body_is_exchanged_and_its_literal_counted_anew(context):
    body = "Subject: nothing to see\r\n\r\nGrüße {5}\r\n* BYE\r\n"
    written = body.replace("\r", "\\r").replace("\n", "\\n")
    relay = proxy(context, context.dovecot.bare,
                  rule("other mail", '{literal: {replace-with: "%s"}}' % written.replace("\\", "\\\\"), when="response.name == FETCH"))
    equal(curl(context, relay.address, "INBOX;MAILINDEX=3"), body.encode(), "what curl reads")
    with logged_in(relay.address) as client:
        client.select("INBOX")
        _, data = client.fetch("1:2", "(UID BODY.PEEK[] FLAGS)")
        equal([item[1] for item in data if isinstance(item, tuple)], [body.encode()] * 2, "what imaplib reads")
        check(all(b"{%d}" % len(body.encode()) in item[0] for item in data if isinstance(item, tuple)), "the headers", data)
        client.select("Trash")
    relay.stop()
    check_edited(relay, "other mail", 3)


@case(DOVECOT)
def an_upload_is_exchanged_on_its_way(context):
    context.dovecot.reset(USER)
    new = b"Subject: exchanged\r\n\r\nlonger than what was sent " + b"x" * 300 + b"\r\n"
    context.file("new.eml", new)
    relay = proxy(context, context.dovecot.bare,
                  rule("exchanged", "{literal: {from-file: %s}}" % context.file("new.eml"), when="request.command == APPEND"))
    with logged_in(relay.address) as client:
        equal(client.append("Trash", r"(\Seen)", None, UPLOAD)[0], "OK", "APPEND")
    with logged_in(context.dovecot.bare) as client:
        client.select("Trash", readonly=True)
        equal(client.fetch("1", "(BODY.PEEK[])")[1][0][1], new, "what the server keeps")
    relay.stop()
    check_edited(relay, "exchanged")


@case(DOVECOT)
def flags_change_in_both_directions(context):
    context.dovecot.reset(USER)
    relay = proxy(context, context.dovecot.bare,
                  rule("no deletion", "{flags: {replace: {\\Deleted: $Trash}}}", when="request.command == STORE"),
                  rule("shown", "{flags: {add: [$Seen-by-imapscope]}}", when="response.name == FETCH"))
    with logged_in(relay.address) as client:
        client.select("INBOX")
        _, data = client.store("1", "+FLAGS", r"(\Deleted)")
        contains(data[0], b"$Trash $Seen-by-imapscope", "what the client is told")
        equal(client.expunge()[1], [None], "what is expunged")
    with logged_in(context.dovecot.bare) as client:
        client.select("INBOX", readonly=True)
        _, data = client.fetch("1", "(FLAGS)")
        check(b"$Trash" in data[0] and b"Seen-by" not in data[0] and b"\\Deleted" not in data[0], "flags on the server", data)
    relay.stop()


@case(DOVECOT)
def messages_are_dropped_answered_and_injected(context):
    relay = proxy(context, context.dovecot.bare,
                  rule("no recent", "drop", when="response.name == RECENT"),
                  rule("mine", "{answer: {untagged: ['* 7 EXISTS'], tagged: 'OK [ALERT] mine'}}", when="request.command == CHECK"),
                  rule("more", "{inject: ['* OK [ALERT] injected']}", when="kind == tagged and command == NOOP"))
    with Client(relay.address) as client:
        client.greeting()
        client.login(USER, PASSWORD)
        selected = client.command("SELECT INBOX")
        check(not any(b"RECENT" in line for line in selected), "RECENT is dropped", selected)
        equal(client.command("CHECK", tag="x"), [b"* 7 EXISTS", b"x OK [ALERT] mine"], "the answer to CHECK")
        client.command("NOOP")
        equal(client.response(), b"* OK [ALERT] injected", "behind NOOP")
        client.logout()
    relay.stop()
    for name in ("no recent", "mine", "more"):
        check_edited(relay, name)
    check("unsolicited-tagged-response" not in findings(relay), "the answer is nobody's mistake", findings(relay))


@case(DOVECOT)
def conflicting_rules_follow_the_order_of_the_files(context):
    first = rule("first", "{answer: NO first}", when="request.command == CHECK")
    second = rule("second", "{answer: NO second}", when="request.command == CHECK")
    for number, (order, winner) in enumerate((((first, second), b"first"), ((second, first), b"second"))):
        relay = proxy(context, context.dovecot.bare, *order, name="proxy-%d" % number)
        with Client(relay.address) as client:
            client.greeting()
            client.login(USER, PASSWORD)
            client.command("SELECT INBOX")
            for _ in range(3):
                contains(client.command("CHECK", status=b"NO")[-1], b"NO " + winner, "the answer")
            client.logout()
        relay.stop()
        equal(findings(relay).count("rule-failed"), 1, "failures that were told once")


# Where rules fail

FAILS = rule("fails", "{replace: {argument: 5, with: x}}", when="request.command == NOOP")


@case(DOVECOT)
def a_rule_that_fails_is_told_once_a_session_and_the_original_is_sent(context):
    relay = proxy(context, context.dovecot.bare, FAILS)
    for _ in range(2):
        with Client(relay.address) as client:
            client.greeting()
            client.login(USER, PASSWORD)
            for _ in range(3):
                client.command("NOOP")
            client.logout()
    relay.stop()
    equal(findings(relay).count("rule-failed"), 2, "failures told")
    contains(relay.stdout, "fails", "the name of the rule")


@case(DOVECOT)
def a_rule_that_fails_closes_the_session_where_that_is_asked_for(context):
    relay = proxy(context, context.dovecot.bare, FAILS, options=["--fail", "closed"])
    recorder = Recorder(relay.address)
    with Client(recorder.address) as client:
        client.greeting()
        client.login(USER, PASSWORD)
        client.send(b"x NOOP\r\n")
        check(b"x OK" not in client.rest(), "the session ends")
    relay.stop()
    check("rule-failed" in findings(relay), "the failure is told", findings(relay))


@case(DOVECOT)
def a_message_too_long_to_be_held_passes_or_ends_its_session(context):
    context.dovecot.reset(USER)
    big = b"Subject: big\r\n\r\n" + b"x" * 100_000 + b"\r\n"
    for name, more, options, passes in (("default", {}, [], True), ("option", {}, ["--on-limit", "close"], False),
                                        ("own", {"on_limit": "close"}, ["--on-limit", "pass"], False),
                                        ("own-pass", {"on_limit": "pass"}, ["--on-limit", "close"], True)):
        relay = proxy(context, context.dovecot.bare, rule("longer", "{literal: {lengthen: 1}}", when="request.command == APPEND", **more),
                      options=["--hold-limit", "64kB", *options], name=name)
        client = logged_in(relay.address)
        try:
            status = client.append("Trash", None, None, big)[0]
        except (imaplib.IMAP4.abort, OSError):
            status = "closed"
        client.shutdown()
        relay.stop()
        equal(status, "OK" if passes else "closed", "APPEND with " + name)
        check(findings(relay), "a finding with " + name)
    with logged_in(context.dovecot.bare) as client:
        client.select("Trash", readonly=True)
        _, data = client.fetch("1:*", "(BODY.PEEK[])")
        equal([item[1] for item in data if isinstance(item, tuple)], [big] * 2, "what the server keeps")


# Reading again

@case()
def sessions_keep_the_rules_that_they_began_with(context):
    server = ScriptedServer(accept_everything)
    answer = lambda text: rule("says", "{answer: NO %s}" % text, when="request.command == NOOP")
    relay = proxy(context, server.address, answer("old"))
    path = context.file("proxy-rules.yaml")

    def says(client):
        return client.command("NOOP", status=b"NO")[-1].split()[-1]
    with Client(relay.address) as old:
        old.greeting()
        equal(says(old), b"old", "before")
        path.write_text(rules(answer("new")))
        relay.process.send_signal(signal.SIGHUP)
        eventually(lambda: "rules read again" in relay.stderr, 10, "rules to be read again")
        with Client(relay.address) as new:
            new.greeting()
            equal(says(new), b"new", "a new session")
        equal(says(old), b"old", "a session that goes on")
        path.write_text(rules(answer("new")).replace("answer", "anwser"))
        relay.process.send_signal(signal.SIGHUP)
        eventually(lambda: "the rules stay as they were" in relay.stderr, 10, "a broken file to be refused")
        with Client(relay.address) as new:
            new.greeting()
            equal(says(new), b"new", "after a broken file")


@case()
def wrong_rules_for_the_wire_end_with_78_and_the_place(context):
    path = context.file("r.yaml", rules(rule("wrong", "{answer: NOPE}", when="request.command == NOOP")))
    result = imapscope(context, "proxy", "-l", "imap://127.0.0.1:1", "-u", "imap://127.0.0.1:1", "--rules", path)
    equal(result.returncode, 78, "exit status")
    contains(result.stderr.decode(), "r.yaml:4:", "the place")
    for option, value in (("--on-limit", "never"), ("--fail", "ajar"), ("--hold-limit", "big"), ("--break", "comand == X")):
        result = imapscope(context, "proxy", "-l", "imap://127.0.0.1:1", "-u", "imap://127.0.0.1:1", option, value)
        equal(result.returncode, 64, "exit status of %s %s" % (option, value))
