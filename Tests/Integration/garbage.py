"""Octets that look like IMAP often enough to lead a parser astray; the same for the same seed."""
import random


def garbage_of(seed, size):
    chance = random.Random(seed)
    pieces = [b"* ", b"+ ", b"\r\n", b"\n", b"\r", b"{", b"}", b"{5}\r\n", b"{99999999999999999999}\r\n", b"{10+}\r\n", b'"', b"\\", b"(", b")",
              b"a AUTHENTICATE PLAIN\r\n", b"a STARTTLS\r\n", b"a COMPRESS DEFLATE\r\n", b"a IDLE\r\n", b"* OK [", b"\0", b"~{3}\r\n", b"a LOGIN "]
    out = bytearray()
    while len(out) < size:
        out += chance.choice(pieces) if chance.random() < 0.6 else chance.randbytes(chance.randrange(1, 40))
    return bytes(out[:size])
