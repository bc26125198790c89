"""Real mail clients: what they get through the proxy is what they get without it, and both legs carry the same octets."""
import hashlib
import imaplib
import os
import re
import subprocess

from cases import DOVECOT, IMAPCLIENT, case, check, equal
from mailboxes import USERS, mailboxes_of
from proxy import Chain, check_secrets_absent
from secret_forms import forms_of

imaplib._MAXLINE = 10_000_000       # The 70,000 octets line of alice's mail; the default refuses it.
UPLOAD = b"Subject: uploaded\r\nFrom: a@example.org\r\nMessage-ID: <up@example.org>\r\n\r\nliteral {3}\r\nabc\r\n* BYE\r\n"


def compare(context, scenario, user, connections):
    """Runs the scenario directly, then through the proxy, each on fresh mail."""
    context.dovecot.reset(user)
    direct = scenario(context, context.dovecot.bare, user, "direct")
    context.dovecot.reset(user)
    # Behind the login the default policy can edit nothing, so that compressed octets pass untouched too.
    chain = Chain(context, context.dovecot.bare, "--starttls", "offer")
    proxied = scenario(context, chain.address, user, "proxied")
    chain.check_transparent(connections)
    check(chain.client_side.connections, "the client never connected")
    chain.proxy.stop()
    equal(proxied, direct, "what the client got through the proxy")
    check_secrets_absent(chain.proxy.outputs, forms_of(USERS[user][0]))
    equal(len(chain.proxy.events("session_start")), len(chain.client_side.connections), "sessions in the JSONL file")
    equal(len(chain.proxy.events("session_end")), len(chain.client_side.connections), "ended sessions in the JSONL file")
    return direct


def bodies_of(user):
    return sorted(digest(octets) for _, octets in mailboxes_of(user)[0].messages)


def digest(octets):
    return hashlib.sha256(octets).hexdigest()


def without_uids(text):
    """What Dovecot does not repeat: how long it took, UIDVALIDITY of created mailboxes, times of delivery."""
    text = re.sub(rb"\([\d.]+ \+ [\d.]+ \+ [\d.]+ secs\)|\([\d.]+ \+ [\d.]+ secs\)", b"(time)", text)
    return re.sub(rb"INTERNALDATE \"[^\"]*\"", b"INTERNALDATE", text)


# curl

def curl(context, address, path, user, *options, upload=None):
    quoted = ("%s:%s" % (user, USERS[user][0])).replace("\\", "\\\\").replace('"', '\\"')
    settings = context.file("curlrc", 'user = "%s"\n' % quoted)
    command = ["curl", "-sS", "-K", str(settings), "--max-time", "30", "imap://%s:%d/%s" % (address[0], address[1], path), *options]
    result = subprocess.run(command, capture_output=True, env=dict(os.environ, HOME=str(context.folder)))
    check(result.returncode == 0, "curl failed with %d" % result.returncode, command, result.stderr)
    return without_uids(result.stdout)


def curl_session(context, address, user, name):
    upload = context.file("upload.eml", UPLOAD)
    count = len(mailboxes_of(user)[0].messages)
    got = [curl(context, address, "", user),
           curl(context, address, "", user, "-X", "STATUS INBOX (MESSAGES UIDNEXT)"),
           curl(context, address, "INBOX?ALL", user),
           curl(context, address, "INBOX;MAILINDEX=1;SECTION=HEADER.FIELDS%20(SUBJECT)", user),
           curl(context, address, "INBOX", user, "-X", "STORE 1 +FLAGS (\\Flagged)"),
           curl(context, address, "INBOX", user, "-X", "FETCH 1:3 (UID FLAGS ENVELOPE BODYSTRUCTURE)"),
           curl(context, address, "INBOX", user, "-T", str(upload))]
    folder = context.file("mail-" + name)
    folder.mkdir()
    curl(context, address, "INBOX;MAILINDEX=[1-%d]" % count, user, "-o", str(folder / "#1.eml"))
    fetched = sorted(digest(file.read_bytes()) for file in folder.iterdir())
    equal(fetched, bodies_of(user), "messages that curl fetched")
    return got + fetched


