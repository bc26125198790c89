"""`imapscope sniff` on the loopback interface, between a real client and Dovecot; tcpdump hears the same packets."""
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess

from cases import DOVECOT, IMAPSCOPE, case, check, contains, equal
from imap_client import Client, eventually
from mailboxes import USERS
from proxy import check_secrets_absent
from secret_forms import forms_of

USER = "drichards"
PASSWORD = USERS[USER][0]


def may_capture():
    """Whether this process has CAP_NET_RAW: root has, unless a container takes it away."""
    try:
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0).close()
        return True
    except PermissionError:
        return False


MAY_CAPTURE = may_capture()


class Sniffer:
    def __init__(self, context, port, *options, command=(IMAPSCOPE,)):
        self.stdout, self.stderr = context.file("sniff.out"), context.file("sniff.err")
        self.process = subprocess.Popen([*command, "sniff", "-i", "lo", "--port", str(port), "--color", "never", *options],
                                        stdout=open(self.stdout, "wb"), stderr=open(self.stderr, "wb"))
        context.later(self.process.kill)

    def said(self):
        return pathlib.Path(self.stderr).read_text()

    def text(self):
        return pathlib.Path(self.stdout).read_text()

    def listens(self):
        eventually(lambda: "capturing on lo" in self.said() or self.process.poll() is not None)
        return self.process.poll() is None

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.process.wait(10)


def a_session(address):
    with Client(address) as client:
        client.greeting()
        client.login(USER, PASSWORD)
        client.command("SELECT INBOX")
        client.command("FETCH 1:2 (FLAGS ENVELOPE)")
        client.logout()


def lines(text):
    """The messages of a transcript, without their times."""
    return re.findall(r"^ *[\d.]+ ([CS]: .*?)(?: +[\d.,]+ (?:m|µ|n)?s)?$", text, re.M)


def refused(result):
    equal(result.returncode, 77, "exit status (%r)" % result.stderr)
    contains(result.stderr.decode(), "no permission to capture on lo", "the reason")
    contains(result.stderr.decode(), "setcap cap_net_raw,cap_net_admin=eip /", "what to do")


@case(DOVECOT)
def a_session_on_the_loopback_interface_is_shown_as_a_capture_of_it_is(context):
    if not MAY_CAPTURE:
        return refused(subprocess.run([IMAPSCOPE, "sniff", "-i", "lo"], capture_output=True))
    host, port = context.dovecot.bare
    sniffer = Sniffer(context, port)
    check(sniffer.listens(), "it listens", sniffer.said())
    packets = context.file("heard.pcap")
    tcpdump = subprocess.Popen(["tcpdump", "-i", "lo", "-U", "--immediate-mode", "-Z", "root", "-w", str(packets), "tcp port %d" % port], stderr=subprocess.PIPE)
    context.later(tcpdump.kill)
    contains(tcpdump.stderr.readline().decode(), "listening on lo", "tcpdump")
    a_session((host, port))
    eventually(lambda: "session ended" in sniffer.text())
    tcpdump.send_signal(signal.SIGINT)
    tcpdump.wait(10)
    equal(sniffer.end(), 0, "exit status after SIGINT (%s)" % sniffer.said())
    contains(sniffer.said(), " dropped by the kernel, ", "totals")
    decoded = subprocess.run([IMAPSCOPE, "decode", "-q", "--color", "never", "--port", str(port), str(packets)], capture_output=True)
    equal(decoded.returncode, 0, "exit status of decode")
    check(len(lines(sniffer.text())) > 10, "messages", sniffer.text())
    equal(lines(sniffer.text()), lines(decoded.stdout.decode()), "what was heard at once and later")
    check_secrets_absent({"stdout": sniffer.text().encode(), "stderr": sniffer.said().encode()}, forms_of(PASSWORD))


@case(DOVECOT)
def a_filter_a_count_and_files_are_those_of_decode(context):
    if not MAY_CAPTURE:
        return refused(subprocess.run([IMAPSCOPE, "sniff", "-i", "lo", "command == FETCH"], capture_output=True))
    host, port = context.dovecot.bare
    events = context.file("events.jsonl")
    sniffer = Sniffer(context, port, "--jsonl", str(events), "--count", "5000000", "command == FETCH")
    check(sniffer.listens(), "it listens", sniffer.said())
    a_session((host, port))
    eventually(lambda: "FETCH" in sniffer.text())
    equal(sniffer.end(signal.SIGTERM), 0, "exit status after SIGTERM")
    check(lines(sniffer.text()) and all("FETCH" in line.upper() for line in lines(sniffer.text())), "FETCH alone", sniffer.text())
    contains(pathlib.Path(events).read_text(), '"name":"FETCH"', "JSON lines")


