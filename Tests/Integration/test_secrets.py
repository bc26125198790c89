"""Canaries: sessions with known passwords in every form of login, and no output that may show one of them."""
import base64
import hmac
import subprocess
import threading
import time

from cases import IMAPSCOPE, case, check, contains, equal
from imap_client import Client
from proxy import Proxy, check_secrets_absent
from scripted_server import ScriptedServer, accept_everything
from secret_forms import forms_of

#: Plain; with IMAP's quotes and backslash; not ASCII; with what URLs, JSON, literals and spaces make special.
PASSWORDS = ["Kn0rr-Plain-Canary", 'q"uo\\te "Canary" 7', "pä\"ss\\wörd✓{5}", "100% a+b&c=d/{12}<x>~"]
USER = "canary-user"


def b64(octets):
    return base64.b64encode(octets if isinstance(octets, bytes) else octets.encode())


def quoted(text):
    return b'"' + text.encode().replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


class Login:
    """One way to log in: the octets of each step, the first one after the greeting, each next one after an answer."""

    def __init__(self, name, *steps, secrets=()):
        self.name, self.steps, self.secrets = name, steps, secrets


def logins(password):
    user, octets = USER.encode(), password.encode()
    plain = b64(b"\0" + user + b"\0" + octets)
    with_authzid = b64(b"admin\0" + user + b"\0" + octets)
    digest = hmac.new(octets, b"<1896.697170952@postoffice.example.net>", "md5").hexdigest()
    cram = b64(user + b" " + digest.encode())
    if all(c.isalnum() or c in "-_.!~/=+&<>" for c in password):
        yield Login("LOGIN with an atom", b"x LOGIN " + user + b" " + octets + b"\r\n")
    yield Login("LOGIN with a quoted string", b"x LOGIN " + user + b" " + quoted(password) + b"\r\n")
    yield Login("login in lower case, quoted user", b"x login " + quoted(USER) + b" " + quoted(password) + b"\r\n")
    yield Login("LOGIN with literals", b"x LOGIN {%d}\r\n" % len(user), user + b" {%d}\r\n" % len(octets), octets + b"\r\n")
    yield Login("LOGIN with a literal for the password", b"x LOGIN %s {%d}\r\n" % (user, len(octets)), octets + b"\r\n")
    yield Login("LOGIN with non-synchronizing literals", b"x LOGIN {%d+}\r\n%s {%d+}\r\n%s\r\n" % (len(user), user, len(octets), octets))
    yield Login("AUTHENTICATE PLAIN", b"x AUTHENTICATE PLAIN\r\n", plain + b"\r\n", secrets=[plain])
    yield Login("AUTHENTICATE PLAIN with initial response", b"x AUTHENTICATE PLAIN " + plain + b"\r\n", secrets=[plain])
    yield Login("authenticate plain with authzid", b"x authenticate plain\r\n", with_authzid + b"\r\n", secrets=[with_authzid])
    yield Login("AUTHENTICATE LOGIN", b"x AUTHENTICATE LOGIN\r\n", b64(user) + b"\r\n", b64(octets) + b"\r\n", secrets=[b64(octets)])
    yield Login("AUTHENTICATE LOGIN with initial response", b"x AUTHENTICATE LOGIN " + b64(user) + b"\r\n", b64(octets) + b"\r\n")
    yield Login("AUTHENTICATE CRAM-MD5", b"x AUTHENTICATE CRAM-MD5\r\n", cram + b"\r\n", secrets=[cram, digest.encode()])


def play(address, login, split):
    """Plays a login, octets one by one if `split`, so that a secret lies across many reads."""
    with Client(address) as client:
        client.greeting()
        for step in login.steps:
            for piece in ([step[i:i + 1] for i in range(len(step))] if split else [step]):
                client.send(piece)
                if split:
                    time.sleep(0.0002)
            answer = client.response()
        check(answer.split(b" ")[:2] in ([b"x", b"OK"], [b"x", b"NO"], [b"x", b"BAD"]), "the end of " + login.name, answer)
        client.command("NOOP")
        client.command("LOGOUT")


def forms_of_logins(password):
    forms = forms_of(password)
    for login in logins(password):
        for number, secret in enumerate(login.secrets):
            forms.update(forms_of(secret.decode(), "secret %d of %s" % (number, login.name)))
    return forms


