"""A TLS 1.2 client that asks for renegotiation again and again. No library's client does: all give up at the first refusal.

Its records are made by hand, with a suite that authenticates and does not encrypt (RFC 5246 sections 6.2.3.1 and 6.3)."""
import hmac
import socket
import ssl
import struct

HANDSHAKE, ALERT = 22, 21
SUITE = "NULL-SHA256"


def expand(secret, label, seed, count):
    """The PRF of RFC 5246 section 5."""
    out, a = b"", label + seed
    while len(out) < count:
        a = hmac.digest(secret, a, "sha256")
        out += hmac.digest(secret, a + label + seed, "sha256")
    return out[:count]


class RenegotiatingClient:
    def __init__(self, address, trust, keylog):
        """`trust` verifies the server; its secrets go through the file `keylog`."""
        trust.set_ciphers(SUITE + ":@SECLEVEL=0")
        trust.maximum_version = ssl.TLSVersion.TLSv1_2
        trust.keylog_filename = str(keylog)
        self.socket = socket.create_connection(address, timeout=20)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = trust.wrap_bio(incoming, outgoing, server_hostname="localhost")
        self.received = b""
        while True:
            try:
                tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                self.socket.sendall(outgoing.read())
                octets = self.socket.recv(65536)
                if not octets:
                    raise AssertionError("no handshake with " + SUITE)
                self.received += octets
                incoming.write(octets)
        self.socket.sendall(outgoing.read())
        # Record, handshake and version come before the random of a ServerHello.
        server_random = self.received[11:43]
        label, client_random, master = keylog.read_text().split()[-3:]
        assert label == "CLIENT_RANDOM"
        block = expand(bytes.fromhex(master), b"key expansion", server_random + bytes.fromhex(client_random), 64)
        self.key, self.sequence = block[:32], 1       # Finished was record 0.
        self.received = b""

    def record(self, kind, octets):
        head = struct.pack(">QBHH", self.sequence, kind, 0x0303, len(octets))
        self.sequence += 1
        octets += hmac.digest(self.key, head + octets, "sha256")
        return struct.pack(">BHH", kind, 0x0303, len(octets)) + octets

    def client_hello(self):
        body = struct.pack(">H32sBH2sBB", 0x0303, b"r" * 32, 0, 2, b"\0\x3b", 1, 0)
        return self.record(HANDSHAKE, b"\1" + struct.pack(">I", len(body))[1:] + body)

    def flood(self, count):
        """Asks `count` times; returns how many refusals came before the connection was cut off."""
        try:
            self.socket.sendall(b"".join(self.client_hello() for _ in range(count)))
            while True:
                octets = self.socket.recv(65536)
                if not octets:
                    break
                self.received += octets
        except ConnectionResetError:
            pass
        self.socket.close()
        alerts, at = 0, 0
        while at + 5 <= len(self.received):
            kind, _, size = struct.unpack(">BHH", self.received[at:at + 5])
            # 100 is no_renegotiation (RFC 5246 section 7.2.2).
            alerts += kind == ALERT and self.received[at + 6] == 100
            at += 5 + size
        return alerts
