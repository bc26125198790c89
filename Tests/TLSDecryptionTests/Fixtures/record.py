#!/usr/bin/env python3
"""Records TLS connections of OpenSSL with itself, in memory: what both sides send, their key log, and what they said.

usage: record.py DIRECTORY

Writes one text file per group of cases. A case is a run of lines:

    case NAME
    after NAME                  the connection goes on with a session of that case
    note KEY VALUE              what the facts of the handshake have to say
    key LINE                    a line of the key log
    wire client|server BASE64   octets on the wire, in their order
    clear client|server BASE64  octets of the application, in their order; all of a direction together are expected

`server-rsa.pem`, the RSA key of the server, is made when it is missing.
"""

import base64
import ctypes
import ctypes.util
import os
import subprocess
import sys

crypto = ctypes.CDLL("libcrypto.so.3")
ssl = ctypes.CDLL("libssl.so.3")
P, I, L, U64, S = ctypes.c_void_p, ctypes.c_int, ctypes.c_long, ctypes.c_uint64, ctypes.c_char_p


def function(library, name, result, *arguments):
    f = getattr(library, name)
    f.restype, f.argtypes = result, arguments
    return f


BIO_s_mem = function(crypto, "BIO_s_mem", P)
BIO_new = function(crypto, "BIO_new", P, P)
BIO_read = function(crypto, "BIO_read", I, P, P, I)
BIO_write = function(crypto, "BIO_write", I, P, S, I)
ERR_clear_error = function(crypto, "ERR_clear_error", None)
TLS_client_method = function(ssl, "TLS_client_method", P)
TLS_server_method = function(ssl, "TLS_server_method", P)
CTX_new = function(ssl, "SSL_CTX_new", P, P)
CTX_ctrl = function(ssl, "SSL_CTX_ctrl", L, P, I, L, P)
CTX_options = function(ssl, "SSL_CTX_set_options", U64, P, U64)
CTX_ciphers = function(ssl, "SSL_CTX_set_cipher_list", I, P, S)
CTX_suites = function(ssl, "SSL_CTX_set_ciphersuites", I, P, S)
CTX_chain = function(ssl, "SSL_CTX_use_certificate_chain_file", I, P, S)
CTX_key = function(ssl, "SSL_CTX_use_PrivateKey_file", I, P, S, I)
CTX_verify = function(ssl, "SSL_CTX_set_verify", None, P, I, P)
CTX_padding = function(ssl, "SSL_CTX_set_block_padding", I, P, ctypes.c_size_t)
CTX_early = function(ssl, "SSL_CTX_set_max_early_data", I, P, ctypes.c_uint32)
CTX_pha = function(ssl, "SSL_CTX_set_post_handshake_auth", None, P, I)
CTX_context = function(ssl, "SSL_CTX_set_session_id_context", I, P, S, ctypes.c_uint)
CTX_keylog = function(ssl, "SSL_CTX_set_keylog_callback", None, P, P)
CTX_psk_client = function(ssl, "SSL_CTX_set_psk_client_callback", None, P, P)
CTX_psk_server = function(ssl, "SSL_CTX_set_psk_server_callback", None, P, P)
CTX_alpn = function(ssl, "SSL_CTX_set_alpn_protos", I, P, S, ctypes.c_uint)
CTX_alpn_select = function(ssl, "SSL_CTX_set_alpn_select_cb", None, P, P, P)
new = function(ssl, "SSL_new", P, P)
set_bio = function(ssl, "SSL_set_bio", None, P, P, P)
ctrl = function(ssl, "SSL_ctrl", L, P, I, L, P)
connect_state = function(ssl, "SSL_set_connect_state", None, P)
accept_state = function(ssl, "SSL_set_accept_state", None, P)
do_handshake = function(ssl, "SSL_do_handshake", I, P)
write = function(ssl, "SSL_write", I, P, S, I)
read = function(ssl, "SSL_read", I, P, P, I)
shutdown = function(ssl, "SSL_shutdown", I, P)
key_update = function(ssl, "SSL_key_update", I, P, I)
renegotiate = function(ssl, "SSL_renegotiate", I, P)
verify_post = function(ssl, "SSL_verify_client_post_handshake", I, P)
set_verify = function(ssl, "SSL_set_verify", None, P, I, P)
get1_session = function(ssl, "SSL_get1_session", P, P)
set_session = function(ssl, "SSL_set_session", I, P, P)
session_reused = function(ssl, "SSL_session_reused", I, P)
is_init_finished = function(ssl, "SSL_is_init_finished", I, P)
write_early = function(ssl, "SSL_write_early_data", I, P, S, ctypes.c_size_t, P)
read_early = function(ssl, "SSL_read_early_data", I, P, P, ctypes.c_size_t, P)
early_status = function(ssl, "SSL_get_early_data_status", I, P)
current_cipher = function(ssl, "SSL_get_current_cipher", P, P)
cipher_name = function(ssl, "SSL_CIPHER_standard_name", S, P)
version_of = function(ssl, "SSL_version", I, P)
get1_ciphers = function(ssl, "SSL_get1_supported_ciphers", P, P)
short_name = function(ssl, "SSL_CIPHER_get_name", S, P)
stack_count = function(crypto, "OPENSSL_sk_num", I, P)
stack_value = function(crypto, "OPENSSL_sk_value", P, P, I)

