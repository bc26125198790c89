"""The captures in Captures/ that hold TLS: how each is made from a recording."""
import capture_record_tls as record
from capture_files import pcap, pcapng
from capture_packets import ETHERNET, connection, in_ethernet

CLIENT, STARTTLS, SERVER = ("192.0.2.10", 40001), ("198.51.100.20", 143), ("198.51.100.20", 993)
#: None of IMAP's: what the connection is shows in its cleartext alone.
ODD = ("198.51.100.20", 10993)


def builders(Made):
    """{name: (build, play)}. Each build takes the connections, (recording, streams) of each, and the lines of the key log."""

    def one(server, text):
        def build(connections, keys):
            ((recording, streams),) = connections
            frames = in_ethernet(connection(recording, CLIENT, server))
            return Made("capture.pcap", pcap(frames, ETHERNET), [streams], text, whole=False, keys=b"".join(keys))
        return build

    def dsb(connections, keys):
        ((recording, streams),) = connections
        frames = in_ethernet(connection(recording, CLIENT, ODD))
        return Made("capture.pcapng", pcapng(frames, ETHERNET, secrets=b"".join(keys)), [streams], """
TLS 1.3 on port 10993, in a pcapng file with a Decryption Secrets Block before the packets: it brings its keys itself, and with
them the connection is found to be IMAP. Made like `tls13`; `editcap --inject-secrets tls,keys.log` makes such files, too.""",
                    whole=False)

    def resumption(connections, keys):
        frames = []
        for number, (recording, _) in enumerate(connections):
            frames += in_ethernet(connection(recording, (CLIENT[0], CLIENT[1] + number), SERVER))
        frames.sort(key=lambda frame: frame[0])
        return Made("capture.pcap", pcap(frames, ETHERNET), [streams for _, streams in connections], """
Two connections, TLS 1.2: the second resumes the TLS session of the first (RFC 5077 or RFC 5246 section 7.3). `keys.log` has the
secret of the first alone, which opens both.""", whole=False, keys=b"".join(keys))

    return {
        "starttls": (one(STARTTLS, """
STARTTLS, then TLS 1.3 and a login. `keys.log` is the client's SSLKEYLOGFILE; the streams are what was said before STARTTLS and the
cleartext behind it."""), record.play_starttls),
        "tls12": (one(SERVER, """
TLS 1.2 from the first octet on, ChaCha20-Poly1305, with the client's `keys.log`; CRAM-MD5 inside."""), record.play_tls12),
        "tls13": (one(SERVER, """
TLS 1.3 from the first octet on, with the client's `keys.log`; CRAM-MD5 inside."""), record.play_tls13),
        "dsb": (dsb, record.play_tls13),
        "resumption": (resumption, record.play_resumption),
        "tls-compress": (one(SERVER, """
COMPRESS=DEFLATE (RFC 4978) inside TLS 1.3, with the client's `keys.log`. The streams are the inflated text."""), record.play_compressed),
    }
