"""COMPRESS=DEFLATE (RFC 4978) through the proxy: Dovecot and a client over imaplib, in the clear and under TLS."""
import imaplib
import ssl
import zlib

from cases import DOVECOT, case, check, contains, equal
from dovecot import free_port
from imap_client import Client, Closed, eventually
from mailboxes import USERS
from proxy import Chain, Proxy, is_listening, url
from scripted_server import ScriptedServer

USER = "drichards"
PASSWORD = USERS[USER][0]
APPENDED = b"Subject: a deflated message\r\n\r\n" + b"".join(b"line %d of it\r\n" % n for n in range(300))


class Deflated:
    """A socket of imaplib whose octets are deflated from now on; counts both sides of it."""

    def __init__(self, socket_, level=6, flush=zlib.Z_SYNC_FLUSH):
        self.socket, self.flush_mode = socket_, flush
        self.deflater, self.inflater = zlib.compressobj(level, zlib.DEFLATED, -15), zlib.decompressobj(-15)
        self.buffer, self.compressed_in, self.compressed_out = b"", 0, 0

    def sendall(self, octets):
        out = self.deflater.compress(octets) + self.deflater.flush(self.flush_mode)
        self.compressed_out += len(out)
        self.socket.sendall(out)

    def fill(self):
        octets = self.socket.recv(1 << 16)
        if not octets:
            return False
        self.compressed_in += len(octets)
        self.buffer += self.inflater.decompress(octets)
        return True

    def read(self, size):
        while len(self.buffer) < size and self.fill():
            pass
        octets, self.buffer = self.buffer[:size], self.buffer[size:]
        return octets

    def readline(self):
        while b"\n" not in self.buffer and self.fill():
            pass
        end = self.buffer.find(b"\n") + 1 or len(self.buffer)
        line, self.buffer = self.buffer[:end], self.buffer[end:]
        return line


imaplib.Commands.setdefault("COMPRESS", ("AUTH", "SELECTED"))


def compress(client, **how):
    """COMPRESS DEFLATE; imaplib reads and writes through its `sock` and `file`, which the new stream takes over."""
    equal(client._simple_command("COMPRESS", "DEFLATE")[0], "OK", "COMPRESS")
    stream = Deflated(client.sock, **how)
    client.send = stream.sendall
    client.read = stream.read
    client.readline = stream.readline
    return stream


def session(client, **how):
    """What the server said, and the stream: a login, and the rest of it compressed."""
    equal(client.login(USER, PASSWORD)[0], "OK", "LOGIN")
    stream = compress(client, **how)
    capabilities = client.capability()[1][0].decode().split()
    equal(client.select("INBOX")[0], "OK", "SELECT")
    found = client.search(None, 'SUBJECT "crash"')[1][0].split()
    status, parts = client.fetch("1:64", "(UID RFC822.SIZE BODY.PEEK[])")
    equal(status, "OK", "FETCH")
    octets = b"".join(part[1] for part in parts if isinstance(part, tuple))
    equal(client.append("INBOX", None, None, APPENDED)[0], "OK", "APPEND, a literal inside the compressed stream")
    number = client.search(None, 'SUBJECT "a deflated message"')[1][0].split()[-1]
    again = client.fetch(number, "(BODY.PEEK[])")[1][0][1]
    equal(again, APPENDED, "the message that was appended")
    client.store(number, "+FLAGS", r"(\Deleted)")
    client.expunge()
    client.logout()
    return (found, octets, [word for word in capabilities if word != "STARTTLS"]), stream


def trusting(context):
    return ssl.create_default_context(cafile=str(context.file("home") / "data" / "imapscope" / "ca.pem"))


def check_reports(proxy, how, stream, choices=None):
    """The transcript has the inflated commands, the file the choice and the totals."""
    contains(proxy.stdout, "COMPRESS DEFLATE", "the transcript")
    contains(proxy.stdout, 'SEARCH SUBJECT "crash"', "the transcript, an inflated command")
    contains(proxy.stdout, "-- DEFLATE · ↑ ", "the transcript's last lines")
    changes = [event["how"] for event in proxy.events("state") if event.get("layer") == "DEFLATE"]
    equal(changes, choices or [how], "the choice at the OK")
    totals = proxy.events("session_end")[-1]["compression"]
    equal(totals["client"]["compressed_octets"], stream.compressed_out, "compressed octets of the client")
    check(totals["server"]["ratio"] > 1.5, "the server's octets are not much smaller", totals)
    if how == "relayed":
        equal(totals["server"]["compressed_octets"], stream.compressed_in, "compressed octets of the server")
    check(not [e for e in proxy.events("gap") if e.get("reason") == "opaque"], "something could not be read")
    equal([e["id"] for e in proxy.events("finding") if e["id"].startswith("deflate")], [], "findings")
    check(PASSWORD.encode() not in b"".join(proxy.outputs.values()), "the password is in an output")