NO_EMS, NO_ETM, NO_TICKET, MIDDLEBOX, CLIENT_RENEGOTIATION = 1 << 0, 1 << 19, 1 << 14, 1 << 20, 1 << 8
VERSIONS = {"tls10": 0x301, "tls11": 0x302, "tls12": 0x303, "tls13": 0x304}

lines = []  # the key log of the case that is recorded


@ctypes.CFUNCTYPE(None, P, S)
def keylog(_, line):
    lines.append(line.decode())


@ctypes.CFUNCTYPE(ctypes.c_uint, P, S, P, ctypes.c_uint, P, ctypes.c_uint)
def psk_client(_, hint, identity, identity_room, key, key_room):
    ctypes.memmove(identity, b"client\0", 7)
    ctypes.memmove(key, b"0123456789abcdef", 16)
    return 16


@ctypes.CFUNCTYPE(ctypes.c_uint, P, S, P, ctypes.c_uint)
def psk_server(_, identity, key, key_room):
    ctypes.memmove(key, b"0123456789abcdef", 16)
    return 16


@ctypes.CFUNCTYPE(I, P, ctypes.POINTER(P), ctypes.POINTER(ctypes.c_ubyte), P, ctypes.c_uint, P)
def choose_protocol(_, out, count, offered, offered_count, argument):
    out[0] = offered + 1
    count[0] = ctypes.string_at(offered, 1)[0]
    return 0


@ctypes.CFUNCTYPE(I, I, P)
def accept_any(ok, store):
    return 1


class Side:
    def __init__(self, context, is_client):
        self.name = "client" if is_client else "server"
        self.ssl = new(context)
        self.input, self.output = BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem())
        set_bio(self.ssl, self.input, self.output)
        (connect_state if is_client else accept_state)(self.ssl)

    def take(self):
        result, buffer = b"", ctypes.create_string_buffer(65536)
        while (count := BIO_read(self.output, buffer, 65536)) > 0:
            result += buffer.raw[:count]
        return result

    def give(self, octets):
        if octets:
            BIO_write(self.input, octets, len(octets))

    def read(self):
        result, buffer = b"", ctypes.create_string_buffer(65536)
        while (count := read(self.ssl, buffer, 65536)) > 0:
            result += buffer.raw[:count]
        ERR_clear_error()
        return result


class Case:
    """One connection."""

    def __init__(self, name, client, server, session=None, after=None):
        lines.clear()
        self.name, self.after, self.wire, self.notes = name, after, [], []
        self.clear = {"client": b"", "server": b""}
        self.client, self.server = Side(client, True), Side(server, False)
        if session:
            set_session(self.client.ssl, session)

    def pump(self):
        """Carries what both have to say until they are silent."""
        silent = 0
        while silent < 2:
            silent = 0
            for sender, receiver in ((self.client, self.server), (self.server, self.client)):
                octets = sender.take()
                if not octets:
                    silent += 1
                    continue
                self.wire.append((sender.name, octets))
                receiver.give(octets)
                if not is_init_finished(receiver.ssl):
                    do_handshake(receiver.ssl)
                self.clear[sender.name] += receiver.read()
                ERR_clear_error()

    def handshake(self):
        do_handshake(self.client.ssl)
        self.pump()
        do_handshake(self.server.ssl)
        self.pump()
        assert is_init_finished(self.client.ssl) and is_init_finished(self.server.ssl), self.name
        return self

    def say(self, side, octets):
        assert write(side.ssl, octets, len(octets)) == len(octets), self.name
        self.pump()

    def dialogue(self):
        self.say(self.server, b"* OK ready\r\n")
        self.say(self.client, b"a LOGIN user pass\r\n")
        self.say(self.server, b"a OK done\r\n")
        return self

    def close(self):
        shutdown(self.client.ssl)
        self.pump()
        shutdown(self.server.ssl)
        self.pump()
        return self

    def note(self, key, value):
        self.notes.append((key, value))
        return self

    def text(self):
        cipher = current_cipher(self.client.ssl)
        out = [f"case {self.name}"]
        if self.after:
            out.append(f"after {self.after}")
        out.append(f"note version {version_of(self.client.ssl):04x}")
        if cipher and is_init_finished(self.client.ssl):
            out.append(f"note suite {cipher_name(cipher).decode()}")
            out.append(f"note resumed {session_reused(self.client.ssl)}")
        out += [f"note {k} {v}" for k, v in self.notes]
        out += [f"key {line}" for line in dict.fromkeys(lines)]
        out += [f"wire {who} {base64.b64encode(octets).decode()}" for who, octets in self.wire]
        out += [f"clear {who} {base64.b64encode(o).decode()}" for who, o in self.clear.items() if o]
        return "\n".join(out) + "\n"


