"""Plays short sessions against a Dovecot through a recording relay. Each returns the recorded connections in order, and the
cleartext of each: {side: octets}."""
import zlib

from imap_client import Client
from mailboxes import USERS
from recorder import Recorder
from test_tutorial import deliver
import tutorial

USER = "drichards"
PASSWORD = USERS[USER][0]
MESSAGE = (b"From: Maria Berg <maria@example.org>\r\nTo: dave@example.net\r\nSubject: minutes\r\n\r\n"
           b"We agreed on {3}\r\nthings.\r\n* 2 EXISTS is not one of them.\r\n")


class Relay:
    """A recorder for one session, closed when it is over."""

    def __init__(self, dovecot, address=None):
        dovecot.reset(USER)
        self.recorder = Recorder(address or dovecot.bare, keeps_chunks=True)
        self.address = self.recorder.address

    def done(self, connections=1):
        self.recorder.wait(connections)
        self.recorder.close()
        return [(recording, {"client": bytes(recording.client), "server": bytes(recording.server)})
                for recording in self.recorder.connections]


def play_tutorial(dovecot):
    relay = Relay(dovecot)
    tutorial.play(relay.address, lambda: deliver(dovecot.bare))
    return relay.done()


def play_short(dovecot):
    """A login, a mailbox, two messages with a literal each, a flag: the session that damage is done to."""
    relay = Relay(dovecot)
    client = Client(relay.address)
    client.greeting()
    client.command("LOGIN %s %s" % (USER, PASSWORD))
    client.command("SELECT INBOX")
    client.command("FETCH 2:9 (UID FLAGS BODY.PEEK[])")
    client.command("STORE 2 +FLAGS.SILENT (\\Seen)")
    client.command("FETCH 1:64 (UID FLAGS RFC822.SIZE INTERNALDATE)")
    client.command("STATUS folder1 (MESSAGES UIDNEXT)")
    client.logout()
    return relay.done()


def play_idle(dovecot):
    """One client waits, another one brings a message."""
    relay = Relay(dovecot)
    waiting = Client(relay.address)
    waiting.greeting()
    waiting.login(USER, PASSWORD)
    waiting.command("SELECT INBOX")
    waiting.send(b"i IDLE\r\n")
    waiting.continuation()
    bringing = Client(relay.address)
    bringing.greeting()
    bringing.login(USER, PASSWORD)
    bringing.command("APPEND INBOX {}", MESSAGE)
    while b" EXISTS" not in waiting.response():
        pass
    bringing.logout()
    waiting.send(b"DONE\r\n")
    waiting.until("i")
    waiting.command("FETCH 65 (FLAGS BODY[TEXT])")
    waiting.logout()
    return relay.done(2)


def play_pipelined(dovecot):
    """Everything in one segment: the greeting is not even awaited."""
    relay = Relay(dovecot)
    client = Client(relay.address)
    client.send(b"a LOGIN %s %s\r\n" % (USER.encode(), PASSWORD.encode()))
    client.greeting()
    client.until("a")
    client.send(b"b SELECT INBOX\r\nc NOOP\r\nd FETCH 1:3 FLAGS\r\ne SEARCH UNSEEN\r\nf STATUS folder1 (MESSAGES)\r\ng LOGOUT\r\n")
    client.rest()
    client.close()
    return relay.done()


def play_literal_plus(dovecot):
    """RFC 7888: literals that nobody waits for, in LOGIN, CREATE, SEARCH and APPEND, one of them empty."""
    relay = Relay(dovecot)
    client = Client(relay.address)
    client.greeting()

    def command(tag, *parts):
        out = tag.encode() + b" "
        for part in parts:
            out += part if isinstance(part, bytes) else b"{%d+}\r\n%s" % (len(part[0]), part[0])
        client.send(out + b"\r\n")
        return client.until(tag)

    command("a", b"LOGIN ", (USER.encode(),), b" ", (PASSWORD.encode(),))
    command("b", b"CREATE ", (b"due {5+} today",))
    command("c", b"SELECT ", (b"INBOX",))
    command("d", b"SEARCH SUBJECT ", (b"crash",), b" NOT FROM ", (b"",), b" UNSEEN")
    command("e", b"APPEND ", (b"due {5+} today",), b" (\\Seen) ", (MESSAGE,))
    command("f", b"LOGOUT")
    client.close()
    return relay.done()


class DeflatingClient(Client):
    """From `deflate()` on, both directions are compressed (RFC 4978); `sent` and `received` stay cleartext."""
    deflater = inflater = None

    def deflate(self):
        self.deflater, self.inflater = zlib.compressobj(9, zlib.DEFLATED, -15), zlib.decompressobj(-15)

    def send(self, octets):
        self.sent += octets
        if self.deflater:
            octets = self.deflater.compress(octets) + self.deflater.flush(zlib.Z_SYNC_FLUSH)
        self.socket.sendall(octets)

    def fill(self):
        if not self.inflater:
            return super().fill()
        octets = self.socket.recv(1 << 16)
        if not octets:
            return super().fill()
        self.received += self.inflater.decompress(octets)


def play_compressed(dovecot):
    relay = Relay(dovecot)
    client = DeflatingClient(relay.address)
    client.greeting()
    client.login(USER, PASSWORD)
    client.command("COMPRESS DEFLATE")
    client.deflate()
    client.command("SELECT INBOX")
    client.command("FETCH 1:20 (UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
    client.command("APPEND INBOX {}", MESSAGE)
    client.command("FETCH 65 (FLAGS RFC822)")
    client.command("LOGOUT")
    client.close()
    ((recording, _),) = relay.done()
    return [(recording, {"client": bytes(client.sent), "server": bytes(client.received)})]


def play_behind_balancer(dovecot, port):
    """A session with a PROXY protocol header of version 2 before it, to Dovecot's port for balancers."""
    relay = Relay(dovecot, ("127.0.0.1", port))
    client = Client(relay.address)
    client.send(PROXY_HEADER)
    client.greeting()
    client.command("LOGIN %s %s" % (USER, PASSWORD))
    client.command("EXAMINE INBOX")
    client.command("FETCH 1 BODY[]")
    client.logout()
    ((recording, streams),) = relay.done()
    streams["client"] = streams["client"][len(PROXY_HEADER):]
    return [(recording, streams)]


#: Version 2, command PROXY, TCP over IPv4: 203.0.113.9:51000 to 203.0.113.80:143.
PROXY_HEADER = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c" + bytes([203, 0, 113, 9, 203, 0, 113, 80]) + b"\xc7\x38\x00\x8f"
