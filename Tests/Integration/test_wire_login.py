"""Credentials that a rule exchanges on the way: who logs in where, and that no output shows either secret."""
import base64
import imaplib

from cases import DOVECOT, case, check, contains, equal
from imap_client import Client
from mailboxes import USERS
from proxy import check_secrets_absent
from scripted_server import ScriptedServer
from secret_forms import forms_of
from test_clients import curl as curl_as
from wire_proxy import PASSWORD, USER, findings, imapscope, logged_in, proxy, rule, rules, secret_file

OTHER = USERS["alice"][0]
TOKEN = "ya29.canary-T0ken_of.the-other+side/="


def exchange(context, kind, secret, user=None, mechanism=None):
    inside = ["%s: {from-file: %s}" % (kind, secret_file(context, secret))]
    inside += ["user: " + user] if user else []
    inside += ["mechanism: " + mechanism] if mechanism else []
    return rule("other account", "{credentials: {%s}}" % ", ".join(inside))


def check_nothing_shown(relay, *secrets):
    for secret in secrets:
        check_secrets_absent(relay.outputs, forms_of(secret))


@case(DOVECOT, timeout=120)
def a_client_logs_in_with_one_account_and_the_server_sees_another(context):
    wrong = "the-clients-0wn"
    for number, mechanism in enumerate(("LOGIN", "PLAIN")):
        relay = proxy(context, context.dovecot.bare, exchange(context, "password", OTHER, "alice", mechanism),
                      options=["--detail", "4"], name="proxy-%d" % number)
        with logged_in(relay.address, "whoever", wrong) as client:
            equal(client.select("INBOX", readonly=True)[0], "OK", "SELECT")
            equal(client.untagged_responses["EXISTS"][-1], b"28", "messages of alice")
        client = imaplib.IMAP4(*relay.address, timeout=20)
        client.authenticate("PLAIN", lambda _: ("\0whoever\0" + wrong).encode())
        equal(client.status("Sent", "(MESSAGES)")[0], "OK", "STATUS")
        client.logout()
        # The initial response of SASL-IR, and LOGIN with literals of both kinds.
        with Client(relay.address) as raw:
            raw.greeting()
            raw.command("AUTHENTICATE PLAIN " + base64.b64encode(("\0whoever\0" + wrong).encode()).decode())
            raw.logout()
        with Client(relay.address) as raw:
            raw.greeting()
            raw.login("whoever", wrong)
            raw.logout()
        with Client(relay.address) as raw:
            raw.greeting()
            raw.send(b"a LOGIN {7+}\r\nwhoever {%d+}\r\n%s\r\nb STATUS Sent (MESSAGES)\r\n" % (len(wrong), wrong.encode()))
            contains(raw.until("a")[-1], b"a OK", "a pipelined login")
            contains(raw.until("b")[-1], b"b OK", "what came behind it")
            raw.logout()
        relay.stop()
        check_nothing_shown(relay, OTHER, wrong)
        contains(relay.stdout, "other account", "the name of the rule")
        sessions = [event for event in relay.events("session_end")]
        equal(len(sessions), 5, "sessions")


@case(DOVECOT)
def a_wrong_password_of_the_rule_is_the_clients_refusal(context):
    canary = "wr0ng-canary-value"
    relay = proxy(context, context.dovecot.bare, exchange(context, "password", canary, "alice"), options=["--detail", "4"])
    try:
        logged_in(relay.address)
        check(False, "the login is refused")
    except imaplib.IMAP4.error as error:
        contains(str(error), "AUTHENTICATIONFAILED", "the refusal")
    relay.stop()
    check_nothing_shown(relay, canary, PASSWORD)


def takes_tokens(peer, seen):
    """A server that knows nothing but tokens."""
    peer.send(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=OAUTHBEARER LOGINDISABLED] tokens only\r\n")
    while True:
        tag, verb, *words = peer.command().split(b" ")
        if verb.upper() == b"AUTHENTICATE":
            if len(words) < 2:
                peer.send(b"+ \r\n")
                words.append(peer.line())
            seen.append((words[0], base64.b64decode(words[1])))
            if TOKEN.encode() not in seen[-1][1]:
                peer.send(b"+ " + base64.b64encode(b'{"status":"401"}') + b"\r\n")
                peer.line()
                peer.send(tag + b" NO [AUTHENTICATIONFAILED] no\r\n")
                continue
        peer.send(tag + b" OK done\r\n")
        if verb.upper() == b"LOGOUT":
            return


@case()
def a_password_becomes_a_token(context):
    seen = []
    server = ScriptedServer(lambda peer: takes_tokens(peer, seen))
    for mechanism in ("XOAUTH2", "OAUTHBEARER"):
        relay = proxy(context, server.address, exchange(context, "token", TOKEN, mechanism=mechanism), options=["--detail", "4"], name=mechanism)
        with Client(relay.address) as client:
            contains(client.greeting(), b"IMAP4rev1", "the greeting")
            client.command('LOGIN joe@example.org "app passw0rd"')
            client.command("NOOP")
            client.logout()
        relay.stop()
        check_nothing_shown(relay, TOKEN, "app passw0rd")
        equal(seen[-1][0].upper(), mechanism.encode(), "the mechanism")
        contains(seen[-1][1], b"joe@example.org", "the user")
        contains(seen[-1][1], b"Bearer " + TOKEN.encode(), "the token")


@case()
def the_pack_oauth_bridge_reads_the_token_of_its_user(context):
    seen = []
    server = ScriptedServer(lambda peer: takes_tokens(peer, seen))
    place = context.file("home") / ".config" / "imapscope"
    place.mkdir(parents=True)
    (place / "oauth-token").write_text(TOKEN + "\n")
    (place / "oauth-token").chmod(0o600)
    relay = proxy(context, server.address, "oauth-bridge", options=["--detail", "4"])
    with logged_in(relay.address, "joe@example.org", "wh4tever-it-is") as client:
        client.noop()
    relay.stop()
    contains(seen[-1][1], b"user=joe@example.org\1auth=Bearer " + TOKEN.encode(), "what the server gets")
    check_nothing_shown(relay, TOKEN, "wh4tever-it-is")


@case()
def a_secret_others_can_read_or_that_stands_in_the_rules_is_refused(context):
    base = ["proxy", "-l", "imap://127.0.0.1:1", "-u", "imap://127.0.0.1:1", "--rules"]
    for mode in (0o644, 0o640, 0o604):
        secret = secret_file(context, TOKEN, mode)
        path = context.file("r.yaml", rules(rule("r", "{credentials: {token: {from-file: %s}}}" % secret)))
        result = imapscope(context, *base, path)
        equal(result.returncode, 78, "exit status with mode %o" % mode)
        contains(result.stderr.decode(), "r.yaml:4:", "the place")
        contains(result.stderr.decode(), "chmod 600", "what to do")
        check_secrets_absent({"stderr": result.stderr}, {"token": TOKEN.encode()})
    for written in ("token: " + TOKEN.split("=")[0], "password: hunter2"):
        result = imapscope(context, *base, context.file("r.yaml", rules(rule("r", "{credentials: {%s}}" % written))))
        equal(result.returncode, 78, "exit status with a secret inline")
        check_secrets_absent({"stderr": result.stderr}, {"token": b"canary", "password": b"hunter2"})
        contains(result.stderr.decode(), "from-file", "what to do")
    missing = context.file("r.yaml", rules(rule("r", "{credentials: {token: {from-file: nowhere}}}")))
    equal(imapscope(context, *base, missing).returncode, 78, "exit status without the file")
