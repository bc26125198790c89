"""What is no TLS where TLS should be, and the other way round."""
import re
import socket

from cases import case, check, contains, equal
from garbage import garbage_of
from imap_client import eventually
from proxy import Proxy, url
from scripted_server import ScriptedServer, accept_everything
from tls_proxy import IMPLICIT, SecureClient, check_alive, client_hello, ended, findings, start, trusting

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
def a_STARTTLS_among_garbage_is_answered_where_it_is_a_command_and_only_there(context):
    """In a literal or a quoted string it is data. As a command it is imapscope's, and nothing behind it is a command."""
    server = ScriptedServer(accept_everything)
    proxy = start(context, server.address)
    before = (b'q1 ID ("x" "a STARTTLS")\r\n' b"q2 ID (\"x\" {14+}\r\n\r\na STARTTLS\r\n)\r\n" b"\0\xff\x80\r\n" b"q3 STARTTLSX\r\n")
    behind = b"q5 LOGIN joe behind-the-command\r\n" + garbage_of("behind", 400)
    with SecureClient(proxy.address) as client:
        client.greeting()
        client.send(before)
        answers = [client.response() for _ in range(4)]
        equal([answer.split(b" ")[0] for answer in answers], [b"q1", b"q2", b"\0\xff\x80", b"q3"], "the server's answers")
        client.send(b"q4 STARTTLS\r\n" + behind)
        equal(client.response(), b"q4 OK Begin TLS negotiation now", "the answer to STARTTLS")
        client.begin_tls(trusting(context))
        client.command("NOOP", tag="q6")
        client.logout()
    proxy.stop()
    received = bytes(server.peers[0].received)
    check(received.startswith(before + b"q6 NOOP\r\n"), "what the server got", received)
    check("behind-the-command" not in proxy.stdout + proxy.jsonl_path.read_text(), "the password is shown")
    check([f for f in findings(proxy) if "%d octets" % len(behind) in f["text"]], "no finding about the octets thrown away", findings(proxy))


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
