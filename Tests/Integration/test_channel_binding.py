"""Channel bindings: what a client is bound to, compared with the connection, in captures and on both legs of the proxy.

The values come from others: tls-unique from Python's ssl, tls-exporter from `openssl s_client -keymatexport`."""
import base64
import hashlib
import json
import os
import re
import ssl
import subprocess

from cases import IMAPSCOPE, case, check, contains, equal
from certificates import Authority
from imap_client import eventually
from pcap import write_pcap
from proxy import url
from recorder import Recorder
from test_tls_binding import LIST, encoded
from tls_proxy import IMPLICIT, SecureClient, authority, findings, start
from tls_server import SecureServer, server_settings


def accepting(peer):
    """Lets everybody in whatever they are bound to."""
    peer.send(b"* OK [CAPABILITY %s] ready\r\n" % LIST)
    while True:
        words = peer.line().split(b" ")
        tag = words[0]
        if words[1] == b"AUTHENTICATE":
            peer.send(b"+ \r\n")
            first = base64.b64decode(peer.line()).decode()
            nonce = re.search("r=(.*)", first).group(1).encode() + b"3rfcNHYJY1ZVvWVs7j"
            peer.send(b"+ " + encoded(b"r=%s,s=%s,i=20000" % (nonce, encoded(b"a salt of 16 oct"))) + b"\r\n")
            peer.line()
            peer.send(b"+ " + encoded(b"v=" + encoded(b"s" * 32)) + b"\r\n")
            peer.line()
        peer.send(tag + b" OK done\r\n")
        if words[1] == b"LOGOUT":
            return


def lines(name, value):
    """What a client sends that is bound by `value`."""
    header = b"p=%s,," % name.encode()
    nonce = b"fyko+d2lbbFgONRv9qkx"
    return [
        b"a AUTHENTICATE SCRAM-SHA-256-PLUS",
        encoded(header + b"n=jack,r=" + nonce),
        encoded(b"c=%s,r=%s3rfcNHYJY1ZVvWVs7j,p=%s" % (encoded(header + value), nonce, encoded(b"p" * 32))),
        b"",
    ]


def log_in(client, name, value):
    for number, line in enumerate(lines(name, value)):
        client.send(line + b"\r\n")
        answer = client.continuation() if number < 3 else client.response()
    equal(answer.split(b" ")[1], b"OK", "the answer")
    client.command("LOGOUT")


def flipped(value):
    return bytes([value[0] ^ 1]) + value[1:]


def audited(context, recorder, keylog):
    path = context.file("capture.pcap")
    eventually(lambda: recorder.connections and all(one.finished for one in recorder.connections), 10, "the end of the connections")
    write_pcap(path, recorder.connections, 993)
    result = subprocess.run([str(IMAPSCOPE), "audit", "-q", "--format", "json", "--keylog", str(keylog), str(path)], capture_output=True, timeout=30)
    equal(result.returncode, 0, "exit status of audit; it said: %s" % result.stderr.decode())
    report = json.loads(result.stdout)
    equal(report["results"], {"OK": 1}, "the login was read")
    return [evidence for group in report["checks"] if group["check"] == "SC14" for evidence in group["evidence"]]


def judge(context, recorder, keylog, is_right, what):
    found = audited(context, recorder, keylog)
    equal(len(found), 0 if is_right else 1, "findings of SC14 with %s value of %s" % ("the right" if is_right else "another", what))


def by_python(context, folder, version, name, is_right):
    """A recorded login of Python's ssl bound by tls-unique or by the certificate."""
    os.makedirs(folder)
    root = Authority(folder)
    server = SecureServer(server_settings(root.issue("server"), only=version), accepting)
    recorder = Recorder(server.address, keeps_chunks=True)
    trust = ssl.create_default_context(cafile=str(root.path))
    keylog = folder / "keys.log"
    trust.keylog_filename = str(keylog)
    with SecureClient(recorder.address, trust) as client:
        value = client.socket.get_channel_binding("tls-unique") if name == "tls-unique" else \
            hashlib.sha256(client.socket.getpeercert(binary_form=True)).digest()
        client.greeting()
        log_in(client, name, value if is_right else flipped(value))
    judge(context, recorder, keylog, is_right, name)


