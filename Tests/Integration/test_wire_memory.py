"""Literals of 100 MB under rules: whole replacement and masking of the same length stream in little memory."""
import hashlib

from cases import case, check, equal
from imap_client import Client
from scripted_server import ScriptedServer
from wire_proxy import check_edited, proxy, rule

SIZE, LIMIT = 100_000_000, 64


def sends_a_hundred_megabytes(peer):
    peer.send(b"* PREAUTH [CAPABILITY IMAP4rev1 LITERAL+] ready\r\n")
    block = bytes(range(256)) * 256
    while True:
        line = peer.line()
        tag, verb = line.split(b" ")[:2]
        if verb == b"FETCH":
            peer.send(b"* 1 FETCH (UID 7 BODY[] {%d}\r\n" % SIZE)
            left = SIZE
            while left:
                peer.send(block[:min(left, len(block))])
                left -= min(left, len(block))
            peer.send(b" FLAGS (\\Seen))\r\n")
        if verb == b"APPEND":
            # How many came, and their digest.
            announced = int(line[line.rindex(b"{") + 1:].rstrip(b"+}"))
            if not line.endswith(b"+}"):
                peer.send(b"+ go on\r\n")
            digest, left = hashlib.sha256(), announced
            while left:
                if not peer.buffer:
                    peer.fill()
                piece = bytes(peer.buffer[:left])
                del peer.buffer[:len(piece)]
                digest.update(piece)
                left -= len(piece)
                peer.received.clear()
            peer.line()
            peer.send(b"* OK %d %s\r\n" % (announced, digest.hexdigest().encode()))
        peer.send(tag + b" OK done\r\n")
        if verb == b"LOGOUT":
            return


def fetched(client):
    """(announced, digest of the literal, what follows it)"""
    client.send(b"x FETCH 1 BODY[]\r\n")
    while b"\r\n" not in client.received[client.read_to:]:
        client.fill()
    octets = bytes(client.received[client.read_to:])
    line, rest = octets.split(b"\r\n", 1)
    announced = int(line[line.rindex(b"{") + 1:-1])
    digest, left = hashlib.sha256(), announced
    while True:
        piece = rest[:left]
        digest.update(piece)
        left -= len(piece)
        rest = rest[len(piece):]
        if not left:
            break
        rest = client.socket.recv(1 << 18)
        check(rest, "the server ended the connection")
    while not rest.endswith(b"done\r\n"):
        rest += client.socket.recv(1 << 16)
    del client.received[:]
    client.read_to = 0
    return announced, digest.hexdigest(), rest


ACTIONS = {
    "fill": ("{literal: {fill: '*'}}", SIZE, lambda: b"*" * SIZE),
    "replace": ("{literal: {replace-with: short}}", 5, lambda: b"short"),
    "truncate": ("{literal: {truncate: 50000000}}", 50_000_000, lambda: (bytes(range(256)) * 195_313)[:50_000_000]),
}


def streams(name, form):
    action, size, content = ACTIONS[name]

    def test(context):
        options = ["--format", "none"] if form == "none" else []
        relay = proxy(context, ScriptedServer(sends_a_hundred_megabytes).address,
                      rule("streams", action, when="response.name == FETCH or request.command == APPEND"), options=options, jsonl=form != "none")
        expected = hashlib.sha256(content()).hexdigest()
        with Client(relay.address, timeout=60) as client:
            client.greeting()
            equal(fetched(client), (size, expected, b" FLAGS (\\Seen))\r\nx OK done\r\n"), "what the client gets")
            client.send(b"y APPEND Trash {%d+}\r\n" % SIZE)
            block = bytes(range(256)) * 256
            for _ in range(SIZE // len(block)):
                client.send(block)
                client.sent.clear()
            client.send(block[:SIZE % len(block)] + b"\r\n")
            told = client.until("y")[0]
            equal(told, b"* OK %d %s" % (size, expected.encode()), "what the server got")
            client.command("LOGOUT")
        memory = relay.memory
        relay.stop()
        print("%.1f MiB at the most" % memory)
        check(memory <= LIMIT, "%.1f MiB of memory" % memory)
        if form != "none":
            check_edited(relay, "streams", 2)
    test.__module__ = __name__
    test.__name__ = "%s_of_a_hundred_megabytes_with_format_%s" % (name, form)
    return test


for action_name in ACTIONS:
    for output in ("none", "text"):
        case(timeout=180)(streams(action_name, output))
