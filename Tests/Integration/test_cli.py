"""The command line as scripts rely on it: exit status, messages, streams, signals, files."""
import json
import os
import pty
import re
import signal
import socket
import stat
import subprocess
import time

from cases import IMAPSCOPE, case, check, contains, equal
from dovecot import free_port
from imap_client import Client, eventually
from proxy import Proxy, is_listening, read_events, url
from scripted_server import ScriptedServer, accept_everything

OCTETS = b"* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n* 3 EXISTS\r\na OK done\r\n"
ESCAPE = b"\x1b["


def imapscope(*arguments, octets=b"", environment=None, **more):
    variables = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "CLICOLOR_FORCE")}
    variables.update(environment or {})
    return subprocess.run([IMAPSCOPE, *map(str, arguments)], input=octets, capture_output=True, timeout=30, env=variables, **more)


def refused(status, *arguments, mentions=()):
    result = imapscope(*arguments)
    shown = result.stderr.decode("utf-8")
    equal(result.returncode, status, "exit status of %s (%r)" % (" ".join(map(str, arguments)), shown[:300]))
    equal(result.stdout, b"", "stdout of a refused command")
    for part in mentions:
        contains(shown, part, "the message")
    return shown


def session(address):
    with Client(address) as client:
        client.greeting()
        client.command("NOOP")
        client.command("LOGOUT")
        client.rest()


@case()
def usage_errors_end_with_64(context):
    refused(64, "--nonsense", mentions=["--nonsense"])
    refused(64, "nonsense")
    refused(64, "proxy", "--nonsense", "-u", "imap://127.0.0.1", mentions=["--nonsense"])
    refused(64, "proxy", mentions=["--upstream"])
    refused(64, "proxy", "-u", "imap://127.0.0.1", "--detail", "5", mentions=["detail"])
    refused(64, "proxy", "-u", "imap://127.0.0.1", "--format", "xml", mentions=["text", "jsonl"])
    refused(64, "proxy", "-u", "imap://127.0.0.1", "--color", "maybe", mentions=["always"])
    refused(64, "proxy", "-u", "imap://127.0.0.1", "--on-slow-output", "wait", mentions=["pause", "drop"])
    refused(64, "proxy", "-u", "imap://127.0.0.1", "--max-connections", "0")
    refused(64, "parse", mentions=["--from"])
    refused(64, "parse", "--from", "nobody", mentions=["client", "server"])


@case()
def a_bad_URL_ends_with_64_and_an_example(context):
    for bad in ("http://127.0.0.1", "127.0.0.1:143", "imap://127.0.0.1:99999", "imap://127.0.0.1:0", "imap://127.0.0.1:x",
                "imap://127.0.0.1/INBOX", "imap://[::1"):
        refused(64, "proxy", "-u", bad, mentions=["imap://"])
        if not bad.endswith(":0"):      # A listener on port 0 takes any free port.
            refused(64, "proxy", "-u", "imap://127.0.0.1", "-l", bad, mentions=["imap://"])


@case()
def a_password_in_a_URL_is_refused_and_not_repeated(context):
    shown = refused(64, "proxy", "-u", "imap://bob:Tr0ub4dor@127.0.0.1:143", mentions=["password"])
    check("Tr0ub4dor" not in shown, "the message repeats the password")


@case()
def a_port_in_use_ends_with_69(context):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused(69, "proxy", "-l", "imap://127.0.0.1:%d" % port, "-u", "imap://127.0.0.1:1", mentions=[str(port), "in use"])


@case()
def an_unreadable_input_ends_with_66(context):
    refused(66, "parse", "--from", "server", context.file("missing"), mentions=["missing"])
    refused(66, "parse", "--from", "server", context.folder, mentions=[str(context.folder)])


@case()
def an_output_that_cannot_be_created_ends_with_73(context):
    target = context.file("no-folder") / "out.jsonl"
    refused(73, "proxy", "-l", "imap://127.0.0.1:%d" % free_port(), "-u", "imap://127.0.0.1:1", "--jsonl", target, mentions=[str(target)])


@case()
def an_output_follows_no_symbolic_link(context):
    victim, link = context.file("victim", "precious"), context.file("link.jsonl")
    link.symlink_to(victim)
    refused(73, "proxy", "-l", "imap://127.0.0.1:%d" % free_port(), "-u", "imap://127.0.0.1:1", "--jsonl", link, mentions=["link"])
    equal(victim.read_text(), "precious", "the file behind the link")


