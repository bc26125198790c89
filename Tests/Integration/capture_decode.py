"""`imapscope decode` as a process, and tshark as the other opinion."""
import json
import os
import pathlib
import subprocess
import sys

from cases import IMAPSCOPE, check, equal


class Decoded:
    def __init__(self, status, stdout, stderr, memory):
        self.status, self.stdout, self.stderr, self.memory = status, stdout, stderr, memory

    @property
    def text(self):
        return self.stdout.decode("utf-8")


#: Between this process and the one that is measured: what a process used is counted from its fork on, when it still has all the
#: pages of its parent.
MEASURE = """
import os, sys
child = os.fork()
if child == 0:
    os.execv(sys.argv[2], sys.argv[2:])
_, code, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(used.ru_maxrss))
os._exit(code >> 8 if os.WIFEXITED(code) else 128 + os.WTERMSIG(code))
"""


def decode(context, *arguments, stdin=None, seconds=50, measures=False):
    """Runs it to its end. With `measures`, `memory` is the peak resident size in MiB, of this process alone."""
    home = context.file("home")
    variables = dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home / "config"), XDG_DATA_HOME=str(home / "data"))
    out, err, used = context.file("decode-stdout.log"), context.file("decode-stderr.log"), context.file("decode-memory")
    around = [sys.executable, "-I", "-S", "-c", MEASURE, str(used)] if measures else []
    with open(out, "wb") as stdout, open(err, "wb") as stderr:
        process = subprocess.run([*around, str(IMAPSCOPE), "decode", *map(str, arguments)], stdin=stdin or subprocess.DEVNULL, stdout=stdout,
                                 stderr=stderr, env=variables, timeout=seconds)
    check(0 <= process.returncode < 128, "decode ended by a signal: %d" % process.returncode, arguments, err.read_bytes()[-2000:])
    memory = int(used.read_text()) / 1024 if measures else None
    return Decoded(process.returncode, out.read_bytes(), err.read_bytes().decode("utf-8", "backslashreplace"), memory)


class Extract:
    """What --extract wrote: for each session {side: octets}, and its line in sessions.jsonl."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        lines = [json.loads(line) for line in (self.folder / "sessions.jsonl").read_text().splitlines()]
        self.sessions = sorted(lines, key=lambda line: line["session"])
        self.streams = [{side: (self.folder / ("%d.%s" % (line["session"], side))).read_bytes() for side in ("client", "server")}
                        for line in self.sessions]

    @property
    def gaps(self):
        return [{side: [[gap["offset"], gap["length"]] for gap in line[side + "_gaps"]] for side in ("client", "server")}
                for line in self.sessions]


def extract(context, *arguments, status=0, name="extract", **more):
    folder = context.file(name)
    decoded = decode(context, "--format", "none", "--extract", folder, *arguments, **more)
    equal(decoded.status, status, "exit status; it said: " + decoded.stderr)
    return Extract(folder)


def check_streams(actual, expected, what):
    equal(len(actual), len(expected), "%s: sessions" % what)
    for number, (mine, wanted) in enumerate(zip(actual, expected), 1):
        for side in ("client", "server"):
            equal(mine[side], wanted[side], "%s: session %d, octets from the %s" % (what, number, side))


def truth(folder):
    """The streams of a golden capture, as its folder has them."""
    count = len(json.loads((folder / "sessions.json").read_text())["gaps"])
    return [{side: (folder / ("%d.%s" % (number, side))).read_bytes() for side in ("client", "server")} for number in range(1, count + 1)]


def tshark_streams(capture, count):
    """What tshark's "follow" makes of the first `count` connections. Its output has a side's octets in lines, those of the second
    one indented; which one spoke first is in the header."""
    found = []
    for number in range(count):
        result = subprocess.run(["tshark", "-n", "-r", str(capture), "-q", "-z", "follow,tcp,raw,%d" % number], capture_output=True, text=True)
        equal(result.returncode, 0, "exit status of tshark; it said: " + result.stderr)
        lines = result.stdout.splitlines()
        begin = next(index for index, line in enumerate(lines) if line.startswith("Node 1:")) + 1
        nodes = [line.split(": ", 1)[1] for line in lines if line.startswith("Node ")]
        sides = [bytearray(), bytearray()]
        for line in lines[begin:]:
            if line.startswith("==="):
                break
            sides[line.startswith("\t")] += bytes.fromhex(line.strip())
        # The server has the lower port in every capture of ours.
        ports = [int(node.rsplit(":", 1)[1]) for node in nodes]
        client = 0 if ports[0] > ports[1] else 1
        found.append({"client": bytes(sides[client]), "server": bytes(sides[1 - client])})
    return found
