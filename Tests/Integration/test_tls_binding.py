"""Logins that an interceptor breaks: channel binding and client certificates. What it says of them, and what survives."""
import base64
import hashlib
import ssl

from cases import case, check, contains, equal
from certificates import Authority
from proxy import url
from tls_proxy import IMPLICIT, SecureClient, authority, findings, start
from tls_server import SecureServer, server_settings

LIST = b"IMAP4rev1 AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-256-PLUS AUTH=EXTERNAL"
HEADER = b"p=tls-server-end-point,,"


def encoded(octets):
    return base64.b64encode(octets)


def binding_server(issued):
    """Grants SCRAM-SHA-256-PLUS to whom binds to its own certificate (RFC 5929 section 4); the proof is not looked at."""
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(issued.certificate.read_text())).digest()
    nonce = b"client-nonce-server-nonce"

    def behaviour(peer):
        peer.send(b"* OK [CAPABILITY %s] ready\r\n" % LIST)
        while True:
            words = peer.line().split(b" ")
            tag = words[0]
            if words[1] == b"AUTHENTICATE" and words[2] == b"SCRAM-SHA-256-PLUS":
                peer.send(b"+ \r\n")
                peer.line()
                peer.send(b"+ " + encoded(b"r=%s,s=%s,i=4096" % (nonce, encoded(b"salt"))) + b"\r\n")
                final = dict(part.split(b"=", 1) for part in base64.b64decode(peer.line()).split(b","))
                if base64.b64decode(final[b"c"]) != HEADER + digest:
                    peer.send(tag + b" NO [AUTHENTICATIONFAILED] the channel binding is of another connection\r\n")
                    continue
                peer.send(b"+ " + encoded(b"v=" + encoded(b"s" * 32)) + b"\r\n")
                peer.line()
            elif words[1] == b"AUTHENTICATE":
                peer.send(tag + b" NO [AUTHENTICATIONFAILED] no client certificate\r\n")
                continue
            peer.send(tag + b" OK done\r\n")
    return SecureServer(server_settings(issued), behaviour)


def login(client):
    """SCRAM-SHA-256-PLUS bound to the certificate that this client is shown; returns the status."""
    shown = hashlib.sha256(client.socket.getpeercert(binary_form=True)).digest()
    client.send(b"a1 AUTHENTICATE SCRAM-SHA-256-PLUS\r\n")
    client.continuation()
    client.send(encoded(HEADER + b"n=joe,r=client-nonce") + b"\r\n")
    challenge = dict(part.split(b"=", 1) for part in base64.b64decode(client.continuation()[2:]).split(b","))
    client.send(encoded(b"c=%s,r=%s,p=%s" % (encoded(HEADER + shown), challenge[b"r"], encoded(b"p" * 32))) + b"\r\n")
    answer = client.response()
    if answer.startswith(b"+"):
        client.send(b"\r\n")
        answer = client.response()
    return answer.split(b" ")[1]


@case()
def SCRAM_PLUS_is_passed_on_fails_and_is_explained(context):
    root = Authority(context.folder)
    server = binding_server(root.issue("server"))
    proxy = start(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path)
    with SecureClient(proxy.tls, ssl.create_default_context(cafile=str(authority(context)))) as client:
        equal(client.greeting(), b"* OK [CAPABILITY %s] ready" % LIST, "the greeting, passed on as it came")
        equal(login(client), b"NO", "the status of the login")
    proxy.stop()
    contains(findings(proxy, "channel-binding-offered")[0]["text"], "tls-server-end-point", "the finding about the list")
    failed = findings(proxy, "channel-binding-fails")
    equal(len(failed), 1, "findings about the login")
    for words in ("SCRAM-SHA-256-PLUS", "tls-server-end-point", "--cert"):
        contains(failed[0]["text"], words, "the finding about the login")


@case()
def SCRAM_PLUS_with_tls_server_end_point_survives_with_the_server_s_own_certificate(context):
    root = Authority(context.folder)
    issued = root.issue("server")
    server = binding_server(issued)
    proxy = start(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path, "--cert", issued.chain, "--key",
                  issued.key)
    with SecureClient(proxy.tls, ssl.create_default_context(cafile=str(root.path))) as client:
        client.greeting()
        equal(login(client), b"OK", "the status of the login")
    proxy.stop()
    check(not findings(proxy, "channel-binding-fails"), "a finding about a login that worked")


@case()
def a_login_by_client_certificate_fails_and_is_explained(context):
    root = Authority(context.folder)
    server = binding_server(root.issue("server"))
    proxy = start(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path)
    own = Authority(context.folder, "clients").issue("joe", names="email:joe@example.org")
    trust = ssl.create_default_context(cafile=str(authority(context)))
    trust.load_cert_chain(own.chain, own.key)
    with SecureClient(proxy.tls, trust) as client:
        client.greeting()
        client.command("AUTHENTICATE EXTERNAL =", status=b"NO")
    proxy.stop()
    explained = findings(proxy, "client-certificate-not-passed-on")
    equal(len(explained), 1, "findings")
    contains(explained[0]["text"], "--upstream-cert", "the finding")
