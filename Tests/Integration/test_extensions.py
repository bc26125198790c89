"""Clients that use extensions, on servers that have them: Dovecot with all it can offer, Cyrus and pymap. A sound session leaves
no finding, everything in it has a note, and what passes is what would pass without us."""
import imaplib

import pymap_server

from cases import PYMAP, case, check, contains, equal
from cyrus import Cyrus
from extensions import MAIL, append_binary, binary, extended_lists_and_searches, metadata, notify, quick_resynchronization
from mailboxes import USERS
from proxy import Chain, check_secrets_absent, url
from pymap_server import Pymap
from secret_forms import forms_of
from test_compress import compress
from tls_proxy import IMPLICIT, STARTTLS, private_dovecot, start, trusting

USER = "alice"
PASSWORD = USERS[USER][0]

#: Capabilities that Dovecot has but does not offer by itself.
EVERYTHING = """
imap_metadata = yes
mailbox_list_index = yes
mailbox_idle_check_interval = 1s
mail_attribute_dict = file:%h/attributes
plugin {
  acl = vfile
  quota = maildir:Storage
  quota_rule = *:storage=1G
}
protocol imap {
  mail_plugins = $mail_plugins zlib imap_zlib acl imap_acl quota imap_quota
}
"""


def log_in(address, tls=None, starttls=None, user=USER, password=PASSWORD):
    client = imaplib.IMAP4_SSL("localhost", address[1], ssl_context=tls, timeout=30) if tls else imaplib.IMAP4(*address, timeout=30)
    if starttls:
        client.starttls(starttls)
    equal(client.login(user, password)[0], "OK", "LOGIN")
    return client


def check_sound(proxy, notes, password=PASSWORD, allowed=()):
    """Nothing is blamed on a sound session, nothing in it went unread, and `notes` are told."""
    wrong = [e for e in proxy.events("finding") if e["id"] not in allowed]
    equal(wrong, [], "findings")
    equal(proxy.events("gap"), [], "gaps")
    for note in notes:
        contains(proxy.stdout, note, "the transcript")
    # Continuation requests and completions may say all there is to say by themselves.
    for message in proxy.events("message"):
        if message["kind"] in ("command", "untagged"):
            check(message.get("note"), "a message without a note", message)
    check_secrets_absent(proxy.outputs, forms_of(password))


#: capability: (session, what the transcript has to say)
SESSIONS = {
    "QRESYNC": (quick_resynchronization, ["switches on QRESYNC", "is gone since the client last looked", "catching up from mod-sequence",
                                          "changed meanwhile and not updated", "changed since mod-sequence"]),
    "METADATA": (metadata, ["writes annotation /private/comment", "and all below them",
                            "deletes annotation /private/comment of “INBOX”"]),
    "BINARY": (binary, ["decoded size of part 1: 8 octets", "decoded part 1 (8 octets)", "decoded part 1 from octet 2 on (4 octets)"]),
    "literal8": (append_binary, ["octets to “INBOX”", "literal8"]),
    "lists and searches": (extended_lists_and_searches, ["lists subscribed mailboxes", "asks for the lowest, the highest, the count",
                                                         "sorted by reverse date, then Subject", "grouped into threads", "asks for preview, body structure and envelope"]),
}


def play(proxy, where, tls, user=USER, password=PASSWORD, sessions=SESSIONS):
    """Every session on a connection of its own, then the one of QRESYNC once more under compression."""
    def connect():
        if where == "implicit TLS":
            return log_in(proxy.tls, tls=tls, user=user, password=password)
        return log_in(proxy.address, starttls=tls if where == "STARTTLS" else None, user=user, password=password)
    for session, _ in sessions.values():
        client = connect()
        session(client)
        client.logout()
    if sessions is SESSIONS:
        client = connect()
        compress(client)
        quick_resynchronization(client)
        client.logout()
    return connect


def soundly(proxy, password=PASSWORD, sessions=SESSIONS, more=(), allowed=()):
    proxy.stop()
    check_sound(proxy, [note for _, notes in sessions.values() for note in notes] + list(more), password, allowed)


