"""What goes wrong between two machines, and much of it at once: the octets arrive, the memory stays, the proxy lives."""
import hashlib
import random
import socket
import struct
import threading
import time

from cases import DOVECOT, case, check, contains, equal
from dovecot import free_port
from garbage import garbage_of
from imap_client import Client, eventually
from mailboxes import USERS
from proxy import Chain, Proxy
from scripted_server import ScriptedServer, accept_everything

MEMORY = 64         # MiB: the bound of every one of these sessions, however much passes through.


def reset(client):
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def check_alive(proxy):
    """The proxy still serves a whole session."""
    with Client(proxy.address) as client:
        client.greeting()
        client.command("NOOP")
        client.command("LOGOUT")
        equal(client.rest(), b"", "octets after LOGOUT")


@case()
def an_upstream_that_is_down_is_told_to_the_client_as_BYE(context):
    port = free_port()
    proxy = Proxy(context, ("127.0.0.1", port))
    for _ in range(2):      # The first failure must not be the last word.
        with Client(proxy.address) as client:
            octets = client.rest()
        check(octets.startswith(b"* BYE [UNAVAILABLE] ") and octets.endswith(b"\r\n") and octets.count(b"\r\n") == 1,
              "the client gets one BYE and the end", octets)
    proxy.stop()
    told = proxy.stdout + proxy.stderr
    contains(told, str(port), "the user is told which upstream does not answer")


@case()
def an_upstream_that_comes_back_is_used_again(context):
    port = free_port()
    proxy = Proxy(context, ("127.0.0.1", port))
    with Client(proxy.address) as client:
        contains(client.rest(), b"BYE", "while it is down")
    server = ScriptedServer.__new__(ScriptedServer)
    server.behaviour, server.peers, server.listener = accept_everything, [], socket.socket()
    server.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.listener.bind(("127.0.0.1", port))
    server.listener.listen(8)
    threading.Thread(target=server.accept, daemon=True).start()
    check_alive(proxy)
    proxy.stop()


@case()
def a_server_that_vanishes_inside_a_literal(context):
    cut, arrived = b"* 1 FETCH (BODY[] {1000}\r\n0123456789", threading.Event()

    def behaviour(peer):
        peer.send(b"* OK ready\r\n")
        if peer.line() == b"x NOOP":        # For check_alive's sake the first session differs from the next.
            peer.send(cut)
            arrived.wait(20)                # RST discards what is still in flight.
            peer.reset()
            return
        peer.send(b"t1 OK\r\n")
        peer.line()
        peer.send(b"* BYE\r\nt2 OK\r\n")
    server = ScriptedServer(behaviour)
    proxy = Proxy(context, server.address)
    client = Client(proxy.address)
    client.greeting()
    client.send(b"x NOOP\r\n")
    while not client.received.endswith(cut):
        client.fill()
    arrived.set()
    equal(client.rest(), cut, "what the server sent before it vanished")
    check_alive(proxy)
    proxy.stop()
    equal(len(proxy.events("session_end")), 2, "ended sessions")
    check([m for m in proxy.events("message") if "BODY[] {1000}" in m.get("text", "")], "the unfinished message is in the JSONL file", proxy.events("message"))


@case()
def a_client_that_vanishes_inside_a_literal(context):
    server = ScriptedServer(accept_everything)
    proxy = Proxy(context, server.address)
    client = Client(proxy.address)
    client.greeting()
    client.send(b"a APPEND INBOX {1000}\r\n")
    client.continuation()
    client.send(b"0123456789")
    eventually(lambda: server.peers[0].received.endswith(b"0123456789"), what="the octets' arrival at the server")
    reset(client)
    eventually(lambda: server.peers[0].socket.fileno() < 0, what="the end of the server's connection")
    equal(bytes(server.peers[0].received), b"a APPEND INBOX {1000}\r\n0123456789", "what the server got")
    check_alive(proxy)
    proxy.stop()


