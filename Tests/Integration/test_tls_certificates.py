"""Certificates that the user brings: for clients, for the server, and to trust; client certificates; none verified."""
import hashlib
import imaplib
import re
import ssl
import subprocess

from cases import DOVECOT, case, check, contains, equal
from certificates import DAY, Authority, openssl
from imap_client import Client
from proxy import Proxy, url
from scripted_server import ScriptedServer, accept_everything
from tls_proxy import (IMPLICIT, PASSWORD, STARTTLS, USER, SecureClient, authority, findings, private_dovecot, session, start, tls_events,
                       trusting, tuned)
from tls_server import SecureServer, server_settings


def certificate_shown(address, trust):
    """DER of the certificate that a client is shown, verified for localhost."""
    with SecureClient(address, trust) as client:
        client.greeting()
        return client.socket.getpeercert(binary_form=True)


def der(path):
    return ssl.PEM_cert_to_DER_cert(path.read_text())


@case()
def our_own_certificates_are_shown_with_their_chain(context):
    root = Authority(context.folder)
    middle = Authority(context.folder, "intermediate", above=root)
    trust = ssl.create_default_context(cafile=str(root.path))
    server = ScriptedServer(accept_everything)
    for algorithm in ("EC", "RSA"):
        issued = middle.issue("own-" + algorithm, algorithm=algorithm)
        joined = context.file("joined-%s.pem" % algorithm, issued.key.read_text() + issued.chain.read_text())
        joined.chmod(0o600)
        for number, options in enumerate((["--cert", issued.chain, "--key", issued.key], ["--cert", joined])):
            proxy = start(context, server.address, *options, name="proxy-%s-%d" % (algorithm, number))
            # The client knows the root alone: the chain must have been sent.
            equal(certificate_shown(proxy.tls, trust), der(issued.certificate), "the certificate")
            proxy.stop()
            equal(tls_events(proxy, "client")[0]["result"], "established", "the handshake")
            check(not authority(context).exists(), "an authority was made that nobody needs")


@case(DOVECOT)
def our_own_certificate_serves_STARTTLS_too(context):
    root = Authority(context.folder)
    issued = root.issue("own")
    proxy = start(context, url(context.dovecot.tls, IMPLICIT), "--upstream-ca", context.dovecot.certificate, "--cert", issued.chain,
                  "--key", issued.key)
    client = imaplib.IMAP4("localhost", proxy.address[1])
    client.starttls(ssl.create_default_context(cafile=str(root.path)))
    equal(client.sock.getpeercert(binary_form=True), der(issued.certificate), "the certificate")
    session(client)


def dovecot_that_asks(context, clients):
    """Refuses logins on connections that showed no certificate signed by `clients`."""
    return private_dovecot(context, settings="ssl_ca = <%s\nssl_verify_client_cert = yes\nssl_require_crl = no\n"
                                             "auth_ssl_require_client_cert = yes\n" % clients.path)


@case()
def a_server_that_asks_for_a_client_certificate_gets_the_one_of_upstream_cert(context):
    clients = Authority(context.folder, "clients")
    middle = Authority(context.folder, "intermediate", above=clients)
    dovecot = dovecot_that_asks(context, clients)
    trust = ["--upstream-ca", dovecot.certificate]
    for algorithm in ("EC", "RSA"):
        issued = middle.issue("client-" + algorithm, names="email:joe@example.org", algorithm=algorithm)
        for scheme, address in ((IMPLICIT, dovecot.tls), (STARTTLS, dovecot.starttls)):
            proxy = Proxy(context, url(address, scheme), "--upstream-cert", issued.chain, "--upstream-key", issued.key, *trust,
                          name="proxy-%s-%s" % (algorithm, scheme))
            session(imaplib.IMAP4(*proxy.address))
    joined = context.file("joined.pem", issued.chain.read_text() + issued.key.read_text())
    proxy = Proxy(context, url(dovecot.tls, IMPLICIT), "--upstream-cert", joined, *trust, name="proxy-joined")
    session(imaplib.IMAP4(*proxy.address))

    proxy = Proxy(context, url(dovecot.tls, IMPLICIT), *trust, name="proxy-without")
    try:
        imaplib.IMAP4(*proxy.address).login(USER, PASSWORD)
        check(False, "a login without client certificate: this test proves nothing")
    except imaplib.IMAP4.error:
        pass


