"""GNU SASL as the client: another implementation of every proof, and of channel binding over GnuTLS."""
import subprocess

from cases import DOVECOT, case, check, contains, equal
from certificates import Authority
from mailboxes import USERS
from proxy import Proxy, check_secrets_absent, url
from scram_server import scram_server
from scripted_server import ScriptedServer
from secret_forms import forms_of
from tls_proxy import IMPLICIT, authority, start
from tls_server import SecureServer, server_settings

USER, PASSWORD = "jack", "My_P@ssword1"


def gsasl(address, mechanism, user, password, *options, status=0):
    result = subprocess.run(
        ["gsasl", "--imap", "--connect", "%s:%d" % address, "-m", mechanism, "-a", user, "-p", password, "--quality-of-protection",
         "qop-auth", "-r", "", "-d", *options],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=30)
    check((result.returncode == 0) == (status == 0), "exit status of gsasl with %s: %d" % (mechanism, result.returncode),
          result.stdout[-1500:], result.stderr[-1500:])


def outcome(proxy):
    """The only authentication that the proxy saw."""
    events = proxy.events("authentication")
    equal(len(events), 1, "authentications")
    return events[0]


def users_file(context, password=PASSWORD, user=USER):
    return context.file("users", "%s:%s\n" % (user, password))


@case(DOVECOT)
def proofs_of_gsasl_to_dovecot_are_verified(context):
    name, password = "drichards", USERS["drichards"][0]
    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"):
        proxy = Proxy(context, context.dovecot.bare, "--passwords", users_file(context, password, name), "--starttls", "never", name=mechanism)
        gsasl(proxy.address, mechanism, name, password, "--no-starttls")
        proxy.stop()
        seen = outcome(proxy)
        equal((seen["mechanism"], seen["user"], seen["verified"]), (mechanism, name, True), "what the proxy says of %s" % mechanism)
        check_secrets_absent(proxy.outputs, forms_of(password))


@case()
def a_wrong_password_is_told_from_a_right_one(context):
    for mechanism in (b"SCRAM-SHA-1", b"SCRAM-SHA-256"):
        server = ScriptedServer(scram_server([mechanism], {USER: PASSWORD}))
        context.later(server.listener.close)
        proxy = Proxy(context, server.address, "--passwords", users_file(context), "--starttls", "never", name=mechanism.decode())
        gsasl(proxy.address, mechanism.decode(), USER, "another", "--no-starttls", status=1)
        proxy.stop()
        equal(outcome(proxy)["verified"], False, "what the proxy says of %s" % mechanism.decode())


@case()
def both_proofs_of_SCRAM_are_verified(context):
    for mechanism in (b"SCRAM-SHA-1", b"SCRAM-SHA-256"):
        server = ScriptedServer(scram_server([mechanism], {USER: PASSWORD}))
        context.later(server.listener.close)
        proxy = Proxy(context, server.address, "--passwords", users_file(context), "--starttls", "never", name=mechanism.decode())
        gsasl(proxy.address, mechanism.decode(), USER, PASSWORD, "--no-starttls")
        proxy.stop()
        seen = outcome(proxy)
        equal((seen["verified"], seen["server_verified"]), (True, True), "the verdicts of %s" % mechanism.decode())


@case()
def bindings_of_gsasl_are_those_of_the_client_s_leg(context):
    for version, priority, binding in (("TLS 1.3", "NORMAL:-VERS-ALL:+VERS-TLS1.3", "tls-exporter"),
                                       ("TLS 1.2", "NORMAL:-VERS-ALL:+VERS-TLS1.2", "tls-unique")):
        root = Authority(context.file(version))
        server = SecureServer(server_settings(root.issue("server")), scram_server([b"SCRAM-SHA-256", b"SCRAM-SHA-256-PLUS"], {USER: PASSWORD}))
        context.later(server.listener.close)
        proxy = start(context, url(("localhost", server.address[1]), IMPLICIT), "--upstream-ca", root.path, "--passwords", users_file(context),
                      "--audit", "default", name=version)
        gsasl(proxy.address, "SCRAM-SHA-256-PLUS", USER, PASSWORD, "--starttls", "--x509-ca-file", str(authority(context)), "--priority", priority)
        proxy.stop()
        seen = outcome(proxy)
        equal((seen["verified"], seen["server_verified"]), (True, True), "the verdicts under %s" % version)
        contains(proxy.stdout, "channel binding %s" % binding, "what gsasl binds to under %s" % version)
        told = [event for event in proxy.events("finding") if event["id"] == "scram-binding-differs"]
        check(not [event for event in told if event["blame"] != "configuration"], "the client's leg has the value", told)
        if binding == "tls-exporter":
            contains(told[0]["text"], "imapscope, which ends TLS", "the server's leg has another")
