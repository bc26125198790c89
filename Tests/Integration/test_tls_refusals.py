"""Never less secure than asked, on real sockets: what a server may do to a mandatory STARTTLS, and a client to ours."""
import re
import ssl

from cases import case, check, contains, equal
from certificates import Authority
from imap_client import Client
from proxy import Proxy, url
from scripted_server import ScriptedServer, accept_everything
from tls_proxy import (IMPLICIT, PASSWORD, STARTTLS, SecureClient, check_alive, findings, start, tls_events, trusting)
from tls_server import SecureServer, begin_tls, server_settings

GREETING = b"* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready\r\n"


def tag_of(line):
    return line.split(b" ")[0]


def answering(answer, greeting=GREETING):
    """A server whose answer to STARTTLS is `answer` behind the tag, or before it with {}; then it reads on."""
    def behaviour(peer):
        peer.send(greeting)
        tag = tag_of(peer.line())
        peer.send(answer.replace(b"{}", tag) if b"{}" in answer else tag + b" " + answer)
        while True:
            peer.fill()
    return behaviour


def silent_after(greeting):
    def behaviour(peer):
        peer.send(greeting)
        while True:
            peer.fill()
    return behaviour


#: What the server does: its behaviour, and the finding.
REFUSED = {
    "BAD": (answering(b"BAD what\r\n"), "upstream-starttls-refused"),
    "NO": (answering(b"NO [UNAVAILABLE] later\r\n"), "upstream-starttls-refused"),
    "another tag": (answering(b"zz OK begin\r\n{} OK begin\r\n"), "upstream-starttls-invalid"),
    "a continuation": (answering(b"+ go on\r\n{} OK begin\r\n"), "upstream-starttls-invalid"),
    "garbage": (answering(b"\0\xff\x16 {} garbage\r\n"), "upstream-starttls-invalid"),
    "PREAUTH": (silent_after(b"* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] logged in as joe\r\n"), "upstream-starttls-preauth"),
    "BYE": (silent_after(b"* BYE too busy\r\n"), "upstream-bye"),
    "a greeting of another protocol": (silent_after(b"220 mail.example.org ESMTP\r\n"), "upstream-greeting-invalid"),
    "an OK before STARTTLS was sent": (silent_after(GREETING + b"imapscope1 OK begin\r\n"), "upstream-starttls-invalid"),
    "an untagged response behind the OK": (answering(b"OK begin\r\n* PREAUTH surprise\r\n"), "upstream-starttls-injected"),
    "one octet behind the OK": (answering(b"OK begin\r\n*"), "upstream-starttls-injected"),
    "half a TLS record behind the OK": (answering(b"OK begin\r\n\x16\x03\x03"), "upstream-starttls-injected"),
    "a capability list behind the OK, in the same segment as half a command": (
        answering(b"OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n* O"), "upstream-starttls-injected"),
}


@case()
def nothing_but_a_clean_OK_leads_past_a_mandatory_STARTTLS(context):
    behaviours = [behaviour for behaviour, _ in REFUSED.values()]
    server = ScriptedServer(lambda peer: behaviours[server.peers.index(peer)](peer))
    proxy = Proxy(context, url(server.address, STARTTLS))
    for what in REFUSED:
        with Client(proxy.address) as client:
            client.send(b"a1 LOGIN joe %s\r\n" % PASSWORD.encode())
            told = client.rest()
        check(re.fullmatch(rb"\* BYE \[UNAVAILABLE\] [^\r\n]+\r\n", told), what + ": not one BYE [UNAVAILABLE]", told)
        for words in (b"surprise", b"AUTH=PLAIN", b"logged in as joe"):
            check(words not in told, what + ": words of the server reached the client", told)
    proxy.stop()
    check(not any(PASSWORD.encode() in peer.received for peer in server.peers), "the password went out in cleartext")
    for number, (what, (_, finding)) in enumerate(REFUSED.items(), 1):
        serious = [f["id"] for f in findings(proxy) if f["severity"] in ("high", "critical") and f["session"] == number]
        check(finding in serious, "%s: %s is not among the findings" % (what, finding), serious, proxy.stdout)


