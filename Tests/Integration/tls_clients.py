"""Mail clients that fetch a whole INBOX over TLS, each as its users set it up.

Each takes an Errand and returns the messages it fetched as octets; without trust in the server it raises ClientFailed."""
import imaplib
import mailbox
import os
import re
import shutil
import signal
import ssl
import subprocess

from terminal import run_in_terminal


class ClientFailed(Exception):
    pass


class Errand:
    """What a client is to do. `trust` is the file of the one authority it knows; `folder` is its home."""

    def __init__(self, folder, port, starttls, trust, user, password, count):
        self.folder, self.port, self.starttls, self.trust = folder, port, starttls, trust
        self.user, self.password, self.count = user, password, count
        folder.mkdir()

    def file(self, name, content):
        path = self.folder / name
        path.write_text(content)
        path.chmod(0o600)
        return path

    @property
    def variables(self):
        return {"HOME": str(self.folder), "PATH": os.environ["PATH"], "LANG": "C", "TERM": "xterm"}

    def run(self, *command, text="", answers=None):
        variables = self.variables
        if answers is not None:
            status, out = run_in_terminal([str(word) for word in command], variables, 15, answers)
        else:
            # Text that no pipe could carry back: what clients print need not be UTF-8.
            result = subprocess.run([str(word) for word in command], input=text.encode(), capture_output=True, env=variables, timeout=50)
            status, out = result.returncode, result.stdout + result.stderr
        (self.folder / "output.log").write_bytes(out)
        if status:
            raise ClientFailed("%s ended with %s: %r" % (command[0], status, out[-600:]))
        return out


def maildir(folder):
    return [file.read_bytes() for part in ("cur", "new") for file in sorted((folder / part).glob("*"))]


def without(octets, *names):
    """Takes out header fields that a client adds to what it stores."""
    header, separator, body = octets.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = [line for line in header.split(b"\n") if line.split(b":")[0].decode() not in names]
    return b"\n".join(lines) + separator + body


def python_settings(errand):
    return ssl.create_default_context(cafile=str(errand.trust))


def with_imaplib(errand):
    try:
        if errand.starttls:
            client = imaplib.IMAP4("localhost", errand.port, timeout=30)
            client.starttls(python_settings(errand))
        else:
            client = imaplib.IMAP4_SSL("localhost", errand.port, ssl_context=python_settings(errand), timeout=30)
    except ssl.SSLError as error:
        raise ClientFailed(error)
    client.login(errand.user, errand.password)
    client.select("INBOX")
    _, data = client.fetch("1:*", "(BODY.PEEK[])")
    client.logout()
    return [item[1] for item in data if isinstance(item, tuple)]


def with_IMAPClient(errand):
    from imapclient import IMAPClient
    try:
        if errand.starttls:
            client = IMAPClient("localhost", port=errand.port, ssl=False, timeout=30)
            client.starttls(python_settings(errand))
        else:
            client = IMAPClient("localhost", port=errand.port, ssl_context=python_settings(errand), timeout=30)
    except ssl.SSLError as error:
        raise ClientFailed(error)
    client.login(errand.user, errand.password)
    client.select_folder("INBOX", readonly=True)
    fetched = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
    client.logout()
    return [item[b"BODY[]"] for item in fetched.values()]


def with_curl(errand):
    scheme, more = ("imap", ["--ssl-reqd"]) if errand.starttls else ("imaps", [])
    settings = errand.file("curlrc", 'user = "%s:%s"\n' % (errand.user, errand.password))
    errand.run("curl", "-sS", "-K", settings, "--cacert", errand.trust, *more, "--max-time", "30",
               "%s://localhost:%d/INBOX;MAILINDEX=[1-%d]" % (scheme, errand.port, errand.count), "-o", errand.folder / "#1.eml")
    return [file.read_bytes() for file in errand.folder.glob("*.eml")]


def with_mbsync(errand):
    errand.file("mbsyncrc", """
IMAPStore far
Host localhost
Port %d
User %s
Pass %s
SSLType %s
SystemCertificates no
CertificateFile %s
AuthMechs LOGIN

MaildirStore near
Path %s/
Inbox %s/INBOX

Channel all
Far :far:
Near :near:
Create Near
Sync Pull
SyncState *
""" % (errand.port, errand.user, errand.password, "STARTTLS" if errand.starttls else "IMAPS", errand.trust, errand.folder, errand.folder))
    errand.run("mbsync", "-c", errand.folder / "mbsyncrc", "all")
    return [without(octets, "X-TUID") for octets in maildir(errand.folder / "INBOX")]


