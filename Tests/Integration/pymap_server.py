"""pymap from PyPI as a server: another IMAP4rev1 than Dovecot's, in memory, with demo mail and one user."""
import os
import subprocess
import time

import cases
from dovecot import free_port
from imap_client import Client

USER, PASSWORD = "demouser", "demopass"


class Pymap:
    """After start(): `cleartext` is an address that offers STARTTLS."""

    def __init__(self, context):
        self.context, self.cleartext = context, ("127.0.0.1", free_port())
        self.certificate = context.file("pymap.pem")
        self.log = context.file("pymap.log")

    def start(self):
        key = self.context.file("pymap-key.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(self.certificate)],
                       check=True, capture_output=True)
        with open(self.log, "wb") as log:
            process = subprocess.Popen([str(cases.VENV / "bin" / "pymap"), "--no-service", "managesieve", "--no-service", "admin",
                                        "--host", self.cleartext[0], "--port", str(self.cleartext[1]), "--cert", str(self.certificate),
                                        "--key", str(key), "dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD],
                                       stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.context.folder,
                                       env=dict(os.environ, HOME=str(self.context.folder)))
        self.context.later(process.kill)
        deadline = time.monotonic() + 20
        while True:
            try:
                with Client(self.cleartext, timeout=5) as client:
                    client.greeting()
                    return
            except OSError as error:
                cases.check(time.monotonic() < deadline and process.poll() is None, "pymap does not answer: %s" % error,
                            self.log.read_text(errors="replace"))
            time.sleep(0.1)
