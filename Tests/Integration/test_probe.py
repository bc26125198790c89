"""`imapscope probe`: servers and clients with and without faults, and what is said of them."""
import imaplib
import json
import os
import re
import signal
import ssl
import subprocess

from cases import DOVECOT, IMAPSCOPE, case, check, contains, equal
from certificates import Authority
from dovecot import free_port
from mailboxes import USERS
from proxy import check_secrets_absent, is_listening
from imap_client import eventually
from scripted_server import ScriptedServer
from secret_forms import forms_of
from terminal import run_in_terminal
from tls_proxy import dovecot_of

USER = "drichards"
PASSWORD = USERS[USER][0]
TUTORIAL_PASSWORD = "My_P@ssword1"


def probe(address, *options, scheme="imap", status=None, host="localhost"):
    """The verdicts of a probe by the names of its tests, and everything it printed."""
    result = subprocess.run([IMAPSCOPE, "probe", "server", "%s://%s:%d" % (scheme, host, address[1]), "--format", "json", *map(str, options)],
                            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=280)
    if status is not None:
        equal(result.returncode, status, "exit status (%s)" % result.stderr[-400:])
    tests = json.loads(result.stdout)["tests"] if result.stdout else []
    return {test["test"]: (test["verdict"], test["facts"]) for test in tests}, result.stdout + result.stderr


def verdict(found, name, expected, part=""):
    equal(found[name][0], expected, "%s (%s)" % (name, found[name][1]))
    contains(found[name][1], part, name)


@case()
def nothing_is_sent_without_consent(context):
    server = ScriptedServer(lambda peer: peer.send(b"* OK ready\r\n"))
    _, printed = probe(server.address, status=64)
    contains(printed, "will connect to imap://localhost", "the plan")
    contains(printed, "--yes", "the advice")
    equal(server.peers, [], "connections")
    command = [IMAPSCOPE, "probe", "server", "imap://localhost:%d" % server.address[1]]
    status, printed = run_in_terminal(command, dict(os.environ), 30, {b"[y/N] ": b"n\n"})
    equal(status, 64, "exit status of a no (%r)" % printed)
    equal(server.peers, [], "connections after a no")


@case()
def a_server_that_is_not_there_is_said_to_be_so(context):
    _, printed = probe(("127.0.0.1", free_port()), "--yes", status=69)
    contains(printed, "cannot connect", "the reason")


@case(DOVECOT, timeout=280)
def dovecot_is_judged_by_its_configuration(context):
    dovecot = context.dovecot
    password = context.file("password", PASSWORD)
    password.chmod(0o600)
    before = dovecot.log_size()
    found, printed = probe(dovecot.starttls, "--yes", "--upstream-ca", dovecot.certificate, "--user", USER, "--password-file", password, status=1)
    for name in ("capabilities", "tls-versions", "preauth-greeting", "starttls-command-injection", "starttls-under-tls", "literal-limits",
                 "overlong-line", "user-names"):
        verdict(found, name, "pass")
    verdict(found, "capabilities", "pass", "after the login")
    verdict(found, "tls-versions", "pass", "refused: TLS 1.0, TLS 1.1")
    # The tests' Dovecot takes passwords in the clear: disable_plaintext_auth = no.
    verdict(found, "cleartext-login", "vulnerable", "checked in cleartext")
    verdict(found, "cleartext-authenticate", "vulnerable")
    verdict(found, "certificate", "weak", "days")
    check_secrets_absent({"the report": printed.encode()}, forms_of(PASSWORD))
    failures = [line for line in dovecot.log_since(before) if "auth failed" in str(line)]
    check(len(failures) <= 3, "more logins failed than may", failures)


@case(timeout=280)
def a_dovecot_of_tls_1_0_is_weak(context):
    dovecot = dovecot_of(context, "1.0")
    found, _ = probe(dovecot.tls, "--yes", "--upstream-ca", dovecot.certificate, scheme="imaps", status=1)
    verdict(found, "tls-versions", "weak", "accepted: TLS 1.0; refused: TLS 1.1, TLS 1.2, TLS 1.3")
    verdict(found, "starttls-command-injection", "not checkable", "imaps://")


class Vulnerable:
    """Every mistake at once: what was read before TLS is obeyed under it, literals are read as lines, and so on."""

    def __init__(self, context):
        issued = Authority(context.folder).issue("server")
        self.trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.trust.load_cert_chain(issued.certificate, issued.key)
        self.logins = []

    def __call__(self, peer):
        peer.send(b"* PREAUTH welcome\r\n")
        while True:
            line = peer.line()
            tag, verb, *rest = (line.split(b" ", 2) + [b"", b""])[:3]
            verb = verb.upper()
            if verb == b"STARTTLS":
                kept = bytes(peer.buffer)
                peer.buffer.clear()
                peer.send(tag + b" OK begin\r\n")
                if not isinstance(peer.socket, ssl.SSLSocket):
                    peer.socket = self.trust.wrap_socket(peer.socket, server_side=True)
                peer.buffer += kept
            elif verb == b"LOGIN":
                self.logins.append(line)
                peer.send(tag + (b" NO wrong password\r\n" if USER.encode() in line else b" NO no such user\r\n"))
            elif verb == b"AUTHENTICATE":
                peer.send(b"+ \r\n")
                peer.line()
                peer.send(tag + b" BAD cancelled\r\n")
            elif verb == b"CAPABILITY":
                peer.send(b"* CAPABILITY IMAP4rev1 STARTTLS LITERAL-\r\n" + tag + b" OK done\r\n")
            else:
                peer.send(tag + b" OK done\r\n")


