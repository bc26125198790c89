"""TLS in captures: what `imapscope decode` decrypts is what tshark decrypts, and what cannot be decrypted is named with its reason."""
import json
import os
import re
import subprocess
import time

import capture_cases
from capture_decode import check_streams, decode, extract, truth
from capture_files import pcap, pcapng
from capture_packets import ETHERNET, connection, in_ethernet
from cases import DOVECOT, IMAPSCOPE, case, check, contains, equal
import capture_record_tls
from mailboxes import USERS
from proxy import check_secrets_absent, read_events
from secret_forms import forms_of
from tls_proxy import private_dovecot

NAMES = ("starttls", "tls12", "tls13", "dsb", "resumption", "tls-compress")
PASSWORD = USERS["drichards"][0]


def folder(name):
    return capture_cases.CAPTURES / name


def capture(name):
    return folder(name) / capture_cases.facts(folder(name))["capture"]


def keys(name):
    return folder(name) / "keys.log"


def options(name):
    return capture_cases.options(folder(name))


def tshark(path, *arguments):
    result = subprocess.run(["tshark", "-n", "-r", str(path), *map(str, arguments)], capture_output=True)
    equal(result.returncode, 0, "exit status of tshark; it said: %s" % result.stderr.decode(errors="replace"))
    return result.stdout.decode("utf-8", "replace")


def followed(path, keylog, number, port):
    """{side: octets} as tshark's "follow" decrypts them. It names the nodes in either order, so the side that says "*" is the server."""
    known = ["-o", "tls.keylog_file:%s" % keylog] if keylog else []
    # Its IMAP dissector gives up at LOGIN with literals, and then the record is not followed.
    text = tshark(path, "--disable-protocol", "imap", "-d", "tcp.port==%d,tls" % port, *known, "-q", "-z", "follow,tls,raw,%d" % number)
    found = [b"", b""]
    for line in text.splitlines():
        if re.fullmatch(r"\t?(?:[0-9a-f]{2})+", line):
            found[line.startswith("\t")] += bytes.fromhex(line.strip())
    client = 1 if found[0].startswith(b"* ") else 0
    return {"client": found[client], "server": found[1 - client]}


@case()
def tshark_decrypts_the_same_octets(context):
    # What is under COMPRESS tshark shows as it was sent; that is judged by the client's own record of it, in test_decode.
    for name in NAMES[:5]:
        mine = extract(context, "--reveal-secrets", *options(name), capture(name), name=name).streams
        check_streams(mine, truth(folder(name)), name)
        path = capture(name)
        for number, streams in enumerate(mine):
            theirs = followed(path, keys(name) if keys(name).exists() else None, number, 10993 if name == "dsb" else 993)
            wanted = dict(streams)
            if name == "starttls":
                # Before STARTTLS there is no TLS to follow.
                wanted = {side: octets[octets.index(b"\r\n", octets.index(b"t1 ")) + 2:] for side, octets in streams.items()}
            for side in ("client", "server"):
                check(theirs[side], "%s: tshark decrypts nothing of the %s" % (name, side))
                equal(theirs[side], wanted[side], "%s: session %d, octets from the %s, as tshark decrypts them" % (name, number + 1, side))


def without_tls(decoded, name):
    """Decoding without the right keys is no error: nothing of the session is shown, and why stands in the transcript."""
    equal(decoded.status, 0, "%s: exit status; it said: %s" % (name, decoded.stderr))
    for word in ("LOGIN", "CRAM-MD5", "FETCH", "drichards"):
        check(word not in decoded.text.split("TLS by STARTTLS")[-1].replace("AUTH=LOGIN", ""), "%s: %s is shown" % (name, word), decoded.text)
    return decoded


def client_random(name):
    return keys(name).read_text().split()[1]


