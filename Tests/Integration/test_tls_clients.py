"""Mail clients over TLS: each fetches all mail with our authority verified, and refuses us, with our advice, without."""
from cases import DOVECOT, IMAPCLIENT, case, check, contains, equal
from mailboxes import mailboxes_of
from proxy import check_secrets_absent, url
from secret_forms import forms_of
from tls_clients import (ClientFailed, Errand, with_curl, with_fetchmail, with_getmail, with_imapfilter, with_imaplib, with_IMAPClient,
                         with_mbsync, with_neomutt, with_offlineimap, with_openssl)
from tls_proxy import IMPLICIT, PASSWORD, USER, authority, findings, start, tls_events

BOTH = ("implicit", "STARTTLS")
#: What drives each client, and the ways to TLS that it has.
CLIENTS = {
    "imaplib": (with_imaplib, BOTH), "IMAPClient": (with_IMAPClient, BOTH), "curl": (with_curl, BOTH), "mbsync": (with_mbsync, BOTH),
    "openssl s_client": (with_openssl, BOTH), "fetchmail": (with_fetchmail, BOTH), "getmail6": (with_getmail, ("implicit",)),
    "imapfilter": (with_imapfilter, BOTH), "offlineimap3": (with_offlineimap, BOTH), "neomutt": (with_neomutt, BOTH),
}
#: Does not look at the certificate after STARTTLS, whatever its settings say.
CREDULOUS = {("offlineimap3", "STARTTLS")}


def plain(octets):
    """Line ends and the one at the end are a matter of how a client stores mail."""
    return octets.replace(b"\r\n", b"\n").rstrip(b"\n")


STORED = sorted(plain(octets) for _, octets in mailboxes_of(USER)[0].messages)


def client_test(name, fetch, how):
    def test(context):
        context.dovecot.reset(USER)
        proxy = start(context, url(context.dovecot.tls, IMPLICIT), "--upstream-ca", context.dovecot.certificate, "--starttls", "offer")

        def errand(folder, trust):
            port = proxy.tls[1] if how == "implicit" else proxy.address[1]
            return Errand(context.file(folder), port, how == "STARTTLS", trust, USER, PASSWORD, len(STORED))
        fetched = sorted(plain(octets) for octets in fetch(errand("trusting", authority(context))))
        equal(len(fetched), len(STORED), "messages that %s fetched" % name)
        for got, stored in zip(fetched, STORED):
            equal(got, stored, "a message that %s fetched" % name)
        last = max(e["session"] for e in tls_events(proxy, "client"))
        if (name, how) not in CREDULOUS:
            try:
                # It knows one authority, and that is another one: Dovecot's own certificate.
                fetch(errand("distrusting", context.dovecot.certificate))
                check(False, "%s trusts an authority that it does not know" % name)
            except ClientFailed:
                pass
        proxy.stop()
        check_secrets_absent(proxy.outputs, forms_of(PASSWORD))
        equal({e["how"] for e in tls_events(proxy, "client")}, {how}, "the way to TLS")
        logins = [e["session"] for e in proxy.events("authentication") if e["result"] == "OK"]
        check(logins and max(logins) <= last, "logins", logins, last)
        if (name, how) not in CREDULOUS:
            # Some look at the certificate when the handshake is over, and then go without an alert.
            refused = findings(proxy, "client-tls-failed") + findings(proxy, "client-left-after-handshake")
            check_advice(context, [f for f in refused if f["session"] > last])
    test.__module__ = __name__
    test.__name__ = "%s_by_%s" % (name.replace(" ", "_"), "implicit_TLS" if how == "implicit" else how)
    return test


def check_advice(context, refused):
    check(refused, "no finding about the client that distrusts us")
    contains(refused[0]["text"], "trust our CA", "the finding")
    contains(refused[0]["text"], "install %s" % authority(context), "the finding")


for _name, (_fetch, _ways) in CLIENTS.items():
    for _how in _ways:
        case(DOVECOT, *([IMAPCLIENT] if _name == "IMAPClient" else []))(client_test(_name, _fetch, _how))
