"""A TCP server whose behaviour is a function: for faults and answers that no good server gives."""
import base64
import re
import socket
import struct
import threading

LITERAL = re.compile(rb"\{(\d+)(\+?)\}\Z")


class Peer:
    """The server's end of one connection."""

    def __init__(self, connection):
        self.socket, self.buffer = connection, bytearray()
        self.received = bytearray()

    def send(self, octets):
        self.socket.sendall(octets)

    def fill(self):
        octets = self.socket.recv(1 << 16)
        if not octets:
            raise EOFError
        self.buffer += octets
        self.received += octets

    def line(self):
        while b"\r\n" not in self.buffer:
            self.fill()
        end = self.buffer.index(b"\r\n")
        line = bytes(self.buffer[:end])
        del self.buffer[:end + 2]
        return line

    def exactly(self, count):
        while len(self.buffer) < count:
            self.fill()
        octets = bytes(self.buffer[:count])
        del self.buffer[:count]
        return octets

    def command(self):
        """A whole command with its literals; synchronizing ones are asked for."""
        whole = line = self.line()
        while True:
            literal = LITERAL.search(line)
            if not literal:
                return whole
            if not literal.group(2):
                self.send(b"+ go on\r\n")
            octets, line = self.exactly(int(literal.group(1))), self.line()
            whole += b"\r\n" + octets + line

    def reset(self):
        """Ends the connection with RST instead of FIN."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


class ScriptedServer:
    def __init__(self, behaviour, receive_buffer=None):
        self.behaviour, self.peers = behaviour, []
        self.listener = socket.socket()
        if receive_buffer:
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(512)
        self.address = self.listener.getsockname()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            peer = Peer(connection)
            self.peers.append(peer)
            threading.Thread(target=self.serve, args=(peer,), daemon=True).start()

    def serve(self, peer):
        try:
            self.behaviour(peer)
        except (EOFError, OSError):
            pass
        finally:
            try:
                peer.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            peer.socket.close()


def accept_everything(peer, refuse=b"", echo=lambda command: b""):
    """Grants every login, whatever its form. With `refuse`, logins get that status and the text of `echo(octets)`."""
    peer.send(b"* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR AUTH=PLAIN AUTH=LOGIN AUTH=CRAM-MD5] scripted server ready\r\n")
    while True:
        command = peer.command()
        tag, verb = (command.split(b" ", 2) + [b""])[:2]
        verb, said = verb.upper(), command
        if verb == b"AUTHENTICATE":
            words = command.split(b" ")
            mechanism, replies = words[2].upper(), words[3:]
            prompts = {b"PLAIN": [b""], b"LOGIN": [b"VXNlcm5hbWU6", b"UGFzc3dvcmQ6"],
                       b"CRAM-MD5": [base64.b64encode(b"<1896.697170952@postoffice.example.net>")]}[mechanism]
            for prompt in prompts[len(replies):]:
                peer.send(b"+ " + prompt + b"\r\n")
                replies.append(peer.line())
            said += b" " + b" ".join(replies)
        if verb in (b"AUTHENTICATE", b"LOGIN") and refuse:
            peer.send(tag + b" " + refuse + b" " + echo(said) + b"\r\n")
        else:
            peer.send(tag + b" OK done\r\n")
        if verb == b"LOGOUT":
            return
