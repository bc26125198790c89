"""`imapscope proxy` as a process: started, watched, stopped; and the chain recorder - proxy - recorder."""
import json
import os
import re
import signal
import subprocess

from cases import IMAPSCOPE, check, equal
from dovecot import free_port
from imap_client import eventually
from recorder import Recorder


def is_listening(port):
    """Looks into the kernel's table: a trial connection would be a session of its own in the proxy."""
    wanted = ":%04X" % port
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(table) as lines:
                for line in list(lines)[1:]:
                    fields = line.split()
                    if fields[1].endswith(wanted) and fields[3] == "0A":    # TCP_LISTEN
                        return True
        except FileNotFoundError:
            pass
    return False


def url(address, scheme="imap"):
    return "%s://%s:%d" % (scheme, address[0], address[1])


def peak_memory(pid):
    """VmHWM in MiB: the process's own peak, which getrusage would mix with its parent's before exec."""
    with open("/proc/%d/status" % pid) as lines:
        for line in lines:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


class Proxy:
    def __init__(self, context, upstream, *options, listen=None, name="proxy", jsonl=True, environment=None, preexec=None):
        self.address = ("127.0.0.1", listen or free_port())
        self.stdout_path, self.stderr_path = context.file(name + "-stdout.log"), context.file(name + "-stderr.log")
        self.jsonl_path = context.file(name + ".jsonl") if jsonl else None
        arguments = [IMAPSCOPE, "proxy", "-l", url(self.address), "-u", upstream if isinstance(upstream, str) else url(upstream)]
        if jsonl:
            arguments += ["--jsonl", str(self.jsonl_path)]
        # A home of its own: the user's configuration has no part in a test, nor the test in it.
        home = context.file("home")
        variables = dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home / "config"), XDG_DATA_HOME=str(home / "data"))
        variables.update(environment or {})
        with open(self.stdout_path, "wb") as out, open(self.stderr_path, "wb") as err:
            self.process = subprocess.Popen(arguments + [str(option) for option in options], stdin=subprocess.DEVNULL,
                                            stdout=out, stderr=err, env=variables, preexec_fn=preexec)
        context.later(self.kill)
        eventually(lambda: is_listening(self.address[1]) or self.process.poll() is not None, 10, "listening on port %d" % self.address[1])
        check(self.process.poll() is None, "the proxy ended at once with %s" % self.process.returncode, self.stderr)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self, number=signal.SIGTERM, status=0, seconds=15):
        """Ends the proxy as a user does. All outputs are complete afterwards."""
        check(self.process.poll() is None, "the proxy ended on its own with %s" % self.process.returncode, self.stderr)
        self.process.send_signal(number)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            check(False, "the proxy did not end within %d s of signal %d" % (seconds, number), self.stderr)
        equal(self.process.returncode, status, "exit status after signal %d" % number)

    @property
    def stdout(self):
        return self.stdout_path.read_bytes().decode("utf-8")      # Strictly: the transcript is UTF-8 whatever the wire was.

    @property
    def stderr(self):
        return self.stderr_path.read_bytes().decode("utf-8", "backslashreplace")

    @property
    def outputs(self):
        """Every octet that left the proxy for its user: {where: octets}."""
        found = {"stdout": self.stdout_path.read_bytes(), "stderr": self.stderr_path.read_bytes()}
        if self.jsonl_path and self.jsonl_path.exists():
            found["--jsonl"] = self.jsonl_path.read_bytes()
        return found

    @property
    def memory(self):
        return peak_memory(self.process.pid)

    def events(self, *kinds, path=None):
        return read_events(path or self.jsonl_path, *kinds)


def read_events(path, *kinds):
    """The events of a JSONL file, its header checked: one line with `schema` and no `session`."""
    lines = path.read_bytes().decode("utf-8").splitlines()
    check(lines, "%s is empty" % path)
    header = json.loads(lines[0])
    check("schema" in header and "session" not in header, "the first line is not a header", lines[0])
    events = [json.loads(line) for line in lines[1:]]
    for event in events:
        check(event.get("event") in EVENTS, "an unknown event", event)
        check(isinstance(event.get("session"), int) and event["session"] >= 1, "an event without session", event)
        check(isinstance(event.get("seq"), int), "an event without seq", event)
        check(TIME.match(event.get("time", "")), "an event without an RFC 3339 time in microseconds", event)
    return [event for event in events if not kinds or event["event"] in kinds]


EVENTS = {"session_start", "tls", "message", "exchange", "authentication", "finding", "state", "gap", "edit", "session_end"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")


def without_offer(octets):
    """What a server said, without the STARTTLS that the proxy adds to untagged capability lists before the login."""
    return re.sub(rb"(?m)^(\* (?:OK \[)?CAPABILITY [^\]\r\n]*?) STARTTLS(?=\]|\r\n)", rb"\1", octets)


class Chain:
    """client - recorder - proxy - recorder - server: what the client's side saw must be what the server's side saw, but
    for STARTTLS, which the proxy offers by default."""

    def __init__(self, context, upstream, *options, **more):
        self.server_side = Recorder(upstream)
        # STARTTLS in the list would be the one thing that differs.
        self.proxy = Proxy(context, self.server_side.address, "--starttls", "never", *options, **more)
        self.client_side = Recorder(self.proxy.address)
        self.address = self.client_side.address

    def check_transparent(self, connections=None):
        """Every connection has the same octets on both legs. Connections are matched by content, since they may overlap."""
        self.client_side.wait(connections)
        self.server_side.wait(len(self.client_side.connections))
        if connections is not None:
            equal(len(self.client_side.connections), connections, "connections of the client")
        equal(len(self.server_side.connections), len(self.client_side.connections), "connections of the proxy to the server")
        unmatched = [(bytes(c.client), without_offer(bytes(c.server))) for c in self.server_side.connections]
        for connection in self.client_side.connections:
            pair = (bytes(connection.client), without_offer(bytes(connection.server)))
            check(any(pair[1]), "connection %d carried nothing from the server" % connection.number)
            if pair in unmatched:
                unmatched.remove(pair)
            elif len(self.client_side.connections) == 1:
                equal(unmatched[0][0], pair[0], "octets from the client, as the server got them")
                equal(pair[1], unmatched[0][1], "octets from the server, as the client got them")
            else:
                check(False, "the octets of connection %d differ between the legs" % connection.number,
                      "from the client: %d, from the server: %d" % (len(pair[0]), len(pair[1])))


def check_secrets_absent(outputs, forms):
    """`forms` is {what: octets} as of secret_forms.forms_of; fails with the place, and never prints the secret's context."""
    for place, octets in outputs.items():
        for what, form in forms.items():
            at = octets.find(form)
            check(at < 0, "%s reveals the %s at octet %d" % (place, what, at), repr(octets[max(0, at - 60):at]) + " ← just before it")