def contexts(where, version, ciphers=None, suites=None, client_options=0, server_options=0, key="ec", groups=None):
    made = []
    for method, options in ((TLS_client_method, client_options), (TLS_server_method, server_options)):
        c = CTX_new(method())
        CTX_ctrl(c, 123, VERSIONS[version], None)
        CTX_ctrl(c, 124, VERSIONS[version], None)
        CTX_options(c, options)
        assert CTX_ciphers(c, ((ciphers or "ALL:eNULL") + ":@SECLEVEL=0").encode())
        if suites:
            assert CTX_suites(c, suites.encode())
        CTX_keylog(c, ctypes.cast(keylog, P))
        CTX_psk_client(c, ctypes.cast(psk_client, P)) if method is TLS_client_method and ciphers and "PSK" in ciphers else None
        made.append(c)
    client, server = made
    if ciphers and "PSK" in ciphers:
        CTX_psk_server(server, ctypes.cast(psk_server, P))
    CTX_ctrl(server, 118, 1, None)  # Diffie-Hellman parameters of its own
    CTX_context(server, b"imapscope", 9)
    if groups:
        assert CTX_ctrl(server, 92, 0, ctypes.cast(ctypes.c_char_p(groups), P))
    assert CTX_chain(server, f"{where}/{key}.crt".encode()), key
    assert CTX_key(server, f"{where}/{key}.key".encode(), 1)
    return client, server


def certificates(where, fixed):
    def run(*words):
        subprocess.run(["openssl", *words], check=True, capture_output=True)

    if not os.path.exists(fixed):
        run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024", "-out", fixed)
    run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{where}/ec.key")
    run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{where}/person.key")
    run("dsaparam", "-genkey", "-out", f"{where}/dsa.key", "1024")
    run("rsa", "-in", fixed, "-out", f"{where}/rsa.key")
    for name, subject in (("ec", "imap.example.org"), ("rsa", "imap.example.org"), ("dsa", "imap.example.org"), ("person", "a person")):
        run("req", "-x509", "-key", f"{where}/{name}.key", "-out", f"{where}/{name}.crt", "-days", "3650",
            "-subj", f"/CN={subject}", "-sha256", *(["-addext", "subjectAltName=DNS:imap.example.org"] if name == "ec" else []))


def all_suites(where):
    """Every suite that this OpenSSL speaks, in the versions in which it makes a difference."""
    groups = {name: [] for name in VERSIONS}
    for suite in ("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
                  "TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256"):
        c, s = contexts(where, "tls13", suites=suite)
        groups["tls13"].append(Case(f"tls13 {suite}", c, s).handshake().dialogue().close())
        yield groups["tls13"][-1]
    for version in ("tls12", "tls11", "tls10"):
        c, _ = contexts(where, version)
        stack = get1_ciphers(new(c))
        names = [short_name(stack_value(stack, i)).decode() for i in range(stack_count(stack))]
        for name in names:
            if version != "tls12" and not (name.startswith(("ECDHE-RSA-", "DHE-RSA-")) or name.count("-") <= 1):
                continue
            key = "ec" if "ECDSA" in name else "dsa" if "DSS" in name else "rsa"
            c, s = contexts(where, version, name, key=key)
            # PSK suites are offered only by who has a callback for them; SRP needs a verifier and tells nothing new.
            if "SRP" in name:
                continue
            try:
                yield Case(f"{version} {name}", c, s).handshake().dialogue().close()
            except AssertionError as problem:
                print("not spoken:", problem, file=sys.stderr)
    for name in ("PSK-AES128-CBC-SHA256", "DHE-PSK-AES128-GCM-SHA256", "ECDHE-PSK-CHACHA20-POLY1305",
                 "RSA-PSK-AES256-CBC-SHA384"):
        c, s = contexts(where, "tls12", name, key="rsa")
        yield Case(f"tls12 {name}", c, s).handshake().dialogue().close()