@case()
def without_keys_the_handshake_is_told_and_the_key_that_would_help_is_named(context):
    for name in ("tls12", "tls13"):
        decoded = without_tls(decode(context, capture(name)), name)
        contains(decoded.text, "there are no keys: give the key log that has client random " + client_random(name), name)
        contains(decoded.text, "name imap.example.org", name)
        contains(decoded.stderr, "in 1 TLS connection not decrypted: TLS: there are no keys for it (1)", "totals of " + name)
    # The server's certificate is in the clear up to TLS 1.2.
    contains(decode(context, capture("tls12")).text, "certificate CN=localhost, not decrypted", "tls12")


@case()
def a_key_log_of_other_connections_says_which_secret_it_lacks(context):
    for name, other, label in (("tls12", "tls13", "CLIENT_RANDOM"), ("tls13", "tls12", "SERVER_HANDSHAKE_TRAFFIC_SECRET")):
        decoded = without_tls(decode(context, "--keylog", keys(other), capture(name)), name)
        contains(decoded.text, "the key log has no %s for client random %s" % (label, client_random(name)), name)


@case()
def wrong_secrets_open_nothing_and_are_said_to_be_wrong(context):
    for name in ("tls12", "tls13"):
        lines = [line.split() for line in keys(name).read_text().splitlines()]
        wrong = "".join("%s %s %s\n" % (label, random, "5a" * (len(secret) // 2)) for label, random, secret in lines)
        decoded = without_tls(decode(context, "--keylog", context.file("wrong.log", wrong), capture(name)), name)
        contains(decoded.text, "does not open the records", name)


@case()
def an_empty_key_log_is_named(context):
    for path in (context.file("empty.log", ""), "/dev/null"):
        decoded = without_tls(decode(context, "--keylog", path, capture("tls12")), str(path))
        contains(decoded.stderr, "%s: there is no secret in it" % path, "standard error")
        contains(decoded.text, client_random("tls12"), "transcript")


@case()
def bad_lines_of_a_key_log_are_named_and_the_others_work(context):
    text = "garbage\n# a comment\nCLIENT_RANDOM 00 11\n\n\xff\xfe\x00\n" + keys("tls12").read_text().rstrip("\n")
    path = context.file("bad.log", text.encode("latin-1"))
    found = extract(context, "--reveal-secrets", "--keylog", path, capture("tls12"))
    check_streams(found.streams, truth(folder("tls12")), "streams")
    stderr = decode(context, "--keylog", path, capture("tls12")).stderr
    for number in (1, 3, 5):
        contains(stderr, "bad.log, line %d: " % number, "standard error")
    check("line 2" not in stderr and "line 6" not in stderr, "a good line is called bad", stderr)


@case()
def a_private_key_without_static_rsa_says_why_it_cannot_work(context):
    key = context.file("key.pem")
    subprocess.run(["openssl", "genrsa", "-out", str(key), "2048"], check=True, capture_output=True)
    for name in ("tls12", "tls13"):
        decoded = without_tls(decode(context, "--tls-key", key, capture(name)), name)
        contains(decoded.text, "the key exchange is ephemeral, so only a key log can", name)


@case(DOVECOT)
def the_private_key_of_the_server_opens_static_rsa(context):
    dovecot = private_dovecot(context, settings="ssl_cipher_list = ALL:@SECLEVEL=0\n")
    connections, _ = capture_record_tls.play_static_rsa(dovecot)
    ((recording, streams),) = connections
    path = context.file("rsa.pcap", pcap(in_ethernet(connection(recording, capture_cases.CLIENT, ("198.51.100.20", 993))), ETHERNET))
    key = dovecot.folder / "key.pem"
    check_streams(extract(context, "--reveal-secrets", "--tls-key", key, path).streams, [streams], "with the server's key")
    other = context.file("other.pem")
    subprocess.run(["openssl", "genrsa", "-out", str(other), "2048"], check=True, capture_output=True)
    contains(without_tls(decode(context, "--tls-key", other, path), "another key").text, "none of the private keys is the one", "another key")


@case()
def keys_that_cannot_be_read_are_refused_at_once(context):
    missing = decode(context, "--keylog", context.file("missing.log"), capture("tls12"))
    equal(missing.status, 66, "exit status for a missing key log")
    contains(missing.stderr, "missing.log", "standard error")
    equal(decode(context, "--tls-key", context.file("missing.pem"), capture("tls12")).status, 66, "exit status for a missing private key")
    bad = decode(context, "--tls-key", keys("tls12"), capture("tls12"))
    equal(bad.status, 65, "exit status for a bad private key")
    contains(bad.stderr, "this is no private key in PEM", "standard error")
    secret = keys("tls12").read_text().split()[2]
    check(secret not in bad.stderr, "the file's content is printed")


def piped(context, *arguments):
    log = context.file("piped-stderr.log")
    with open(log, "wb") as err:
        process = subprocess.Popen([str(IMAPSCOPE), "decode", "--color", "never", *map(str, arguments), "-"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=err)
    context.later(process.kill)
    return process


@case()
def a_key_log_that_grows_while_the_capture_comes_is_followed(context):
    for name in ("tls12", "tls13", "starttls"):
        content, lines = capture(name).read_bytes(), keys(name).read_bytes().splitlines(keepends=True)
        keylog = context.file(name + ".log", lines[0][:40])
        process = piped(context, "--keylog", keylog)
        process.stdin.write(content[:-1500])
        process.stdin.flush()
        time.sleep(0.3)         # So that all of it has been read: what comes next comes later, and it is all the same if not.
        with open(keylog, "ab") as file:
            file.write(lines[0][40:] + b"".join(lines[1:]))
        process.stdin.write(content[-1500:])
        out, _ = process.communicate(timeout=20)
        equal(process.returncode, 0, "exit status")
        equal(out.decode(), (folder(name) / "expected.txt").read_text(), "%s: the transcript" % name)


@case()
def a_pipe_without_keys_says_so_in_the_end(context):
    process = piped(context, "--keylog", context.file("empty.log", ""))
    out, _ = process.communicate(capture("tls13").read_bytes(), timeout=20)
    contains(out.decode(), client_random("tls13"), "transcript")


def without_secrets_block(path):
    """A pcapng file's blocks without those of type 10."""
    content, at, kept = path.read_bytes(), 0, b""
    while at < len(content):
        length = int.from_bytes(content[at + 4:at + 8], "little")
        kept += content[at:at + length] if content[at:at + 4] != b"\x0a\0\0\0" else b""
        at += length
    return kept


@case()
def tls_on_any_port_is_found_with_keys_and_named_without(context):
    plain = context.file("plain.pcapng", without_secrets_block(capture("dsb")))
    # It is the session of tls13, whose key log therefore opens it.
    check_streams(extract(context, "--reveal-secrets", "--keylog", keys("tls13"), plain, name="with").streams, truth(folder("dsb")), "with keys")
    for arguments in ([], ["--keylog", keys("tls12")]):
        decoded = without_tls(decode(context, *arguments, plain), "dsb")
        contains(decoded.stderr, "0 IMAP sessions", "totals")
        contains(decoded.stderr, "TLS on TCP port 10993 (1)", "totals")
    told = without_tls(decode(context, "--port", "10993", plain), "dsb")
    contains(told.stderr, "1 IMAP session ", "totals")


@case()
def editcap_injects_keys_that_are_used(context):
    for name in ("tls12", "starttls", "resumption"):
        injected = context.file(name + ".pcapng")
        subprocess.run(["editcap", "--inject-secrets", "tls,%s" % keys(name), str(capture(name)), str(injected)], check=True, capture_output=True)
        check_streams(extract(context, "--reveal-secrets", injected, name=name).streams, truth(folder(name)), name)


@case()
def one_key_log_serves_many_captures_in_any_order(context):
    # The others begin at the same port with the same sequence numbers, as no two connections of one host do.
    names = ("starttls", "resumption")
    together = context.file("all.log", b"".join(keys(name).read_bytes() for name in names[::-1]))
    wanted = sorted((streams["server"] for name in names for streams in truth(folder(name))))
    for order in (names, names[::-1]):
        found = extract(context, "--reveal-secrets", "--keylog", together, *map(capture, order), name="-".join(order))
        equal(sorted(streams["server"] for streams in found.streams), wanted, "streams of the servers")


@case()
def the_cleartext_capture_is_imap_to_tshark(context):
    for name in NAMES:
        path = context.file(name + ".pcapng")
        equal(decode(context, "--format", "none", "--pcap", path, *options(name), capture(name)).status, 0, "exit status")
        # Messages that a LOGIN's literals begin are malformed to tshark in every capture, the one in cleartext included.
        equal(tshark(path, "-Y", "_ws.malformed && !imap.request.command == \"LOGIN\""), "", "%s: malformed packets" % name)
        commands = tshark(path, "-Y", "imap.request", "-T", "fields", "-e", "imap.request.command").split()
        for command in ("LOGOUT", "EXAMINE" if name == "resumption" else "SELECT"):
            check(any(command in word.upper() for word in commands), "%s: tshark finds no %s" % (name, command), commands)
        check(tshark(path, "-Y", "tls") == "", "%s: there is TLS in it" % name)


@case()
def json_lines_have_the_facts_of_the_handshake(context):
    path = context.file("tls12.jsonl")
    decode(context, "--format", "none", "--jsonl", path, *options("tls12"), capture("tls12"))
    (event,) = [event for event in read_events(path, "tls") if event.get("result") == "established"]
    equal({key: event[key] for key in ("leg", "how", "version", "cipher", "sni", "decrypted", "resumed", "subject", "key")},
          {"leg": "client", "how": "implicit", "version": "TLS 1.2", "cipher": "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
           "sni": "imap.example.org", "decrypted": True, "resumed": False, "subject": "CN=localhost", "key": "RSA, 2048 bits"}, "tls")
    check("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256" in event["offered_ciphers"] and event["offered_versions"], "what was offered", event)
    path = context.file("resumption.jsonl")
    decode(context, "--format", "none", "--jsonl", path, *options("resumption"), capture("resumption"))
    equal([event["resumed"] for event in read_events(path, "tls") if event.get("result") == "established"], [False, True], "resumed")


@case()
def no_output_has_a_secret_of_the_session_or_of_its_tls(context):
    for name in NAMES:
        page, lines, packets = context.file("page.html"), context.file("lines.jsonl"), context.file("packets.pcapng")
        streams, mails = context.file(name), context.file(name + " mail")
        decoded = decode(context, "--detail", "4", "--html", page, "--jsonl", lines, "--pcap", packets, "--extract", streams,
                         "--export-mail", mails, *options(name), capture(name))
        equal(decoded.status, 0, "exit status; it said: " + decoded.stderr)
        check("LOGOUT" in page.read_text(encoding="utf-8") and "LOGOUT" in lines.read_text(), "%s: the session is not in the outputs" % name)
        outputs = {"stdout": decoded.stdout, "stderr": decoded.stderr.encode(), "page": page.read_bytes(), "lines": lines.read_bytes(),
                   "packets": packets.read_bytes()}
        outputs.update({path.name: path.read_bytes() for path in [*streams.iterdir(), *mails.iterdir()]})
        check_secrets_absent({"%s of %s" % (place, name): octets for place, octets in outputs.items()}, forms_of(PASSWORD))
        log = keys("tls13" if name == "dsb" else name).read_text().split("\n")
        for secret in [line.split()[2] for line in log if line]:
            for form in (secret.encode(), secret.upper().encode(), bytes.fromhex(secret)):
                for place, octets in outputs.items():
                    check(form not in octets, "%s of %s has a secret of its TLS" % (place, name))