def with_openssl(errand):
    """Raw IMAP through `openssl s_client`, all commands at once."""
    commands = "a LOGIN %s %s\r\nb SELECT INBOX\r\nc FETCH 1:* BODY.PEEK[]\r\nd LOGOUT\r\n" % (errand.user, errand.password)
    out = errand.run("openssl", "s_client", "-connect", "localhost:%d" % errand.port, "-servername", "localhost", "-CAfile", errand.trust,
                     "-verify_return_error", "-verify_hostname", "localhost", "-quiet", *(["-starttls", "imap"] if errand.starttls else []),
                     text=commands)
    fetched, at = [], 0
    while True:
        literal = re.compile(rb"FETCH \(BODY\[\] \{(\d+)\}\r\n").search(out, at)
        if not literal:
            return fetched
        at = literal.end() + int(literal.group(1))
        fetched.append(out[literal.end():at])


def with_fetchmail(errand):
    """As a mail delivery agent stands a `cat` into one file each: fetchmail itself stores nothing."""
    (errand.folder / "mail").mkdir()
    settings = errand.file("fetchmailrc", """
poll localhost protocol IMAP port %d timeout 30
  user "%s" password "%s" %s sslcertck sslcertfile %s
  fetchall keep no rewrite no mimedecode
  mda "cat > %s/mail/$(date +%%s%%N)"
""" % (errand.port, errand.user, errand.password, 'sslproto "TLS1.2+"' if errand.starttls else "ssl", errand.trust, errand.folder))
    errand.run("fetchmail", "-f", settings, "--invisible", "--nosyslog", "--pidfile", errand.folder / "pid", "-i", errand.folder / "ids")
    return [file.read_bytes() for file in (errand.folder / "mail").iterdir()]


def with_getmail(errand):
    """Implicit TLS only: getmail6 6.18 has no STARTTLS. A `cat` stores the mail, since getmail itself will not do it for root."""
    (errand.folder / "mail").mkdir()
    errand.file("getmailrc", """
[retriever]
type = SimpleIMAPSSLRetriever
server = localhost
port = %d
username = %s
password = %s
ca_certs = %s
mailboxes = ("INBOX",)
[destination]
type = MDA_external
path = /bin/sh
arguments = ("-c", "cat > %s/mail/$(date +%%s%%N)")
allow_root_commands = true
[options]
read_all = true
delivered_to = false
received = false
""" % (errand.port, errand.user, errand.password, errand.trust, errand.folder))
    errand.run("getmail", "--getmaildir", errand.folder, "--rcfile", "getmailrc")
    return [without(file.read_bytes(), "Return-Path", "X-getmail-retrieved-from-mailbox") for file in (errand.folder / "mail").iterdir()]


def with_imapfilter(errand):
    (errand.folder / "mail").mkdir()
    (errand.folder / ".imapfilter").mkdir()
    settings = errand.file("config.lua", """
options.certificates = false
options.timeout = 30
account = IMAP { server = 'localhost', port = %d, username = '%s', password = '%s'%s }
messages = account.INBOX:select_all()
for number, message in ipairs(messages) do
  mailbox, uid = table.unpack(message)
  file = io.open('%s/mail/' .. uid, 'wb')
  file:write(mailbox[uid]:fetch_message())
  file:close()
end
""" % (errand.port, errand.user, errand.password, "" if errand.starttls else ", ssl = 'auto'", errand.folder))
    errand.run("imapfilter", "-c", settings, "-t", errand.trust)
    return [file.read_bytes() for file in (errand.folder / "mail").iterdir()]