def features(where):
    for version, name in (("tls10", "AES128-SHA"), ("tls11", "AES256-SHA"), ("tls12", "AES128-SHA"), ("tls12", "AES256-SHA256"),
                          ("tls12", "ECDHE-RSA-AES256-SHA384"), ("tls12", "CAMELLIA128-SHA256"), ("tls10", "CAMELLIA256-SHA")):
        c, s = contexts(where, version, name, key="rsa", server_options=NO_ETM)
        yield Case(f"{version} {name} MAC-then-encrypt", c, s).handshake().dialogue().close()
    for version, name in (("tls10", "AES128-SHA"), ("tls12", "ECDHE-ECDSA-AES128-GCM-SHA256"), ("tls12", "AES256-GCM-SHA384")):
        c, s = contexts(where, version, name, key="ec" if "ECDSA" in name else "rsa", server_options=NO_EMS)
        yield Case(f"{version} {name} without extended master secret", c, s).handshake().dialogue().close()

    for version, options, what in (("tls12", NO_TICKET, "session id"), ("tls12", 0, "ticket"), ("tls10", 0, "ticket"),
                                   ("tls13", 0, "PSK")):
        c, s = contexts(where, version, client_options=options, server_options=options)
        first = Case(f"{version} first for {what}", c, s).handshake().dialogue()
        session = get1_session(first.client.ssl)
        yield first.close()
        second = Case(f"{version} resumed by {what}", c, s, session, first.name).handshake().dialogue()
        yield second.close()

    # Early data, taken and refused.
    for taken in (True, False):
        c, s = contexts(where, "tls13")
        CTX_early(s, 16384)
        first = Case(f"tls13 first for early data {'taken' if taken else 'refused'}", c, s).handshake().dialogue()
        session = get1_session(first.client.ssl)
        yield first.close()
        if not taken:
            _, s = contexts(where, "tls13")
            CTX_early(s, 0)
        case = Case(f"tls13 early data {'taken' if taken else 'refused'}", c, s, session, first.name if taken else None)
        done = ctypes.c_size_t()
        early = b"a NOOP\r\n"
        assert write_early(case.client.ssl, early, len(early), ctypes.byref(done)) == 1
        octets = case.client.take()
        case.wire.append(("client", octets))
        case.server.give(octets)
        if taken:
            buffer = ctypes.create_string_buffer(64)
            assert read_early(case.server.ssl, buffer, 64, ctypes.byref(done)) == 1
            case.clear["client"] += buffer.raw[:done.value]
            read_early(case.server.ssl, buffer, 64, ctypes.byref(done))
        case.handshake().dialogue().note("early", "accepted" if taken else "rejected")
        assert early_status(case.client.ssl) == (2 if taken else 1)
        yield case.close()

    c, s = contexts(where, "tls13", groups=b"P-384")
    yield Case("tls13 HelloRetryRequest", c, s).handshake().dialogue().note("retry", 1).close()

    c, s = contexts(where, "tls13")
    case = Case("tls13 KeyUpdate", c, s).handshake().dialogue()
    for side, asks in ((case.client, 0), (case.server, 1), (case.client, 1)):
        assert key_update(side.ssl, asks)
        do_handshake(side.ssl)
        case.pump()
        case.dialogue()
    yield case.note("updates", 5).close()

    c, s = contexts(where, "tls12", "ECDHE-ECDSA-AES128-GCM-SHA256", server_options=CLIENT_RENEGOTIATION)
    case = Case("tls12 renegotiation", c, s).handshake().dialogue()
    assert renegotiate(case.client.ssl)
    do_handshake(case.client.ssl)
    case.pump()
    case.dialogue().note("renegotiation", 1)
    yield case.close()
    c, s = contexts(where, "tls10", "ECDHE-ECDSA-AES128-SHA", server_options=CLIENT_RENEGOTIATION)
    case = Case("tls10 renegotiation", c, s).handshake().dialogue()
    assert renegotiate(case.client.ssl)
    do_handshake(case.client.ssl)
    case.pump()
    yield case.dialogue().note("renegotiation", 1).close()

    c, s = contexts(where, "tls13")
    CTX_padding(c, 256)
    CTX_padding(s, 256)
    yield Case("tls13 padding", c, s).handshake().dialogue().close()

    c, s = contexts(where, "tls13", client_options=0)
    CTX_ctrl(s, 52, 512, None)
    CTX_ctrl(c, 52, 512, None)
    CTX_chain(s, f"{where}/chain.crt".encode())
    CTX_key(s, f"{where}/ec.key".encode(), 1)
    yield Case("tls13 fragmented handshake", c, s).handshake().dialogue().note("certificates", 3).close()
    c, s = contexts(where, "tls12", "ECDHE-ECDSA-AES128-GCM-SHA256")
    CTX_ctrl(s, 52, 512, None)
    CTX_chain(s, f"{where}/chain.crt".encode())
    CTX_key(s, f"{where}/ec.key".encode(), 1)
    yield Case("tls12 fragmented handshake", c, s).handshake().dialogue().note("certificates", 3).close()

    for version in ("tls12", "tls13"):
        c, s = contexts(where, version)
        CTX_verify(s, 1, ctypes.cast(accept_any, P))
        CTX_chain(c, f"{where}/person.crt".encode())
        CTX_key(c, f"{where}/person.key".encode(), 1)
        yield Case(f"{version} client certificate", c, s).handshake().dialogue().note("person", "CN=a person").close()
    c, s = contexts(where, "tls13")
    CTX_chain(c, f"{where}/person.crt".encode())
    CTX_key(c, f"{where}/person.key".encode(), 1)
    CTX_pha(c, 1)
    case = Case("tls13 client certificate after the handshake", c, s).handshake().dialogue()
    set_verify(case.server.ssl, 1, ctypes.cast(accept_any, P))
    assert verify_post(case.server.ssl)
    do_handshake(case.server.ssl)
    case.pump()
    yield case.dialogue().note("person", "CN=a person").close()

    for version in ("tls12", "tls13"):
        c, s = contexts(where, version)
        CTX_alpn(c, b"\x04imap", 5)
        CTX_alpn_select(s, ctypes.cast(choose_protocol, P), None)
        case = Case(f"{version} names", c, s)
        ctrl(case.client.ssl, 55, 0, ctypes.cast(ctypes.c_char_p(b"imap.example.org"), P))
        yield case.handshake().dialogue().note("alpn", "imap").note("name", "imap.example.org").close()

    # The client knows nobody who signed the certificate.
    for version in ("tls12", "tls13"):
        c, s = contexts(where, version)
        CTX_verify(c, 1, None)
        case = Case(f"{version} unknown authority", c, s)
        try:
            case.handshake()
        except AssertionError:
            pass
        case.notes.append(("alert", "unknown_ca"))
        yield case


