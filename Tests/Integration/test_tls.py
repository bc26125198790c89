"""TLS on either leg: the nine pairs of legs, and everything that must not pass for TLS."""
import imaplib
import socket
import ssl
import subprocess

from cases import DOVECOT, IMAPSCOPE, case, check, contains, equal
from imap_client import Client, eventually
from proxy import Proxy, url
from recorder import Dripper
from scripted_server import ScriptedServer, accept_everything
from tls_proxy import CLEARTEXT, IMPLICIT, PASSWORD, STARTTLS, USER, session, start, trusting


def upstream_of(dovecot, kind):
    return {CLEARTEXT: url(dovecot.bare), STARTTLS: url(dovecot.starttls, STARTTLS), IMPLICIT: url(dovecot.tls, IMPLICIT)}[kind]


def nine_pairs(upstream):
    def test(context):
        dovecot = context.dovecot
        dovecot.reset(USER)
        with_dovecot = imaplib.IMAP4(*dovecot.bare)
        expected = session(with_dovecot)
        proxy = start(context, upstream_of(dovecot, upstream), "--starttls", "offer", "--upstream-ca", dovecot.certificate)
        trust = trusting(context)
        for kind in (CLEARTEXT, STARTTLS, IMPLICIT):
            if kind == IMPLICIT:
                client = imaplib.IMAP4_SSL("localhost", proxy.tls[1], ssl_context=trust)
            else:
                client = imaplib.IMAP4("localhost", proxy.address[1])
                check("STARTTLS" in client.capabilities, "%s, then %s: STARTTLS is not offered" % (kind, upstream), client.capabilities)
            if kind == STARTTLS:
                client.starttls(trust)
            if kind != CLEARTEXT:
                check("STARTTLS" not in client.capability()[1][0].decode().split(), "STARTTLS is offered under TLS")
            equal(session(client), expected, "%s, then %s: what the server said" % (kind, upstream))
        proxy.stop()
        legs = [(event["session"], event["leg"], event["how"]) for event in proxy.events("tls") if event["result"] == "established"]
        server = {CLEARTEXT: [], STARTTLS: ["STARTTLS"], IMPLICIT: ["implicit"]}[upstream]
        wanted = [(number, "upstream", how) for number in (1, 2, 3) for how in server] + [(2, "client", "STARTTLS"), (3, "client", "implicit")]
        equal(sorted(legs), sorted(wanted), "TLS events")
        check(not [e for e in proxy.events("gap") if e.get("reason") == "opaque"], "something could not be read")
        check(PASSWORD.encode() not in b"".join(proxy.outputs.values()), "the password is in an output")
        equal(len([e for e in proxy.events("authentication") if e["result"] == "OK"]), 3, "logins that were read")
    test.__module__ = __name__
    test.__name__ = "every_client_leg_before_an_upstream_leg_of_%s" % {CLEARTEXT: "cleartext", STARTTLS: "STARTTLS", IMPLICIT: "implicit_TLS"}[upstream]
    return test


for kind_of_upstream in (CLEARTEXT, STARTTLS, IMPLICIT):
    case(DOVECOT)(nine_pairs(kind_of_upstream))


@case(DOVECOT)
def a_server_whose_certificate_does_not_verify_is_refused(context):
    for upstream in (url(context.dovecot.tls, IMPLICIT), url(context.dovecot.starttls, STARTTLS)):
        name = "proxy-" + upstream.split(":")[0]
        proxy = Proxy(context, upstream, name=name)       # Without --upstream-ca: the system does not know this certificate.
        with Client(proxy.address) as client:
            told = client.rest()
        proxy.stop()
        check(told.startswith(b"* BYE [UNAVAILABLE] "), "no BYE", told)
        failed = [e for e in proxy.events("tls") if e["result"] == "failed"]
        equal([e["leg"] for e in failed], ["upstream"], "failed legs")
        contains(failed[0]["text"], "certificate", "the failure")


