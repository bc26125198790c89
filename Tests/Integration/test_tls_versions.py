"""Versions, cipher suites, ALPN, SNI and resumed sessions of both legs."""
import hashlib
import imaplib
import re
import ssl

from cases import DOVECOT, case, check, contains, equal
from certificates import Authority, openssl
from imap_client import Client, eventually
from proxy import Proxy, url
from scripted_server import accept_everything
from tls_proxy import (IMPLICIT, VERSIONS, SecureClient, authority, dovecot_of, findings, session, short_session, start, tls_events,
                       trusting)
from tls_server import SecureServer, server_settings


def version_on_both_legs(version):
    def test(context):
        dovecot = dovecot_of(context, version)
        options = ["--upstream-ca", dovecot.certificate]
        proxy = start(context, url(dovecot.tls, IMPLICIT), "--tls-min", version, *options)
        used, _, _ = short_session(proxy, trusting(context, only=VERSIONS[version]))
        equal(used, "TLSv1" if version == "1.0" else "TLSv" + version, "the version of the client leg, as the client has it")
        session(imaplib.IMAP4_SSL("localhost", proxy.tls[1], ssl_context=trusting(context, only=VERSIONS[version])))
        proxy.stop()
        for leg in ("client", "upstream"):
            events = tls_events(proxy, leg, "established")
            equal(len(events), 2, "handshakes of the %s leg" % leg)
            for event in events:
                contains(event["text"], "TLS %s, " % version, "the %s leg" % leg)
        newer = {"1.0": "1.1", "1.1": "1.2", "1.2": "1.3"}.get(version)
        if newer:
            version_is_refused(context, dovecot, version, newer, options)
    test.__module__, test.__name__ = __name__, "TLS_%s_on_both_legs_and_refused_where_a_newer_one_is_asked_for" % version
    return test


def version_is_refused(context, dovecot, version, newer, options):
    proxy = start(context, url(dovecot.tls, IMPLICIT), "--tls-min", newer, *options, name="newer")
    try:
        SecureClient(proxy.tls, trusting(context, only=VERSIONS[version]))
        check(False, "TLS %s was accepted although the least is %s" % (version, newer))
    except ssl.SSLError as error:
        contains(str(error).upper().replace("_", " "), "PROTOCOL VERSION", "the client's reason")
    with Client(proxy.address) as client:
        told = client.rest()
    check(told.startswith(b"* BYE [UNAVAILABLE] "), "the client is not told of the server's old TLS", told)
    proxy.stop()
    contains(tls_events(proxy, "client", "failed")[0]["text"], "protocol_version", "the client leg's failure")
    check(tls_events(proxy, "upstream", "failed"), "the upstream leg did not fail")     # Dovecot sends no alert.
    equal({f["id"] for f in findings(proxy)}, {"client-tls-failed", "upstream-tls-failed"}, "findings")


for _version in VERSIONS:
    case()(version_on_both_legs(_version))


@case(DOVECOT)
def without_tls_min_the_least_is_TLS_1_2(context):
    proxy = start(context, url(context.dovecot.tls, IMPLICIT), "--upstream-ca", context.dovecot.certificate)
    for version in ("1.0", "1.1"):
        try:
            SecureClient(proxy.tls, trusting(context, only=VERSIONS[version]))
            check(False, "TLS %s was accepted" % version)
        except ssl.SSLError:
            pass
    equal(short_session(proxy, trusting(context, only=VERSIONS["1.2"]))[0], "TLSv1.2", "the version")


