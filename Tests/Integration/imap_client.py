"""A raw IMAP client: sends what it is told, reads whole responses, keeps the octets of both directions."""
import base64
import hmac
import re
import socket
import time

LITERAL = re.compile(rb"\{(\d+)\}\Z")
#: Status responses end in human text, where "{5}" is no literal.
STATUS = re.compile(rb"(\*|[^ ]+) (OK|NO|BAD|BYE|PREAUTH)( |\Z)", re.I)


class Closed(OSError):
    """The other side ended the connection."""


class Client:
    def __init__(self, address, timeout=20, receive_buffer=None):
        self.socket = socket.socket()
        self.socket.settimeout(timeout)
        if receive_buffer:      # Only effective before the connection exists: it bounds the advertised window.
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.connect(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent, self.received = bytearray(), bytearray()
        self.read_to = 0        # Offset in `received` up to which responses were handed out.
        self.tags = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, octets):
        self.sent += octets
        self.socket.sendall(octets)

    def end_sending(self):
        self.socket.shutdown(socket.SHUT_WR)

    def fill(self):
        octets = self.socket.recv(1 << 16)
        if not octets:
            raise Closed("the server closed the connection; unread: %r" % bytes(self.received[self.read_to:][:200]))
        self.received += octets

    def response(self):
        """One response with all its literals, without its last CRLF."""
        start = line = self.read_to
        searched = line
        while True:
            end = self.received.find(b"\r\n", searched)
            if end < 0:
                searched = max(line, len(self.received) - 1)
                self.fill()
                continue
            literal = LITERAL.search(bytes(self.received[max(line, end - 24):end]))
            if not literal or (line == start and STATUS.match(bytes(self.received[start:end]))):
                self.read_to = end + 2
                return bytes(self.received[start:end])
            line = searched = end + 2 + int(literal.group(1))
            while len(self.received) < line:
                self.fill()

    def greeting(self):
        return self.response()

    def rest(self):
        """Everything up to the end of the server's stream."""
        while True:
            try:
                self.fill()
            except (Closed, ConnectionResetError):
                octets = bytes(self.received[self.read_to:])
                self.read_to = len(self.received)
                return octets

    def until(self, tag):
        responses = []
        while True:
            responses.append(self.response())
            if responses[-1].startswith(tag.encode() + b" "):
                return responses

    def continuation(self):
        response = self.response()
        if not response.startswith(b"+"):
            raise AssertionError("expected a continuation request, got %r" % response)
        return response

    def command(self, text, *literals, tag=None, status=b"OK"):
        """Sends a command. Each {} in `text` stands for the next of `literals`, sent as a synchronizing literal."""
        if tag is None:
            self.tags += 1
            tag = "t%d" % self.tags
        pieces = (text if isinstance(text, bytes) else text.encode()).split(b"{}")
        out = tag.encode() + b" " + pieces[0]
        for literal, piece in zip(literals, pieces[1:]):
            self.send(out + b"{%d}\r\n" % len(literal))
            self.continuation()
            out = literal + piece
        self.send(out + b"\r\n")
        responses = self.until(tag)
        actual = responses[-1].split(b" ")[1]
        if status is not None and actual != status:
            raise AssertionError("%r was answered with %r" % (text, responses[-1]))
        return responses

    def login(self, user, password):
        return self.command("LOGIN {} {}", user.encode(), password.encode())

    def cram_md5(self, user, password, tag="a", command=b"AUTHENTICATE CRAM-MD5"):
        """RFC 2195. Returns (challenge, digest in hex, base64 reply, responses)."""
        self.send(tag.encode() + b" " + command + b"\r\n")
        challenge = base64.b64decode(self.continuation()[2:])
        digest = hmac.new(password.encode(), challenge, "md5").hexdigest()
        reply = base64.b64encode(("%s %s" % (user, digest)).encode())
        self.send(reply + b"\r\n")
        return challenge, digest, reply, self.until(tag)

    def logout(self):
        """LOGOUT, then the end of the stream, as RFC 3501 section 6.1.3 has it."""
        responses = self.command("LOGOUT")
        rest = self.rest()
        if rest:
            raise AssertionError("octets after the answer to LOGOUT: %r" % rest[:200])
        self.close()
        return responses


def eventually(condition, seconds=10, what="the condition"):
    """Waits until `condition()` is true and returns its value."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError("%s did not come true in %s s" % (what, seconds))
        time.sleep(0.02)