@case(DOVECOT)
def compressed_octets_are_relayed_untouched_when_nothing_can_edit(context):
    dovecot = context.dovecot
    dovecot.reset(USER)
    expected, _ = session(imaplib.IMAP4(*dovecot.bare))
    dovecot.reset(USER)
    # Behind the login the default policy can edit nothing.
    chain = Chain(context, dovecot.bare, "--starttls", "offer")
    said, stream = session(imaplib.IMAP4(*chain.address))
    equal(said, expected, "what the server said")
    chain.check_transparent(1)
    chain.proxy.stop()
    check_reports(chain.proxy, "relayed", stream)


def terminated(kind):
    def test(context):
        dovecot = context.dovecot
        dovecot.reset(USER)
        expected, _ = session(imaplib.IMAP4(*dovecot.bare))
        tls = ("127.0.0.1", free_port())
        upstream = {"cleartext": url(dovecot.starttls), "STARTTLS": url(dovecot.starttls, "imap+starttls"),
                    "implicit_TLS": url(dovecot.tls, "imaps")}[kind]
        more = [] if kind == "cleartext" else ["--upstream-ca", dovecot.certificate]
        proxy = Proxy(context, upstream, "-l", url(tls, "imaps"), "--starttls", "offer", *more)
        eventually(lambda: is_listening(tls[1]), what="listening with TLS")
        trust = trusting(context)
        for leg in ("cleartext", "STARTTLS", "implicit_TLS"):
            dovecot.reset(USER)
            if leg == "implicit_TLS":
                client = imaplib.IMAP4_SSL("localhost", tls[1], ssl_context=trust)
            else:
                client = imaplib.IMAP4("localhost", proxy.address[1])
            if leg == "STARTTLS":
                client.starttls(trust)
            said, stream = session(client)
            equal(said, expected, "%s, then %s: what the server said" % (leg, kind))
        proxy.stop()
        # Behind the login of a cleartext client nothing can be edited any more.
        check_reports(proxy, "terminated", stream, ["relayed", "terminated", "terminated"])
    test.__module__ = __name__
    test.__name__ = "compression_ends_here_on_every_client_leg_before_an_upstream_leg_of_%s" % kind
    return test


for kind_of_upstream in ("cleartext", "STARTTLS", "implicit_TLS"):
    case(DOVECOT)(terminated(kind_of_upstream))


@case(DOVECOT)
def lists_are_edited_inside_the_compressed_stream(context):
    context.dovecot.reset(USER)
    proxy = Proxy(context, url(context.dovecot.starttls), "--starttls", "never")
    for flush in (zlib.Z_SYNC_FLUSH, zlib.Z_PARTIAL_FLUSH, zlib.Z_FULL_FLUSH):
        client = imaplib.IMAP4(*proxy.address)
        client.login(USER, PASSWORD)
        compress(client, flush=flush)
        check("STARTTLS" not in client.capability()[1][0].decode().split(), "STARTTLS is offered")
        equal(client._simple_command("NOOP")[0], "OK", "NOOP")
        equal(client._simple_command("COMPRESS", "DEFLATE")[0], "NO", "a second COMPRESS")
        client.logout()
    proxy.stop()
    equal({e["how"] for e in proxy.events("state") if e.get("layer") == "DEFLATE"}, {"terminated"}, "the choice")


@case()
def garbage_and_a_bomb_reach_the_client_and_are_told(context):
    zeros = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = zeros.compress(b"* 1 FETCH (BODY[] {400000000}\r\n" + bytes(96 << 20)) + zeros.flush(zlib.Z_SYNC_FLUSH)
    for what, octets in (("deflate-garbage", b"\xff\xff\xff\xff" * 8), ("deflate-bomb", bomb)):
        def behaviour(peer):
            peer.send(b"* PREAUTH ready\r\n")
            peer.send(b"%s OK go\r\n%s" % (peer.line().split(b" ")[0], octets))
        for options in ((), ("--starttls", "never")):
            server = ScriptedServer(behaviour)
            proxy = Proxy(context, url(server.address), *options, name="proxy-%s-%d" % (what, len(options)))
            with Client(proxy.address, timeout=60) as client:
                client.greeting()
                client.send(b"a COMPRESS DEFLATE\r\n")
                client.response()
                got = client.rest()
            proxy.stop()
            findings = [e for e in proxy.events("finding") if e["id"] == what]
            equal([e["blame"] for e in findings], ["server"], "findings %s" % what)
            if options and what == "deflate-bomb":
                equal(len(zlib.decompressobj(-15).decompress(got)), len(b"* 1 FETCH (BODY[] {400000000}\r\n") + (96 << 20), "inflated octets")
            else:
                equal(got[-20:], octets[-20:], "the last octets")