@case()
def a_server_that_refuses_our_client_certificate_is_understood(context):
    """With TLS 1.3 the alert comes when the handshake is over for the client."""
    root, strangers = Authority(context.folder), Authority(context.folder, "strangers")
    wrong = strangers.issue("stranger")
    options = ["--upstream-ca", root.path]
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        settings = server_settings(root.issue("server"), trust=root.path)
        settings.minimum_version = settings.maximum_version = version
        server = SecureServer(settings, accept_everything)
        for name, more in (("none", []), ("wrong", ["--upstream-cert", wrong.chain, "--upstream-key", wrong.key])):
            name = "%s-%s" % (name, version.name)
            proxy = Proxy(context, url(("localhost", server.address[1]), IMPLICIT), *options, *more, name=name)
            with Client(proxy.address) as client:
                told = client.rest()
            proxy.stop()
            check(told.startswith(b"* BYE [UNAVAILABLE] ") and told.count(b"\r\n") == 1, name + ": not one BYE", told)
            alert = "unknown_ca" if more else "certificate_required" if version == ssl.TLSVersion.TLSv1_3 else "handshake_failure"
            contains(proxy.stdout, alert, name + ": the transcript")
            broken = findings(proxy, "tls-broken" if version == ssl.TLSVersion.TLSv1_3 else "upstream-tls-failed")
            contains(broken[0]["text"] if broken else "", alert, name + ": the finding")
            contains(told.decode(), alert, name + ": what the client is told")


@case()
def clients_are_asked_for_a_certificate_of_client_ca(context):
    clients = Authority(context.folder, "clients")
    proxy = start(context, ScriptedServer(accept_everything).address, "--client-ca", clients.path)
    asked = subprocess.run(["openssl", "s_client", "-connect", "localhost:%d" % proxy.tls[1]], stdin=subprocess.DEVNULL, capture_output=True,
                           timeout=20).stdout.decode()
    contains(asked[asked.find("Acceptable client certificate CA names"):], "CN = Test clients", "what s_client is asked for")
    subjects = {}
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        for name, shown in (("none", None), ("good", clients.issue("joe-" + version.name)), ("wrong", Authority(
                context.folder, "strangers-" + version.name).issue("stranger"))):
            trust = trusting(context, only=version)
            if shown:
                trust.load_cert_chain(shown.chain, shown.key)
            try:
                with SecureClient(proxy.tls, trust) as client:
                    client.greeting()
                    client.command("NOOP")
                subjects[shown and shown.name] = name
            except ssl.SSLError as error:
                check(name == "wrong" and "unknown ca" in str(error), "%s certificate with %s" % (name, version.name), error)
    equal(sorted(subjects.values()), ["good", "good", "none"], "sessions")
    proxy.stop()
    refused = findings(proxy, "client-tls-failed")
    equal(len(refused), 2, "findings")
    for finding in refused:
        contains(finding["text"], "the client's certificate is not accepted (unknown_ca)", "the finding")
        contains(finding["text"], "--client-ca", "the finding")
    established = [e for e in tls_events(proxy, "client", "established") if "client_subject" in e]
    equal([e["client_subject"] for e in established], ["CN=joe-TLSv1_2", "CN=joe-TLSv1_3"], "the events")
    contains(proxy.stdout, "client certificate CN=joe-TLSv1_3", "the transcript")


@case()
def a_minted_certificate_has_the_key_that_the_client_can_take(context):
    proxy = start(context, ScriptedServer(accept_everything).address)
    rsa_only = ["-sigalgs", "RSA-PSS+SHA256:RSA+SHA256"]
    table = [("EC", ["-tls1_3"]), ("EC", ["-tls1_2"]), ("RSA", ["-tls1_3", *rsa_only]), ("RSA", ["-tls1_2", *rsa_only]),
             ("RSA", ["-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"]), ("RSA", ["-tls1_2", "-cipher", "AES128-SHA256"]),
             ("EC", ["-tls1_3"])]
    for number, (kind, options) in enumerate(table):
        result = subprocess.run(["openssl", "s_client", "-connect", "localhost:%d" % proxy.tls[1], "-servername", "localhost", "-CAfile",
                                 authority(context), "-verify_return_error", "-verify_hostname", "localhost", *options],
                                stdin=subprocess.DEVNULL, capture_output=True, timeout=20)
        check(result.returncode == 0, "no handshake with %s" % options, result.stderr)
        key = re.search(r"Server public key is (\d+) bit", result.stdout.decode()).group(1)
        equal(key, {"EC": "256", "RSA": "2048"}[kind], "bits of the key with %s" % options)


@case()
def a_Dovecot_with_an_ECDSA_certificate_and_an_intermediate(context):
    root = Authority(context.folder)
    issued = Authority(context.folder, "intermediate", above=root).issue("dovecot", algorithm="EC")
    dovecot = private_dovecot(context, settings="ssl_cert = <%s\nssl_key = <%s\n" % (issued.chain, issued.key))
    for scheme, address in ((IMPLICIT, dovecot.tls), (STARTTLS, dovecot.starttls)):
        proxy = Proxy(context, url(address, scheme), "--upstream-ca", root.path, name="proxy-" + scheme)
        session(imaplib.IMAP4(*proxy.address))
        proxy.stop()
        contains(tls_events(proxy, "upstream")[0]["text"], "CN=dovecot, verified", "the event")