OUTPUTS = [["--format", "text", "--detail", str(level)] for level in range(5)] + [
    ["--format", "text", "--detail", "4", "--color", "always"], ["--format", "jsonl"], ["--format", "jsonl", "--detail", "4"],
    ["--format", "none"], ["--format", "text", "-v"]]


def play_all(context, behaviour, passwords, options, name, split=False):
    proxy = Proxy(context, ScriptedServer(behaviour).address, *options, name=name)
    count = 0
    for password in passwords:
        for login in logins(password):
            play(proxy.address, login, split)
            count += 1
    proxy.stop()
    for password in passwords:
        check_secrets_absent(proxy.outputs, forms_of_logins(password))
    equal(len(proxy.events("authentication")), count, "authentications in the JSONL file")
    return proxy


@case(timeout=180)
def no_output_format_reveals_a_secret(context):
    for number, options in enumerate(OUTPUTS):
        proxy = play_all(context, accept_everything, PASSWORDS, options, "output-%d" % number)
        if options[1] != "none" and options[-1] != "0":
            contains(proxy.outputs["stdout"], USER.encode(), "the output %s, which has to show something" % options)


@case(timeout=120)
def secrets_cut_into_single_octets_stay_masked(context):
    play_all(context, accept_everything, PASSWORDS, ["--detail", "4"], "split", split=True)


@case()
def authentication_events_name_user_and_mechanism(context):
    proxy = play_all(context, accept_everything, PASSWORDS[:1], [], "named")
    mechanisms = [event["mechanism"].upper() for event in proxy.events("authentication")]
    for mechanism in ("LOGIN", "PLAIN", "CRAM-MD5"):
        contains(mechanisms, mechanism, "mechanisms")
    equal({event["user"] for event in proxy.events("authentication")}, {USER}, "users")


def echo_raw(said):
    return b"[AUTHENTICATIONFAILED] not accepted: " + said.replace(b"\r\n", b" ")


def echo_password(password):
    """What servers do that mean well: the password in their own words and encodings."""
    octets = password.encode()
    variants = [octets, quoted(password), b64(octets), b64(b"x" + octets), b64(b"xy" + octets), octets.hex().encode()]
    return b"[AUTHENTICATIONFAILED] wrong password " + b" / ".join(variants)


@case(timeout=120)
def an_echo_of_the_password_in_the_server_s_text_is_masked(context):
    for number, password in enumerate(PASSWORDS):
        for status in (b"NO", b"BAD"):
            def behaviour(peer):
                accept_everything(peer, status, lambda said: echo_password(password))
            # A password that never crosses the wire (CRAM-MD5) can only be known from the file.
            known = context.file("users-%d" % number)
            known.write_text("%s:%s\n" % (USER, password), encoding="utf-8")
            options = ["--detail", "4", "--passwords", str(known)]
            play_all(context, behaviour, [password], options, "echo-%d-%s" % (number, status.decode()))


@case(timeout=120)
def an_echo_of_the_whole_command_is_masked(context):
    def behaviour(peer):
        accept_everything(peer, b"BAD", echo_raw)
    play_all(context, behaviour, PASSWORDS, ["--detail", "4"], "echo-command")


@case()
def an_echo_in_later_mail_is_masked(context):
    password = PASSWORDS[0]
    mail = b"Subject: your password\r\n\r\nIt is " + password.encode() + b", keep it.\r\n"
    arrived = threading.Event()

    def behaviour(peer):
        peer.send(b"* OK ready\r\n")
        peer.send(peer.command().split(b" ")[0] + b" OK logged in\r\n")
        tag = peer.command().split(b" ")[0]
        whole = b"* 1 FETCH (BODY[] {%d}\r\n%s)\r\n%s OK done\r\n" % (len(mail), mail, tag)
        cut = whole.index(password.encode()) + 7            # The secret lies across two segments.
        peer.send(whole[:cut])
        arrived.wait(20)
        peer.send(whole[cut:])
        peer.send(b"* BYE\r\n" + peer.command().split(b" ")[0] + b" OK\r\n")
    proxy = Proxy(context, ScriptedServer(behaviour).address, "--detail", "4")
    with Client(proxy.address) as client:
        client.greeting()
        client.command("LOGIN %s %s" % (USER, password))
        client.send(b"f FETCH 1 BODY[]\r\n")
        while not client.received.endswith(b"It is " + password[:7].encode()):
            client.fill()
        arrived.set()
        check(mail in b"\r\n".join(client.until("f")), "the client gets the mail unmasked", client.received)
        client.command("LOGOUT")
    proxy.stop()
    check_secrets_absent(proxy.outputs, forms_of(password))


