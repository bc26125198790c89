"""A private Dovecot 2.3: its own configuration, mail, users and free ports; works as root and as a plain user."""
import os
import pathlib
import pwd
import grp
import shutil
import random
import socket
import subprocess
import time

import mailboxes
from imap_client import Client


class DovecotError(Exception):
    pass


def free_port(host="127.0.0.1"):
    """A port below those that the system gives to outgoing connections, so that none of these takes it meanwhile."""
    while True:
        port = random.randrange(10_240, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port


class Dovecot:
    """After start(): `bare` is an address without any TLS, `starttls` one that offers STARTTLS, `tls` one with implicit TLS.
    The bare one exists because a proxy may have to edit a capability list with STARTTLS in it, and never another."""

    def __init__(self, folder, settings="", openssl=None):
        """`settings` come last in Dovecot's configuration; `openssl` is a configuration file of OpenSSL's own."""
        self.folder, self.settings, self.openssl = pathlib.Path(folder), settings, openssl
        self.certificate = self.folder / "certificate.pem"
        port, tls_port = free_port("127.0.0.1"), free_port("127.0.0.1")
        self.starttls, self.tls, self.bare = ("127.0.0.1", port), ("127.0.0.1", tls_port), ("127.0.0.2", port)
        self.process = None

    def start(self):
        binary = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
        if not binary:
            raise DovecotError("Dovecot is not installed: run 'Tests/Support/install-packages test'")
        version = subprocess.run([binary, "--version"], capture_output=True, text=True).stdout.split()[0]
        if not version.startswith("2.3."):
            raise DovecotError("the tests' configuration is for Dovecot 2.3, and %s is %s" % (binary, version))
        (self.folder / "run").mkdir(parents=True)
        # Mail belongs to the user "mail" when root runs this, since Dovecot refuses to give root a mailbox.
        self.owner = pwd.getpwnam("mail") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2", "-keyout", str(self.folder / "key.pem"),
                        "-out", str(self.certificate)], check=True, capture_output=True)
        passwd = []
        for user, (password, separator, _) in mailboxes.USERS.items():
            self.reset(user)
            passwd.append("%s:{PLAIN}%s:%d:%d::%s/mail/%s::userdb_namespace/inbox/separator=%s\n" % (
                user, password, self.owner.pw_uid, self.owner.pw_gid, self.folder, user, separator))
        (self.folder / "passwd").write_text("".join(passwd), encoding="utf-8")
        configuration = self.folder / "dovecot.conf"
        configuration.write_text(self.configuration(), encoding="utf-8")
        # Into a file: nobody would read a pipe.
        with open(self.folder / "start.log", "wb") as log:
            variables = dict(os.environ, OPENSSL_CONF=str(self.openssl)) if self.openssl else None
            self.process = subprocess.Popen([binary, "-F", "-c", str(configuration)], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env=variables)
        self.wait_until_ready()

    def configuration(self):
        me = self.owner.pw_name
        rootless = "" if os.getuid() == 0 else ROOTLESS % {"user": me, "group": grp.getgrgid(self.owner.pw_gid).gr_name}
        return CONFIGURATION % {"folder": self.folder, "port": self.starttls[1], "tls_port": self.tls[1]} + rootless + self.settings

    def wait_until_ready(self):
        # A fresh Dovecot greets with "* OK Waiting for authentication process" before its real greeting.
        deadline = time.monotonic() + 20
        for address in (self.bare, self.starttls):
            while True:
                try:
                    with Client(address, timeout=5) as client:
                        if b"Waiting" not in client.greeting():
                            break
                except OSError as error:
                    if time.monotonic() > deadline or self.process.poll() is not None:
                        started = (self.folder / "start.log").read_text(errors="replace")
                        raise DovecotError("Dovecot does not answer: %s\n%s%s" % (error, started, "\n".join(self.log_since(0)[-10:])))
                time.sleep(0.1)

    def reset(self, user):
        """Puts the user's mail back as it was. The user must have no session."""
        home = mailboxes.write_user(self.folder / "mail", user)
        if os.getuid() == 0:
            for folder, _, files in os.walk(home):
                for path in [folder] + [os.path.join(folder, name) for name in files]:
                    os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def log_size(self):
        log = self.folder / "dovecot.log"
        return log.stat().st_size if log.exists() else 0

    def log_since(self, offset):
        log = self.folder / "dovecot.log"
        return log.read_bytes()[offset:].decode("utf-8", "backslashreplace").splitlines() if log.exists() else []


CONFIGURATION = """
base_dir = %(folder)s/run
instance_name = imapscope-%(port)d
import_environment = TZ OPENSSL_CONF
log_path = %(folder)s/dovecot.log
protocols = imap
listen = 127.0.0.1, 127.0.0.2
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_privileged_group =
mail_access_groups =
mail_fsync = never
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256
auth_username_chars =
auth_failure_delay = 0
ssl = yes
ssl_cert = <%(folder)s/certificate.pem
ssl_key = <%(folder)s/key.pem
local 127.0.0.2 {
  ssl = no
}
passdb {
  driver = passwd-file
  args = username_format=%%u %(folder)s/passwd
}
userdb {
  driver = passwd-file
  args = username_format=%%u %(folder)s/passwd
}
namespace inbox {
  inbox = yes
  separator = /
}
protocol imap {
  mail_max_userip_connections = 1000
  mail_plugins = $mail_plugins zlib imap_zlib
}
service imap-login {
  service_count = 0
  process_min_avail = 1
  process_limit = 1
  client_limit = 2000
  chroot =
  inet_listener imap {
    port = %(port)d
  }
  inet_listener imaps {
    port = %(tls_port)d
    ssl = yes
  }
}
service imap {
  process_limit = 1000
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
"""

# What root has and others do not: users of their own for the login processes, and chroot.
ROOTLESS = """
default_internal_user = %(user)s
default_internal_group = %(group)s
default_login_user = %(user)s
service anvil {
  chroot =
}
service imap-urlauth-login {
  chroot =
}
"""
