"""A private Cyrus IMAP: unpacked from its packages, which conflict with Dovecot's, and never installed."""
import os
import pwd
import subprocess
import time

import cases
from dovecot import free_port
from imap_client import Client

PACKAGES = ("cyrus-imapd", "cyrus-common", "sasl2-bin", "libsasl2-modules", "libsasl2-modules-db")


class Cyrus:
    """After start(): `cleartext` is an address that offers STARTTLS too, `tls` one with implicit TLS. Users start with no mail."""

    def __init__(self, context, users):
        self.folder, self.users = context.folder / "cyrus", users
        self.cleartext, self.tls = ("127.0.0.1", free_port()), ("127.0.0.1", free_port())
        self.certificate, self.root, self.log = self.folder / "certificate.pem", self.folder / "root", self.folder / "cyrus.log"
        context.folder.chmod(0o755)
        self.folder.mkdir()
        context.later(self.stop)
        self.process = None

    def start(self):
        self.run(cases.ROOT / "Tests" / "Support" / "unpack-packages", self.root, *PACKAGES)
        libraries = sorted({str(file.parent) for file in self.root.glob("usr/lib/**/*.so.*")})
        plugins = [folder for root in (self.root, "/") for folder in [str(path) for path in self.paths(root)]]
        # Its own libraries first, then the machine's.
        self.variables = dict(os.environ, LD_LIBRARY_PATH=":".join(libraries), SASL_PATH=":".join(plugins))
        owner = pwd.getpwnam("mail") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self.run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                 "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", self.folder / "key.pem", "-out", self.certificate)
        for name in ("conf/socket", "conf/proc", "conf/db", "conf/log", "spool"):
            (self.folder / name).mkdir(parents=True)
        names = {"folder": self.folder, "user": owner.pw_name, "port": self.cleartext[1], "tls_port": self.tls[1]}
        (self.folder / "imapd.conf").write_text(IMAPD % names)
        (self.folder / "cyrus.conf").write_text(SERVICES % names)
        for user, password in self.users.items():
            self.run(self.root / "usr/sbin/saslpasswd2", "-p", "-c", "-f", self.folder / "sasldb2", "-u", "localhost.example", user,
                     text=password)
        if os.getuid() == 0:
            for path in [self.folder / "key.pem", self.folder / "sasldb2", *self.folder.glob("conf/**/"), self.folder / "spool"]:
                os.chown(path, owner.pw_uid, owner.pw_gid)
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([str(self.root / "usr/lib/cyrus/bin/master"), "-C", str(self.folder / "imapd.conf"),
                                             "-M", str(self.folder / "cyrus.conf"), "-p", str(self.folder / "pid")],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.variables)
        self.wait_until_ready()

    @staticmethod
    def paths(root):
        import pathlib
        return [path for path in pathlib.Path(root).glob("usr/lib/*/sasl2") if path.is_dir()]

    def run(self, *command, text=""):
        result = subprocess.run([str(word) for word in command], input=text, capture_output=True, text=True,
                                env=getattr(self, "variables", None))
        cases.check(result.returncode == 0, "%s failed with %d" % (command[0], result.returncode), result.stdout, result.stderr)

    def wait_until_ready(self):
        deadline = time.monotonic() + 20
        while True:
            try:
                with Client(self.cleartext, timeout=5) as client:
                    client.greeting()
                    return
            except OSError as error:
                log = self.log.read_text(errors="replace")
                cases.check(time.monotonic() < deadline and self.process.poll() is None, "Cyrus does not answer: %s" % error, log)
            time.sleep(0.1)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(10)


IMAPD = """
configdirectory: %(folder)s/conf
partition-default: %(folder)s/spool
cyrusbindir: %(folder)s/root/usr/lib/cyrus/bin
cyrus_user: %(user)s
admins: cyrus
unixhierarchysep: yes
altnamespace: yes
allowplaintext: yes
autocreate_quota: 0
autocreate_inbox_folders: Sent|Drafts|Trash
autocreate_users: anyone
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: %(folder)s/sasldb2
sasl_mech_list: PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256
tls_server_cert: %(folder)s/certificate.pem
tls_server_key: %(folder)s/key.pem
tls_sessions_db_path: %(folder)s/conf/tls_sessions.db
conversations: no
imapidlepoll: 1
servername: localhost.example
lmtpsocket: %(folder)s/conf/socket/lmtp
idlesocket: %(folder)s/conf/socket/idle
maxlogins_per_host: 0
"""

SERVICES = """
START {
  recover cmd="%(folder)s/root/usr/lib/cyrus/bin/ctl_cyrusdb -C %(folder)s/imapd.conf -r"
}
SERVICES {
  imap cmd="%(folder)s/root/usr/lib/cyrus/bin/imapd -C %(folder)s/imapd.conf -U 1" listen="127.0.0.1:%(port)d" prefork=1 maxchild=100
  imaps cmd="%(folder)s/root/usr/lib/cyrus/bin/imapd -C %(folder)s/imapd.conf -s -U 1" listen="127.0.0.1:%(tls_port)d" prefork=0 maxchild=100
}
EVENTS {
}
"""
