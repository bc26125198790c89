"""Faults on purpose: what a client gets of a message, when, and how the connection ends."""
import socket
import struct
import time

from cases import DOVECOT, case, check, contains, equal
from imap_client import Client
from proxy import url
from scripted_server import ScriptedServer, accept_everything
from tls_proxy import start as tls_start
from wire_proxy import PASSWORD, USER, check_edited, edits, findings, logged_in, proxy, rule, rules


def begun(relay):
    client = Client(relay.address)
    client.greeting()
    client.login(USER, PASSWORD)
    client.command("SELECT INBOX")
    return client


@case(DOVECOT)
def a_message_leaves_late_slowly_and_in_slices(context):
    relay = proxy(context, context.dovecot.bare,
                  rule("late", "{delay: 300ms}", when="kind == tagged and command == NOOP"),
                  rule("slow", "{bandwidth: 200}", when="kind == tagged and command == CHECK"),
                  rule("sliced", "{slice: 1}", when="response.name == FETCH"))
    client = begun(relay)
    for command, least in (("NOOP", 0.28), ("CHECK", 0.05)):
        began = time.monotonic()
        client.command(command)
        check(time.monotonic() - began >= least, "%s took %.3f s" % (command, time.monotonic() - began))
    got = client.command("FETCH 1:3 (FLAGS BODY.PEEK[])")
    equal(len(got), 4, "responses")
    client.logout()
    relay.stop()
    equal(findings(relay).count("delivered-by-rule"), 5, "deliveries told")
    for name in ("late", "slow", "sliced"):
        contains(relay.stdout, "the rule %s delivers this message" % name, "the transcript")


@case(DOVECOT)
def a_connection_ends_within_a_literal(context):
    for by in ("close", "half-close", "reset"):
        relay = proxy(context, context.dovecot.bare, rule("cut", "{cut: {after: 10, in: literal, by: %s}}" % by, when="response.name == FETCH"), name=by)
        client = begun(relay)
        client.send(b"x FETCH 1 (BODY.PEEK[])\r\n")
        try:
            got = b""
            while True:
                more = client.socket.recv(1 << 16)
                if not more:
                    ended = "end"
                    break
                got += more
        except ConnectionResetError:
            ended = "reset"
        check(by == "reset" or got.endswith(b"{447}\r\nFrom: Mari"), "what came before %s" % by, got)
        equal(ended, "reset" if by == "reset" else "end", "how it ended with " + by)
        client.close()
        relay.stop()
        contains(relay.stdout, "the rule cut delivers this message up to octet 35, then: " + by, "the transcript")


@case(DOVECOT)
def a_stalled_literal_holds_up_its_session_and_no_other(context):
    relay = proxy(context, context.dovecot.bare, rule("stalls", "{stall: {after: 10, in: literal}}", when="response.name == FETCH", limit="{first: 1}"))
    client = begun(relay)
    client.send(b"x FETCH 1 (BODY.PEEK[])\r\n")
    client.socket.settimeout(1)
    try:
        client.until("x")
        check(False, "nothing comes")
    except TimeoutError:
        check(client.received.endswith(b"{447}\r\nFrom: Mari"), "what came", bytes(client.received[-40:]))
    with logged_in(relay.address) as other:
        other.noop()
    client.close()
    relay.stop()


@case(DOVECOT)
def wrong_tags_lost_completions_and_BYE(context):
    relay = proxy(context, context.dovecot.bare,
                  rule("tag", "{wrong-tag: nobodys}", when="kind == tagged and command == NOOP"),
                  rule("lost", "drop", when="kind == tagged and command == CHECK"),
                  rule("twice", "duplicate", when="response.name == EXISTS"),
                  rule("bye", "{status: {as: BYE, code: UNAVAILABLE, text: gone}}", when="kind == tagged and command == STATUS"))
    client = Client(relay.address)
    client.greeting()
    client.login(USER, PASSWORD)
    equal(sum(line.endswith(b"EXISTS") for line in client.command("SELECT INBOX")), 2, "EXISTS")
    client.send(b"a NOOP\r\n")
    contains(client.response(), b"nobodys OK", "the wrong tag")
    client.send(b"b CHECK\r\nc STATUS Trash (MESSAGES)\r\n")
    contains(client.response(), b"* STATUS", "the completion of CHECK is lost")
    equal(client.response(), b"* BYE [UNAVAILABLE] gone", "BYE")
    client.close()
    relay.stop()
    for name in ("tag", "lost", "twice", "bye"):
        check_edited(relay, name)


