"""What the tests of TLS share: a proxy with a listener of either kind, and what clients do on it."""
import imaplib
import socket
import ssl

from cases import check, equal
from dovecot import Dovecot, free_port
from imap_client import Client, eventually
from mailboxes import USERS
from proxy import Proxy, is_listening, url

CLEARTEXT, STARTTLS, IMPLICIT = "imap", "imap+starttls", "imaps"
USER = "drichards"
PASSWORD = USERS[USER][0]
VERSIONS = {"1.0": ssl.TLSVersion.TLSv1, "1.1": ssl.TLSVersion.TLSv1_1, "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}

#: The one way to hold a Dovecot 2.3 to a highest version.
ONLY = """
openssl_conf = all
[all]
ssl_conf = modules
[modules]
system_default = tls
[tls]
MinProtocol = %(name)s
MaxProtocol = %(name)s
CipherString = ALL:@SECLEVEL=0
"""


def start(context, upstream, *options, **more):
    """A proxy with a listener of either kind: `address` is cleartext, `tls` implicit TLS."""
    tls = ("127.0.0.1", free_port())
    proxy = Proxy(context, upstream, "-l", url(tls, "imaps"), *options, **more)
    eventually(lambda: is_listening(tls[1]), what="listening with TLS")
    proxy.tls = tls
    return proxy


def authority(context):
    """The file with the certificate that clients have to trust."""
    return context.file("home") / "data" / "imapscope" / "ca.pem"


def trusting(context, **options):
    """What a client does that has imapscope's authority installed: full verification, name included."""
    return tuned(ssl.create_default_context(cafile=str(authority(context))), **options)


def tuned(trust, only=None, ciphers=None, alpn=None, verified=True):
    """`only` is the one version; versions before 1.2 need OpenSSL's level 0."""
    if not verified:
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    if only:
        trust.set_ciphers("ALL:@SECLEVEL=0")
        trust.minimum_version = trust.maximum_version = only
    if ciphers:
        trust.set_ciphers(ciphers)
    if alpn:
        trust.set_alpn_protocols(alpn)
    return trust


class SecureClient(Client):
    """A raw client under TLS: implicit, or after STARTTLS with begin_tls."""

    def __init__(self, address, trust=None, name="localhost", **more):
        super().__init__(address, **more)
        if trust:
            self.begin_tls(trust, name)

    def begin_tls(self, trust, name="localhost"):
        # suppress_ragged_eofs=False: an end without close_notify is an error, as it is for a careful client.
        self.socket = trust.wrap_socket(self.socket, server_hostname=name, suppress_ragged_eofs=False)


def private_dovecot(context, name="dovecot", settings="", openssl=None):
    """A Dovecot of the test's own, where the shared one has other settings."""
    dovecot = Dovecot(context.folder / name, settings, openssl)
    context.folder.chmod(0o755)
    dovecot.start()
    # Not stop(): that waits a second. All its processes are in the test's process group, which the runner ends.
    context.later(dovecot.process.kill)
    return dovecot


def dovecot_of(context, version):
    """A Dovecot that speaks this version of TLS and no other."""
    name = "TLSv1" if version == "1.0" else "TLSv" + version
    settings = "ssl_min_protocol = %s\nssl_cipher_list = ALL:@SECLEVEL=0\n" % ("TLSv1.2" if version == "1.3" else name)
    return private_dovecot(context, settings=settings, openssl=context.file("openssl.cnf", ONLY % {"name": name}))


def session(client, user=USER, password=PASSWORD, count=64):
    """Part of the tutorial's session; what the server said."""
    equal(client.login(user, password)[0], "OK", "LOGIN")
    equal(client.select("INBOX", readonly=True), ("OK", [b"%d" % count]), "messages in INBOX")
    found = client.search(None, 'SUBJECT "crash"')[1][0].split()
    status, parts = client.fetch("1:%d" % count, "(UID RFC822.SIZE BODY.PEEK[])")
    equal(status, "OK", "FETCH")
    octets = b"".join(part[1] for part in parts if isinstance(part, tuple))
    client.logout()
    return found, octets


def short_session(proxy, trust, name="localhost"):
    """Login and logout under implicit TLS; returns the TLS socket's facts before it ends: (version, cipher, ALPN)."""
    client = imaplib.IMAP4_SSL(name, proxy.tls[1], ssl_context=trust, timeout=30)
    facts = client.sock.version(), client.sock.cipher()[0], client.sock.selected_alpn_protocol()
    equal(client.login(USER, PASSWORD)[0], "OK", "LOGIN")
    client.logout()
    return facts


def tls_events(proxy, leg=None, result=None):
    return [e for e in proxy.events("tls") if (leg is None or e.get("leg") == leg) and (result is None or e.get("result") == result)]


def findings(proxy, identifier=None):
    return [e for e in proxy.events("finding") if identifier is None or e["id"] == identifier]


def check_alive(proxy):
    """A new cleartext client still gets its greeting."""
    check(proxy.process.poll() is None, "the proxy ended with %s" % proxy.process.returncode, proxy.stderr)
    with Client(proxy.address) as client:
        greeting = client.greeting()
        check(greeting.startswith(b"* OK"), "no greeting", greeting)


def client_hello(name="localhost"):
    """The octets that a TLS client begins with."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.create_default_context().wrap_bio(incoming, outgoing, server_hostname=name)
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


def ended(address, octets=b""):
    """Sends octets and returns what came back up to the end of the stream; an RST ends it too."""
    with socket.create_connection(address, timeout=40) as raw:
        raw.sendall(octets)
        told = b""
        while True:
            try:
                chunk = raw.recv(65536)
            except ConnectionResetError:
                return told
            if not chunk:
                return told
            told += chunk
