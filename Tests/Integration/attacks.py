"""A real client, told to use STARTTLS, meets an attack pack between itself and a real server."""
import re
import subprocess

from cases import IMAPSCOPE
from mailboxes import mailboxes_of
from proxy import url
from recorder import Recorder
from secret_forms import forms_of
from tls_clients import (ClientFailed, Errand, with_curl, with_fetchmail, with_imapfilter, with_imaplib, with_IMAPClient, with_mbsync,
                         with_neomutt, with_offlineimap)
from tls_proxy import IMPLICIT, PASSWORD, USER, authority, start


def curl_by_chance(errand):
    """curl that uses TLS where it is offered, and asks for none: --ssl."""
    settings = errand.file("curlrc", 'user = "%s:%s"\n' % (errand.user, errand.password))
    errand.run("curl", "-sS", "-K", settings, "--cacert", errand.trust, "--ssl", "--max-time", "20",
               "imap://localhost:%d/INBOX;MAILINDEX=[1-%d]" % (errand.port, errand.count), "-o", errand.folder / "#1.eml")
    return [file.read_bytes() for file in errand.folder.glob("*.eml")]


#: Those that every run of the tests attacks, then those that the guide tells about beside them.
VICTIMS = {"curl --ssl-reqd": with_curl, "mbsync": with_mbsync, "imaplib": with_imaplib}
MORE_VICTIMS = {"curl --ssl": curl_by_chance, "IMAPClient": with_IMAPClient, "fetchmail": with_fetchmail, "imapfilter": with_imapfilter,
                "neomutt": with_neomutt, "offlineimap3": with_offlineimap}


def packs():
    """The names of the attack packs that come with imapscope."""
    listed = subprocess.run([IMAPSCOPE, "rules", "list"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^\s*(attack-[a-z0-9-]+)", listed, re.M)


class Outcome:
    """What became of one client under one pack."""

    def __init__(self, context, pack, name, victim, limit=3):
        folder = re.sub(r"\W+", "-", "%s-%s" % (pack, name))
        proxy = start(context, url(context.dovecot.tls, IMPLICIT), "--upstream-ca", context.dovecot.certificate, "--starttls", "offer",
                      "--rules", pack, name=folder)
        recorder = Recorder(proxy.address)
        errand = Errand(context.file("home-" + folder), recorder.address[1], True, authority(context), USER, PASSWORD, limit)
        self.error = None
        try:
            self.fetched = len(victim(errand))
        except (ClientFailed, subprocess.TimeoutExpired) as error:
            self.error, self.fetched = str(error), 0
        except Exception as error:      # imaplib and IMAPClient have their own.
            self.error, self.fetched = "%s: %s" % (type(error).__name__, error), 0
        self.gone = not any(recording.client for recording in recorder.connections)
        proxy.stop()
        self.proxy = proxy
        wire = b"".join(bytes(recording.client) for recording in recorder.connections)
        #: The truth, from octets that imapscope had no part in: was the password on the network in the clear?
        self.password_in_clear = any(form in wire for form in forms_of(PASSWORD).values())
        self.findings = [event["id"] for event in proxy.events("finding") if event["id"].startswith("client-")]
        self.tls = [event["result"] for event in proxy.events("tls") if event.get("leg") == "client"]
        self.edits = [event for event in proxy.events("edit")]


def messages():
    return len(mailboxes_of(USER)[0].messages)
