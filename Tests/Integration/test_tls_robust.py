"""TLS under attack and in trouble: what is cut off, what goes on, and that the proxy outlives it."""
import os
import socket
import subprocess
import threading

from cases import case, check, contains, equal
from certificates import Authority
from imap_client import eventually
from proxy import Proxy, url
from renegotiating_client import SUITE, RenegotiatingClient
from scripted_server import ScriptedServer, accept_everything
from tls_proxy import IMPLICIT, STARTTLS, SecureClient, authority, check_alive, client_hello, ended, findings, start, trusting
from tls_server import begin_tls, server_settings


def descriptors(proxy):
    return len(os.listdir("/proc/%d/fd" % proxy.process.pid))


@case()
def whatever_stalls_before_the_login_is_ended_in_time(context):
    """Both legs, every place where a peer can fall silent, all at once."""
    root = Authority(context.folder)
    settings = server_settings(root.issue("server"))

    def silent(peer):
        while True:
            peer.fill()

    def silent_after_OK(peer):
        peer.send(b"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n")
        peer.send(peer.line().split(b" ")[0] + b" OK begin\r\n")
        silent(peer)

    def silent_after_handshake(peer):
        peer.send(b"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n")
        peer.send(peer.line().split(b" ")[0] + b" OK begin\r\n")
        begin_tls(peer, settings)
        silent(peer)
    limits = ["--handshake-timeout", "1", "--login-timeout", "2", "--upstream-ca", root.path]
    behind = {"implicit": (silent, IMPLICIT), "greeting": (silent, STARTTLS), "OK": (silent_after_OK, STARTTLS),
              "handshake": (silent_after_handshake, STARTTLS)}
    proxies = {name: Proxy(context, url(("localhost", ScriptedServer(behaviour).address[1]), scheme), *limits, name=name)
               for name, (behaviour, scheme) in behind.items()}
    good = start(context, ScriptedServer(accept_everything).address, *limits, name="good")
    before = descriptors(good)
    told = {}

    def watch(what, address, octets, secure=False):
        if secure:
            client = SecureClient(address, trusting(context))
            client.greeting()
            told[what] = client.rest()
        else:
            told[what] = ended(address, octets)
    silences = [("server, " + name, proxy.address, b"") for name, proxy in proxies.items()]
    silences += [("client, nothing", good.tls, b""), ("client, half a ClientHello", good.tls, client_hello()[:60]),
                 ("client, a ClientHello", good.tls, client_hello()), ("client, no handshake after STARTTLS", good.address, b"a1 STARTTLS\r\n"),
                 ("client, no login", good.address, b"a1 NOOP\r\n"), ("client, no login under TLS", good.tls, b"", True)]
    watchers = [threading.Thread(target=watch, args=silence, daemon=True) for silence in silences]
    for watcher in watchers:
        watcher.start()
    for watcher, silence in zip(watchers, silences):
        watcher.join(10)
        check(silence[0] in told, "not ended in time: " + silence[0])
    for what, octets in told.items():
        if what.startswith("server"):
            check(octets.startswith(b"* BYE [UNAVAILABLE] "), what + ": no BYE", octets)
        if "no login" in what:
            contains(octets, b"* BYE imapscope: no login within 2 s", what)
    eventually(lambda: descriptors(good) == before, what="the end of all connections in the proxy")
    for proxy in [good, *proxies.values()]:
        proxy.stop()
    for proxy in proxies.values():
        check(findings(proxy, "upstream-timeout") or findings(proxy, "upstream-tls-failed"), "no finding", proxy.stdout)
    equal(len(findings(good, "login-timeout")), 2, "findings about the time until the login")
    equal(len([f for f in findings(good, "client-tls-failed") if "within 1 s" in f["text"]]), 4, "findings about the handshake's time")


@case()
def a_login_in_time_is_not_cut_off(context):
    proxy = start(context, ScriptedServer(accept_everything).address, "--login-timeout", "1")
    with SecureClient(proxy.tls, trusting(context)) as early, SecureClient(proxy.tls, trusting(context)) as late:
        early.greeting(), late.greeting()
        early.login("joe", "secret")
        check(late.rest().startswith(b"* BYE "), "the client without login is still served")      # The second is over.
        equal(early.command("NOOP", tag="z"), [b"z OK done"], "the answer after the time until the login")
        early.logout()


