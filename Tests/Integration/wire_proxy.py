"""What the tests of rules that change the wire share: a proxy with rules of the test's own."""
import imaplib

from cases import check
from mailboxes import USERS
from proxy import Proxy
from test_rules import imapscope         # One program for all tests of rules.

USER = "drichards"
PASSWORD = USERS[USER][0]


def rule(name, *actions, when=None, **more):
    """A rule as its lines in a file; `actions` in the flow style of YAML."""
    lines = ["  - name: " + name, "    do: [%s]" % ", ".join(actions)]
    if when:
        lines.append("    when: '%s'" % when)
    return "\n".join(lines + ["    %s: %s" % (key.replace("_", "-"), value) for key, value in more.items()])


def rules(*written):
    return "version: 1\nrules:\n" + "\n".join(written) + "\n"


def proxy(context, upstream, *written, options=(), name="proxy", **more):
    """`written` are rules, or names of packs."""
    packs = [word for word in written if not word.startswith(" ")]
    own = [word for word in written if word.startswith(" ")]
    arguments = [argument for pack in packs for argument in ("--rules", pack)]
    if own:
        path = context.file(name + "-rules.yaml", rules(*own))
        path.chmod(0o600)
        arguments += ["--rules", path]
    return Proxy(context, upstream, "--starttls", "never", *arguments, *options, name=name, **more)


def secret_file(context, secret, mode=0o600, name="secret"):
    path = context.file(name, secret + "\n")
    path.chmod(mode)
    return path


def logged_in(address, user=USER, password=PASSWORD):
    client = imaplib.IMAP4(*address, timeout=20)
    client.login(user, password)
    return client


def edits(proxy, cause=None):
    return [event for event in proxy.events("edit") if cause is None or cause in event["cause"]]


def findings(proxy):
    return [event["id"] for event in proxy.events("finding")] + \
        [finding["id"] for event in proxy.events("message") for finding in event.get("findings", [])]


def check_edited(proxy, name, least=1):
    check(len(edits(proxy, name)) >= least, "the transcript tells of “%s”" % name, [event["cause"] for event in edits(proxy)])
    check(name in proxy.stdout, "so does the text", proxy.stdout[-2000:])