@case(DOVECOT)
def a_key_log_is_followed_while_connections_come(context):
    if not MAY_CAPTURE:
        return refused(subprocess.run([IMAPSCOPE, "sniff", "-i", "lo", "--keylog", "/dev/null"], capture_output=True))
    host, port = context.dovecot.tls
    keylog = context.file("keys.log", "")
    sniffer = Sniffer(context, port, "--keylog", str(keylog))
    check(sniffer.listens(), "it listens", sniffer.said())
    for version, mailbox in ((ssl.TLSVersion.TLSv1_2, "INBOX"), (ssl.TLSVersion.TLSv1_3, "Trash")):
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        tls.minimum_version = tls.maximum_version = version
        tls.keylog_filename = str(keylog)
        with Client((host, port)) as client:
            client.socket = tls.wrap_socket(client.socket, server_hostname="localhost")
            client.greeting()
            client.login(USER, PASSWORD)
            client.command("STATUS %s (MESSAGES)" % mailbox)
            client.logout()
        eventually(lambda: "STATUS %s (MESSAGES)" % mailbox in sniffer.text())
    equal(sniffer.end(), 0, "exit status (%s)" % sniffer.said())
    contains(sniffer.text(), "TLS 1.2, ", "transcript")
    contains(sniffer.text(), "TLS 1.3, ", "transcript")
    check_secrets_absent({"stdout": sniffer.text().encode(), "stderr": sniffer.said().encode()}, forms_of(PASSWORD))


@case()
def who_may_not_capture_is_told_how_to_be_allowed(context):
    command = [IMAPSCOPE, "sniff", "-i", "lo"]
    if MAY_CAPTURE:
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", *command]
    refused(subprocess.run(command, capture_output=True, env=dict(os.environ, HOME="/", XDG_CONFIG_HOME="/")))


@case()
def interfaces_are_listed_and_wrong_names_and_filters_refused(context):
    listed = subprocess.run([IMAPSCOPE, "sniff", "--list-interfaces"], capture_output=True)
    equal(listed.returncode, 0, "exit status")
    check(re.search(rb"^lo +127\.0\.0\.1, .*loopback", listed.stdout, re.M), "lo is listed", listed.stdout)
    nothing = subprocess.run([IMAPSCOPE, "sniff"], capture_output=True)
    equal(nothing.returncode, 64, "exit status without an interface")
    if MAY_CAPTURE:
        absent = subprocess.run([IMAPSCOPE, "sniff", "-i", "nosuch0"], capture_output=True)
        equal(absent.returncode, 66, "exit status for an interface that is not there (%r)" % absent.stderr)
        contains(absent.stderr.decode(), "--list-interfaces", "advice")
        wrong = subprocess.run([IMAPSCOPE, "sniff", "-i", "lo", "--bpf", "tcp prt 143"], capture_output=True)
        equal(wrong.returncode, 64, "exit status for a filter that is none (%r)" % wrong.stderr)
        contains(wrong.stderr.decode(), "the packet filter is none", "reason")


@case()
def privileges_are_gone_while_packets_are_read(context):
    if not MAY_CAPTURE:
        return refused(subprocess.run([IMAPSCOPE, "sniff", "-i", "lo"], capture_output=True))
    env = dict(os.environ, SUDO_UID="65534", SUDO_GID="65534", HOME=str(context.folder))
    process = subprocess.Popen([IMAPSCOPE, "sniff", "-i", "lo"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    context.later(process.kill)
    contains(process.stderr.readline().decode(), "capturing on lo", "notice")
    for thread in pathlib.Path("/proc/%d/task" % process.pid).iterdir():
        status = (thread / "status").read_text()
        equal(re.search(r"^CapEff:\s*(\w+)", status, re.M).group(1), "0" * 16, "capabilities of a thread")
        equal(re.search(r"^Uid:\s*(.*)", status, re.M).group(1).split(), ["65534"] * 4, "user of a thread")
    process.send_signal(signal.SIGINT)
    equal(process.wait(10), 0, "exit status")
