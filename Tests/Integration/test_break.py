"""--break: a person at a terminal decides about messages, while other sessions go on."""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import threading
import time

from cases import DOVECOT, IMAPSCOPE, case, check, contains, equal
from dovecot import free_port
from imap_client import Client, eventually
from mailboxes import USERS
from proxy import check_secrets_absent, is_listening, read_events, url
from scripted_server import ScriptedServer, accept_everything
from secret_forms import forms_of
from wire_proxy import PASSWORD, USER


class Asked:
    """A proxy with a terminal of its own, and a person who types."""

    def __init__(self, context, upstream, expression, *options, editor=None):
        self.address = ("127.0.0.1", free_port())
        self.jsonl = context.file("proxy.jsonl")
        self.text = context.file("terminal.log")
        home = context.file("home")
        variables = {name: value for name, value in os.environ.items() if name not in ("VISUAL", "EDITOR")}
        variables.update(HOME=str(home), XDG_CONFIG_HOME=str(home / "config"), XDG_DATA_HOME=str(home / "data"), TERM="xterm")
        if editor:
            script = context.file("editor", "#!/bin/sh\n" + editor + "\n")
            script.chmod(0o755)
            variables["EDITOR"] = str(script)
        command = [IMAPSCOPE, "proxy", "-l", url(self.address), "-u", url(upstream), "--starttls", "never", "--break", expression,
                   "--jsonl", str(self.jsonl), *options]
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            try:
                os.execve(IMAPSCOPE, command, variables)
            finally:
                os._exit(127)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
        self.printed, self.status = b"", None
        threading.Thread(target=self.read, daemon=True).start()
        context.later(self.end)
        eventually(lambda: is_listening(self.address[1]), 10, "listening")

    def read(self):
        while True:
            try:
                octets = os.read(self.terminal, 65536)
            except OSError:
                return
            if not octets:
                return
            self.printed += octets
            self.text.write_bytes(self.printed)

    def sees(self, words, count=1, seconds=10):
        eventually(lambda: self.printed.count(words.encode()) >= count, seconds, "“%s” on the terminal" % words)

    def types(self, line):
        os.write(self.terminal, line.encode() + b"\n")

    def end(self, number=signal.SIGTERM):
        if self.status is None:
            try:
                os.kill(self.child, number)
                deadline = time.monotonic() + 15
                while time.monotonic() < deadline and not self.poll():
                    time.sleep(0.02)
                if self.status is None:
                    os.kill(self.child, signal.SIGKILL)
                    self.status = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
            except ProcessLookupError:
                pass
        return self.status

    def poll(self):
        if self.status is None:
            finished, status = os.waitpid(self.child, os.WNOHANG)
            if finished:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None


def send(client, command):
    client.send(command.encode() + b"\r\n")


def greeted(asked):
    client = Client(asked.address, timeout=10)
    client.greeting()
    return client


@case()
def each_verdict_is_carried_out(context):
    server = ScriptedServer(accept_everything)
    asked = Asked(context, server.address, "request.command in {NOOP, CHECK} or request.command == EXPUNGE",
                  editor='sed -i "s/NOOP/CAPABILITY/" "$1"')
    with greeted(asked) as client:
        send(client, "a NOOP")
        asked.sees("a NOOP")
        asked.types("f")
        contains(client.until("a")[-1], b"a OK", "forwarded")
        send(client, "b NOOP")
        asked.sees("b NOOP")
        asked.types("e")
        contains(client.until("b")[-1], b"b OK", "edited")
        contains(bytes(server.peers[0].received), b"b CAPABILITY\r\n", "what the server got")
        send(client, "c CHECK")
        asked.sees("c CHECK")
        asked.types("a NO [NOPERM] not today")
        equal(client.until("c"), [b"c NO [NOPERM] not today"], "answered")
        send(client, "d EXPUNGE")
        asked.sees("d EXPUNGE")
        asked.types("d")
        asked.sees("dropped")
        send(client, "e LIST \"\" *")
        equal(client.until("e"), [b"e OK done"], "what comes behind a dropped command")
        received = bytes(server.peers[0].received)
        check(b"c CHECK" not in received and b"d EXPUNGE" not in received, "answered and dropped commands stay here", received)
        send(client, "f CHECK")
        asked.sees("f CHECK")
        asked.types("k")
        client.rest()
    equal(asked.end(), 0, "exit status")
    check(len(read_events(asked.jsonl, "edit")) >= 3, "the transcript tells of it", read_events(asked.jsonl, "edit"))