@case(DOVECOT)
def curl_with_SASL_PLAIN_or_better(context):
    compare(context, curl_session, "alice", 8)


@case(DOVECOT)
def curl_with_a_password_of_quotes_backslash_and_non_ASCII(context):
    compare(context, curl_session, "bob", 8)


@case(DOVECOT)
def curl_with_each_mechanism(context):
    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"):
        supported = subprocess.run(["curl", "--version"], capture_output=True, text=True).stdout
        if mechanism.startswith("SCRAM") and "GSASL" not in supported.upper():
            continue        # curl has SCRAM only with libgsasl.

        def session(context, address, user, name):
            return curl(context, address, "INBOX?ALL", user, "--login-options", "AUTH=" + mechanism)
        compare(context, session, "alice", 1)


# imaplib

def imaplib_session(context, address, user, name):
    connection = imaplib.IMAP4(address[0], address[1], timeout=30)
    password = USERS[user][0]
    if password.isascii():
        connection.login(user, password)
    else:                               # imaplib's LOGIN is limited to ASCII.
        connection.authenticate("PLAIN", lambda _: ("\0%s\0%s" % (user, password)).encode())
    got = [connection.list(), connection.namespace(), connection.select("INBOX"), connection.status("INBOX", "(MESSAGES UNSEEN)")]
    _, data = connection.uid("FETCH", "1:*", "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])")
    equal(sorted(digest(item[1]) for item in data if isinstance(item, tuple)), bodies_of(user), "messages that imaplib fetched")
    got.append(data)
    connection.append("INBOX", r"(\Seen custom)", imaplib.Time2Internaldate(1600000000), UPLOAD)
    connection.literal = b"uploaded"        # A search string as a literal.
    status, data = connection.uid("SEARCH", "CHARSET", "UTF-8", "SUBJECT")
    uid = data[0].split()[-1].decode()
    got += [status, data, connection.uid("FETCH", uid, "(BODY[HEADER.FIELDS (SUBJECT)] BODY[TEXT]<0.10>)"),
            connection.uid("STORE", uid, "+FLAGS", r"(\Deleted)"), connection.expunge()]
    connection.close()
    connection.logout()
    return without_uids(repr(got).encode())


@case(DOVECOT)
def imaplib_with_LOGIN(context):
    compare(context, imaplib_session, "alice", 1)


@case(DOVECOT)
def imaplib_with_AUTHENTICATE_and_a_non_ASCII_password(context):
    compare(context, imaplib_session, "bob", 1)


@case(DOVECOT)
def imaplib_with_CRAM_MD5(context):
    def session(context, address, user, name):
        connection = imaplib.IMAP4(address[0], address[1], timeout=30)
        connection.login_cram_md5(user, USERS[user][0])
        answer = connection.select("INBOX")
        connection.logout()
        return answer
    compare(context, session, "drichards", 1)


# IMAPClient

