"""Certificates of every kind, right and wrong, made by openssl: none is ever stored in the project."""
import subprocess
import time

DAY = 86400
LOCAL = "DNS:localhost,IP:127.0.0.1,IP:127.0.0.2"


def openssl(*arguments, text=None):
    result = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, input=text)
    if result.returncode:
        raise AssertionError("openssl %s failed: %s" % (arguments[0], result.stderr))
    return result.stdout


def make_key(path, algorithm="EC"):
    more = ["-pkeyopt", "ec_paramgen_curve:P-256"] if algorithm == "EC" else ["-pkeyopt", "rsa_keygen_bits:2048"]
    openssl("genpkey", "-algorithm", algorithm, *more, "-out", path)
    path.chmod(0o600)
    return path


class Issued:
    """A certificate with its key; `chain` holds the certificate and what is above it, without the root."""

    def __init__(self, folder, name):
        self.name = name
        self.key, self.certificate, self.chain = folder / (name + "-key.pem"), folder / (name + ".pem"), folder / (name + "-chain.pem")


class Authority:
    """A root, and what it signs. `path` is the certificate that others trust."""

    def __init__(self, folder, name="root", above=None):
        self.folder = folder / (name + "-authority")
        self.folder.mkdir(parents=True)
        self.above = above
        self.folder.joinpath("index.txt").write_text("")
        if above is None:
            self.path, self.key = self.folder / "ca.pem", make_key(self.folder / "ca-key.pem")
            openssl("req", "-x509", "-new", "-key", self.key, "-days", "30", "-subj", "/CN=Test " + name, "-out", self.path)
            self.upper = []
        else:
            own = above.issue(name, extensions="basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign")
            self.path, self.key, self.upper = own.certificate, own.key, [own.certificate]

    def issue(self, name, names=LOCAL, algorithm="EC", begins=-DAY, ends=DAY, key=None, extensions=None):
        """`begins` and `ends` are seconds from now. `openssl ca` is the one command of OpenSSL 3.0 that makes expired ones."""
        issued = Issued(self.folder, name)
        if key is None:
            make_key(issued.key, algorithm)
        else:
            issued.key = key
        request, settings = self.folder / (name + ".csr"), self.folder / (name + ".cnf")
        settings.write_text(SETTINGS % {"folder": self.folder,
                                        "extensions": extensions or "basicConstraints=CA:FALSE\nsubjectAltName=" + names})
        openssl("req", "-new", "-key", issued.key, "-subj", "/CN=" + name, "-out", request)
        at = lambda seconds: time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + seconds))
        openssl("ca", "-batch", "-notext", "-config", settings, "-keyfile", self.key, "-cert", self.path,
                "-startdate", at(begins), "-enddate", at(ends), "-in", request, "-out", issued.certificate)
        issued.chain.write_text("".join(path.read_text() for path in [issued.certificate] + self.upper))
        return issued


SETTINGS = """
[ca]
default_ca=own
[own]
database=%(folder)s/index.txt
new_certs_dir=%(folder)s
default_md=sha256
policy=any
rand_serial=yes
unique_subject=no
x509_extensions=extensions
[any]
commonName=supplied
[extensions]
%(extensions)s
"""
