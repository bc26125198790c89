"""Certificate, key and CA files that are no good: the exit status, the file and the reason; or a warning, and service."""
import ssl
import subprocess

from cases import IMAPSCOPE, case, check, contains, equal
from certificates import DAY, Authority, make_key, openssl
from proxy import Proxy, url
from scripted_server import ScriptedServer, accept_everything
from tls_proxy import SecureClient, start, tuned

#: What ends a program that cannot open an input, and one whose configuration is wrong (sysexits.h).
NO_INPUT, CONFIGURATION = 66, 78


def refused(context, options, status, file, reason):
    """Without a listening port: whatever is wrong has to be found before."""
    command = [IMAPSCOPE, "proxy", "-l", "imaps://127.0.0.1:0", "-u", "imaps://127.0.0.1:1", *map(str, options)]
    result = subprocess.run(command, capture_output=True, timeout=20, env={"HOME": str(context.folder), "PATH": "/usr/bin"})
    told = result.stderr.decode()
    what = " ".join(str(option) for option in options)
    equal(result.returncode, status, "status with %s: %s" % (what, told))
    contains(told, str(file), "the message about " + what)
    contains(told.lower(), reason, "the message about " + what)
    check("PRIVATE KEY" not in told and "listening" not in told, "the message", told)


def shown(address):
    with SecureClient(address, tuned(ssl.create_default_context(), verified=False)) as client:
        client.greeting()
        return client.socket.getpeercert(binary_form=True)


