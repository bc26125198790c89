"""The session of the tutorial "Advanced IMAP", typed as it stands there, with every answer checked."""
import re
import threading

from cases import check, equal
from imap_client import Client

USER, PASSWORD = "drichards", "My_P@ssword1"

# The tutorial counts 89 octets of a text whose lines end in LF, yet sends CRLF: the message loses its line end, for the
# last CRLF ends the command.
REPORT = b"Subject: Send the weekly report\r\n\r\nRemember to send the weekly report to THE BOSS TODAY!!\r\n"
ANNOUNCED = 89


class Played:
    """What only the client knows, for checks of the transcript."""
    challenge = digest = reply = None
    sent = received = b""


def searched(responses):
    line = [response for response in responses if response.startswith(b"* SEARCH")][0]
    return [int(number) for number in line.split()[2:]]


def having(responses, pattern, what):
    found = [response for response in responses if re.search(pattern, response, re.S)]
    check(found, what, responses)
    return found[0]


def literal(response):
    head, size, octets = re.match(rb"(.*?)\{(\d+)\}\r\n(.*)", response, re.S).groups()
    return octets[:int(size)]


def play(address, before_done=None):
    """`before_done` runs while the session idles, and has to bring a new message to INBOX."""
    client, played = Client(address), Played()
    having([client.greeting()], rb"^\* OK ", "greeting")
    played.challenge, played.digest, played.reply, answer = client.cram_md5(USER, PASSWORD, tag="j", command=b"authenticate cram-md5")
    having(answer, rb"^j OK ", "CRAM-MD5")
    read_and_flag(client)
    search(client)
    folders(client)
    move_and_append(client)
    idle(client, before_done)
    client.logout()
    played.sent, played.received = bytes(client.sent), bytes(client.received)
    return played


def read_and_flag(client):
    selected = client.command("select inbox", tag="s")
    having(selected, rb"^\* 64 EXISTS$", "64 messages")
    having(selected, rb"\[UIDVALIDITY 1548379801\]", "UIDVALIDITY")
    having(selected, rb"\[UIDNEXT 72\]", "UIDNEXT")
    equal(len(client.command("FETCH 1:10 FLAGS", tag="f")), 11, "ten FETCH responses")
    having(client.command("STORE 2 +FLAGS (some-flag)", tag="g"), rb"^\* 2 FETCH .*some-flag", "a keyword on one message")
    stored = client.command("STORE 5:8 +FLAGS (a-different-flag)", tag="k")
    equal(sum(b"a-different-flag" in response and b" FETCH " in response for response in stored), 4, "a keyword on four messages")
    having(client.command("FETCH 1:10 FLAGS", tag="r"), rb"^\* 2 FETCH .*some-flag", "the keyword stays")
    client.command("fetch 1:5 UID ", tag="f", status=None)       # The tutorial's stray space: servers differ on it.
    fetched = client.command("fetch 1:5 UID", tag="f")
    uids = [int(re.search(rb"UID (\d+)", response).group(1)) for response in fetched[:-1]]
    equal(uids, [8, 9, 10, 11, 12], "UIDs")
    having(client.command("UID STORE 10 +FLAGS (a-funny-flag)", tag="w"), rb"^\* 3 FETCH .*a-funny-flag", "UID STORE")
    having(client.command("UID FETCH 71 BODY[HEADER.FIELDS (SUBJECT)]", tag="u"), rb"\{18\}\r\nSubject: crash\r\n\r\n\)", "a subject")


def search(client):
    equal(searched(client.command("SEARCH UNSEEN", tag="s")), [1, 2, 4] + list(range(6, 64)), "unseen")
    equal(searched(client.command('SEARCH UNSEEN HEADER SUBJECT "crash"', tag="s")), list(range(14, 64)), "unseen crashes")
    client.command("FETCH 15 BODY[HEADER.FIELDS (SUBJECT)]", tag="f")       # Without PEEK this sets \\Seen.
    equal(searched(client.command('SEARCH UNSEEN HEADER SUBJECT "crash"', tag="s")), [14] + list(range(16, 64)), "after reading 15")
    equal(searched(client.command('SEARCH OR SMALLER 10000 HEADER SUBJECT "crash"', tag="s")), list(range(1, 65)), "OR")
    having(client.command("FETCH 1 BODY[HEADER.FIELDS (SUBJECT)]", tag="r"), rb"\{2\}\r\n\r\n\)", "no subject")
    having(client.command("FETCH 1 RFC822.SIZE", tag="r"), rb"RFC822\.SIZE 447", "size")
    equal(searched(client.command('SEARCH NOT HEADER SUBJECT "crash"', tag="s")), list(range(1, 14)), "NOT")


def folders(client):
    having(client.command("namespace", tag="n"), rb'^\* NAMESPACE \(\("" "\."\)\) NIL NIL', "namespace")
    client.command('LIST "" "*"', tag="k")
    for name in ("work", "work.receipts", '"work.due today"', '"work.follow up"'):
        client.command("CREATE " + name, tag="c")
    listed = client.command('LIST "" "work*"', tag="k")
    equal(sum(response.startswith(b"* LIST") for response in listed), 4, "folders below work")


def move_and_append(client):
    client.command("select inbox", tag="001")
    original = literal(having(client.command("fetch 10 rfc822", tag="f"), rb"RFC822 \{", "a whole message"))
    having(client.command('COPY 10 "work.due today"', tag="c"), rb"^c OK \[COPYUID \d+ 17 1\]", "COPYUID")
    client.command("STORE 10 +FLAGS (\\Deleted)", tag="s")
    having(client.command("EXPUNGE", tag="e"), rb"^\* 10 EXPUNGE$", "EXPUNGE")
    client.command('SELECT "work.due today"', tag="s")
    equal(literal(having(client.command("FETCH 1 RFC822", tag="f"), rb"RFC822 \{", "the copy")), original, "the copied message")
    equal(len(REPORT), 91, "length of the report")
    client.send(b'a1 APPEND "work.due today" {%d}\r\n' % ANNOUNCED)
    client.continuation()
    client.send(REPORT)
    having(client.until("a1"), rb"^a1 OK \[APPENDUID \d+ 2\]", "APPENDUID")
    client.command('select "work.due today"', tag="s")
    fetched = having(client.command("fetch 2 rfc822", tag="f"), rb"RFC822 \{", "the appended message")
    equal(literal(fetched), REPORT[:ANNOUNCED], "the appended message")


def idle(client, before_done):
    client.command("select inbox", tag="i0")
    client.send(b"i IDLE\r\n")
    client.continuation()
    if before_done:
        delivery = threading.Thread(target=before_done)
        delivery.start()
        having([client.response()], rb"^\* 64 EXISTS$", "the new message is announced while idling")
        delivery.join()
    client.send(b"DONE\r\n")
    having(client.until("i"), rb"^i OK ", "the end of IDLE")