@case(DOVECOT)
def insecure_is_said_aloud(context):
    context.dovecot.reset(USER)
    proxy = Proxy(context, url(context.dovecot.tls, IMPLICIT), "--insecure")
    session(imaplib.IMAP4(*proxy.address))
    proxy.stop()
    contains(proxy.stderr, "warning: --insecure", "standard error")
    contains(proxy.stdout, "SERVER NOT VERIFIED", "the transcript's header")
    contains(proxy.stdout, "for localhost, 127.0.0.1, 127.0.0.2, valid ", "the certificate in the transcript")
    check([e for e in proxy.events("finding") if e["id"] == "upstream-certificate-not-verified"], "no finding")


@case()
def a_client_that_does_not_trust_the_authority_is_told_how_to(context):
    proxy = start(context, ScriptedServer(accept_everything).address)
    try:
        socket_ = socket.create_connection(proxy.tls)
        ssl.create_default_context().wrap_socket(socket_, server_hostname="localhost")
        check(False, "the client trusts an authority that it does not know")
    except ssl.SSLCertVerificationError:
        socket_.close()
    eventually(lambda: any(e["result"] == "failed" for e in proxy.events("tls")), what="the failed handshake in the file")
    proxy.stop()
    equal([e["leg"] for e in proxy.events("tls")], ["client"], "legs")
    contains(" ".join(str(e) for e in proxy.events("finding")), "ca.pem", "the findings")
    contains(proxy.stderr, "imapscope ca export", "standard error")


@case()
def a_client_that_must_use_STARTTLS_cannot_log_in_before_it(context):
    server = ScriptedServer(accept_everything)
    proxy = Proxy(context, server.address, "--starttls", "require")
    with Client(proxy.address) as client:
        greeting = client.greeting()
        check(b"STARTTLS" in greeting and b"LOGINDISABLED" in greeting and b"AUTH=" not in greeting, "the greeting", greeting)
        client.send(b"a1 LOGIN joe %s\r\n" % PASSWORD.encode())
        answer = client.response()
        check(answer.startswith(b"a1 NO [PRIVACYREQUIRED]"), "the answer to LOGIN", answer)
    check(all(PASSWORD.encode() not in peer.received for peer in server.peers), "the password went to the server")


@case()
def wrong_options_about_TLS_end_with_a_documented_status(context):
    for options, status in ((["--key", context.file("key.pem", "")], 64), (["--upstream-key", context.file("key.pem", "")], 64),
                            (["--tls-ciphers", "NOT-A-CIPHER"], 78), (["--tls-min", "1.4"], 64), (["--starttls", "maybe"], 64),
                            (["--keylog-out", context.folder / "no" / "folder"], 73)):
        result = subprocess.run([IMAPSCOPE, "proxy", "-l", "imaps://127.0.0.1:0", "-u", "imaps://127.0.0.1:1", *map(str, options)],
                                capture_output=True, timeout=30, env={"HOME": str(context.folder), "PATH": "/usr/bin"})
        equal(result.returncode, status, "status with %s: %s" % (options[0], result.stderr.decode()))


@case(DOVECOT)
def a_session_in_which_every_octet_of_TLS_comes_alone(context):
    """Handshakes, STARTTLS on both legs and records, with as many reads as octets."""
    context.dovecot.reset(USER)
    expected = session(imaplib.IMAP4(*context.dovecot.bare))
    server_side = Dripper(context.dovecot.starttls)
    proxy = start(context, url(server_side.address, STARTTLS), "--upstream-ca", context.dovecot.certificate)
    client_side = Dripper(proxy.address)
    client = imaplib.IMAP4("localhost", client_side.address[1], timeout=40)
    client.starttls(trusting(context))
    equal(session(client), expected, "what the server said")


@case()
def STARTTLS_is_offered_before_a_cleartext_upstream_unless_it_shall_not(context):
    for options, offered in (([], True), (["--starttls", "offer"], True), (["--starttls", "never"], False)):
        proxy = start(context, ScriptedServer(accept_everything).address, *options, name="proxy-" + "-".join(options))
        with Client(proxy.address) as client:
            equal(b"STARTTLS" in client.greeting(), offered, "whether STARTTLS is in the greeting")
