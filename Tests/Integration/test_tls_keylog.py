"""The key log opens recorded sessions of both legs to Wireshark's own dissectors."""
import imaplib
import stat
import subprocess

from cases import DOVECOT, case, check, contains, equal
from pcap import write_pcap
from proxy import url
from recorder import Recorder
from tls_proxy import IMPLICIT, PASSWORD, STARTTLS, USER, VERSIONS, dovecot_of, session, start, tls_events, trusting

#: What tshark is told about the port in the file: TLS with IMAP in it, or IMAP that goes on under TLS.
DECODED = {IMPLICIT: ["-d", "tcp.port==993,tls", "-d", "tls.port==993,imap"], STARTTLS: ["-d", "tcp.port==143,imap"]}
PORTS = {IMPLICIT: 993, STARTTLS: 143}


def imap_lines(context, name, recorder, kind, keys):
    """The IMAP requests that tshark finds in what was recorded."""
    file = context.file(name + ".pcap")
    recorder.wait(1)
    write_pcap(file, recorder.connections, PORTS[kind])
    # A configuration of its own: the user's preferences have no part in this.
    home = context.file("tshark")
    home.mkdir(exist_ok=True)
    result = subprocess.run(["tshark", "-n", "-r", file, *DECODED[kind], *(["-o", "tls.keylog_file:%s" % keys] if keys else []),
                             "-Y", "imap.isrequest", "-T", "fields", "-e", "imap.line"],
                            capture_output=True, text=True, env={"HOME": str(home), "PATH": "/usr/bin:/bin", "XDG_CONFIG_HOME": str(home)})
    equal(result.returncode, 0, "tshark's status: " + result.stderr)
    return result.stdout


def decrypted(version, kind, by_environment):
    def test(context):
        dovecot = dovecot_of(context, version)
        keys = context.file("keys.txt")
        server_side = Recorder(dovecot.tls if kind == IMPLICIT else dovecot.starttls, keeps_chunks=True)
        options = ["--upstream-ca", dovecot.certificate, *([] if by_environment else ["--keylog-out", keys])]
        proxy = start(context, url(server_side.address, kind), *options,
                      environment={"SSLKEYLOGFILE": str(keys)} if by_environment else None)
        client_side = Recorder(proxy.tls if kind == IMPLICIT else proxy.address, keeps_chunks=True)
        trust = trusting(context)
        trust.minimum_version = trust.maximum_version = VERSIONS[version]
        if kind == IMPLICIT:
            client = imaplib.IMAP4_SSL("localhost", client_side.address[1], ssl_context=trust)
        else:
            client = imaplib.IMAP4("localhost", client_side.address[1])
            client.starttls(trust)
        session(client)
        proxy.stop()
        for event in tls_events(proxy, result="established"):
            contains(event["text"], "TLS %s, " % version, "the %s leg" % event["leg"])
        contains(proxy.stderr, str(keys), "standard error")
        equal(stat.S_IMODE(keys.stat().st_mode), 0o600, "mode of the key log")
        for name, recorder in (("client", client_side), ("server", server_side)):
            check("LOGIN %s" % USER not in imap_lines(context, name, recorder, kind, None), "readable without keys: this proves nothing")
            lines = imap_lines(context, name, recorder, kind, keys)
            contains(lines, 'LOGIN %s "%s"' % (USER, PASSWORD), "what tshark reads on the %s leg" % name)
            contains(lines, "LOGOUT", "what tshark reads on the %s leg" % name)
    test.__module__ = __name__
    test.__name__ = "tshark_reads_TLS_%s_%s_with_%s" % (version, "by_STARTTLS" if kind == STARTTLS else "implicit",
                                                        "SSLKEYLOGFILE" if by_environment else "keylog_out")
    return test


for _version in ("1.2", "1.3"):
    for _kind in (IMPLICIT, STARTTLS):
        case()(decrypted(_version, _kind, by_environment=_kind == STARTTLS))


@case(DOVECOT)
def lines_are_added_to_a_key_log_that_is_there_and_each_is_of_RFC_9850(context):
    context.dovecot.reset(USER)
    keys = context.file("keys.txt", "# of another program\n")
    proxy = start(context, url(context.dovecot.tls, IMPLICIT), "--upstream-ca", context.dovecot.certificate, "--keylog-out", keys)
    for version in ("1.2", "1.3"):
        session(imaplib.IMAP4_SSL("localhost", proxy.tls[1], ssl_context=trusting(context, only=VERSIONS[version])))
    proxy.stop()
    first, *lines = keys.read_text().splitlines()
    equal(first, "# of another program", "the first line")
    labels = {"CLIENT_RANDOM", "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0",
              "SERVER_TRAFFIC_SECRET_0", "EXPORTER_SECRET"}
    for line in lines:
        label, random, secret = line.split(" ")
        check(label in labels and len(bytes.fromhex(random)) == 32 and len(bytes.fromhex(secret)) in (32, 48), "no line of RFC 9850", line)
    equal({line.split(" ")[0] for line in lines}, labels, "labels")
