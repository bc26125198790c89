"""`imapscope sasl` and --password-prompt: messages explained, verified and computed, and no password anywhere."""
import base64
import json
import os
import subprocess

from cases import IMAPSCOPE, ROOT, case, check, contains, equal
from terminal import run_in_terminal

CHALLENGE = "PDE4NTY1MTU5ODI1OTMyOTYuMTU3Nzc0OTgwOUBibHVlZmluLnA+"
RESPONSE = "ZHJpY2hhcmRzIDc4NmFiYmY5ZDRkMzhlMjcwYzg5NWI4MjMxOGMyMjIz"
PASSWORD = "My_P@ssword1"
DIGEST = "786abbf9d4d38e270c895b82318c2223"


def run(*arguments, octets=b"", status=0):
    result = subprocess.run([IMAPSCOPE, "sasl", *map(str, arguments)], input=octets, capture_output=True, timeout=60)
    equal(result.returncode, status, "exit status of sasl %r (%r)" % (arguments, result.stderr[:400]))
    return result.stdout.decode("utf-8"), result.stderr.decode("utf-8")


def secret_file(context, text, name="password"):
    path = context.file(name, text)
    path.chmod(0o600)
    return path


@case()
def the_walk_through_of_cram_md5_is_computed_from_every_source_of_the_password(context):
    arguments = ["compute", "CRAM-MD5", "--user", "drichards", "--challenge", CHALLENGE]
    from_input, _ = run(*arguments, octets=PASSWORD.encode() + b"\n")
    from_file, _ = run(*arguments, "--password-file", secret_file(context, PASSWORD + "\n"))
    equal(from_file, from_input, "steps")
    for part in ("<1856515982593296.1577749809@bluefin.p>", DIGEST, "drichards " + DIGEST, RESPONSE, "‹masked›"):
        contains(from_input, part, "the walk-through")
    check(PASSWORD not in from_input and PASSWORD.encode().hex() not in from_input, "the password is shown", from_input)
    status, printed = run_in_terminal([IMAPSCOPE, "sasl", *arguments, "--password-prompt"], dict(os.environ), 30,
                                      {b"Password: ": b"wrong\x15My_P@sswordX\x7f1\r"})
    equal(status, 0, "exit status with a prompt (%r)" % printed)
    contains(printed.decode(), RESPONSE, "what was typed, with its corrections")
    check(b"My_P" not in printed, "what is typed is shown", printed)


@case()
def a_password_of_doubtful_origin_is_refused(context):
    open_file = context.file("open", PASSWORD)
    open_file.chmod(0o644)
    arguments = ["compute", "CRAM-MD5", "--user", "x", "--challenge", CHALLENGE]
    _, errors = run(*arguments, "--password-file", open_file, status=78)
    contains(errors, "chmod 600", "advice")
    run(*arguments, octets=b"", status=65)
    run(*arguments, "--password-file", secret_file(context, PASSWORD), "--password-prompt", status=64)
    _, errors = run("compute", "CRAM-MD5", "--user", "x", "--challenge", "!!!", octets=b"x\n", status=64)
    check("!!!" not in errors, "the challenge is repeated", errors)


@case()
def what_is_as_good_as_the_password_is_shown_on_request_only(context):
    line = base64.b64encode(b"\0tim\0tanstaaftanstaaf").decode()
    output, _ = run("compute", "PLAIN", "--user", "tim", octets=b"tanstaaftanstaaf\n")
    check(line not in output and "tanstaaf" not in output, "PLAIN shows the password", output)
    output, errors = run("compute", "PLAIN", "--user", "tim", "--reveal-secrets", octets=b"tanstaaftanstaaf\n")
    contains(output, line, "the line")
    contains(errors, "--reveal-secrets", "the announcement")