@case()
def what_is_random_repeats_itself(context):
    server = ScriptedServer(accept_everything)

    def run(name, seed):
        relay = proxy(context, server.address,
                      rule("chance", "{status: NO}", when="kind == tagged and command == NOOP", limit="{probability: 0.5, seed: %d}" % seed), name=name)
        told = []
        for _ in range(3):
            with Client(relay.address) as client:
                client.greeting()
                told += [client.command("NOOP", status=None)[-1].split()[1] for _ in range(20)]
                client.command("LOGOUT")
        relay.stop()
        return told
    first = run("first", 7)
    check({b"OK", b"NO"} == set(first), "both happen", first)
    equal(run("second", 7), first, "the same seed")
    check(run("third", 8) != first, "another seed")
    check(first[:20] != first[20:40], "sessions differ")


@case(DOVECOT, timeout=120)
def the_flaky_server_is_flaky_in_the_same_way_twice(context):
    def run(name):
        context.dovecot.reset(USER)
        relay = proxy(context, context.dovecot.bare, "flaky-server", name=name)
        for _ in range(3):
            client = begun_flaky(relay)
            try:
                for number in range(1, 30):
                    client.socket.settimeout(3)
                    client.send(b"f%d STATUS Trash (MESSAGES)\r\n" % number)
                    client.until("f%d" % number)
                    client.send(b"g%d NOOP\r\n" % number)
                    if client.until("g%d" % number)[-1].startswith(b"* BYE"):
                        break
            except OSError:
                pass
            client.close()
        relay.stop()
        return [(event["session"], event["cause"], event["direction"]) for event in edits(relay)]

    def begun_flaky(relay):
        client = Client(relay.address, timeout=3)
        client.greeting()
        client.login(USER, PASSWORD)
        return client
    first = run("first")
    check(first, "something went wrong")
    equal(run("second"), first, "edits of both runs")


@case(DOVECOT, timeout=90)
def a_handshake_does_not_come_to_its_end(context):
    for leg in ("client", "upstream"):
        for how in ("close", "stall"):
            path = context.file("%s-%s.yaml" % (leg, how), rules(rule("no handshake", "{tls: {stop: %s, leg: %s}}" % (how, leg))))
            relay = tls_start(context, url(context.dovecot.tls, "imaps") if leg == "upstream" else url(context.dovecot.bare),
                              "--rules", path, *(["--upstream-ca", context.dovecot.certificate] if leg == "upstream" else []),
                              name="%s-%s" % (leg, how))
            if leg == "client":
                import ssl
                trust = ssl.create_default_context()
                trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
                raw = socket.create_connection(relay.tls, timeout=2)
                try:
                    trust.wrap_socket(raw)
                    ended = "established"
                except TimeoutError:
                    ended = "stall"
                except (OSError, ssl.SSLError):
                    ended = "close"
            else:
                raw = socket.create_connection(relay.address, timeout=2)
                try:
                    said = raw.recv(1 << 16)
                    ended = "close" if not said or said.startswith(b"* BYE") else "greeted: %r" % said
                except TimeoutError:
                    ended = "stall"
                except OSError:
                    ended = "close"
            equal(ended, how, "the handshake of the %s leg" % leg)
            raw.close()
            relay.stop()
            contains(relay.stdout, "no handshake", "the rule's name")