@case(DOVECOT)
def named_cipher_suites_are_used_on_both_legs_and_no_other(context):
    suites = {"1.2": "ECDHE-RSA-AES128-GCM-SHA256", "1.3": "TLS_AES_128_GCM_SHA256"}
    proxy = start(context, url(context.dovecot.tls, IMPLICIT), "--upstream-ca", context.dovecot.certificate,
                  "--tls-ciphers", ":".join(suites.values()))
    for version, suite in suites.items():
        trust = ssl.create_default_context(cafile=str(authority(context)))
        trust.minimum_version = trust.maximum_version = VERSIONS[version]
        equal(short_session(proxy, trust)[1], suite, "the suite of the client leg")
    trust.minimum_version = trust.maximum_version = VERSIONS["1.2"]
    trust.set_ciphers("ECDHE+AES256")
    try:
        SecureClient(proxy.tls, trust)
        check(False, "a suite that was not named is accepted")
    except ssl.SSLError:
        pass
    proxy.stop()
    for event in tls_events(proxy, result="established"):
        contains(event["text"], "AES_128_GCM_SHA256", "the %s leg" % event["leg"])


@case(DOVECOT)
def ALPN_is_answered_with_imap_and_any_other_protocol_refused(context):
    proxy = start(context, url(context.dovecot.tls, IMPLICIT), "--upstream-ca", context.dovecot.certificate)
    equal(short_session(proxy, trusting(context, alpn=["http/1.1", "imap"]))[2], "imap", "the protocol")
    equal(short_session(proxy, trusting(context))[2], None, "the protocol for a client without ALPN")
    try:
        SecureClient(proxy.tls, trusting(context, alpn=["http/1.1"]))
        check(False, "http/1.1 was accepted")
    except ssl.SSLError as error:
        contains(str(error).lower().replace("_", " "), "no application protocol", "the client's reason")
    proxy.stop()
    contains(tls_events(proxy, "client", "established")[0]["text"], "ALPN imap", "the transcript")


@case()
def the_upstream_leg_asks_for_the_host_by_SNI_and_for_imap_by_ALPN(context):
    root, seen = Authority(context.folder), []

    def behaviour(peer):
        seen.append(peer.socket.selected_alpn_protocol())
        accept_everything(peer)
    server = SecureServer(server_settings(root.issue("server"), alpn=["imap"]), behaviour)
    for host in ("localhost", "127.0.0.1"):
        proxy = Proxy(context, url((host, server.address[1]), IMPLICIT), "--upstream-ca", root.path, name="proxy-" + host)
        with Client(proxy.address) as client:
            client.greeting()
            client.logout()
        proxy.stop()
        contains(tls_events(proxy, "upstream")[0]["text"], "ALPN imap", "the transcript")
    equal(server.names, ["localhost", None], "server names (an address is none: RFC 6066 section 3)")
    equal(seen, ["imap", "imap"], "protocols")


@case()
def the_name_that_a_client_asks_for_is_in_the_certificate_it_is_shown(context):
    root = Authority(context.folder)
    server = SecureServer(server_settings(root.issue("server")), accept_everything)
    proxy = start(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path)
    for name in ("mail.example.org", "other.example.net", "xn--bcher-kva.example"):
        with SecureClient(proxy.tls, trusting(context), name) as client:      # Verifies the name.
            client.greeting()
    proxy.stop()
    asked = [re.search(r"name ([^,;]+)", event["text"]) for event in tls_events(proxy, "client", "established")]
    equal([match and match.group(1) for match in asked], ["mail.example.org", "other.example.net", "xn--bcher-kva.example"], "names")


@case(DOVECOT)
def a_client_resumes_its_session_in_TLS_1_2_and_1_3(context):
    proxy = start(context, url(context.dovecot.tls, IMPLICIT), "--upstream-ca", context.dovecot.certificate)
    for number, version in enumerate(("-tls1_2", "-tls1_3")):
        state = context.file("session" + version)
        common = ["s_client", "-connect", "localhost:%d" % proxy.tls[1], "-CAfile", authority(context), "-verify_return_error",
                  version, "-ign_eof"]
        contains(openssl(*common, "-sess_out", state, text="a LOGOUT\r\n"), "New, TLSv", "the first connection")
        contains(openssl(*common, "-sess_in", state, text="a LOGOUT\r\n"), "Reused, TLSv", "the second connection")
        wanted = 2 * number + 2
        eventually(lambda: len(tls_events(proxy, "client", "established")) == wanted, what="the handshakes in the file")
    proxy.stop()
    equal(["resumed" in event["text"] for event in tls_events(proxy, "client", "established")], [False, True] * 2, "resumed sessions of the client leg")


