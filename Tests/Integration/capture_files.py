"""Writes capture files: classic pcap (both byte orders, micro- and nanoseconds) and pcapng."""
import struct


def pcap(frames, link, nanoseconds=False, order="<", snaplen=262144):
    """`frames` are (time in nanoseconds, octets); what is longer than `snaplen` is cut, as a capture program does it."""
    out = [struct.pack(order + "IHHiIII", 0xA1B23C4D if nanoseconds else 0xA1B2C3D4, 2, 4, 0, 0, snaplen, link)]
    for time, frame in frames:
        fraction = time % 1_000_000_000 // (1 if nanoseconds else 1000)
        kept = frame[:snaplen]
        out.append(struct.pack(order + "IIII", time // 1_000_000_000, fraction, len(kept), len(frame)) + kept)
    return b"".join(out)


def block(kind, body):
    length = 12 + len(body) + -len(body) % 4
    return struct.pack("<II", kind, length) + body + bytes(-len(body) % 4) + struct.pack("<I", length)


def option(code, value):
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)


END_OF_OPTIONS = struct.pack("<HH", 0, 0)


def section():
    return block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))


def interface(link, name, snaplen=262144):
    """Its time stamps count nanoseconds (if_tsresol 9)."""
    return block(1, struct.pack("<HHI", link, 0, snaplen) + option(2, name.encode()) + option(9, b"\x09") + END_OF_OPTIONS)


def enhanced_packet(number, time, frame, *options):
    body = struct.pack("<IIIII", number, time >> 32, time & 0xFFFFFFFF, len(frame), len(frame)) + frame + bytes(-len(frame) % 4)
    return block(6, body + (b"".join(options) + END_OF_OPTIONS if options else b""))


def tls_secrets(key_log):
    """A Decryption Secrets Block of type TLS Key Log (draft-ietf-opsawg-pcapng section 4.7)."""
    return block(10, struct.pack("<II", 0x544C534B, len(key_log)) + key_log)


def pcapng(frames, link, name="eth0", secrets=None):
    keys = tls_secrets(secrets) if secrets else b""
    return section() + interface(link, name) + keys + b"".join(enhanced_packet(0, time, frame) for time, frame in frames)