@case()
def an_upstream_ca_verifies_what_it_signed_and_nothing_else(context):
    root, other = Authority(context.folder), Authority(context.folder, "other")
    middle = Authority(context.folder, "intermediate", above=root)
    leaf, self_signed = middle.issue("leaf"), other.path
    expired = root.issue("expired", begins=-3 * DAY, ends=-DAY)
    future = root.issue("future", begins=DAY, ends=3 * DAY)
    stranger = root.issue("stranger", names="DNS:mail.example.org")
    both = context.file("both.pem", other.path.read_text() + root.path.read_text())
    # Shown, trusted, and the reason it is refused for.
    table = [(leaf, root.path, None), (leaf, middle.path, None), (leaf, both, None), (leaf, self_signed, "issuer"),
             (expired, root.path, "expired"), (future, root.path, "not yet valid"), (stranger, root.path, "host")]
    server = SecureServer(server_settings(leaf), accept_everything)
    for number, (issued, trusted, reason) in enumerate(table):
        server.settings = server_settings(issued)
        proxy = Proxy(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", trusted, name="proxy-%d" % number)
        with Client(proxy.address) as client:
            told = client.greeting()
        proxy.stop()
        equal(told.startswith(b"* OK"), reason is None, "whether %s is accepted with %s" % (issued.name, trusted.name))
        event = tls_events(proxy, "upstream")[0]
        contains(event["text"], reason or ", verified", "the event")
        if reason:
            contains(told, b"* BYE [UNAVAILABLE] ", "what the client is told")
            contains([f["text"] for f in findings(proxy, "upstream-certificate")][0], reason, "the finding")


@case()
def insecure_accepts_any_certificate_and_says_so(context):
    root = Authority(context.folder)
    expired = root.issue("expired", begins=-3 * DAY, ends=-DAY, names="DNS:mail.example.org")
    server = SecureServer(server_settings(expired), accept_everything)
    proxy = Proxy(context, url(("localhost", server.address[1]), IMPLICIT), "--insecure")
    with Client(proxy.address) as client:
        check(client.greeting().startswith(b"* OK"), "no greeting")
        client.logout()
    proxy.stop()
    contains(proxy.stderr, "warning: --insecure", "standard error")
    contains(tls_events(proxy, "upstream")[0]["text"], "not verified", "the event")
    equal([f["id"] for f in findings(proxy)], ["upstream-certificate-not-verified"], "findings")


@case()
def a_server_whose_certificate_changes_between_connections(context):
    """Renewed, then replaced by a stranger's, then back: each connection is judged on its own."""
    root, other = Authority(context.folder), Authority(context.folder, "other")
    old, new, foreign = root.issue("old"), root.issue("new", names="DNS:localhost,DNS:new.example.org"), other.issue("foreign")
    server = SecureServer(server_settings(old), accept_everything)
    proxy = start(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path)
    answers = []
    for issued in (old, new, foreign, old):
        settings = server_settings(issued)
        settings.options |= ssl.OP_NO_TICKET
        server.settings = settings
        with SecureClient(proxy.tls, ssl.create_default_context(cafile=str(authority(context)))) as client:
            answers.append(client.greeting()[:6])
    equal(answers, [b"* OK [", b"* OK [", b"* BYE ", b"* OK ["], "answers")
    proxy.stop()
    texts = [event["text"] for event in tls_events(proxy, "upstream") if event["result"] != "truncated"]
    for text, name in zip(texts, ("CN=old", "CN=new", "Test other", "CN=old")):
        contains(text, name, "the certificate in the event")
    # Back to one that was seen is no change, nor is one that was refused.
    changed = findings(proxy, "upstream-certificate-changed")
    equal([f["session"] for f in changed], [2], "findings of a change")
    for issued in (old, new):
        contains(changed[0]["text"], hashlib.sha256(der(issued.certificate)).hexdigest(), "the finding")


@case()
def the_names_of_the_server_s_certificate_are_in_the_one_that_clients_are_shown(context):
    root = Authority(context.folder)
    server = SecureServer(server_settings(root.issue("server", names="DNS:localhost,DNS:imap.example.org,DNS:*.example.net")), accept_everything)
    proxy = start(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path)
    trust = ssl.create_default_context(cafile=str(authority(context)))
    shown = certificate_shown(proxy.tls, trust)         # The very first one.
    text = openssl("x509", "-noout", "-ext", "subjectAltName", text=ssl.DER_cert_to_PEM_cert(shown))
    for name in ("DNS:localhost", "DNS:imap.example.org", "DNS:*.example.net"):
        contains(text, name, "the names")


@case(DOVECOT)
def a_client_with_a_certificate_of_its_own_is_served(context):
    clients = Authority(context.folder, "clients").issue("client", names="email:joe@example.org")
    proxy = start(context, url(context.dovecot.tls, IMPLICIT), "--upstream-ca", context.dovecot.certificate)
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        trust = tuned(ssl.create_default_context(cafile=str(authority(context))), only=version)
        trust.load_cert_chain(clients.chain, clients.key)
        session(imaplib.IMAP4_SSL("localhost", proxy.tls[1], ssl_context=trust))