@case()
def a_password_that_is_sent_again_as_something_else_is_masked(context):
    """Typed into the wrong field: as a user name, a mailbox, a search, a tag."""
    password = PASSWORDS[0]
    proxy = Proxy(context, ScriptedServer(accept_everything).address, "--detail", "4")
    with Client(proxy.address) as client:
        client.greeting()
        client.command("LOGIN %s %s" % (USER, password))
        client.command("LOGIN %s %s" % (password, password))
        client.command("SELECT %s" % password)
        client.command('SEARCH TEXT "%s"' % password)
        client.command("NOOP", tag=password)
        client.command("LOGOUT")
    proxy.stop()
    check_secrets_absent(proxy.outputs, forms_of(password))


@case()
def reveal_secrets_shows_them_and_says_so(context):
    """The control: the canaries above would be seen."""
    proxy = Proxy(context, ScriptedServer(accept_everything).address, "--reveal-secrets", "--detail", "4")
    with Client(proxy.address) as client:
        client.greeting()
        client.command("LOGIN %s %s" % (USER, PASSWORDS[0]))
        client.command("LOGOUT")
    proxy.stop()
    for place in ("stdout", "--jsonl"):
        contains(proxy.outputs[place], PASSWORDS[0].encode(), place + " with --reveal-secrets")
    contains(proxy.stderr.lower(), "secret", "the announcement on stderr")
    contains(proxy.stdout.lower(), "reveal", "the announcement in the transcript")


@case()
def a_password_file_stays_secret(context):
    passwords = context.file("passwords", "%s:%s\n" % (USER, PASSWORDS[0]))
    passwords.chmod(0o600)
    proxy = Proxy(context, ScriptedServer(accept_everything).address, "--passwords", passwords, "--detail", "4", "-v")
    with Client(proxy.address) as client:       # Nobody logs in: the value is known from the file alone.
        client.greeting()
        client.command("SELECT %s" % PASSWORDS[0][:4])
        client.command("LOGOUT")
    proxy.stop()
    check_secrets_absent(proxy.outputs, forms_of(PASSWORDS[0]))
    broken = context.file("broken", PASSWORDS[0] + "\n" + USER + "\n")
    result = subprocess.run([IMAPSCOPE, "proxy", "-l", "imap://127.0.0.1:1", "-u", "imap://127.0.0.1:1", "--passwords", str(broken)],
                            capture_output=True, timeout=20)
    check(result.returncode != 0, "a password file without a separator is refused")
    check_secrets_absent({"stdout": result.stdout, "stderr": result.stderr}, forms_of(PASSWORDS[0]))


@case()
def parse_masks_too(context):
    for password in PASSWORDS:
        forms = forms_of_logins(password)
        for login in logins(password):
            octets = b"".join(login.steps) + b"y NOOP\r\n"
            for options in (["--format", "jsonl"], ["--format", "text"], ["--format", "text", "--detail", "4"]):
                result = subprocess.run([IMAPSCOPE, "parse", "--from", "client", *options], input=octets, capture_output=True, timeout=20)
                equal(result.returncode, 0, "exit status of parse for %s: %r" % (login.name, result.stderr))
                check_secrets_absent({"stdout of parse %s" % options: result.stdout, "stderr": result.stderr}, forms)
                contains(result.stdout, b"NOOP", "the command after " + login.name)


#: Fits every place: an atom, a hexadecimal token of a signed URL, a token of a push service.
TOKEN = "91354a473744909de610943775f92038deadbeef"


