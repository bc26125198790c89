"""The mail that the tests' Dovecot holds: the same octets on every run, written as Maildir++ folders."""
import base64
import os
import random
import shutil

WORDS = "anchor basil cedar dune ember fjord glade harbor inlet juniper kelp lagoon maple nectar orchid pebble".split()


def modified_utf7(name):
    """RFC 3501 section 5.1.3: the form in which Maildir++ folders bear non-ASCII names."""
    encoded, pending = "", ""
    for character in name + "\0":
        if character != "\0" and not " " <= character <= "~":
            pending += character
            continue
        if pending:
            encoded += "&" + base64.b64encode(pending.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"
            pending = ""
        encoded += "&-" if character == "&" else character if character != "\0" else ""
    return encoded


class Mailbox:
    """Messages in order: (flags in Maildir letters, octets with CRLF line ends as a server sends them)."""

    def __init__(self, name, uid_validity, first_uid=1):
        self.name, self.uid_validity, self.first_uid, self.messages = name, uid_validity, first_uid, []

    def add(self, octets, flags=""):
        self.messages.append((flags, octets))

    def write(self, maildir, separator):
        folder = maildir if self.name == "INBOX" else os.path.join(maildir, "." + modified_utf7(self.name).replace(separator, "."))
        for part in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(folder, part))
        index = ["3 V%d N%d G%032x" % (self.uid_validity, self.first_uid + len(self.messages), self.uid_validity)]
        for uid, (flags, octets) in enumerate(self.messages, self.first_uid):
            stored = octets.replace(b"\r\n", b"\n")
            name = "%d.M%dP1.imapscope,S=%d,W=%d" % (1577749000 + uid, uid, len(stored), len(octets))
            path = os.path.join(folder, "cur", "%s:2,%s" % (name, flags))
            with open(path, "wb") as file:
                file.write(stored)
            os.utime(path, (1577749000 + uid, 1577749000 + uid))    # INTERNALDATE
            index.append("%d :%s" % (uid, name))
        with open(os.path.join(folder, "dovecot-uidlist"), "w") as file:
            file.write("\n".join(index) + "\n")


def message(number, subject, body, *more):
    lines = ["From: Maria Berg <maria@example.org>", "To: alice@example.net", "Message-ID: <%d.mail@example.org>" % number,
             "Date: Mon, 30 Dec 2019 23:%02d:00 +0000" % (number % 60)] + list(more)
    if subject is not None:
        lines.append("Subject: " + subject)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode())


def prose(chance, words):
    chosen = [chance.choice(WORDS) for _ in range(words)]
    return "".join(" ".join(chosen[i:i + 9]) + "\r\n" for i in range(0, words, 9))


def tutorial_user():
    """INBOX as the tutorial "Advanced IMAP" finds it: 64 messages, UIDs 8 to 71; "crash" from the 14th on; 3, 5, 64 seen."""
    inbox = Mailbox("INBOX", 1548379801, first_uid=8)
    for number in range(1, 65):
        subject = None if number == 1 else "mary" if number < 14 else "crash"
        octets = message(number, subject, "Report %d of the machine bluefin.\r\n" % number)
        if number == 1:         # The tutorial reads RFC822.SIZE 447 here.
            octets += b"." * (447 - len(octets) - 2) + b"\r\n"
        inbox.add(octets, "S" if number in (3, 5, 64) else "")
    return [inbox, Mailbox("Trash", 1548379802), Mailbox("folder1", 1548379803)]


def odd_bodies(chance):
    """Bodies that a careless parser takes for protocol, or cannot hold."""
    yield "literals in text", "{5}\r\nhello\r\n* 3 FETCH (BODY[] {100000}\r\na1 OK Fetch completed.\r\n+ idling\r\n)\r\n* BYE no\r\n"
    yield "ends without a line end", "the last line {12+}"
    yield "one long line", "x" * 70000 + "\r\n"
    yield "8-bit text", "Grüße aus Malmö — ✓ 日本語\r\n" * 4
    yield "quotes \"and\" back\\slashes (in) {7}", "\"\\\r\n\\\"\r\n(\r\n))\r\n"
    yield "empty", ""
    yield "control characters", "bell \x07, escape \x1b[31mred\x1b[0m, delete \x7f\r\n"
    yield "three megabytes", base64.encodebytes(chance.randbytes(2_280_000)).replace(b"\n", b"\r\n")


def rich_user(chance):
    inbox = Mailbox("INBOX", 1570000001)
    for number in range(1, 21):
        inbox.add(message(number, "%s %d" % (chance.choice(WORDS), number), prose(chance, 40)), chance.choice(["", "S", "FS", "RS"]))
    for number, (subject, body) in enumerate(odd_bodies(chance), 21):
        inbox.add(message(number, subject, body, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                          "Content-Transfer-Encoding: 8bit"))
    boxes = [inbox]
    for offset, name in enumerate(["Sent", "Entwürfe", "日本語/メール ✓", "With \"quotes\"", "R&D {12}", "back\\slash"], 1):
        box = Mailbox(name, 1570000001 + offset)
        for number in range(offset):
            box.add(message(number, "in " + modified_utf7(name), prose(chance, 12)), "S")
        boxes.append(box)
    return boxes


def small_user(chance):
    inbox = Mailbox("INBOX", 1580000001)
    for number in range(1, 13):
        inbox.add(message(number, "note %d" % number, prose(chance, 20)))
    return [inbox]


#: user: (password, hierarchy separator, what makes the mailboxes)
USERS = {
    "drichards": ("My_P@ssword1", ".", lambda chance: tutorial_user()),
    "alice": ("correct horse battery staple", "/", rich_user),
    "bob": ("pä\"ss\\wörd✓{5}", "/", small_user),
}


def mailboxes_of(user):
    return USERS[user][2](random.Random("imapscope/" + user))


def write_user(root, user):
    """Puts the user's mail back as it was; returns the user's home folder."""
    home = os.path.join(root, user)
    shutil.rmtree(home, ignore_errors=True)
    separator, boxes = USERS[user][1], mailboxes_of(user)
    for box in boxes:
        box.write(os.path.join(home, "Maildir"), separator)
    with open(os.path.join(home, "Maildir", "subscriptions"), "w", encoding="utf-8") as file:
        file.write("V\t2\n\n" + "".join("\t".join(map(modified_utf7, box.name.split(separator))) + "\n" for box in boxes))
    return home
