"""Plays short sessions under TLS through the recording relay: what passes on TCP is recorded, the cleartext is what the client
handed to its TLS and got from it. Each returns the recorded connections in order, with the cleartext of each, and the key log."""
import pathlib
import ssl
import tempfile

from capture_record import MESSAGE, PASSWORD, USER, DeflatingClient, Relay
from imap_client import Client

TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


class KeyLogged:
    """A client's TLS of one version, which writes its secrets down as SSLKEYLOGFILE has them (RFC 9850)."""

    def __init__(self, version, ciphers=None):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE
        self.context.minimum_version = self.context.maximum_version = version
        if ciphers:
            self.context.set_ciphers(ciphers)
        self.folder = tempfile.TemporaryDirectory(prefix="imapscope-keys.")
        self.file = pathlib.Path(self.folder.name) / "keys.log"
        self.context.keylog_filename = str(self.file)

    def begin(self, client, session=None):
        """The client's next octets are under TLS."""
        client.socket = self.context.wrap_socket(client.socket, server_hostname="imap.example.org", session=session)

    def keys(self):
        """The lines of the key log: the comment that Python begins it with is left out."""
        lines = self.file.read_bytes().splitlines(keepends=True)
        self.folder.cleanup()
        return [line for line in lines if not line.startswith(b"#")]


def connect(relay, tls, client=Client, session=None):
    made = client(relay.address)
    tls.begin(made, session)
    made.greeting()
    return made


def recorded(relay, *clients):
    return [(recording, {"client": bytes(client.sent), "server": bytes(client.received)})
            for (recording, _), client in zip(relay.done(len(clients)), clients)]


def read_mail(client):
    client.command("SELECT INBOX")
    client.command("FETCH 2:4 (UID FLAGS BODY.PEEK[])")
    client.command("STORE 2 +FLAGS.SILENT (\\Seen)")
    client.logout()


def play_starttls(dovecot):
    tls, relay = KeyLogged(TLS13), Relay(dovecot, dovecot.starttls)
    client = Client(relay.address)
    client.greeting()
    client.command("STARTTLS")
    tls.begin(client)
    client.command("CAPABILITY")
    client.command("LOGIN %s %s" % (USER, PASSWORD))
    read_mail(client)
    return recorded(relay, client), tls.keys()


def play_implicit(dovecot, version, ciphers=None):
    tls, relay = KeyLogged(version, ciphers), Relay(dovecot, dovecot.tls)
    client = connect(relay, tls)
    client.cram_md5(USER, PASSWORD)
    read_mail(client)
    return recorded(relay, client), tls.keys()


def play_tls12(dovecot):
    return play_implicit(dovecot, TLS12, "ECDHE-RSA-CHACHA20-POLY1305")


def play_tls13(dovecot):
    return play_implicit(dovecot, TLS13)


def play_static_rsa(dovecot):
    """The key exchange that the server's private key opens (RFC 5246 section 7.4.7.1)."""
    return play_implicit(dovecot, TLS12, "AES256-SHA256@SECLEVEL=0")


def play_resumption(dovecot):
    """Two connections: the second takes up the TLS session of the first, so that the first's secret opens both."""
    tls, relay = KeyLogged(TLS12), Relay(dovecot, dovecot.tls)
    first = connect(relay, tls)
    first.command("LOGIN %s %s" % (USER, PASSWORD))
    first.command("STATUS INBOX (MESSAGES UNSEEN)")
    session = first.socket.session
    first.logout()
    of_the_first = len(tls.file.read_bytes().splitlines())
    second = connect(relay, tls, session=session)
    if not second.socket.session_reused:
        raise AssertionError("the server does not resume TLS sessions")
    second.command("LOGIN {} {}", USER.encode(), PASSWORD.encode())
    second.command("EXAMINE INBOX")
    second.command("FETCH 1 BODY[]")
    second.logout()
    lines = tls.file.read_bytes().splitlines(keepends=True)[:of_the_first]
    tls.keys()
    return recorded(relay, first, second), [line for line in lines if not line.startswith(b"#")]


def play_compressed(dovecot):
    tls, relay = KeyLogged(TLS13), Relay(dovecot, dovecot.tls)
    client = connect(relay, tls, DeflatingClient)
    client.command("LOGIN %s %s" % (USER, PASSWORD))
    client.command("COMPRESS DEFLATE")
    client.deflate()
    client.command("SELECT INBOX")
    client.command("FETCH 1:12 (UID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT FROM)])")
    client.command("APPEND INBOX {}", MESSAGE)
    client.command("LOGOUT")
    client.close()
    return recorded(relay, client), tls.keys()