def long_streams(where):
    """Enough records to lose some."""
    for version, name, suite, options in (("tls13", None, "TLS_AES_128_GCM_SHA256", 0),
                                          ("tls13", None, "TLS_CHACHA20_POLY1305_SHA256", 0),
                                          ("tls12", "ECDHE-ECDSA-AES256-GCM-SHA384", None, 0),
                                          ("tls12", "ECDHE-ECDSA-CHACHA20-POLY1305", None, 0),
                                          ("tls12", "ECDHE-ECDSA-AES128-SHA256", None, 0),
                                          ("tls12", "ECDHE-ECDSA-AES128-SHA256", None, NO_ETM),
                                          ("tls10", "ECDHE-ECDSA-AES128-SHA", None, 0),
                                          ("tls10", "ECDHE-ECDSA-AES128-SHA", None, NO_ETM)):
        c, s = contexts(where, version, name, suite, server_options=options)
        case = Case(f"{version} {name or suite}{' MAC-then-encrypt' if options else ''}", c, s).handshake()
        for number in range(12):
            case.say(case.server, b"* %d FETCH (BODY[] {400}\r\n" % number + b"%05d " % number * 66 + b"last)\r\n")
            case.say(case.client, b"a%d NOOP\r\n" % number)
        yield case.close()


def main():
    directory = sys.argv[1]
    where = os.path.join(directory, "made")
    os.makedirs(where, exist_ok=True)
    certificates(where, os.path.join(directory, "server-rsa.pem"))
    ec, rsa = (open(f"{where}/{name}.crt").read() for name in ("ec", "rsa"))
    open(f"{where}/chain.crt", "w").write(ec + rsa + rsa)
    for name, cases in (("suites", all_suites), ("features", features), ("long", long_streams)):
        with open(os.path.join(directory, name + ".txt"), "w") as out:
            out.write("\n".join(case.text() for case in cases(where)))
    for name in os.listdir(where):
        os.remove(os.path.join(where, name))
    os.rmdir(where)


main()
