"""Stores: `--write` of decode and proxy, `imapscope sessions`, `imapscope convert`, and stores as input."""
import filecmp
import json
import os
import re
import resource
import signal
import sqlite3
import stat
import subprocess

import capture_cases
from capture_decode import decode
from cases import DOVECOT, IMAPSCOPE, ROOT, case, check, contains, equal
from imap_client import Client, eventually
from mailboxes import USERS
from proxy import Proxy, check_secrets_absent
from scripted_server import ScriptedServer
from secret_forms import forms_of

PASSWORD = USERS["drichards"][0]
FOLDERS = {folder.name: folder for folder in capture_cases.folders()}


def capture(name):
    return FOLDERS[name] / capture_cases.facts(FOLDERS[name])["capture"]


def run(context, *arguments, status=0, seconds=50, **more):
    home = context.file("home")
    variables = dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home / "config"), XDG_DATA_HOME=str(home / "data"))
    result = subprocess.run([str(IMAPSCOPE), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, env=variables,
                            timeout=seconds, **more)
    text = result.stdout.decode("utf-8"), result.stderr.decode("utf-8", "replace")
    equal(result.returncode, status, "exit status of %s; it said: %s" % (" ".join(map(str, arguments)), text[1]))
    return text


def recorded(context, name, *more):
    """The store of a golden capture."""
    path = context.file(name + ".imapscope")
    decode(context, "-q", "--format", "none", "-w", path, *more, *capture_cases.options(FOLDERS[name]), capture(name))
    return path


def listed(context, path, *options):
    return [json.loads(line) for line in run(context, "sessions", path, "--format", "json", *options)[0].splitlines()]


@case(timeout=240)
def every_output_of_a_store_is_that_of_its_capture(context):
    for name in FOLDERS:
        store = recorded(context, name)
        for source, tag, options in ((capture(name), "a", capture_cases.options(FOLDERS[name])), (store, "b", [])):
            shown = decode(context, "-q", "--detail", "4", "--jsonl", context.file(tag + ".jsonl"), "--pcap", context.file(tag + ".pcapng"),
                           "--html", context.file(tag + ".html"), *options, source)
            context.file(tag + ".txt", shown.stdout)
            folder = context.file(name + tag)
            decode(context, "-q", "--format", "none", "--extract", folder, "--export-mail", context.file(name + tag + "m"), *options, source)
        for suffix in (".txt", ".jsonl", ".pcapng", ".html"):
            equal(context.file("b" + suffix).read_bytes(), context.file("a" + suffix).read_bytes(), "%s: the %s of the store" % (name, suffix))
        for folder in (name, name + "\0"):
            more = "m" if folder.endswith("\0") else ""
            left, right = context.file(name + "a" + more), context.file(name + "b" + more)
            names = sorted(os.listdir(left))
            equal(sorted(os.listdir(right)), names, "%s: files of the store" % name)
            _, differing, missing = filecmp.cmpfiles(left, right, names, shallow=False)
            equal(differing + missing, [], "%s: files that differ" % name)


@case()
def a_store_holds_no_secret_and_is_nobody_elses(context):
    for name in ("cleartext", "tls13", "compress"):
        store = recorded(context, name)
        equal(stat.S_IMODE(os.stat(store).st_mode), 0o600, "mode of the store")
        equal([path.name for path in context.folder.iterdir() if path.name.startswith(store.name + "-")], [], "files beside the store")
        check_secrets_absent({"store": store.read_bytes()}, forms_of(PASSWORD))
        with sqlite3.connect(store) as database:
            rows = [bytes(str(row), "utf-8", "replace") for table in ("message", "exchange", "finding", "edit", "blob", "event")
                    for row in database.execute("SELECT * FROM " + table)]
        check_secrets_absent({"rows": b"".join(rows)}, forms_of(PASSWORD))


@case(DOVECOT)
def what_the_proxy_records_is_what_it_showed(context):
    store = context.file("live.imapscope")
    proxy = Proxy(context, context.dovecot.bare, "-w", store, "--detail", "4", jsonl=False)
    with Client(proxy.address) as client:
        client.greeting()
        for line in (b"a LOGIN drichards %s" % PASSWORD.encode(), b"b SELECT INBOX", b"c UID FETCH 1:* (FLAGS BODY.PEEK[])", b"d LOGOUT"):
            client.send(line + b"\r\n")
            client.until(line[:1].decode())
    proxy.stop()
    shown = run(context, "sessions", "show", store, "1", "--detail", "4", "-q")[0]
    # Pieces of long literals come in other cuts.
    plain = [re.sub(r"\s+", " ", line) for line in shown.splitlines() if not re.match(r"^ +[│┊]", line)]
    live = [re.sub(r"\s+", " ", line) for line in proxy.stdout.splitlines() if not re.match(r"^ +[│┊]", line)]
    equal(plain, live, "the transcript of the store")
    row = listed(context, store)[0]
    equal((row["user"], row["exchanges"], row["state"]), ("drichards", 4, "logout"), "the session in the list")
    check_secrets_absent({"store": store.read_bytes()}, forms_of(PASSWORD))


@case()
def a_proxy_that_is_killed_loses_no_more_than_a_second(context):
    def server(peer):
        peer.send(b"* OK ready\r\n")
        while True:
            peer.send(peer.line().split(b" ")[0] + b" OK done\r\n")

    store = context.file("killed.imapscope")
    proxy = Proxy(context, ScriptedServer(server).address, "-w", store, jsonl=False)
    with Client(proxy.address) as client:
        client.greeting()
        for number in range(50):
            client.send(b"t%d NOOP\r\n" % number)
            client.until("t%d" % number)

        def count():
            with sqlite3.connect(store) as database:
                return database.execute("SELECT count(*) FROM exchange").fetchone()[0]
        eventually(lambda: count() == 50, 5, "the exchanges in the store while the session is open")
        proxy.process.send_signal(signal.SIGKILL)
        proxy.process.wait()
    row = listed(context, store)[0]
    equal((row["exchanges"], row["ended"]), (50, None), "the session that was cut")
    contains(run(context, "sessions", store)[0], " cut ", "the list")
    shown = run(context, "decode", "-q", store)[0]
    contains(shown, "t49 OK done", "the transcript of what was recorded")
    # A claim that a dead process left does not keep the next one out.
    decode(context, "-q", "--format", "none", "-w", store, capture("cleartext"))
    check(len(listed(context, store)) > 1, "the store goes on")


@case()
def a_full_disk_ends_the_recording_and_not_the_traffic(context):
    def server(peer):
        peer.send(b"* OK ready\r\n")
        while True:
            tag = peer.line().split(b" ")[0]
            peer.send(b"* 1 FETCH (BODY[] {100000}\r\n" + os.urandom(100000) + b")\r\n" + tag + b" OK done\r\n")

    def limited():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    store = context.file("full.imapscope")
    address = ScriptedServer(server).address
    proxy = Proxy(context, address, "-w", store, "--format", "none", jsonl=False, preexec=limited)
    with Client(proxy.address) as client:
        client.greeting()
        for number in range(40):
            client.send(b"t%d FETCH 1 BODY[]\r\n" % number)
            client.until("t%d" % number)
        eventually(lambda: "recording ends, the traffic goes on" in proxy.stderr, 5, "the notice")
        client.send(b"z NOOP\r\n")
        client.until("z")
    proxy.stop(status=74)


@case()
def sessions_are_found_tagged_commented_and_deleted(context):
    store = recorded(context, "cleartext")
    rows = listed(context, store)
    check(rows, "there are sessions")
    equal(listed(context, store, "--user", "nobody"), [], "sessions of nobody")
    check(listed(context, store, "--command", "select"), "sessions with SELECT")
    number = str(rows[0]["session"])
    run(context, "sessions", "tag", store, number, "--add", "slow", "--add", "b")
    run(context, "sessions", "tag", store, number, "--remove", "b")
    run(context, "sessions", "comment", store, number, "look \x1b[31mhere")
    row = listed(context, store, "--tag", "slow")[0]
    equal((row["tags"], row["comment"]), (["slow"], "look \x1b[31mhere"), "the marks")
    text = run(context, "sessions", store)[0]
    contains(text, "[slow]", "the list")
    check("\x1b" not in text, "no escape sequence from a comment reaches the terminal")
    run(context, "sessions", "delete", store, number)
    equal([row["session"] for row in listed(context, store)], [row["session"] for row in rows[1:]], "what is left")
    for arguments in (("show", store, "99"), ("delete", store, "99"), ("tag", store, "99", "--add", "x")):
        contains(run(context, "sessions", *arguments, status=65)[1], "no session 99", "the error of %s" % arguments[0])


@case()
def what_is_no_store_is_refused_in_words(context):
    contains(run(context, "sessions", ROOT / "README.md", status=65)[1], "is no store of imapscope", "the error")
    contains(run(context, "sessions", context.file("absent"), status=66)[1], "No such file", "the error")
    text = context.file("text.imapscope", "precious\n")
    error = run(context, "decode", "-q", "-w", text, capture("cleartext"), status=73)[1]
    contains(error, "is no store of imapscope", "the error of --write")
    equal(text.read_bytes(), b"precious\n", "the file that was there")
    store = recorded(context, "cleartext")
    with sqlite3.connect(store) as database:
        database.execute("PRAGMA user_version = 7")
    error = run(context, "sessions", store, status=65)[1]
    contains(error, "has version 7 of the schema, and this imapscope knows up to version 1", "the error")
    contains(run(context, "decode", store, capture("cleartext"), status=64)[1], "read apart", "a store and a capture at once")


@case()
def of_a_damaged_store_the_rest_is_read(context):
    store = recorded(context, "cleartext")
    whole = run(context, "decode", "-q", store)[0]
    with sqlite3.connect(store) as database:
        database.execute("UPDATE message SET record = x'FFFF' WHERE kind = 'tagged' AND tag = (SELECT tag FROM message WHERE kind = 'tagged' LIMIT 1 OFFSET 1)")
    shown, error = run(context, "decode", "-q", store, status=65)
    contains(error, "is damaged near row", "the error")
    check(len(shown.splitlines()) > len(whole.splitlines()) // 2, "most is shown")
    # A torn file: SQLite itself cannot read some pages.
    octets = bytearray(store.read_bytes())
    for page in range(8, len(octets) // 4096, 3):
        octets[page * 4096:page * 4096 + 200] = bytes(200)
    torn = context.file("torn.imapscope", bytes(octets))
    _, error = run(context, "decode", "-q", torn, status=65)
    contains(error, "damaged", "the error")


@case()
def sessions_are_converted_and_shared(context):
    store = context.file("all.imapscope")
    run(context, "convert", "-q", capture("cleartext"), "-o", store)
    for name in ("out.pcapng", "out.jsonl", "out.html", "out.txt"):
        run(context, "convert", "-q", store, "-o", context.file(name))
        check(context.file(name).stat().st_size > 500, "%s is written" % name)
    again = run(context, "decode", "-q", context.file("out.pcapng"))[0]
    contains(again, " C: ", "what decode makes of the pcapng")
    run(context, "convert", "-q", store, "-o", str(context.file("raw")) + "/", "--session", "1")
    equal(sorted(path.name for path in context.file("raw").iterdir()), ["1.in", "1.out", "sessions.jsonl"], "the rawlog")
    shared = context.file("shared.txt")
    run(context, "convert", "-q", store, "-o", shared, "--rules", "share-safe")
    check("drichards" not in shared.read_text(), "share-safe hides the user")
    contains(run(context, "convert", store, "-o", context.file("x"), status=64)[1], "says no format", "the error")


@case()
def a_store_of_revealed_secrets_is_read_only_when_that_is_said(context):
    store = recorded(context, "cleartext", "--reveal-secrets")
    contains(run(context, "decode", store, status=77)[1], "--reveal-secrets to read it", "the error")
    check("‹" not in run(context, "decode", "-q", "--reveal-secrets", store)[0], "what was asked for is shown")
    error = run(context, "decode", "-q", "-w", store, capture("cleartext"), status=73)[1]
    contains(error, "record to another file", "the error when masked sessions are added")


@case()
def old_sessions_go_by_size_and_age(context):
    store = context.file("aged.imapscope")
    # The capture is years, or at least minutes, old.
    decode(context, "-q", "--format", "none", "-w", store, "--store-age", "1s", capture("cleartext"))
    equal(listed(context, store), [], "sessions that are too old")
    decode(context, "-q", "--format", "none", "-w", store, "--store-size", "1M", capture("cleartext"))
    check(listed(context, store), "sessions within the size stay")
    contains(run(context, "decode", "-w", store, "--store-age", "soon", capture("cleartext"), status=64)[1], "times are written", "the error")


#: The queries of the guide are queries that work.
@case()
def the_queries_of_the_guide_run(context):
    store = recorded(context, "cleartext")
    guide = (ROOT / "Sources/imapscope/imapscope.docc/Store.md").read_text()
    queries = re.findall(r"```sql\n(.*?)```", guide, re.S)
    check(len(queries) >= 10, "ten queries", len(queries))
    with sqlite3.connect(store) as database:
        for query in queries:
            database.execute(query).fetchall()
        tables = {name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in tables:
            contains(guide, "`%s`" % table, "the guide's tables")
            for row in database.execute("PRAGMA table_info(%s)" % table):
                contains(guide, "`%s`" % row[1], "the guide's columns of %s" % table)
