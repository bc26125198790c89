"""What is no TLS where TLS should be, and the other way round."""
import re
import socket

from cases import case, check, contains, equal
from garbage import garbage_of
from imap_client import eventually
from proxy import Proxy, url
from scripted_server import ScriptedServer, accept_everything
from tls_proxy import IMPLICIT, check_alive, client_hello, ended, findings, start

@case()
def garbage_on_either_leg_gives_a_clear_line_and_ends_the_other_leg(context):
    kinds = [b"\x16\x03\x01\xff\xff" + b"\0" * 100, b"\x16\x03\x01\0\x05\x01\0\0\1\0", b"GET / HTTP/1.0\r\n\r\n",
             b"a1 LOGIN joe secret\r\n", b"\x80\x2e\x01\x03\x01", garbage_of(1, 5000), b"\x15\x03\x01\0\2\2\x28"]
    seen = []

    def watch(peer):
        peer.send(b"* OK ready\r\n")
        try:
            while True:
                peer.fill()
        except (EOFError, OSError):         # RST where the greeting was not read.
            seen.append(bytes(peer.received))
    proxy = start(context, ScriptedServer(watch).address, name="client-leg")
    for kind in kinds:
        check(b"OK" not in ended(proxy.tls, kind), "an answer to garbage", kind)
    eventually(lambda: len(seen) == len(kinds), what="the end of the other legs")
    check(not any(seen), "garbage of a client reached the server", seen)
    check_alive(proxy)
    proxy.stop()
    equal(len(findings(proxy, "client-tls-failed")), len(kinds), "findings about the client leg")

    def behaviour(peer):
        peer.fill()             # The ClientHello.
        peer.send(kinds[server.peers.index(peer)])
        while True:
            peer.fill()
    server = ScriptedServer(behaviour)
    proxy = Proxy(context, url(("localhost", server.address[1]), IMPLICIT), "--handshake-timeout", "1")
    for kind in kinds:
        told = ended(proxy.address)
        check(re.fullmatch(rb"\* BYE \[UNAVAILABLE\] [^\r\n]+\r\n", told), "not one BYE", kind, told)
    proxy.stop()
    equal(len([f for f in findings(proxy) if f["id"].startswith("upstream-")]), len(kinds), "findings about the upstream leg")


@case()
def cleartext_on_the_TLS_port_and_TLS_on_the_cleartext_port(context):
    proxy = start(context, ScriptedServer(accept_everything).address)
    told = ended(proxy.tls, b"a1 LOGIN joe secret-on-the-wrong-port\r\n")
    check(b"* OK" not in told, "a cleartext client is greeted on the TLS port", told)
    with socket.create_connection(proxy.address) as raw:
        raw.settimeout(20)
        raw.sendall(client_hello())
        raw.shutdown(socket.SHUT_WR)
        while raw.recv(65536):
            pass
    check_alive(proxy)
    proxy.stop()
    said = {f["session"]: f for f in findings(proxy) if f["severity"] != "info"}
    contains(said[1]["text"], "does not speak TLS where it should", "the finding about the TLS port")
    check("TLS" in said[2]["text"] and said[2]["direction"] == "client", "the finding about the cleartext port", said[2])
    check("secret-on-the-wrong-port" not in proxy.stdout + proxy.jsonl_path.read_text(), "the password is shown")