def with_offlineimap(errand):
    settings = errand.file("offlineimaprc", """
[general]
accounts = all
metadata = %(folder)s/metadata
maxsyncaccounts = 1
[Account all]
localrepository = near
remoterepository = far
[Repository near]
type = Maildir
localfolders = %(folder)s/mail
[Repository far]
type = IMAP
remotehost = localhost
remoteport = %(port)d
remoteuser = %(user)s
remotepass = %(password)s
ssl = %(implicit)s
starttls = %(starttls)s
sslcacertfile = %(trust)s
folderfilter = lambda name: name == 'INBOX'
""" % {"folder": errand.folder, "port": errand.port, "user": errand.user, "password": errand.password.replace("%", "%%"),
       "trust": errand.trust, "implicit": "no" if errand.starttls else "yes", "starttls": "yes" if errand.starttls else "no"})
    for last_try in (False, True):
        if run_offlineimap(errand, settings, last_try):
            return maildir(errand.folder / "mail" / "INBOX")
        # From the beginning, as a user would.
        for stale in (errand.folder / "mail", errand.folder / "metadata"):
            shutil.rmtree(stale, ignore_errors=True)


#: Tickets that come after the handshake are TLS 1.3's (RFC 8446 section 4.6.1).
NO_LATE_TICKETS = """
openssl_conf = all
[all]
ssl_conf = modules
[modules]
system_default = tls
[tls]
MaxProtocol = TLSv1.2
"""


def run_offlineimap(errand, settings, last_try):
    """False when it hangs by a fault of its own that is known, so that another try is due. imaplib2 3.05, its library, has two
    races after STARTTLS, with any server:
    Its writer thread sends CAPABILITY while its reader thread takes in tickets, on one unlocked TLS object: the octets can get
    lost in OpenSSL's handshake buffer (1 in 200 on a busy machine). With TLS 1.2 there is nothing to take in.
    Its reader thread is told to end after the answer to STARTTLS, but by a flag that is already set while it may still be busy
    with the answer before that. Then nobody reads on (rare). The stacks of the threads tell: one waits, and no reader is there."""
    variables = dict(errand.variables, OPENSSL_CONF=str(errand.file("openssl.cnf", NO_LATE_TICKETS))) if errand.starttls else errand.variables
    process = subprocess.Popen(["offlineimap", "-o", "-u", "basic", "-c", str(settings)], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=errand.folder, env=variables)
    hangs = False
    try:
        out, _ = process.communicate(timeout=25)
    except subprocess.TimeoutExpired:
        hangs = True
        process.send_signal(signal.SIGQUIT)     # It prints all its stacks and aborts.
        out, _ = process.communicate()
    (errand.folder / "output.log").write_bytes(out)
    if hangs and b" in starttls " in out and b" in _reader " not in out and not last_try:
        print("offlineimap hangs in STARTTLS without a reader thread, a race of imaplib2; it gets another try")
        return False
    if hangs or process.returncode:
        raise ClientFailed("offlineimap %s: %r" % ("hangs" if hangs else "ended with %d" % process.returncode, out[-3000:]))
    return True


def with_neomutt(errand):
    """Copies the whole INBOX into a file, by the keys that a user would press; rejects a certificate that it is asked about."""
    copy = errand.folder / "copy"
    settings = errand.file("neomuttrc", """
set folder="%(scheme)s://localhost:%(port)d/"
set spoolfile="%(scheme)s://localhost:%(port)d/INBOX"
set imap_user="%(user)s"
set imap_pass="%(password)s"
set imap_authenticators="login"
set ssl_force_tls=yes ssl_starttls=yes ssl_verify_dates=yes ssl_verify_host=yes
set ssl_ca_certificates_file="%(trust)s"
set certificate_file="%(folder)s/accepted"
set mbox_type=mbox confirmcreate=no confirmappend=no wait_key=no quit=yes mark_old=no copy=no move=no header_cache=""
set sleep_time=0 beep=no sort=mailbox-order
push "<tag-pattern>~A<enter><tag-prefix><copy-message>%(folder)s/copy<enter><exit>"
""" % {"scheme": "imap" if errand.starttls else "imaps", "port": errand.port, "user": errand.user, "password": errand.password,
       "trust": errand.trust, "folder": errand.folder})
    out = errand.run("neomutt", "-n", "-F", settings, answers={b"(r)eject": b"r", b"No mailbox is open": b"q"})
    if not copy.exists():
        raise ClientFailed("neomutt copied nothing: %r" % out[-600:])
    box = mailbox.mbox(copy)
    return [without(box.get_bytes(key), "Content-Length", "Lines", "Status", "X-Status") for key in box.keys()]