def other_secrets():
    """(name, what the client says and what the server answers, in turn): secrets that are no passwords of a login."""
    token = TOKEN.encode()
    oauth = b"user=%s\1auth=Bearer %s\1\1" % (USER.encode(), token)
    bearer = b"n,a=%s,\1host=x\1port=143\1auth=Bearer %s\1\1" % (USER.encode(), token)
    error = b64(b'{"status":"400","echo":"%s"}' % token)
    url = b"imap://joe@x/INBOX/;uid=1;urlauth=anonymous:internal:" + token
    yield "XOAUTH2", [(b"x AUTHENTICATE XOAUTH2 " + b64(oauth), b"+ " + error), (b"", b"x NO %s has expired" % token)]
    yield "OAUTHBEARER", [(b"x AUTHENTICATE OAUTHBEARER", b"+ "), (b64(bearer), b"+ " + error), (b"AQ==", b"x NO " + token)]
    yield "SCRAM", [(b"x AUTHENTICATE SCRAM-SHA-1 " + b64(b"n,,n=joe,r=abc"), b"+ " + b64(b"r=abcdef,s=c2FsdA==,i=4096")),
                    (b64(b"c=biws,r=abcdef,p=" + token), b"+ " + b64(b"v=" + token)), (b"", b"x OK " + token)]
    yield "DIGEST-MD5", [(b"x AUTHENTICATE DIGEST-MD5", b"+ " + b64(b'realm="x",nonce="y",qop="auth"')),
                         (b64(b'username="joe",response=' + token), b"x NO no")]
    yield "NTLM", [(b"x AUTHENTICATE NTLM", b"+ "), (b64(b"NTLMSSP\0\3\0" + token), b"x NO no")]
    yield "an unknown mechanism", [(b"x AUTHENTICATE X-OWN", b"+ "), (b64(token), b"+ " + b64(b"again")), (token, b"x NO no")]
    yield "a signed URL", [(b'x URLFETCH "%s"' % url, b'* URLFETCH "%s" NIL\r\nx NO [BADURL "%s"] %s is stale' % (url, url, token))]
    yield "a URL to be signed", [(b'x GENURLAUTH "imap://joe@x/INBOX/;uid=1;urlauth=anonymous" INTERNAL', b'* GENURLAUTH "%s"\r\nx OK done' % url),
                                 (b"x SEARCH TEXT " + token, b"x OK done")]
    yield "a push service", [(b"x XAPPLEPUSHSERVICE aps-version 2 aps-account-id %s aps-device-token %s mailboxes (INBOX)" % (token, token),
                              b'* XAPPLEPUSHSERVICE aps-version "2"\r\nx OK ' + token)]
    yield "ID", [(b'x ID ("name" "Lightning" "X-Auth-Token" "%s")' % token, b'* ID ("session-cookie" "%s")\r\nx OK done' % token)]
    yield "METADATA", [(b'x SETMETADATA "" (/private/vendor/x/password {%d+}\r\n%s)' % (len(token), token),
                        b'* METADATA "" (/private/vendor/x/password "%s")\r\nx OK done' % token)]
    yield "ANNOTATION", [(b'x SETANNOTATION INBOX "/vendor/x/secret" ("value.priv" "%s")' % token,
                          b'* ANNOTATION INBOX "/vendor/x/secret" ("value.priv" "%s")\r\nx OK done' % token)]
    yield "a vendor's command", [(b"x X-SETPASSWORD old " + token, b"x NO %s is too weak" % token)]


def in_turn(turns, greeting):
    """A server that says its part after the client's."""
    def behaviour(peer):
        peer.send(greeting)
        for said, answer in turns:
            peer.exactly(len(said) + 2)
            peer.send(answer + b"\r\n")
        peer.send(peer.line().split(b" ")[0] + b" OK\r\n")
    return behaviour


@case(timeout=240)
def tokens_proofs_and_signed_urls_stay_masked_in_every_output(context):
    forms = forms_of(TOKEN, "token")
    for number, options in enumerate([*OUTPUTS, ["--detail", "4", "--rules", "redact-extra"], ["--detail", "4", "-Y", "message > 0"]]):
        split = number in (4, 7)
        for name, turns in other_secrets():
            login = name in ("XOAUTH2", "OAUTHBEARER", "SCRAM", "DIGEST-MD5", "NTLM", "an unknown mechanism")
            behaviour = in_turn(turns, b"* OK ready\r\n" if login else b"* PREAUTH ready\r\n")
            proxy = Proxy(context, ScriptedServer(behaviour).address, *options, name="tokens")
            with Client(proxy.address) as client:
                client.greeting()
                for said, answer in turns:
                    for piece in ([bytes([octet]) for octet in said + b"\r\n"] if split else [said + b"\r\n"]):
                        client.send(piece)
                    for _ in (answer + b"\r\n").splitlines():
                        client.response()
                client.command("NOOP", tag="y")
            proxy.stop()
            for place, octets in proxy.outputs.items():
                for what, form in forms.items():
                    check(form not in octets, "%s with %s reveals the %s of %s" % (place, options, what, name))
            if options[1] != "none" and options[-1] != "0":
                contains(proxy.outputs["stdout"], b"NOOP", "what follows " + name)