@case(timeout=120)
def all_that_Dovecot_can_offer_on_every_leg(context):
    dovecot = private_dovecot(context, settings=EVERYTHING)
    ways = (("cleartext", url(dovecot.bare)), ("STARTTLS", url(dovecot.starttls, STARTTLS)), ("implicit TLS", url(dovecot.tls, IMPLICIT)))
    for number, (where, upstream) in enumerate(ways):
        dovecot.reset(USER)
        proxy = start(context, upstream, "--starttls", "offer", "--upstream-ca", dovecot.certificate, name="proxy-%d" % number)
        connect = play(proxy, where, trusting(context))
        client = connect()
        notify(client, connect)
        client.logout()
        soundly(proxy, PASSWORD, SESSIONS, ["asks the server to push new messages", "COMPRESS DEFLATE", "“news”: 1 message"])


@case(timeout=120)
def Cyrus_on_every_leg(context):
    cyrus = Cyrus(context, {USER: PASSWORD})
    cyrus.start()
    ways = (("cleartext", url(cyrus.cleartext)), ("STARTTLS", url(cyrus.cleartext, STARTTLS)), ("implicit TLS", url(cyrus.tls, IMPLICIT)))
    for number, (where, upstream) in enumerate(ways):
        proxy = start(context, upstream, "--starttls", "offer", "--upstream-ca", cyrus.certificate, name="proxy-%d" % number)
        play(proxy, where, trusting(context))
        # Under TLS Cyrus offers SCRAM with channel binding, which no interceptor can hand on: that much is true.
        soundly(proxy, allowed=() if where == "cleartext" else ["channel-binding-offered"])


@case(timeout=120)
def Cyrus_gets_and_sends_the_same_octets(context):
    cyrus = Cyrus(context, {USER: PASSWORD})
    cyrus.start()
    chain = Chain(context, cyrus.cleartext, "--starttls", "offer")
    for session, _ in SESSIONS.values():
        client = log_in(chain.address)
        session(client)
        client.logout()
    chain.check_transparent(len(SESSIONS))
    soundly(chain.proxy)


def plain_session(client):
    """What any server can do, once."""
    client.list()
    client.status("INBOX", "(MESSAGES UIDNEXT UNSEEN)")
    equal(client.select("INBOX")[0], "OK", "SELECT")
    equal(client.append("INBOX", r"(\Seen)", None, MAIL)[0], "OK", "APPEND")
    client.noop()
    found = client.uid("SEARCH", "SUBJECT", "picture")[1][0].split()
    check(found, "the appended message is not found")
    status, parts = client.uid("FETCH", found[-1].decode(), "(FLAGS ENVELOPE BODYSTRUCTURE BODY.PEEK[])")
    check(status == "OK" and any(isinstance(part, tuple) and part[1] == MAIL for part in parts), "the appended message", parts)
    client.uid("STORE", found[-1].decode(), "+FLAGS", r"(\Deleted)")
    equal(client.expunge()[0], "OK", "EXPUNGE")


PLAIN = {"plain": (plain_session, ["opens “INBOX”", "uploads a message of 140 octets to “INBOX”", "whose Subject contains “picture”", "message 5 (UID 10"])}


@case(PYMAP)
def pymap_in_the_clear_and_by_STARTTLS(context):
    pymap = Pymap(context)
    pymap.start()
    for number, (where, upstream) in enumerate((("cleartext", url(pymap.cleartext)), ("STARTTLS", url(pymap.cleartext, STARTTLS)),
                                                ("implicit TLS", url(pymap.cleartext, STARTTLS)))):
        proxy = start(context, upstream, "--starttls", "offer", "--upstream-ca", pymap.certificate, name="proxy-%d" % number)
        play(proxy, where, trusting(context), user=pymap_server.USER, password=pymap_server.PASSWORD, sessions=PLAIN)
        soundly(proxy, pymap_server.PASSWORD, PLAIN)