def imapclient_session(context, address, user, name):
    from imapclient import IMAPClient
    client = IMAPClient(address[0], port=address[1], ssl=False, timeout=30)
    client.login(user, USERS[user][0]) if USERS[user][0].isascii() else client.plain_login(user, USERS[user][0])
    got = [client.id_({"name": "IMAPClient", "vendor": "test"}), sorted(client.list_folders(), key=repr), client.select_folder("INBOX")]
    uids = client.search("ALL")
    fetched = client.fetch(uids, ["BODY.PEEK[]", "ENVELOPE", "BODYSTRUCTURE", "FLAGS", "INTERNALDATE"])
    equal(sorted(digest(item[b"BODY[]"]) for item in fetched.values()), bodies_of(user), "messages that IMAPClient fetched")
    got.append(sorted((uid, sorted(item.items(), key=repr)) for uid, item in fetched.items()))
    folder = "Größe ✓/" + "unter"
    client.create_folder(folder)
    client.copy(uids[:3], folder)
    client.select_folder(folder)
    got.append(client.search())
    client.unselect_folder()
    client.delete_folder(folder)
    client.select_folder("INBOX")
    client.idle()
    got.append(client.idle_check(timeout=0.2))
    got.append(client.idle_done()[1])
    client.add_flags(uids[0], ["some-keyword"])
    got.append(client.get_flags(uids[0]))
    client.logout()
    # The sequence number of FETCH and the time zone of a date are the library's, not the wire's.
    return without_uids(repr(got).encode())


@case(DOVECOT, IMAPCLIENT)
def IMAPClient_with_LOGIN(context):
    compare(context, imapclient_session, "alice", 1)


@case(DOVECOT, IMAPCLIENT)
def IMAPClient_with_AUTHENTICATE_PLAIN(context):
    compare(context, imapclient_session, "bob", 1)


# mbsync

def mbsync(context, address, user, name, mechanism):
    folder = context.file("mbsync-" + name)
    inbox = folder / "INBOX"
    first = not folder.exists()
    if first:
        folder.mkdir()
    password = context.file("mbsync-password", USERS[user][0])
    settings = context.file("mbsyncrc-" + name, """
IMAPAccount account
Host %s
Port %d
User %s
PassCmd "cat '%s'"
SSLType None
AuthMechs %s
Timeout 30

IMAPStore far
Account account

MaildirStore near
Path %s/
Inbox %s
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns INBOX Sent "Entw&APw-rfe"
Create Near
Expunge Both
Sync All
SyncState *
""" % (address[0], address[1], user, password, mechanism, folder, inbox))
    result = subprocess.run(["mbsync", "-c", str(settings), "all"], capture_output=True, text=True, env=dict(os.environ, HOME=str(context.folder)))
    check(result.returncode == 0, "mbsync failed with %d" % result.returncode, result.stdout, result.stderr)
    # mbsync marks each message that it copies with a random header of its own.
    original = lambda octets: re.sub(rb"(?m)^X-TUID: .*\n", b"", octets)
    return {box.name: sorted(digest(original(file.read_bytes())) for part in ("cur", "new") for file in (box / part).iterdir())
            for box in folder.iterdir() if box.is_dir()}


def mbsync_session(mechanism):
    def session(context, address, user, name):
        first = mbsync(context, address, user, name, mechanism)
        expected = sorted(digest(octets.replace(b"\r\n", b"\n")) for _, octets in mailboxes_of(user)[0].messages)
        equal(first["INBOX"], expected, "messages that mbsync fetched")
        # Changes on the near side: a new message, a flag, a deletion.
        inbox = context.file("mbsync-" + name) / "INBOX"
        (inbox / "new" / "1600000000.new.host").write_bytes(UPLOAD.replace(b"\r\n", b"\n"))
        for uid, flags in ((1, "FS"), (2, "ST")):
            file = [f for part in ("cur", "new") for f in (inbox / part).iterdir() if re.search(r",U=%d(:|$)" % uid, f.name)][0]
            file.rename(inbox / "cur" / (file.name.split(":")[0] + ":2," + flags))
        second = mbsync(context, address, user, name, mechanism)
        equal(len(second["INBOX"]), len(first["INBOX"]), "messages after one more and one less")
        return first, second
    return session


@case(DOVECOT)
def mbsync_with_LOGIN(context):
    compare(context, mbsync_session("LOGIN"), "alice", 2)


@case(DOVECOT)
def mbsync_with_CRAM_MD5(context):
    def session(context, address, user, name):
        return mbsync(context, address, user, name, "CRAM-MD5")
    compare(context, session, "drichards", 1)