def exchange_garbage(context, seeds, size):
    """Both sides send at once and end their streams; each must get the other's octets exactly.

    Behind a login, which PREAUTH is, no STARTTLS in the garbage is imapscope's to answer."""
    from_server = {seed: garbage_of("server %d" % seed, size) for seed in seeds}
    got = {}

    def behaviour(peer):
        peer.send(b"* PREAUTH ready\r\n")
        seed = struct.unpack(">I", peer.exactly(4))[0]
        sender = threading.Thread(target=lambda: (peer.send(from_server[seed]), peer.socket.shutdown(socket.SHUT_WR)))
        sender.start()
        try:
            while True:
                peer.fill()
        except EOFError:
            got[seed] = bytes(peer.received[4:])
        sender.join()
    server = ScriptedServer(behaviour)
    proxy = Proxy(context, server.address)
    for seed in seeds:
        from_client = garbage_of("client %d" % seed, size)
        client = Client(proxy.address)
        client.greeting()

        def send():
            client.send(struct.pack(">I", seed) + from_client)
            client.end_sending()
        sender = threading.Thread(target=send)
        sender.start()
        equal(client.rest(), from_server[seed], "garbage %d from the server" % seed)
        sender.join()
        equal(eventually(lambda: got.get(seed), what="the end of garbage"), from_client, "garbage %d from the client" % seed)
        client.close()
    check(proxy.memory < MEMORY, "the proxy took %.0f MiB" % proxy.memory)
    proxy.stop()
    equal(len(proxy.events("session_end")), len(seeds), "ended sessions")


@case()
def garbage_both_ways_is_relayed_untouched(context):
    exchange_garbage(context, range(60), 4000)


@case()
def a_megabyte_of_garbage_both_ways_is_relayed_untouched(context):
    exchange_garbage(context, range(1000, 1003), 1_000_000)


@case()
def a_TLS_ClientHello_on_the_cleartext_port_is_recognised(context):
    import ssl
    hello = ssl.MemoryBIO()
    try:
        ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), hello, server_hostname="localhost").do_handshake()
    except ssl.SSLWantReadError:
        pass
    octets = hello.read()
    server = ScriptedServer(accept_everything)
    proxy = Proxy(context, server.address)
    with Client(proxy.address) as client:
        client.send(octets)
        client.end_sending()
        client.rest()
    check_alive(proxy)
    proxy.stop()
    told = [event for event in proxy.events("finding", "message") if event["session"] == 1 and
            "TLS" in "%s %s" % (event.get("text", ""), event.get("note", ""))]
    check(told or "TLS" in proxy.stderr, "nobody is told that the client speaks TLS here", proxy.stdout, proxy.stderr)


@case()
def a_client_that_ended_its_stream_still_gets_the_answers(context):
    answer = b"* 1 FETCH (BODY[] {100000}\r\n" + b"x" * 100000 + b")\r\nb OK done\r\n"
    told = threading.Event()

    def behaviour(peer):
        peer.send(b"* OK ready\r\n")
        try:
            while True:
                peer.fill()
        except EOFError:
            told.wait(20)
            peer.send(answer)
    server = ScriptedServer(behaviour)
    proxy = Proxy(context, server.address)
    with Client(proxy.address) as client:
        client.greeting()
        client.send(b"b FETCH 1 BODY[]\r\n")
        client.end_sending()
        # The proxy has dealt with the end of the client's stream when it has written it down.
        eventually(lambda: proxy.events("state"), what="the end of the client's stream in the JSONL file")
        told.set()
        equal(client.rest(), answer, "what comes after the client's FIN")
    equal(bytes(server.peers[0].received), b"b FETCH 1 BODY[]\r\n", "what the server got")
    proxy.stop()


@case()
def a_server_that_ended_its_stream_still_gets_the_client_s_octets(context):
    def behaviour(peer):
        peer.send(b"* BYE see you\r\n")
        peer.socket.shutdown(socket.SHUT_WR)
        while True:
            peer.fill()
    server = ScriptedServer(behaviour)
    proxy = Proxy(context, server.address)
    client = Client(proxy.address)
    equal(client.rest(), b"* BYE see you\r\n", "the server's stream")
    client.send(b"a LOGOUT\r\n")
    eventually(lambda: bytes(server.peers[0].received) == b"a LOGOUT\r\n", what="the arrival of the first command")
    client.send(b"b NOOP\r\n")
    eventually(lambda: bytes(server.peers[0].received) == b"a LOGOUT\r\nb NOOP\r\n", what="the arrival of the client's octets")
    client.close()
    eventually(lambda: server.peers[0].socket.fileno() < 0, what="the end of the server's connection")
    proxy.stop()