def s_client(proxy, context, *options):
    """openssl s_client with its commands: R asks for renegotiation. Returns the process and what it has printed so far."""
    process = subprocess.Popen(["openssl", "s_client", "-connect", "localhost:%d" % proxy.tls[1], "-servername", "localhost", "-CAfile",
                                authority(context), "-tls1_2", "-msg", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    context.later(process.kill)
    printed = bytearray()

    def read():
        while True:
            octets = process.stdout.read1(65536)
            if not octets:
                return
            printed.extend(octets)
    threading.Thread(target=read, daemon=True).start()
    return process, printed


@case()
def renegotiation_is_refused(context):
    proxy = start(context, ScriptedServer(accept_everything).address)
    process, printed = s_client(proxy, context)
    eventually(lambda: b"scripted server ready" in printed, what="the greeting")
    process.stdin.write(b"R\n")
    process.stdin.flush()
    eventually(lambda: b"no_renegotiation" in printed, what="the alert no_renegotiation")
    process.wait(10)            # OpenSSL's client gives up; others go on.
    check_alive(proxy)
    proxy.stop()
    equal(len(findings(proxy, "tls-renegotiation")), 1, "findings")


@case()
def a_client_that_goes_on_asking_for_renegotiation_is_cut_off(context):
    proxy = start(context, ScriptedServer(accept_everything).address, "--tls-ciphers", SUITE + ":@SECLEVEL=0")
    refusals = RenegotiatingClient(proxy.tls, trusting(context), context.file("keys.txt")).flood(20_000)
    # However many requests one read brings.
    check(1 <= refusals <= 5, "%d requests were answered" % refusals)
    check_alive(proxy)
    proxy.stop()
    check([f for f in findings(proxy) if "renegotiation" in f["text"]], "no finding", proxy.stdout)


@case()
def many_ClientHellos_that_are_never_finished(context):
    proxy = start(context, ScriptedServer(accept_everything).address, "--handshake-timeout", "2")
    short_session = SecureClient(proxy.tls, trusting(context))      # The first handshake makes what is kept for ever.
    short_session.greeting()
    short_session.logout()
    eventually(lambda: [e for e in proxy.events("session_end")], what="the end of the first session")
    before, memory = descriptors(proxy), resident(proxy)
    hello = client_hello()
    flood = [socket.create_connection(proxy.tls) for _ in range(1000)]
    for number, connection in enumerate(flood):
        connection.sendall(hello[:len(hello) - number % 3 * 50])
    with SecureClient(proxy.tls, trusting(context)) as client:       # In the middle of it.
        client.greeting()
        client.logout()
    grown = resident(proxy) - memory
    check(grown < 150, "%d MiB for 1000 handshakes" % grown)
    for connection in flood:
        connection.settimeout(20)
        while connection.recv(65536):
            pass
        connection.close()
    eventually(lambda: descriptors(proxy) == before, what="the end of all connections")
    check_alive(proxy)
    proxy.stop()
    equal(len([f for f in findings(proxy, "client-tls-failed") if "within 2 s" in f["text"]]), 1000, "findings")


def resident(proxy):
    """MiB that the process has now."""
    with open("/proc/%d/status" % proxy.process.pid) as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


@case()
def a_thousand_idle_TLS_connections(context):
    proxy = start(context, ScriptedServer(accept_everything).address, "--format", "none", jsonl=False)
    trust, idle = trusting(context), []
    for _ in range(1000):
        client = SecureClient(proxy.tls, trust)
        client.greeting()
        idle.append(client)
    memory = resident(proxy)
    check(memory < 200, "%d MiB for 1000 idle connections" % memory)
    for client in idle:
        client.send(b"a NOOP\r\n")
    for client in idle:
        equal(client.response(), b"a OK done", "the answer after the pause")
        client.close()
    check_alive(proxy)
