"""How streams under TLS end: close_notify, half-close, truncation, which passes from leg to leg."""
import socket
import ssl

from cases import case, check, equal
from certificates import Authority
from imap_client import Closed, eventually
from proxy import url
from scripted_server import ScriptedServer
from tls_proxy import IMPLICIT, SecureClient, findings, start, trusting
from tls_server import begin_tls, server_settings

@case()
def the_stream_of_one_side_goes_on_when_the_other_has_said_close_notify(context):
    """RFC 8446 section 6.1: close_notify ends one direction. Python's ssl cannot do that; memory BIOs can."""
    proxy = start(context, ScriptedServer(answer_after_the_end).address)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = trusting(context).wrap_bio(incoming, outgoing, server_hostname="localhost")
    with socket.create_connection(proxy.tls) as raw:
        raw.settimeout(20)

        def exchange(step):
            while True:
                try:
                    return step()
                except ssl.SSLWantReadError:
                    raw.sendall(outgoing.read())
                    octets = raw.recv(65536)
                    check(octets, "the proxy closed the connection")
                    incoming.write(octets)
        exchange(tls.do_handshake)
        greeting = exchange(lambda: tls.read(100))
        check(greeting.startswith(b"* OK"), "no greeting", greeting)
        tls.write(b"a1 NOOP\r\n")
        try:
            tls.unwrap()        # Sends close_notify, and would wait for the peer's.
        except ssl.SSLWantReadError:
            pass
        raw.sendall(outgoing.read())
        octets, ended_cleanly = b"", False
        while not ended_cleanly:
            chunk = raw.recv(65536)
            check(chunk, "the stream ended without close_notify", octets)
            incoming.write(chunk)
            try:
                while True:
                    octets += tls.read(65536)
            except ssl.SSLWantReadError:
                pass
            except (ssl.SSLZeroReturnError, ssl.SSLError):
                ended_cleanly = True
    check(octets.endswith(b"a1 OK at last\r\n") and len(octets) > 1 << 20, "what came after close_notify", len(octets), octets[-100:])


def answer_after_the_end(peer):
    peer.send(b"* OK ready\r\n")
    line = peer.line()
    try:
        while True:
            peer.fill()
    except EOFError:
        peer.send(b"* OK %s\r\n" % (b"x" * 1000) * 1100 + line.split(b" ")[0] + b" OK at last\r\n")


def one_command(settings, says_goodbye, ends):
    """A server that ends its stream after one command or the client's end, with close_notify or without."""
    def behaviour(peer):
        begin_tls(peer, settings)
        peer.send(b"* OK ready\r\n")
        try:
            peer.line()
        except EOFError:
            ends.append("clean")
        except ssl.SSLEOFError:
            ends.append("truncated")
        if says_goodbye:
            peer.socket.unwrap()
    return behaviour


@case()
def truncation_is_told_from_a_proper_end_on_both_legs(context):
    settings = server_settings(Authority(context.folder).issue("server"))
    for server_ends in (True, False):
        for is_clean in (True, False):
            name = "%s-%s" % ("server" if server_ends else "client", "clean" if is_clean else "truncated")
            ends = []
            server = ScriptedServer(one_command(settings, is_clean or not server_ends, ends))
            proxy = start(context, url(("localhost", server.address[1]), IMPLICIT), "--insecure", name=name)
            with SecureClient(proxy.tls, trusting(context)) as client:
                client.greeting()
                if server_ends:
                    client.send(b"a1 NOOP\r\n")
                    if is_clean:
                        check_clean_end(client)
                        client.socket.unwrap()
                    else:
                        check_truncated(client)
                elif is_clean:
                    client.socket.unwrap()
                # Else: closed without a word.
            if not server_ends:
                eventually(lambda: ends, what="the end of the server's stream")
                equal(ends, ["clean" if is_clean else "truncated"], "how the server's stream ended: " + name)
            proxy.stop()
            found = [(f["leg"], f["severity"]) for f in findings(proxy, "tls-truncated")]
            wanted = [] if is_clean else [("upstream" if server_ends else "client", "low")]
            equal(found, wanted, "findings of truncation: " + name)
            equal("without close_notify" in proxy.stdout, not is_clean, "whether the transcript tells of truncation: " + name)


def check_clean_end(client):
    """The server's close_notify became one of ours: an end without it raises SSLEOFError."""
    try:
        client.fill()
        check(False, "octets after the end")
    except (Closed, ssl.SSLZeroReturnError):
        pass


def check_truncated(client):
    """The server's end without close_notify is no proper end for the client either."""
    try:
        client.fill()
        check(False, "octets after the end")
    except ssl.SSLEOFError:
        pass
    except (Closed, ssl.SSLZeroReturnError):
        check(False, "a truncated stream of the server ends with close_notify for the client")