@case(timeout=120)
def a_slow_reader_slows_the_server_and_costs_no_memory(context):
    total, chunk = 200 << 20, random.Random(1).randbytes(1 << 20)
    sent = []

    def behaviour(peer):
        peer.send(b"* 1 FETCH (BODY[] {%d}\r\n" % total)
        for _ in range(total // len(chunk)):
            peer.send(chunk)
            sent.append(len(chunk))
        peer.send(b")\r\n")
    server = ScriptedServer(behaviour)
    proxy = Proxy(context, server.address)
    client = Client(proxy.address, receive_buffer=1 << 16, timeout=60)
    eventually(lambda: sent, what="the first megabyte")
    stalled = wait_for_stall(lambda: len(sent))
    check(stalled < 32, "the server could send %d MiB though nobody read" % stalled)
    check(proxy.memory < MEMORY, "the proxy took %.0f MiB" % proxy.memory)
    expected, actual, count = hashlib.sha256(), hashlib.sha256(), 0
    expected.update(b"* 1 FETCH (BODY[] {%d}\r\n" % total)
    for _ in range(total // len(chunk)):
        expected.update(chunk)
    expected.update(b")\r\n")
    while True:
        octets = client.socket.recv(1 << 18)
        if not octets:
            break
        actual.update(octets)
        count += len(octets)
    equal(actual.hexdigest(), expected.hexdigest(), "%d octets" % count)
    check(proxy.memory < MEMORY, "the proxy took %.0f MiB" % proxy.memory)
    proxy.stop()


def wait_for_stall(progress):
    """The value at which `progress` stays for a second."""
    last, since = progress(), time.monotonic()
    while time.monotonic() - since < 1:
        time.sleep(0.05)
        if progress() != last:
            last, since = progress(), time.monotonic()
    return last


@case(timeout=120)
def a_slow_server_slows_the_client_and_costs_no_memory(context):
    release, received = threading.Event(), hashlib.sha256()
    total, chunk = 200 << 20, random.Random(2).randbytes(1 << 20)

    def behaviour(peer):
        peer.send(b"* OK ready\r\n")
        release.wait()
        while True:
            octets = peer.socket.recv(1 << 18)
            if not octets:
                break
            received.update(octets)
        peer.send(b"a OK done\r\n")
    server = ScriptedServer(behaviour, receive_buffer=1 << 16)
    proxy = Proxy(context, server.address)
    client = Client(proxy.address, timeout=90)
    client.greeting()
    sent, expected = [], hashlib.sha256()

    def send():
        for octets in [b"a APPEND INBOX {%d+}\r\n" % total] + [chunk] * (total // len(chunk)) + [b"\r\n"]:
            client.socket.sendall(octets)
            expected.update(octets)
            sent.append(len(octets))
        client.end_sending()
    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    stalled = wait_for_stall(lambda: len(sent))
    check(stalled < 32, "the client could send %d MiB though nobody read" % stalled)
    check(proxy.memory < MEMORY, "the proxy took %.0f MiB" % proxy.memory)
    release.set()
    equal(client.rest(), b"a OK done\r\n", "the answer")
    sender.join()
    equal(received.hexdigest(), expected.hexdigest(), "the octets of the client")
    check(proxy.memory < MEMORY, "the proxy took %.0f MiB" % proxy.memory)
    proxy.stop()


@case()
def an_endless_line_costs_no_memory(context):
    def behaviour(peer):
        peer.send(b"* OK " + b"x" * (100 << 20) + b"\r\n")
    proxy = Proxy(context, ScriptedServer(behaviour).address)
    client, count = Client(proxy.address), 0
    while True:
        octets = client.socket.recv(1 << 18)
        if not octets:
            break
        count += len(octets)
    equal(count, (100 << 20) + 7, "octets")
    check(proxy.memory < MEMORY, "the proxy took %.0f MiB" % proxy.memory)
    proxy.stop()


@case(DOVECOT, timeout=120)
def two_hundred_sessions_at_once(context):
    chain = Chain(context, context.dovecot.bare)
    count, problems = 200, []
    together = threading.Barrier(count)

    def session(number):
        try:
            user = ("alice", "bob")[number % 2]
            client = Client(chain.address, timeout=60)
            client.greeting()
            together.wait(60)
            client.login(user, USERS[user][0])
            client.command("ID (\"name\" \"session %d\")" % number)
            client.command("SELECT INBOX")
            client.command("FETCH 1:3 (FLAGS BODY.PEEK[])")
            client.logout()
        except Exception as problem:
            problems.append("%d: %r" % (number, problem))
    threads = [threading.Thread(target=session, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(not problems, "%d sessions failed" % len(problems), *problems[:5])
    chain.check_transparent(count)
    check(chain.proxy.memory < 2 * MEMORY, "the proxy took %.0f MiB" % chain.proxy.memory)
    chain.proxy.stop()
    sessions = {event["session"] for event in chain.proxy.events()}
    equal(sessions, set(range(1, count + 1)), "numbers of the sessions")
    for number, text in ((event["session"], event["text"]) for event in chain.proxy.events("message") if "session " in event.get("text", "")):
        contains(text, "ID", "message of session %d" % number)


@case(DOVECOT)
def pipelined_commands(context):
    chain = Chain(context, context.dovecot.bare)
    client = Client(chain.address)
    client.greeting()
    client.login("alice", USERS["alice"][0])
    client.send(b"".join(b"p%d NOOP\r\n" % number for number in range(1000)))
    for number in range(1000):
        contains(client.until("p%d" % number)[-1], b" OK ", "answer %d" % number)
    client.logout()
    chain.check_transparent(1)
    chain.proxy.stop()
    answered = [e for e in chain.proxy.events("exchange") if e.get("tag", "").startswith("p")]
    equal([e["tag"] for e in answered], ["p%d" % number for number in range(1000)], "tags of the exchanges")


@case(DOVECOT)
def a_session_one_octet_at_a_time(context):
    chain = Chain(context, context.dovecot.bare)
    client = Client(chain.address)
    client.greeting()
    for octets, end in ((b"a LOGIN alice {28}\r\n", None), (b"correct horse battery staple\r\n", "a"), (b"b SELECT INBOX\r\n", "b"),
                        (b"c APPEND INBOX {14+}\r\nSubject: x\r\n\r\n\r\n", "c"), (b"d LOGOUT\r\n", "d")):
        for octet in octets:
            client.send(bytes([octet]))
        client.until(end) if end else client.continuation()
    equal(client.rest(), b"", "octets after LOGOUT")
    client.close()
    chain.check_transparent(1)
    chain.proxy.stop()
    names = [m.get("name", "").upper() for m in chain.proxy.events("message") if m["direction"] == "client"]
    equal(names, ["LOGIN", "SELECT", "APPEND", "LOGOUT"], "commands in the JSONL file")


@case()
def more_connections_than_allowed_are_refused(context):
    proxy = Proxy(context, ScriptedServer(accept_everything).address, "--max-connections", "2")
    first, second = Client(proxy.address), Client(proxy.address)
    first.greeting()
    second.greeting()
    with Client(proxy.address) as third:
        octets = third.rest()
        check(octets.startswith(b"* BYE ") and octets.endswith(b"\r\n"), "the third connection is refused with BYE", octets)
    first.command("LOGOUT")
    first.close()

    def served():
        with Client(proxy.address) as again:
            return again.greeting().startswith(b"* OK")
    eventually(served, what="a place for the next connection")
    second.command("NOOP")
    second.close()
    proxy.stop()


@case()
def the_order_of_the_ends_is_kept(context):
    """The server ends first, then the client; and the other way round."""
    for first in ("server", "client"):
        def behaviour(peer):
            peer.send(b"* OK ready\r\n")
            if first == "server":
                peer.socket.shutdown(socket.SHUT_WR)
            while True:
                peer.fill()
        chain = Chain(context, ScriptedServer(behaviour).address, name="ends-" + first)
        client = Client(chain.address)
        client.greeting()
        if first == "server":
            equal(client.rest(), b"", "the end of the server's stream")
        client.end_sending()
        chain.check_transparent(1)
        other = "client" if first == "server" else "server"
        equal(chain.server_side.connections[0].ends, [first, other], "ends on the server's leg")
        equal(chain.client_side.connections[0].ends, [first, other], "ends on the client's leg")
        chain.proxy.stop()


@case(timeout=90)
def a_slow_reader_gets_everything_after_both_ends(context):
    """Both streams have ended long before the client has read what the proxy still holds for it."""
    sent = random.Random(7).randbytes(8 << 20)

    def behaviour(peer):
        peer.send(sent)
        peer.socket.shutdown(socket.SHUT_WR)
    proxy = Proxy(context, ScriptedServer(behaviour).address)
    client = Client(proxy.address, receive_buffer=65536)
    client.end_sending()
    got = hashlib.sha256()
    count = 0
    while True:
        octets = client.socket.recv(65536)
        if not octets:
            break
        got.update(octets)
        count += len(octets)
        # Slow for the last three megabytes: more than the proxy holds, longer than it waits for a peer that reads nothing.
        if count > len(sent) - (3 << 20):
            time.sleep(0.2)
    equal(count, len(sent), "octets that came")
    equal(got.hexdigest(), hashlib.sha256(sent).hexdigest(), "the octets that came")