@case()
def tls_unique_is_known_from_a_capture_with_keys(context):
    for is_right in (True, False):
        by_python(context, context.folder / ("unique-%s" % is_right), ssl.TLSVersion.TLSv1_2, "tls-unique", is_right)


@case()
def tls_server_end_point_is_known_from_a_capture_with_keys(context):
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        for is_right in (True, False):
            by_python(context, context.folder / ("point-%s-%s" % (version.name, is_right)), version, "tls-server-end-point", is_right)


class KeyingMaterial:
    """`openssl s_client` as a client whose exporter is known."""

    def __init__(self, context, address, *options):
        self.process = subprocess.Popen(
            ["openssl", "s_client", "-connect", "%s:%d" % address, "-keymatexport", "EXPORTER-Channel-Binding",
             "-keymatexportlen", "32", *map(str, options)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        context.later(self.process.kill)

    def line(self):
        line = self.process.stdout.readline()
        check(line, "s_client has ended")
        return line.rstrip(b"\r\n")

    def answer(self, beginning):
        """Waits for this line; between them s_client tells of tickets."""
        while not self.line().startswith(beginning):
            pass

    def send(self, line):
        self.process.stdin.write(line + b"\r\n")
        self.process.stdin.flush()


def by_openssl(context, address, is_right, *options):
    """A login bound by tls-exporter."""
    client = KeyingMaterial(context, address, *options)
    value = None
    while True:
        line = client.line()
        found = re.search(rb"Keying material: ([0-9A-F]{64})", line)
        value = bytes.fromhex(found.group(1).decode()) if found else value
        if line.startswith(b"* OK"):
            break
    check(value, "s_client tells the keying material before the greeting")
    for number, line in enumerate(lines("tls-exporter", value if is_right else flipped(value))):
        client.send(line)
        client.answer(b"+ " if number < 3 else b"a OK")
    client.send(b"z LOGOUT")
    client.answer(b"z OK")
    client.process.stdin.close()
    client.process.wait(10)


@case()
def tls_exporter_is_known_from_a_capture_with_keys(context):
    for is_right in (True, False):
        folder = context.folder / str(is_right)
        os.makedirs(folder)
        server = SecureServer(server_settings(Authority(folder).issue("server")), accepting)
        recorder = Recorder(server.address, keeps_chunks=True)
        by_openssl(context, recorder.address, is_right, "-tls1_3", "-keylogfile", folder / "keys.log")
        judge(context, recorder, folder / "keys.log", is_right, "tls-exporter")


def through_the_proxy(context, name, log, version=None):
    """What the checks say of a login on the client's leg that is right, and of one that is not."""
    told = []
    for is_right in (True, False):
        folder = context.folder / ("%s-%s" % (name, is_right))
        os.makedirs(folder)
        root = Authority(folder)
        server = SecureServer(server_settings(root.issue("server"), only=version), accepting)
        proxy = start(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path, "--audit", "default",
                      name="proxy-%s-%s" % (name, is_right))
        log(proxy, is_right)
        proxy.stop()
        told.append(findings(proxy, "scram-binding-differs"))
    right, wrong = told
    equal([(finding["blame"], finding["severity"]) for finding in right], [("configuration", "info")], "what is said of a right value")
    contains(right[0]["text"], "imapscope, which ends TLS", "the reason")
    equal([(finding["leg"], finding["severity"]) for finding in wrong], [("client", "critical")], "what is said of a wrong value")


@case()
def tls_exporter_is_compared_on_both_legs_of_the_proxy(context):
    through_the_proxy(context, "exporter", lambda proxy, is_right: by_openssl(context, proxy.tls, is_right, "-tls1_3"))


@case()
def tls_unique_is_compared_on_both_legs_of_the_proxy(context):
    def log(proxy, is_right):
        trust = ssl.create_default_context(cafile=str(authority(context)))
        trust.maximum_version = ssl.TLSVersion.TLSv1_2
        with SecureClient(proxy.tls, trust) as client:
            value = client.socket.get_channel_binding("tls-unique")
            client.greeting()
            log_in(client, "tls-unique", value if is_right else flipped(value))
    through_the_proxy(context, "unique", log, ssl.TLSVersion.TLSv1_2)
