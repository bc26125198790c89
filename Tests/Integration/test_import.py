"""Logs of other programs as input of `imapscope decode`: what real programs wrote, and what nobody did."""
import json

from capture_decode import decode
from cases import ROOT, case, check, contains, equal
from mailboxes import USERS
from proxy import check_secrets_absent
from secret_forms import forms_of

LOGS = ROOT / "Captures" / "logs"
PASSWORD = USERS["drichards"][0]
#: By file: the format, the user, commands, and findings besides those that say what the log lacks.
GOLDEN = {
    "curl.log": ("curl -v", "drichards", ["CAPABILITY", "AUTHENTICATE", "SELECT", "UID FETCH"], []),
    "curl-trace.log": ("curl --trace", "drichards", ["CAPABILITY", "AUTHENTICATE", "SELECT", "UID FETCH"], []),
    "curl-trace-ascii.log": ("curl --trace", "drichards", ["CAPABILITY", "AUTHENTICATE", "SELECT", "UID FETCH"], []),
    "fetchmail.log": ("fetchmail -v -v", "drichards", ["AUTHENTICATE", "SELECT", "FETCH"], []),
    "imaplib.log": ("Python imaplib", "drichards", ["CAPABILITY", "LOGIN", "CAPABILITY", "SELECT", "SEARCH", "FETCH", "APPEND", "CLOSE", "LOGOUT"],
                    ["append-literal-count"]),
    "mbsync-D.log": ("mbsync -D", "<user>", ["LOGIN", "COMPRESS", "NAMESPACE", "LIST", "SELECT"], []),
    "mbsync-Dn.log": ("mbsync -Dn", "<user>", ["LOGIN", "COMPRESS", "NAMESPACE", "LIST", "SELECT"], []),
    "neomutt.log": ("neomutt", "drichards", ["AUTHENTICATE", "CAPABILITY", "ENABLE", "LIST"], ["enable-without-enabled"]),
    "offlineimap.log": ("offlineimap", "drichards", ["CAPABILITY", "ID", "LOGIN", "CAPABILITY", "LIST"], []),
    "rawlog.in": ("Dovecot rawlog", None, ["SELECT", "FETCH", "APPEND", "LOGOUT"], ["resynchronised"]),
    "rawlog.out": ("Dovecot rawlog", None, ["SELECT", "FETCH", "APPEND", "LOGOUT"], ["resynchronised"]),
}


@case(timeout=120)
def logs_of_real_programs_are_known_and_read(context):
    equal(sorted(GOLDEN), sorted(path.name for path in LOGS.iterdir() if path.name != "README.md"), "the logs that are tested")
    for name, (title, user, commands, expected) in GOLDEN.items():
        decoded = decode(context, "--format", "jsonl", LOGS / name)
        equal(decoded.status, 0, "exit status for %s" % name)
        contains(decoded.stderr.decode() if isinstance(decoded.stderr, bytes) else decoded.stderr, title, "the format of %s" % name)
        events = [json.loads(line) for line in decoded.text.splitlines()[1:]]
        ends = [event for event in events if event["event"] == "session_end"]
        equal(len(ends), 1, "sessions of %s" % name)
        exchanges = [event for event in events if event["event"] == "exchange"]
        names = [event["name"] for event in exchanges]
        wanted = [one for one in commands if one != "CAPABILITY"]
        position = 0
        for one in wanted:
            check(one in names[position:], "%s: %s comes in its order" % (name, one), names)
            position += names[position:].index(one) + 1
        check(all(event["status"] == "OK" or event["name"] == "LOGOUT" for event in exchanges), "%s: commands are answered with OK" % name, exchanges[:3])
        if user:
            users = {event.get("user") for event in events if event["event"] == "authentication"}
            equal(users, {user}, "who logs in, %s" % name)
        found = {event["id"] for event in events if event["event"] == "finding"}
        equal(sorted(found - {"log-line-ends", "log-without-times"}), expected, "findings of %s" % name)


@case(timeout=120)
def passwords_in_logs_reach_no_output(context):
    for name in GOLDEN:
        for form in (["--detail", "4"], ["--format", "jsonl"]):
            decoded = decode(context, "-q", *form, LOGS / name)
            check_secrets_absent({name: decoded.stdout}, forms_of(PASSWORD))


@case()
def what_is_no_log_is_refused_and_a_cut_log_is_read(context):
    for content in (b"", bytes(range(256)) * 40, b"Dear Ann,\n\n* OK is what I say.\n"):
        refused = decode(context, context.file("none.txt", content))
        equal(refused.status, 65, "exit status for what is no log")
    whole = (LOGS / "imaplib.log").read_bytes()
    for cut in range(400, len(whole), 97):
        decoded = decode(context, "-q", "--from", "imaplib", context.file("cut.log", whole[:cut]))
        equal(decoded.status, 0, "exit status for a log that is cut at %d" % cut)
    equal(decode(context, "--from", "nothing", LOGS / "curl.log").status, 64, "exit status for a format that is none")


TUTORIAL = """Now connect and log in; the tag is anything you like:

    * OK [CAPABILITY IMAP4rev1 LITERAL+] Dovecot ready.
    a LOGIN ann secretword
    a OK Logged in
    b SELECT INBOX
    * 2 EXISTS
    * OK [UIDVALIDITY 1] UIDs valid
    b OK [READ-WRITE] Select completed

* an asterisk begins this remark, too
Then add a message, and count its octets well:

    c APPEND INBOX {6}
    + OK
    hello!
    c OK Append completed.
    d LOGOUT
    * BYE Logging out
    d OK Logout completed.
"""


@case()
def the_text_of_a_tutorial_is_its_sessions(context):
    shown = decode(context, "-q", context.file("tutorial.txt", TUTORIAL)).text
    for part in ("logs in as ann", "opens “INBOX”", "uploads a message of 6 octets", "ends the session", "append-literal-count"):
        contains(shown, part, "the transcript of the tutorial")
    for prose in ("asterisk", "tag is anything", "secretword", "unknown-command", "desynchronised"):
        check(prose not in shown, "no prose and no password: %s" % prose, shown)