@case()
def an_output_file_is_private(context):
    old = os.umask(0)
    try:
        proxy = Proxy(context, ScriptedServer(accept_everything).address)
    finally:
        os.umask(old)
    session(proxy.address)
    proxy.stop()
    equal(stat.S_IMODE(proxy.jsonl_path.stat().st_mode), 0o600, "mode of the JSONL file")


@case()
def a_full_disk_ends_parse_with_74(context):
    with open("/dev/full", "wb") as full:
        result = subprocess.run([IMAPSCOPE, "parse", "--from", "server"], input=OCTETS * 10000, stdout=full, stderr=subprocess.PIPE, timeout=30)
    equal(result.returncode, 74, "exit status (%r)" % result.stderr)
    check(result.stderr, "a message on stderr")


@case()
def version_is_told_at_once(context):
    times = []
    for _ in range(7):
        began = time.monotonic()
        result = imapscope("--version")
        times.append(time.monotonic() - began)
        equal((result.returncode, result.stderr), (0, b""), "--version")
        check(re.search(rb"\d+\.\d+", result.stdout), "a version number", result.stdout)
    check(min(times) < 0.05, "--version took %.0f ms at best" % (min(times) * 1000))


@case()
def help_names_every_command_and_option(context):
    result = imapscope("--help")
    equal((result.returncode, result.stderr), (0, b""), "--help")
    for command in ("proxy", "parse", "demo"):
        contains(result.stdout.decode(), command, "--help")
        equal(imapscope(command, "--help").returncode, 0, "%s --help" % command)
    shown = imapscope("proxy", "--help").stdout.decode()
    for option in ("--listen", "--upstream", "--starttls", "--cert", "--key", "--allow-bad-cert", "--upstream-ca", "--insecure", "--tls-min", "--tls-ciphers", "--keylog-out", "--passwords", "--format", "--detail", "--color", "--jsonl", "--reveal-secrets",
                   "--on-slow-output", "--max-connections", "--print-config", "-q", "-v"):
        contains(shown, option, "proxy --help")


@case()
def demo_needs_no_server_and_ends_by_itself(context):
    began = time.monotonic()
    result = imapscope("demo")
    equal(result.returncode, 0, "exit status of demo (%r)" % result.stderr)
    check(time.monotonic() - began < 15, "demo took %.1f s" % (time.monotonic() - began))
    text = result.stdout.decode("utf-8")
    for part in (" C: ", " S: ", "masked"):
        contains(text, part, "the transcript of demo")


@case()
def colour_follows_option_then_environment_then_terminal(context):
    file = context.file("octets", OCTETS)
    plain = ["parse", "--from", "server", "--format", "text", file]
    check(ESCAPE not in imapscope(*plain).stdout, "colour in a pipe")
    check(ESCAPE in imapscope(*plain, environment={"CLICOLOR_FORCE": "1"}).stdout, "no colour with CLICOLOR_FORCE")
    check(ESCAPE in imapscope(*plain, "--color", "always").stdout, "no colour with --color always")
    check(ESCAPE in imapscope(*plain, "--color", "always", environment={"NO_COLOR": "1"}).stdout, "the option is stronger than NO_COLOR")
    check(ESCAPE not in imapscope(*plain, "--color", "never", environment={"CLICOLOR_FORCE": "1"}).stdout, "the option is stronger than CLICOLOR_FORCE")
    check(ESCAPE in on_terminal(plain, {}), "no colour on a terminal")
    check(ESCAPE not in on_terminal(plain, {"NO_COLOR": "1"}), "colour on a terminal in spite of NO_COLOR")
    check(ESCAPE in on_terminal(plain, {"NO_COLOR": ""}), "an empty NO_COLOR counts as not set")