def upstream_resumption(version):
    def test(context):
        dovecot = dovecot_of(context, version)
        proxy = Proxy(context, url(dovecot.tls, IMPLICIT), "--upstream-ca", dovecot.certificate)
        for _ in range(3):
            session(imaplib.IMAP4(*proxy.address))
        proxy.stop()
        texts = [event["text"] for event in tls_events(proxy, "upstream", "established")]
        equal(["resumed" in text for text in texts], [False, True, True], "resumed sessions of the upstream leg")
        check(all("verified" in text and "not verified" not in text for text in texts), "a resumed session is not verified", texts)
    test.__module__, test.__name__ = __name__, "the_upstream_leg_resumes_its_session_in_TLS_%s" % version
    return test


for _version in ("1.2", "1.3"):
    case()(upstream_resumption(_version))


@case()
def a_server_of_TLS_1_3_that_gives_no_tickets_is_served_all_the_same(context):
    root = Authority(context.folder)
    settings = server_settings(root.issue("server"), only=ssl.TLSVersion.TLSv1_3)
    settings.num_tickets = 0
    server = SecureServer(settings, accept_everything)
    proxy = Proxy(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path)
    for _ in range(2):
        with Client(proxy.address) as client:
            client.greeting()
            client.logout()
    proxy.stop()
    equal(["resumed" in event["text"] for event in tls_events(proxy, "upstream", "established")], [False, False], "resumed sessions")


@case()
def tickets_that_come_without_data_do_not_hold_the_greeting_up(context):
    root = Authority(context.folder)
    settings = server_settings(root.issue("server"), only=ssl.TLSVersion.TLSv1_3)
    settings.num_tickets = 16
    greeted = []

    def behaviour(peer):
        # Sixteen tickets are on their way and nothing else; the greeting leaves when the client has been accepted.
        eventually(lambda: greeted, what="the client's connection")
        accept_everything(peer)
    server = SecureServer(settings, behaviour)
    proxy = Proxy(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path)
    with Client(proxy.address) as client:
        eventually(lambda: tls_events(proxy, "upstream", "established") if proxy.jsonl_path.stat().st_size else None, what="the handshake")
        greeted.append(True)
        client.greeting()
        client.logout()


@case(DOVECOT)
def the_fields_of_an_event_are_what_both_peers_have_agreed_on(context):
    proxy = start(context, url(("localhost", context.dovecot.tls[1]), IMPLICIT), "--upstream-ca", context.dovecot.certificate)
    with SecureClient(proxy.tls, trusting(context, alpn=["imap"])) as client:
        client.greeting()
        cipher, shown = client.socket.cipher()[0], client.socket.getpeercert(binary_form=True)
        client.logout()
    proxy.stop()
    inner, outer = tls_events(proxy, "client", "established")[0], tls_events(proxy, "upstream", "established")[0]
    equal([inner[field] for field in ("version", "cipher", "sni", "alpn", "resumed", "verified", "fingerprint")],
          ["TLS 1.3", cipher, "localhost", "imap", False, None, hashlib.sha256(shown).hexdigest()], "fields of the client leg")
    certificate = context.dovecot.certificate
    dates = openssl("x509", "-in", certificate, "-noout", "-dates", "-dateopt", "iso_8601")
    not_before, not_after = [line.split("=")[1].replace(" ", "T") for line in dates.split("\n")[:2]]
    equal([outer[field] for field in ("version", "sni", "resumed", "verified", "subject", "issuer", "not_before", "not_after", "fingerprint")],
          ["TLS 1.3", "localhost", False, True, "CN=localhost", "CN=localhost", not_before, not_after,
           hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate.read_text())).hexdigest()], "fields of the upstream leg")
    check("localhost" in outer["names"] and "127.0.0.2" in outer["names"], "names", outer["names"])
    check(outer["group"] and inner["group"], "groups", inner, outer)
