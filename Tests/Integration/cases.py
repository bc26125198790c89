"""Test cases: how a file of tests declares them, and what a test gets."""
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
IMAPSCOPE = os.environ.get("IMAPSCOPE") or str(ROOT / ".build" / "release" / "imapscope")

#: What a test can ask the runner to prepare: a Dovecot shared by all tests, and packages of PyPI in a virtual environment.
DOVECOT, IMAPCLIENT, PYMAP = "dovecot", "imapclient", "pymap"
VENV = ROOT / ".build" / "integration-venv"
#: What pip installs for each, by the name of the folder that it makes.
PYPI = {IMAPCLIENT: ["IMAPClient>=3,<5"], PYMAP: ["pymap>=0.36,<1", "passlib", "argon2-cffi"]}

declared = []


class Case:
    def __init__(self, function, needs, timeout):
        self.function, self.needs, self.timeout = function, needs, timeout
        topic = function.__module__[len("test_"):]
        self.name = topic + ": " + function.__name__.replace("_", " ")


def case(*needs, timeout=60):
    """Declares a test. Its function gets a Context; it fails by raising."""
    def declare(function):
        declared.append(Case(function, needs, timeout))
        return function
    return declare


class Context:
    """What one test works with. Every file below `folder` ending in .log is quoted when the test fails."""

    def __init__(self, folder, dovecot):
        self.folder, self.dovecot = pathlib.Path(folder), dovecot
        self.cleanups = []

    def file(self, name, content=None):
        path = self.folder / name
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def later(self, cleanup):
        """Runs `cleanup` when the test ends; returns what it was given for, so that it reads well in an assignment."""
        self.cleanups.append(cleanup)

    def close(self):
        while self.cleanups:
            self.cleanups.pop()()


def check(condition, message, *details):
    """An assertion that no `python -O` removes. Details are shown shortened, a line each."""
    if condition:
        return
    lines = [message] + ["    " + shorten(detail) for detail in details]
    raise AssertionError("\n".join(lines))


def equal(actual, expected, what):
    if actual != expected:
        check(False, what, "expected %s" % shorten(expected), "but got  %s" % shorten(actual), first_difference(actual, expected))


def contains(text, part, what):
    check(part in text, "%s: %s is missing" % (what, shorten(part)), "in: %s" % shorten(text, 2000))


def shorten(value, limit=600):
    shown = value if isinstance(value, str) else repr(value)
    return shown if len(shown) <= limit else "%s … (%d in all) … %s" % (shown[:limit // 2], len(shown), shown[-limit // 2:])


def first_difference(actual, expected):
    """Where two octet strings part: far more telling than two megabytes side by side."""
    if not (isinstance(actual, (bytes, bytearray)) and isinstance(expected, (bytes, bytearray))):
        return ""
    offset = next((i for i, (a, b) in enumerate(zip(actual, expected)) if a != b), min(len(actual), len(expected)))
    show = lambda octets: bytes(octets[max(0, offset - 40):offset + 40])
    return "first difference at offset %d: expected %r, got %r" % (offset, show(expected), show(actual))