def on_terminal(arguments, environment):
    """What the command writes to a terminal."""
    variables = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "CLICOLOR_FORCE")}
    variables.update({"TERM": "xterm-256color"}, **environment)
    master, slave = pty.openpty()
    process = subprocess.Popen([IMAPSCOPE, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.PIPE, env=variables)
    os.close(slave)
    octets = b""
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:         # EIO is the end of a terminal.
            break
        if not chunk:
            break
        octets += chunk
    os.close(master)
    equal(process.wait(20), 0, "exit status on a terminal")
    return octets


@case()
def parse_writes_JSONL_into_a_pipe_and_text_on_a_terminal(context):
    file = context.file("octets", OCTETS)
    first = imapscope("parse", "--from", "server", file).stdout.splitlines()[0]
    check("offset" in json.loads(first), "the default in a pipe is JSONL", first)
    check(not on_terminal(["parse", "--from", "server", file], {}).startswith(b"{"), "the default on a terminal is text")


@case()
def a_reader_that_leaves_ends_parse_with_0_and_silently(context):
    file = context.file("octets", OCTETS * 100000)
    for form in ("text", "jsonl"):
        process = subprocess.Popen([IMAPSCOPE, "parse", "--from", "server", "--format", form, "--detail", "3", str(file)],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        check(process.stdout.readline(), "a first line")
        process.stdout.close()
        equal(process.wait(20), 0, "exit status as %s" % form)
        equal(process.stderr.read(), b"", "stderr")


@case()
def a_reader_that_leaves_does_not_end_the_proxy(context):
    address, upstream = ("127.0.0.1", free_port()), ScriptedServer(accept_everything).address
    errors = open(context.file("stderr.log"), "wb")
    process = subprocess.Popen([IMAPSCOPE, "proxy", "-l", url(address), "-u", url(upstream)], stdout=subprocess.PIPE, stderr=errors)
    context.later(process.kill)
    eventually(lambda: is_listening(address[1]), what="listening")
    process.stdout.close()
    for _ in range(3):
        session(address)
    eventually(lambda: context.file("stderr.log").read_bytes(), what="a word on stderr")
    process.send_signal(signal.SIGTERM)
    equal(process.wait(15), 0, "exit status")
    contains(context.file("stderr.log").read_text(), "transcript", "the message on stderr")


@case()
def SIGINT_and_SIGTERM_end_the_proxy_with_0(context):
    for number in (signal.SIGINT, signal.SIGTERM):
        proxy = Proxy(context, ScriptedServer(accept_everything).address, name="signal-%d" % number)
        session(proxy.address)
        proxy.stop(number)
        equal(len(proxy.events("session_end")), 1, "the session is complete in the file")
        contains(proxy.stdout, "LOGOUT", "the transcript is complete")


@case()
def an_open_session_is_drained(context):
    proxy = Proxy(context, ScriptedServer(accept_everything).address)
    client = Client(proxy.address)
    client.greeting()
    client.command("NOOP")
    proxy.process.send_signal(signal.SIGTERM)
    # Whether the session may go on for a while or ends at once: the client sees an end, and the outputs are complete.
    client.rest()
    client.close()
    equal(proxy.process.wait(20), 0, "exit status")
    equal(len(proxy.events("session_end")), 1, "the session is complete in the file")


@case()
def a_second_signal_ends_at_once(context):
    proxy = Proxy(context, ScriptedServer(accept_everything).address)
    client = Client(proxy.address)
    client.greeting()
    proxy.process.send_signal(signal.SIGTERM)
    # The first one has been taken in when nobody is let in any more.
    eventually(lambda: not is_listening(proxy.address[1]), what="the end of listening")
    if proxy.process.poll() is None:
        proxy.process.send_signal(signal.SIGTERM)
    status = proxy.process.wait(5)
    check(status in (0, 143), "exit status %s" % status)       # 0 where draining was faster than the second signal.


@case()
def SIGUSR1_reopens_the_output_file(context):
    proxy = Proxy(context, ScriptedServer(accept_everything).address)
    session(proxy.address)
    eventually(lambda: b"session_end" in proxy.jsonl_path.read_bytes(), what="the first session in the file")
    rotated = context.file("rotated.jsonl")
    proxy.jsonl_path.rename(rotated)
    proxy.process.send_signal(signal.SIGUSR1)
    eventually(lambda: proxy.jsonl_path.exists(), what="a new file")
    session(proxy.address)
    proxy.stop()
    equal({event["session"] for event in read_events(rotated)}, {1}, "sessions in the old file")
    equal({event["session"] for event in read_events(proxy.jsonl_path)}, {2}, "sessions in the new file")
    equal(stat.S_IMODE(proxy.jsonl_path.stat().st_mode), 0o600, "mode of the new file")


@case()
def format_none_writes_no_transcript(context):
    proxy = Proxy(context, ScriptedServer(accept_everything).address, "--format", "none", "-q")
    session(proxy.address)
    proxy.stop()
    equal((proxy.stdout, proxy.stderr), ("", ""), "stdout and stderr")
    check(proxy.events("message"), "the JSONL file is written all the same")


@case()
def format_jsonl_is_the_same_as_the_file(context):
    proxy = Proxy(context, ScriptedServer(accept_everything).address, "--format", "jsonl")
    session(proxy.address)
    proxy.stop()
    equal(read_events(proxy.stdout_path), proxy.events(), "events on stdout")


@case()
def listening_beyond_loopback_is_warned_about(context):
    port = free_port()
    proxy = Proxy(context, ScriptedServer(accept_everything).address, "-l", "imap://0.0.0.0:%d" % port)
    eventually(lambda: is_listening(port), what="listening")
    proxy.stop()
    contains(proxy.stderr, "loopback", "the warning")


@case()
def print_config_shows_what_is_in_force(context):
    home = context.file("config")
    (home / "imapscope").mkdir(parents=True)
    (home / "imapscope" / "config.yaml").write_text("max-connections: 17\n")
    environment = {"XDG_CONFIG_HOME": str(home)}
    result = imapscope("proxy", "-u", "imap://127.0.0.1:14399", "--print-config", environment=environment)
    equal(result.returncode, 0, "exit status (%r)" % result.stderr)
    shown = result.stdout.decode()
    for part in ("127.0.0.1:14399", "1143", "17", "config.yaml"):
        contains(shown, part, "--print-config")
    for text, part in (("max-connections: [\n", "config.yaml"), ("no-such-option: 1\n", "no-such-option"), ("max-connections: many\n", "max-connections")):
        (home / "imapscope" / "config.yaml").write_text(text)
        result = imapscope("proxy", "-u", "imap://127.0.0.1:14399", "--print-config", environment=environment)
        equal(result.returncode, 78, "exit status for %r" % text)
        contains(result.stderr.decode(), part, "the message about %r" % text)


@case()
def STARTTLS_is_hidden_in_all_four_places_with_starttls_never(context):
    """The greeting's code, the CAPABILITY response, the tagged OK's code and an untagged OK's code."""
    def behaviour(peer):
        peer.send(b"* OK [CAPABILITY IMAP4rev1 STARTTLS IDLE] ready STARTTLS\r\n")
        peer.send(b"* CAPABILITY IMAP4rev1 IDLE STARTTLS\r\n* OK [CAPABILITY STARTTLS IMAP4rev1] note\r\n%s OK [CAPABILITY IMAP4rev1 STARTTLS] done\r\n"
                  % peer.line().split(b" ")[0])
        peer.line()
    proxy = Proxy(context, ScriptedServer(behaviour).address, "--starttls", "never")
    client = Client(proxy.address)
    lines = [client.greeting()] + client.command("CAPABILITY")
    client.close()
    proxy.stop()
    equal(lines, [b"* OK [CAPABILITY IMAP4rev1 IDLE] ready STARTTLS", b"* CAPABILITY IMAP4rev1 IDLE", b"* OK [CAPABILITY IMAP4rev1] note",
                  b"t1 OK [CAPABILITY IMAP4rev1] done"], "what the client got")
    equal(len(proxy.events("edit")), 4, "edits in the JSONL file")


@case()
def a_stopped_reader_of_stdout_does_not_stop_the_traffic(context):
    """A pipe that nobody empties: stdout drops with a counter."""
    read, write = os.pipe()
    address, upstream = ("127.0.0.1", free_port()), ScriptedServer(accept_everything).address
    errors = open(context.file("stderr.log"), "wb")
    process = subprocess.Popen([IMAPSCOPE, "proxy", "-l", url(address), "-u", url(upstream), "--detail", "4"], stdout=write, stderr=errors)
    os.close(write)
    context.later(process.kill)
    eventually(lambda: is_listening(address[1]), what="listening")
    client = Client(address)
    client.greeting()
    for _ in range(1500):       # 30 MB of transcript are more than a pipe and a bounded queue hold.
        client.command("NOOP " + "x" * 20000)
    client.close()
    shown = b""
    process.send_signal(signal.SIGTERM)
    while True:
        octets = os.read(read, 65536)
        if not octets:
            break
        shown += octets
    equal(process.wait(15), 0, "exit status")
    told = context.file("stderr.log").read_bytes()
    check(re.search(rb"\d,\d{3} octets were dropped", told), "stderr tells how much was dropped", told[-500:])
    check(re.search(rb"\n\xe2\x80\xa6 [\d,]+ octets of the transcript were dropped here[^\n]*\n", shown), "the transcript marks the gap")


@case()
def a_stopped_reader_of_stdout_does_not_hold_the_end(context):
    read, write = os.pipe()
    address, upstream = ("127.0.0.1", free_port()), ScriptedServer(accept_everything).address
    process = subprocess.Popen([IMAPSCOPE, "proxy", "-l", url(address), "-u", url(upstream), "--detail", "4"], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    context.later(process.kill)
    eventually(lambda: is_listening(address[1]), what="listening")
    client = Client(address)
    client.greeting()
    for _ in range(20):
        client.command("NOOP " + "x" * 20000)
    client.command("LOGOUT")
    client.close()
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    equal(process.wait(15), 0, "exit status")
    check(time.monotonic() - began < 6, "the end took %.1f s" % (time.monotonic() - began))
    check(b"dropped" in process.stderr.read(), "what was not written is told")
    os.close(read)


@case()
def a_full_disk_ends_the_proxy_with_74_in_the_end(context):
    proxy = Proxy(context, ScriptedServer(accept_everything).address, "--jsonl", "/dev/full", jsonl=False)
    session(proxy.address)
    eventually(lambda: "/dev/full" in proxy.stderr, what="a word on stderr")
    session(proxy.address)      # The traffic and the other output go on.
    proxy.stop(status=74)
    equal(proxy.stderr.count("/dev/full"), 1, "how often the failure is told")
    contains(proxy.stderr, "No space left", "the message")
    equal(proxy.stdout.count("LOGOUT"), 2, "sessions in the transcript")


@case()
def an_output_file_is_emptied_once_the_proxy_runs(context):
    """A second proxy that cannot start leaves the file of the first alone."""
    path = context.file("proxy.jsonl", "old\n")
    proxy = Proxy(context, ScriptedServer(accept_everything).address)
    eventually(lambda: b"schema" in path.read_bytes(), what="the header before the first session")
    session(proxy.address)
    eventually(lambda: b"session_end" in path.read_bytes(), what="the session in the file")
    refused(69, "proxy", "-l", url(proxy.address), "-u", "imap://127.0.0.1:1", "--jsonl", path, mentions=["in use"])
    proxy.stop()
    equal({event["session"] for event in proxy.events()}, {1}, "sessions in the file")


@case()
def a_slow_reader_of_a_file_pauses_the_traffic(context):
    """A pipe in the place of the file: nothing is lost, the client waits."""
    path = context.file("pipe")
    os.mkfifo(path)
    read = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    proxy = Proxy(context, ScriptedServer(accept_everything).address, "--jsonl", str(path), "--format", "none", jsonl=False)
    client = Client(proxy.address)
    client.greeting()
    client.socket.settimeout(2)
    sent = 0
    try:
        for sent in range(2000):    # 40 MB of JSON.
            client.command("NOOP " + "x" * 20000)
    except TimeoutError:
        pass
    check(0 < sent < 1900, "the client was not slowed down", sent)
    octets = b""
    client.socket.settimeout(20)
    os.set_blocking(read, True)
    while b'"session_end"' not in octets[-4000:]:
        chunk = os.read(read, 1 << 20)
        check(chunk, "the proxy closed its file")
        octets += chunk
        if client and octets.count(b'"kind":"tagged"') >= sent + 1:
            client.close()
            client = None
    numbers = [json.loads(line)["seq"] for line in octets.splitlines()[1:]]
    equal(numbers, list(range(1, len(numbers) + 1)), "no line is missing")
    proxy.stop()


@case()
def a_reader_that_leaves_ends_demo_with_0_and_silently(context):
    process = subprocess.Popen([IMAPSCOPE, "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    equal(process.wait(10), 0, "exit status")
    equal(process.stderr.read(), b"", "stderr")


@case()
def demo_is_a_session_in_JSONL_too(context):
    result = imapscope("demo", "--format", "jsonl")
    equal((result.returncode, result.stderr), (0, b""), "demo")
    path = context.file("demo.jsonl", result.stdout)
    equal([event["verified"] for event in read_events(path, "authentication")], [True], "the login is verified")
    equal({event["id"] for event in read_events(path, "finding")}, {"append-literal-count", "extra-space-in-command", "unknown-tag"}, "findings")
    check(b"My_P@ssword1" not in result.stdout, "the password is shown")
