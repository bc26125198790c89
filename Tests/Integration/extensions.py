"""Sessions of clients that use extensions of IMAP, over Python's imaplib: each takes a client that has logged in, and gives
back what a user of it would look at. They run on any server that has the capability they are listed with."""
import imaplib
import re
import threading

from cases import check, equal

for _name in ("COMPRESS", "ENABLE", "GETMETADATA", "SETMETADATA", "NOTIFY", "UNSELECT", "ESEARCH", "UIDEXPUNGE"):
    imaplib.Commands.setdefault(_name, ("AUTH", "SELECTED"))
imaplib._MAXLINE = 10_000_000

MAIL = (b"Subject: a picture\r\nFrom: alice@example.org\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n")
PICTURE = b"\x89PNG\r\n\x1a\n"


def say(client, *words, status="OK"):
    """A command and the untagged answers to it: {name: octets of all of them}."""
    client.untagged_responses.clear()
    got, data = client._simple_command(*words)
    equal(got, status, " ".join(words) + ": %r" % data)
    return {name: b"\n".join(b"".join(item) if isinstance(item, tuple) else item or b"" for item in items)
            for name, items in client.untagged_responses.items()}


def fill(client, count=3):
    """Fresh messages in INBOX; their UIDs."""
    for _ in range(count):
        equal(client.append("INBOX", r"(\Seen)", None, MAIL)[0], "OK", "APPEND")
    client.select("INBOX")
    return [int(uid) for uid in client.uid("SEARCH", "ALL")[1][0].split()][-count:]


def quick_resynchronization(client):
    """RFC 7162 section 3.2: what changed while the client was away comes with SELECT."""
    say(client, "ENABLE", "QRESYNC")
    uids = fill(client)
    status = say(client, "STATUS", "INBOX", "(UIDVALIDITY HIGHESTMODSEQ)")["STATUS"]
    validity, modification = re.search(rb"UIDVALIDITY (\d+)", status).group(1), re.search(rb"HIGHESTMODSEQ (\d+)", status).group(1)
    say(client, "UID", "STORE", str(uids[0]), "+FLAGS.SILENT", r"(\Deleted)")
    gone = say(client, "UID", "EXPUNGE", str(uids[0]))["VANISHED"]
    say(client, "UID", "STORE", "%d (UNCHANGEDSINCE 1)" % uids[1], "+FLAGS", r"(\Flagged)")
    say(client, "UID", "STORE", str(uids[1]), "+FLAGS", r"(\Flagged)")
    say(client, "UNSELECT")
    answers = say(client, "SELECT", "INBOX", "(QRESYNC (%s %s 1:%d))" % (validity.decode(), modification.decode(), uids[-1]))
    equal(answers["VANISHED"].split()[-1], b"%d" % uids[0], "VANISHED after QRESYNC")
    equal(gone, b"%d" % uids[0], "VANISHED after UID EXPUNGE")
    check(b"\\Flagged" in answers["FETCH"], "no changed flags after QRESYNC", answers)
    fetched = say(client, "UID", "FETCH", "1:*", "(FLAGS)", "(CHANGEDSINCE %s VANISHED)" % modification.decode())
    check(b"MODSEQ" in fetched["FETCH"], "no MODSEQ", fetched)


def metadata(client):
    """RFC 5464: an annotation as a literal, its depth, its removal, one on the server."""
    value = b"a note\r\nof two lines {5}"
    # imaplib could only end a command with a literal, and this one goes on: ")".
    tag = client._new_tag()
    client.send(b"%s SETMETADATA INBOX (/private/comment {%d}\r\n" % (tag, len(value)))
    check(client.readline().startswith(b"+"), "no continuation request for the annotation")
    client.send(value + b")\r\n")
    line = client.readline()
    check(line.startswith(tag + b" OK"), "SETMETADATA", line)
    del client.tagged_commands[tag]
    check(value in say(client, "GETMETADATA", "INBOX", "/private/comment")["METADATA"], "the annotation")
    say(client, "GETMETADATA", "(DEPTH infinity)", "INBOX", "(/private)")
    say(client, "SETMETADATA", "INBOX", "(/private/comment NIL)")


def binary(client):
    """RFC 3516: a part without its transfer encoding, its size, a piece of it."""
    uid = str(fill(client, 1)[0])
    answer = say(client, "UID", "FETCH", uid, "(BINARY.SIZE[1] BINARY.PEEK[1])")["FETCH"]
    check(PICTURE in answer, "the decoded part", answer)
    check(b"BINARY.SIZE[1] 8" in answer, "its size", answer)
    check(PICTURE[2:6] in say(client, "UID", "FETCH", uid, "(BINARY.PEEK[1]<2.4>)")["FETCH"], "a piece of it")


def append_binary(client):
    """RFC 3516 section 4.4: APPEND of a literal8, with octets that no other literal may have."""
    octets = MAIL.replace(b"base64", b"binary").replace(b"iVBORw0KGgo=\r\n", PICTURE + b"\0\r\n")
    tag = client._new_tag()
    client.send(b"%s APPEND INBOX ~{%d}\r\n" % (tag, len(octets)))
    check(client.readline().startswith(b"+"), "no continuation request for the literal8")
    client.send(octets + b"\r\n")
    line = client.readline()
    while not line.startswith(tag):
        line = client.readline()
    check(line.startswith(tag + b" OK"), "APPEND of a literal8", line)
    del client.tagged_commands[tag]


def notify(client, other):
    """RFC 5465: news of another mailbox than the selected one, without IDLE. `other` makes one more client."""
    say(client, "CREATE", "news")
    client.select("INBOX")
    say(client, "NOTIFY", "SET", "STATUS", "(selected (MessageNew (UID FLAGS) MessageExpunge FlagChange))",
        "(personal (MessageNew MessageExpunge))")

    def deliver():
        second = other()
        second.append("news", None, None, MAIL)
        second.append("INBOX", None, None, MAIL)
        second.logout()
    delivery = threading.Thread(target=deliver)
    delivery.start()
    said = b""
    while b"STATUS news" not in said:
        said += client.readline()       # No answer to anything: the server speaks by itself.
    delivery.join()
    # Dovecot keeps the news of the selected mailbox until a command, but then tells what was asked for.
    while b"UID" not in say(client, "NOOP").get("FETCH", b""):
        pass
    say(client, "NOTIFY", "NONE")
    say(client, "DELETE", "news")


def extended_lists_and_searches(client):
    """RFC 5258, 5819, 4731, 5182, 5256, 8970: what webmail asks for."""
    fill(client)
    say(client, "LIST", '(SUBSCRIBED)', '""', '("*" "INBOX")', "RETURN (CHILDREN STATUS (MESSAGES UIDNEXT))")
    say(client, "UID", "SEARCH", "RETURN (MIN MAX COUNT ALL)", "SEEN")
    say(client, "UID", "SORT", "(REVERSE DATE SUBJECT)", "UTF-8", "ALL")
    say(client, "UID", "THREAD", "REFERENCES", "UTF-8", "ALL")
    say(client, "FETCH", "1", "(PREVIEW BODYSTRUCTURE ENVELOPE)")