class Files:
    """Good ones, and every kind of bad one."""

    def __init__(self, context):
        self.root = Authority(context.folder)
        self.good = self.root.issue("good")
        self.missing, self.empty = context.file("missing.pem"), context.file("empty.pem", "")
        self.garbage = context.file("garbage.pem", "no certificate\n")
        self.binary = context.file("binary.pem", bytes(range(256)) * 8)
        pem = self.good.certificate.read_text()
        damaged = pem.replace("-----\nMII", "-----\nAAA", 1)         # The outermost tag and length.
        self.damaged = context.file("damaged.pem", damaged)
        self.truncated = context.file("truncated.pem", pem[:len(pem) // 2])
        self.half_chain = context.file("half-chain.pem", pem + damaged)
        self.folder = context.file("folder.pem")
        self.folder.mkdir()
        self.other_key = make_key(context.file("other-key.pem"))
        self.encrypted = context.file("encrypted-key.pem")
        openssl("pkey", "-in", self.good.key, "-aes256", "-passout", "pass:secret", "-out", self.encrypted)
        self.encrypted.chmod(0o600)


#: Kinds of a file without a certificate: the status and the reason.
UNREADABLE = {
    "missing": (NO_INPUT, "no such file"), "folder": (NO_INPUT, "directory"), "empty": (CONFIGURATION, "empty"),
    "garbage": (CONFIGURATION, "no certificate"), "binary": (CONFIGURATION, "no certificate"), "damaged": (CONFIGURATION, "damaged"),
    "truncated": (CONFIGURATION, "damaged"), "half_chain": (CONFIGURATION, "certificate 2 is damaged"),
}


@case()
def a_file_that_holds_no_certificate_is_named_with_the_reason(context):
    files = Files(context)
    for kind, (status, reason) in UNREADABLE.items():
        path = getattr(files, kind)
        refused(context, ["--cert", path, "--key", files.good.key], status, path, reason)
        refused(context, ["--upstream-cert", path, "--upstream-key", files.good.key], status, path, reason)
        refused(context, ["--upstream-ca", path], status, path, reason)
        refused(context, ["--client-ca", path], status, path, reason)


@case()
def a_file_that_holds_no_usable_key_is_named_with_the_reason(context):
    files = Files(context)
    table = [(files.missing, NO_INPUT, "no such file"), (files.folder, NO_INPUT, "directory"), (files.empty, CONFIGURATION, "empty"),
             (files.garbage, CONFIGURATION, "no private key"), (files.good.certificate, CONFIGURATION, "not a private key"),
             (files.encrypted, CONFIGURATION, "encrypted"), (files.other_key, CONFIGURATION, "not the one of the certificate")]
    for path, status, reason in table:
        refused(context, ["--cert", files.good.chain, "--key", path], status, path, reason)
        refused(context, ["--upstream-cert", files.good.chain, "--upstream-key", path], status, path, reason)
    # Without a file of its own the key is looked for beside the certificate.
    refused(context, ["--cert", files.good.chain], CONFIGURATION, files.good.chain, "private key")
    refused(context, ["--upstream-cert", files.good.chain], CONFIGURATION, files.good.chain, "private key")
    # The wrong way round.
    refused(context, ["--cert", files.good.key, "--key", files.good.key], CONFIGURATION, files.good.key, "this is a private key")


@case()
def an_encrypted_key_is_not_asked_a_passphrase_for(context):
    """OpenSSL would ask on the terminal, which no service has: the message says how to decrypt it instead."""
    files = Files(context)
    old = context.file("old.pem")
    openssl("ec", "-in", files.good.key, "-aes128", "-passout", "pass:secret", "-out", old)
    old.chmod(0o600)
    for path in (files.encrypted, old):
        refused(context, ["--cert", files.good.chain, "--key", path], CONFIGURATION, path, "encrypted")


@case()
def a_certificate_that_clients_will_not_like_is_refused_or_served_with_a_warning(context):
    root = Authority(context.folder)
    server = ScriptedServer(accept_everything)
    table = [(root.issue("expired", begins=-3 * DAY, ends=-DAY), "expired"), (root.issue("future", begins=DAY, ends=3 * DAY), "not valid before"),
             (root.issue("stranger", names="DNS:mail.example.org"), "is not for ")]
    alone = context.file("self-signed.pem")
    key = make_key(context.file("self-signed-key.pem"))
    openssl("req", "-x509", "-new", "-key", key, "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-out", alone)
    table = [(issued.chain, issued.key, reason) for issued, reason in table] + [(alone, key, "self-signed")]
    for number, (chain, key, reason) in enumerate(table):
        refused(context, ["--cert", chain, "--key", key], CONFIGURATION, chain, reason)
        proxy = start(context, url(("localhost", server.address[1])), "--cert", chain, "--key", key, "--allow-bad-cert",
                      name="proxy-%d" % number)
        equal(shown(proxy.tls), ssl.PEM_cert_to_DER_cert(chain.read_text()), "the certificate that is served")
        proxy.stop()
        warnings = [line for line in proxy.stderr.splitlines() if "warning: " in line]
        check(any(str(chain) in line and reason in line for line in warnings), "no warning “%s” about %s" % (reason, chain), proxy.stderr)


@case()
def files_of_a_good_kind_bring_no_warning(context):
    root = Authority(context.folder)
    issued = root.issue("good")
    for number, options in enumerate((["--cert", issued.chain, "--key", issued.key], ["--upstream-ca", root.path],
                                      ["--upstream-cert", issued.chain, "--upstream-key", issued.key])):
        proxy = Proxy(context, url(("localhost", 1), "imaps"), "-l", "imaps://127.0.0.1:0", *options, name="proxy-%d" % number)
        proxy.stop()
        check("warning" not in proxy.stderr, "a warning with %s" % options[0], proxy.stderr)


@case()
def a_certificate_that_is_no_good_for_the_server_is_refused_or_brings_a_warning(context):
    """With leave the server judges it."""
    root = Authority(context.folder)
    expired = root.issue("expired", begins=-3 * DAY, ends=-DAY)
    for number, (word, *options) in enumerate((("expired", "--upstream-cert", expired.chain, "--upstream-key", expired.key),
                                               ("expired", "--upstream-ca", expired.certificate))):
        refused(context, options, CONFIGURATION, options[1], word)
        proxy = Proxy(context, url(("localhost", 1), "imaps"), *options, "--allow-bad-cert", name="proxy-%d" % number)
        proxy.stop()
        warnings = [line for line in proxy.stderr.splitlines() if "warning: " in line]
        check(any(str(options[1]) in line and word in line for line in warnings), "no warning with %s" % options[0], proxy.stderr)