@case()
def octets_that_come_while_the_ServerHello_is_awaited_are_not_used(context):
    """Injected in a segment of their own, after the ClientHello: nothing in the cleartext stream gives them away."""
    def behaviour(peer):
        peer.send(GREETING)
        peer.send(tag_of(peer.line()) + b" OK begin\r\n")
        while not peer.buffer:
            peer.fill()         # The ClientHello.
        peer.send(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n")
        while True:
            peer.fill()
    server = ScriptedServer(behaviour)
    proxy = Proxy(context, url(server.address, STARTTLS))
    with Client(proxy.address) as client:
        told = client.rest()
    proxy.stop()
    check(told.startswith(b"* BYE [UNAVAILABLE] ") and b"AUTH=PLAIN" not in told, "what the client is told", told)
    equal([f["id"] for f in findings(proxy)], ["upstream-starttls-injected"], "findings")


@case()
def before_an_upstream_by_STARTTLS_the_client_sees_one_greeting_with_the_list_after_TLS(context):
    root, heard = Authority(context.folder), []
    settings = server_settings(root.issue("server"))

    def behaviour(peer):
        peer.send(b"* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] before TLS\r\n")
        line = peer.line()
        heard.append(line)
        peer.send(tag_of(line) + b" OK begin\r\n")
        begin_tls(peer, settings)
        line = peer.line()
        heard.append(line)
        peer.send(b"* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN\r\n%s OK listed\r\n" % tag_of(line))
        while True:
            line = peer.line()
            heard.append(line)
            peer.send(tag_of(line) + b" OK done\r\n")
    server = ScriptedServer(behaviour)
    proxy = Proxy(context, url(("localhost", server.address[1]), STARTTLS), "--upstream-ca", root.path, "--starttls", "never")
    with Client(proxy.address) as client:
        equal(client.greeting(), b"* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] before TLS", "the greeting")
        equal(client.command("NOOP", tag="c1"), [b"c1 OK done"], "the answer to NOOP")
    proxy.stop()
    equal([line.split(b" ", 1)[1] for line in heard], [b"STARTTLS", b"CAPABILITY", b"NOOP"], "commands at the server")
    check(not heard[0].startswith(b"c") and not heard[1].startswith(b"c"), "tags of imapscope's own", heard)


LISTS = b"* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN AUTH=LOGIN] ready\r\n"


def listing(peer):
    """Shows a capability list in each of the four places."""
    peer.send(LISTS)
    while True:
        line = peer.line()
        tag, verb = line.split(b" ")[:2]
        if verb == b"CAPABILITY":
            peer.send(b"* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN AUTH=LOGIN\r\n")
        if verb == b"NOOP":
            peer.send(b"* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN AUTH=LOGIN] changed\r\n")
        peer.send(tag + (b" OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN AUTH=LOGIN] done\r\n" if verb == b"ID" else b" OK done\r\n"))


def four_places(client):
    """The lists that a client finds, as sets of words."""
    found = []
    for lines in ([client.greeting()], client.command("CAPABILITY"), client.command("NOOP"), client.command("ID NIL")):
        lists = [match.group(1) for line in lines for match in [re.search(rb"CAPABILITY ([^\]\r\n]*)", line)] if match]
        equal(len(lists), 1, "lists in %r" % lines)
        found.append(set(lists[0].decode().split()))
    return found


@case()
def the_four_places_of_a_capability_list_follow_the_policy_on_each_leg(context):
    plain, both = {"IMAP4rev1", "IDLE"}, {"AUTH=PLAIN", "AUTH=LOGIN"}
    cleartext = ScriptedServer(listing)
    for policy, expected in (("offer", plain | both | {"STARTTLS"}), ("require", plain | {"STARTTLS", "LOGINDISABLED"}), ("never", plain | both)):
        proxy = start(context, cleartext.address, "--starttls", policy, name=policy)
        with Client(proxy.address) as client:
            equal(four_places(client), [expected] * 4, "lists in cleartext with --starttls %s" % policy)
            if policy == "require":
                for login in ("LOGIN joe secret", "AUTHENTICATE PLAIN AGpvZQBzZWNyZXQ=", "AUTHENTICATE PLAIN"):
                    contains(client.command(login, status=b"NO")[-1], b"[PRIVACYREQUIRED]", "the answer to " + login)
            answer = client.command("STARTTLS", status=None, tag="s")[-1]
            equal(answer.startswith(b"s OK"), policy != "never", "whether STARTTLS is done with --starttls %s" % policy)
            if policy != "never":
                client.socket = trusting(context).wrap_socket(client.socket, server_hostname="localhost")
                equal([set(line.decode().split()[2:]) for line in client.command("CAPABILITY")[:-1]], [plain | both], "the list under TLS")
        with SecureClient(proxy.tls, trusting(context)) as client:
            equal(four_places(client), [plain | both] * 4, "lists under implicit TLS with --starttls %s" % policy)
        proxy.stop()
        if policy != "never":
            check([e for e in proxy.events("edit") if "STARTTLS" in e["after"] and "STARTTLS" not in e["before"]], "no edit is shown")


@case()
def a_STARTTLS_and_a_LOGINDISABLED_of_the_server_do_not_mislead_the_client(context):
    root = Authority(context.folder)

    def behaviour(peer):
        peer.send(b"* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n")
        while True:
            peer.send(tag_of(peer.line()) + b" OK done\r\n")
    server = SecureServer(server_settings(root.issue("server")), behaviour)
    proxy = start(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path)
    with SecureClient(proxy.tls, trusting(context)) as client:
        equal(client.greeting(), b"* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready", "the greeting under TLS")
    with Client(proxy.address) as client:
        equal(set(client.greeting()[16:].split(b"]")[0].split()), {b"IMAP4rev1", b"STARTTLS", b"LOGINDISABLED"}, "the list in cleartext")


@case()
def what_a_client_pipelines_behind_STARTTLS_is_thrown_away(context):
    server = ScriptedServer(accept_everything)
    proxy = start(context, server.address, "--starttls", "offer")
    with SecureClient(proxy.address) as client:
        client.greeting()
        client.send(b"a1 STARTTLS\r\na2 LOGIN joe injected-secret\r\na3 NOOP\r\n")
        check(client.response().startswith(b"a1 OK"), "STARTTLS is refused")
        client.begin_tls(trusting(context))
        equal(client.command("NOOP", tag="a4")[-1], b"a4 OK done", "the first answer under TLS")
        client.logout()
    proxy.stop()
    got = b"".join(bytes(peer.received) for peer in server.peers)
    check(b"injected-secret" not in got and b"a3" not in got, "pipelined cleartext reached the server", got)
    check([f for f in findings(proxy) if f["leg"] == "client" or f.get("blame") == "client"], "no finding about it", proxy.stdout)


@case()
def a_ClientHello_behind_STARTTLS_in_the_same_segment_begins_the_handshake(context):
    proxy = start(context, ScriptedServer(accept_everything).address, "--starttls", "offer")
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = trusting(context).wrap_bio(incoming, outgoing, server_hostname="localhost")
    with Client(proxy.address) as client:
        client.greeting()
        try:
            tls.do_handshake()
        except ssl.SSLWantReadError:
            pass
        client.send(b"a1 STARTTLS\r\n" + outgoing.read())
        check(client.response().startswith(b"a1 OK"), "STARTTLS is refused")
        incoming.write(bytes(client.received[client.read_to:]))
        while True:
            try:
                tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                client.send(outgoing.read()) if outgoing.pending else None
                incoming.write(client.socket.recv(65536))
        tls.write(b"a2 LOGOUT\r\n")
        client.send(outgoing.read())
        octets = b""
        while b"a2 OK" not in octets:
            try:
                octets += tls.read()
            except ssl.SSLWantReadError:
                incoming.write(client.socket.recv(65536))
    proxy.stop()
    equal(tls_events(proxy, "client")[0]["result"], "established", "the handshake")


@case()
def cleartext_where_the_client_has_promised_TLS_ends_the_connection(context):
    server = ScriptedServer(accept_everything)
    proxy = start(context, server.address, "--starttls", "offer")
    with Client(proxy.address) as client:
        client.greeting()
        client.command("STARTTLS", tag="a1")
        client.send(b"a2 LOGIN joe %s\r\n" % PASSWORD.encode())
        check(b"OK" not in client.rest(), "cleartext was answered after STARTTLS")
    check(all(PASSWORD.encode() not in peer.received for peer in server.peers), "the cleartext reached the server")
    check_alive(proxy)
    proxy.stop()
    contains(" ".join(f["text"] for f in findings(proxy)), "does not speak TLS where it should", "the findings")