@case(DOVECOT)
def other_sessions_go_on_and_time_runs_out(context):
    asked = Asked(context, context.dovecot.bare, "request.command == CHECK", "--break-timeout", "2")
    with greeted(asked) as waits, greeted(asked) as other:
        waits.login(USER, PASSWORD)
        waits.command("SELECT INBOX")
        began = time.monotonic()
        send(waits, "w CHECK")
        asked.sees("w CHECK")
        other.login("alice", USERS["alice"][0])
        other.command("SELECT INBOX")
        for _ in range(20):
            other.command("NOOP")
        check(time.monotonic() - began < 2, "the other session waits")
        waits.until("w")
        check(time.monotonic() - began >= 1.9, "it was forwarded too early")
        asked.sees("no decision within 2 s: forwarded")
        waits.logout()
        other.logout()
    equal(asked.end(), 0, "exit status")


@case(DOVECOT)
def an_edit_that_breaks_framing_is_refused_and_can_be_mended(context):
    asked = Asked(context, context.dovecot.bare, "request.command == STATUS",
                  editor='if grep -q "{9}" "$1"; then sed -i "s/ {9}//" "$1"; else sed -i "1s/$/ {9}/" "$1"; fi')
    with greeted(asked) as client:
        client.login(USER, PASSWORD)
        send(client, "x STATUS INBOX (MESSAGES)")
        asked.sees("x STATUS")
        asked.types("e")
        asked.sees("this cannot be sent")
        asked.types("e")
        contains(client.until("x")[0], b"MESSAGES 64", "what the mended one asked for")
        client.logout()
    equal(asked.end(), 0, "exit status")


@case(DOVECOT)
def no_secret_is_shown_to_the_person_or_the_editor(context):
    copy = context.file("seen")
    asked = Asked(context, context.dovecot.bare, "request.command in {LOGIN, AUTHENTICATE} or kind == sasl",
                  editor='cat "$1" >> %s; sed -i "s/LOGIN/LOGIN /;s/LOGIN  /LOGIN /" "$1"; printf "" ' % copy)
    for number, login in enumerate((lambda c: c.send(b'x LOGIN %s "%s"\r\n' % (USER.encode(), PASSWORD.encode())),
                                    lambda c: c.send(b"x LOGIN {%d+}\r\n%s {%d+}\r\n%s\r\n" % (len(USER), USER.encode(), len(PASSWORD), PASSWORD.encode())),
                                    lambda c: c.send(b"x AUTHENTICATE PLAIN AGRyaWNoYXJkcwBNeV9QQHNzd29yZDE=\r\n")), 1):
        with greeted(asked) as client:
            login(client)
            asked.sees("waits", number)
            asked.types("e")
            asked.sees("nothing was changed", number)
            asked.types("f")
            contains(client.until("x")[-1], b"x OK", "the login")
            client.logout()
    equal(asked.end(), 0, "exit status")
    forms = forms_of(PASSWORD)
    check_secrets_absent({"the terminal": asked.printed, "the editor": copy.read_bytes(), "--jsonl": asked.jsonl.read_bytes()}, forms)
    contains(copy.read_bytes(), "‹masked 1›".encode(), "what the editor shows")


@case(DOVECOT)
def Ctrl_C_while_a_message_waits_ends_the_proxy_and_loses_nothing(context):
    asked = Asked(context, context.dovecot.bare, "request.command == CHECK", "--break-timeout", "0")
    with greeted(asked) as client:
        client.login(USER, PASSWORD)
        client.command("SELECT INBOX")
        send(client, "w CHECK")
        asked.sees("w CHECK")
        os.write(asked.terminal, b"\x03")
        contains(client.until("w")[-1], b"w OK", "the message that waited is forwarded")
        client.logout()
    eventually(asked.poll, 15, "the end")
    check(asked.status in (0, 130), "exit status", asked.status)


@case()
def without_a_terminal_it_ends_with_64(context):
    result = subprocess.run([IMAPSCOPE, "proxy", "-l", "imap://127.0.0.1:%d" % free_port(), "-u", "imap://127.0.0.1:1", "--break", "tag"],
                            capture_output=True, stdin=subprocess.DEVNULL, timeout=20, start_new_session=True,
                            env=dict(os.environ, HOME=str(context.folder)))
    equal(result.returncode, 64, "exit status")
    contains(result.stderr, b"terminal", "what is said")