@case()
def scram_is_computed_and_verified_end_to_end(context):
    nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    server = base64.b64encode(("r=%s,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096" % nonce).encode()).decode()
    output, _ = run("compute", "SCRAM-SHA-256", "--user", "user", "--client-nonce", "rOprNGfwEbeRWgbNEkqO", "--challenge", server,
                    octets=b"pencil\n")
    final = "c=biws,r=%s,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=" % nonce
    for part in (final, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="):
        contains(output, part, "RFC 7677")
    exchange = "a AUTHENTICATE SCRAM-SHA-256\r\n+ \r\n%s\r\n+ %s\r\n%s\r\n+ %s\r\n\r\na OK done\r\n" % (
        base64.b64encode(b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO").decode(), server, base64.b64encode(final.encode()).decode(),
        base64.b64encode(b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=").decode())
    right, wrong = secret_file(context, "pencil"), secret_file(context, "pencil2", "wrong")
    output, _ = run("decode", "--password-file", right, octets=exchange.encode())
    for part in ("client: verified", "server: verified", "iteration-count  4096"):
        contains(output, part, "a right password")
    check("dHzbZapWIk4" not in output and "6rriTRBi" not in output, "a proof is shown", output)
    output, _ = run("decode", "--password-file", wrong, "--format", "json", octets=exchange.encode())
    objects = [json.loads(line) for line in output.splitlines()]
    equal([objects[-1]["verified"], objects[-1]["server_verified"]], [False, False], "a wrong password")
    equal(objects[2]["sasl"]["salt"], "W22ZaJ0SNY7soEsUEjb6gQ==", "the salt")


@case()
def a_single_message_is_explained_by_its_form(context):
    for message, parts in {
            CHALLENGE: ["CRAM-MD5", "challenge <1856515982593296"],
            RESPONSE: ["CRAM-MD5", "user drichards, digest masked"],
            "TlRMTVNTUAACAAAADAAMADgAAAAzgoriASNFZ4mrze8AAAAAAAAAACQAJABEAAAABgBwFwAAAA9TAGUAcgB2AGUAcgACAAwARABvAG0AYQBpAG4A"
            "AQAMAFMAZQByAHYAZQByAAAAAAA=": ["NTLM"],
            base64.b64encode(b"r=abcd,s=AAAA,i=4096").decode(): ["SCRAM", "iteration-count", "4096"],
            base64.b64encode(b"\0tim\0hunter22").decode(): ["PLAIN", "user tim, password masked"]}.items():
        output, errors = run("decode", message)
        for part in parts:
            contains(output, part, "the explanation of %s" % message[:20])
        check("hunter" not in output + errors and DIGEST not in output, "a secret is shown", output)
    run("decode", base64.b64encode(b"joe").decode(), status=65)
    output, _ = run("decode", "EXTERNAL", base64.b64encode(b"joe").decode())
    contains(output, "acting as joe", "a mechanism that is named")


@case()
def hostile_input_ends_soon_and_shows_no_controls(context):
    octets = b"a AUTHENTICATE OAUTHBEARER " + b"A" * 2_000_000 + b"\r\n+ " + os.urandom(3000) + b"\r\n" + b"\x1b]0;x\x07\n" * 50
    output, _ = run("decode", octets=octets)
    check("\x1b" not in output and "\x07" not in output, "controls", repr(output[:400]))
    _, errors = run("decode", octets=b"+ \x1b[2J\n", status=65)
    check("\x1b[2J" not in errors, "controls in an error", errors)


@case()
def a_typed_password_verifies_a_capture(context):
    capture = next((ROOT / "Captures" / "cleartext").glob("capture.pcap"))
    status, printed = run_in_terminal([IMAPSCOPE, "decode", "--password-prompt", str(capture)], dict(os.environ), 30,
                                      {b"Password to verify proofs with: ": PASSWORD.encode() + b"\r"})
    equal(status, 0, "exit status (%r)" % printed)
    contains(printed.decode(), "verified with the given password", "the verdict")
    check(PASSWORD.encode() not in printed, "what is typed is shown", printed)