@case(timeout=120)
def a_server_with_every_mistake_is_found_out(context):
    behaviour = Vulnerable(context)
    server = ScriptedServer(behaviour)
    found, _ = probe(server.address, "--yes", "--user", USER, status=1)
    for name, expected, part in [
            ("capabilities", "weak", "still offered"), ("certificate", "vulnerable", "does not verify"),
            ("preauth-greeting", "vulnerable", "PREAUTH"), ("starttls-command-injection", "vulnerable", "S2"),
            ("starttls-under-tls", "vulnerable", "granted"), ("cleartext-login", "weak", ""),
            ("cleartext-authenticate", "vulnerable", ""), ("literal-limits", "vulnerable", "obeyed"),
            ("overlong-line", "weak", "accepted"), ("user-names", "weak", "no such user")]:
        verdict(found, name, expected, part)
    check(len(behaviour.logins) <= 3, "more logins failed than may", behaviour.logins)


@case(timeout=280)
def a_server_that_hangs_or_closes_or_talks_garbage_stalls_nothing(context):
    def hanging(peer):
        peer.send(b"* OK ready\r\n")
        while True:
            tag, verb = (peer.line().split(b" ", 2) + [b""])[:2]
            if verb in (b"CAPABILITY", b"STARTTLS"):
                peer.send(tag + b" BAD not here\r\n")

    for behaviour in (lambda peer: None, lambda peer: peer.send(os.urandom(1 << 20)), hanging):
        server = ScriptedServer(behaviour)
        found, _ = probe(server.address, "--yes", "--user", USER)
        check(found, "no verdicts")
        check(all(facts for _, facts in found.values()), "a verdict without facts", found)
        check(not any(grade == "vulnerable" for grade, _ in found.values()), "accused of what nobody saw", found)


class Client:
    """`imapscope probe client`, and what became of it."""

    def __init__(self, context, *options):
        self.port = free_port()
        home = context.file("home")
        home.mkdir(exist_ok=True)
        self.environment = dict(os.environ, HOME=str(home), XDG_DATA_HOME=str(home / "data"))
        self.authority = home / "data" / "imapscope" / "ca.pem"
        self.process = subprocess.Popen([IMAPSCOPE, "probe", "client", "-l", "imap://127.0.0.1:%d" % self.port, "--format", "json", *options],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment)
        context.later(self.process.kill)
        eventually(lambda: is_listening(self.port), what="listening")

    def verdicts(self, status):
        stdout, self.errors = self.process.communicate(timeout=60)
        equal(self.process.returncode, status, "exit status (%s)" % self.errors[-400:])
        self.printed = stdout + self.errors
        check(TUTORIAL_PASSWORD not in self.printed, "the password is shown", self.printed)
        return {pack["pack"]: (pack["verdict"], pack["facts"]) for pack in json.loads(stdout)["packs"]}


def with_curl(probe, context, how):
    settings = context.file("curlrc", 'user = "%s:%s"\n' % (USER, TUTORIAL_PASSWORD))
    subprocess.run(["curl", "-sS", "-K", str(settings), "--cacert", str(probe.authority), how, "--max-time", "15",
                    "imap://localhost:%d/INBOX;MAILINDEX=1" % probe.port, "-o", "/dev/null"], capture_output=True, timeout=60)


@case(timeout=280)
def curl_is_led_through_all_attacks(context):
    careless = Client(context)
    packs = subprocess.run([IMAPSCOPE, "rules", "list"], capture_output=True, text=True, check=True).stdout
    for _ in re.findall(r"^\s*(attack-[a-z0-9-]+)", packs, re.M):
        with_curl(careless, context, "--ssl")
    found = careless.verdicts(1)
    verdict(found, "attack-strip-starttls", "vulnerable", "sent its credentials")
    verdict(found, "attack-refuse-starttls", "vulnerable", "sent its credentials")
    check(not any(grade == "not met" for grade, _ in found.values()), "a pack without a verdict", found)


@case(timeout=120)
def a_client_that_requires_tls_passes(context):
    names = ["attack-strip-starttls", "attack-refuse-starttls", "attack-preauth"]
    careful = Client(context, "--packs", ",".join(names))
    for _ in names:
        with_curl(careful, context, "--ssl-reqd")
    found = careful.verdicts(0)
    for name in names:
        verdict(found, name, "pass", "hung up")


@case(timeout=120)
def imaplib_meets_an_attack_and_ctrl_c_ends_with_what_there_is(context):
    client = Client(context, "--packs", "attack-response-injection,attack-strip-starttls")
    with imaplib.IMAP4("127.0.0.1", client.port) as mail:
        trust = ssl.create_default_context(cafile=str(client.authority))
        trust.check_hostname = False
        mail.starttls(trust)
        mail.login(USER, TUTORIAL_PASSWORD)
    client.process.send_signal(signal.SIGINT)
    found = client.verdicts(0)
    verdict(found, "attack-response-injection", "pass")
    equal(found["attack-strip-starttls"][0], "not met", "a pack that nobody met")
