"""`imapscope audit` as a process: captures in, reports out; and `--audit` on the way."""
import json
import os
import subprocess
from html.parser import HTMLParser

import capture_cases
from capture_decode import decode
from cases import DOVECOT, IMAPSCOPE, case, check, contains, equal
from imap_client import Client
from mailboxes import USERS
from proxy import Proxy, check_secrets_absent
from scripted_server import ScriptedServer
from secret_forms import forms_of

PASSWORD = USERS["drichards"][0]
FOLDERS = {folder.name: folder for folder in capture_cases.folders()}


class Audited:
    def __init__(self, result):
        self.status, self.text, self.stderr = result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.text)


def audit(context, *arguments, seconds=50, status=0):
    home = context.file("home")
    variables = dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home / "config"), XDG_DATA_HOME=str(home / "data"))
    result = Audited(subprocess.run([str(IMAPSCOPE), "audit", *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
                                    env=variables, timeout=seconds))
    equal(result.status, status, "exit status of audit %s; it said: %s" % (" ".join(map(str, arguments)), result.stderr))
    return result


def capture(name):
    return FOLDERS[name] / capture_cases.facts(FOLDERS[name])["capture"]


def numbers(report):
    return {finding["check"] for finding in report["findings"]}


@case()
def every_capture_is_audited_in_every_format_without_secrets(context):
    for folder in FOLDERS.values():
        for form in ("text", "json", "sarif", "html", "md"):
            report = audit(context, "-q", "--format", form, *capture_cases.options(folder), capture(folder.name))
            check(report.text.endswith("\n"), "a report ends with a line end: %s %s" % (folder.name, form))
            check_secrets_absent({form: report.text.encode(), "stderr": report.stderr.encode()}, forms_of(PASSWORD))


@case()
def the_report_names_what_the_capture_shows(context):
    report = audit(context, "-q", "--format", "json", capture("cleartext")).json
    found = {finding["check"]: finding for finding in report["findings"]}
    for number in ("C01", "M01", "T02", "T03"):
        check(number in found, "%s is found" % number, sorted(found, key=str))
    evidence = found["M01"]["evidence"][0]
    equal(evidence["packet"], 6, "the packet of AUTHENTICATE")
    contains(evidence["line"].lower(), "authenticate cram-md5", "the line")
    equal(report["mechanisms"], {"CRAM-MD5": 1}, "mechanisms")
    secure = audit(context, "-q", "--format", "json", *capture_cases.options(FOLDERS["tls13"]), capture("tls13")).json
    check("T02" not in numbers(secure) and "C01" not in numbers(secure), "nothing was in the clear under TLS", numbers(secure))


#: What SARIF 2.1.0 (sections 3.13 to 3.49) allows in the objects that are written, and asks for.
SARIF = {
    "log": ({"$schema", "version", "runs", "inlineExternalProperties", "properties"}, {"version", "runs"}),
    "run": ({"tool", "results", "columnKind", "invocations", "artifacts", "logicalLocations", "properties"}, {"tool"}),
    "driver": ({"name", "version", "semanticVersion", "informationUri", "rules", "properties"}, {"name"}),
    "rule": ({"id", "name", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration", "properties"}, {"id"}),
    "result": ({"ruleId", "ruleIndex", "level", "kind", "message", "locations", "suppressions", "properties"}, {"message"}),
    "location": ({"physicalLocation", "logicalLocations", "message", "properties"}, set()),
    "message": ({"text", "markdown", "id", "arguments", "properties"}, {"text"}),
}


def is_object(kind, value):
    allowed, needed = SARIF[kind]
    check(isinstance(value, dict) and set(value) <= allowed and needed <= set(value), "a SARIF %s has what it may have" % kind, value)
    return value


@case()
def sarif_has_the_shape_that_its_specification_asks_for(context):
    log = is_object("log", audit(context, "-q", "--format", "sarif", capture("cleartext")).json)
    equal(log["version"], "2.1.0", "the version")
    run = is_object("run", log["runs"][0])
    rules = is_object("driver", run["tool"]["driver"])["rules"]
    equal(len({is_object("rule", rule)["id"] for rule in rules}), len(rules), "each rule stands there once")
    for rule in rules:
        for key in ("shortDescription", "fullDescription", "help"):
            is_object("message", rule[key])
        check(rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error"), "a level", rule)
    check(len(run["results"]) > 3, "there are results")
    for result in run["results"]:
        is_object("result", result)
        is_object("message", result["message"])
        equal(rules[result["ruleIndex"]]["id"], result["ruleId"], "the index of the rule")
        check(result["level"] in ("none", "note", "warning", "error"), "a level", result)
        for location in result["locations"]:
            is_object("location", location)


class Balanced(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.scripts = [], 0

    def handle_starttag(self, tag, attributes):
        if tag == "script":
            self.scripts += 1
        if tag not in ("meta", "br", "hr", "link", "img", "input"):
            self.open.append(tag)
        check(not any(name in ("src", "href") and value.startswith("http") for name, value in attributes), "nothing is loaded", attributes)

    def handle_endtag(self, tag):
        check(self.open and self.open[-1] == tag, "tags are balanced at </%s>" % tag, self.open[-5:])
        self.open.pop()


@case()
def the_page_is_whole_and_loads_nothing(context):
    page = Balanced()
    page.feed(audit(context, "-q", "--format", "html", capture("cleartext")).text)
    equal(page.open, [], "tags that stay open")


@case()
def fail_on_makes_findings_a_failure(context):
    audit(context, "-q", "--fail-on", "high", capture("cleartext"), status=1)
    audit(context, "-q", "--fail-on", "critical", capture("cleartext"), status=0)


@case()
def a_policy_says_what_counts(context):
    policy = context.file("policy.yaml", "extends: rfc\ndisable: [C01, cram-md5-used]\nseverities: {T02: info}\nsuppress:\n"
                          "  - {check: T03, reason: a lab without TLS}\n")
    report = audit(context, "-q", "--format", "json", "--policy", policy, capture("cleartext")).json
    found = {finding["check"]: finding["severity"] for finding in report["findings"]}
    check(not {"C01", "M01", "T03"} & set(found), "disabled and suppressed checks are silent", found)
    equal(found["T02"], "info", "the severity of the policy")
    check(report["suppressed"], "suppressed findings are counted")
    broken = audit(context, "-q", "--policy", context.file("broken.yaml", "disable: [Q99]\n"), capture("cleartext"), status=78)
    contains(broken.stderr, "Q99", "the error names what is wrong")
    contains(broken.stderr, "broken.yaml:1", "the error says where")


@case()
def names_are_exchanged_where_rules_say_so(context):
    report = audit(context, "-q", "--rules", "share-safe", capture("cleartext"))
    for word in ("drichards", "192.0.2.10", "198.51.100.20"):
        check(word not in report.text, "%s is not in the report" % word)
    contains(report.text, "host1", "placeholders are")


@case()
def the_list_of_checks_accounts_for_the_whole_catalogue(context):
    lines = [line.split()[0] for line in audit(context, "--list-checks").text.splitlines() if line and line != "not checked:"]
    sizes = {"T": 18, "S": 20, "C": 17, "A": 16, "M": 15, "SC": 27, "O": 10, "P": 19, "X": 6}
    wanted = {"%s%02d" % (group, number) for group, size in sizes.items() for number in range(1, size + 1)}
    equal(set(lines), wanted, "the numbers of the catalogue")
    equal(len(lines), len(wanted), "each stands there once")


@case()
def proofs_are_verified_with_passwords(context):
    users = context.file("users", "drichards:%s\n" % PASSWORD)
    report = audit(context, "-q", "--format", "json", "--passwords", users, capture("cleartext"))
    check_secrets_absent({"report": report.text.encode(), "stderr": report.stderr.encode()}, forms_of(PASSWORD))


@case()
def what_is_no_capture_is_refused(context):
    audit(context, context.file("text", "hello\n"), status=65)
    audit(context, context.file("missing") / "nothing", status=66)
    audit(context, status=64)


def greeting_with(words):
    def behaviour(peer):
        peer.send(b"* OK [CAPABILITY IMAP4rev1 %s] ready\r\n" % words)
        while True:
            command = peer.command()
            if command is None:
                return
            tag = command.split()[0]
            peer.send(b"* BYE\r\n" + tag + b" OK done\r\n" if b"LOGOUT" in command.upper() else tag + b" OK done\r\n")
    return behaviour


def findings(proxy):
    """The ids of all findings, of messages and of the session."""
    told = []
    for event in proxy.events("message", "finding"):
        told += [finding["id"] for finding in event["findings"]] if event["event"] == "message" and event.get("findings") else []
        told += [event["id"]] if event["event"] == "finding" else []
    return told


def session(proxy):
    with Client(proxy.address) as client:
        client.greeting()
        client.login("alice", "A passw0rd of the test")
        client.logout()


@case()
def findings_stand_in_the_proxy_transcript_at_their_line(context):
    server = ScriptedServer(greeting_with(b"LOGINDISABLED STARTTLS"))
    context.later(server.listener.close)
    proxy = Proxy(context, server.address, "--audit", "default", "--starttls", "never")
    session(proxy)
    proxy.stop()
    told = findings(proxy)
    equal(told.count("cleartext-credentials"), 1, "cleartext-credentials is told once")
    check("login-despite-logindisabled" in told, "the list forbids LOGIN", told)
    lines = proxy.stdout.splitlines()
    place = next(index for index, line in enumerate(lines) if " LOGIN " in line and "C:" in line)
    check(any("login-despite-logindisabled" in line for line in lines[place:place + 4]), "it stands at the line", lines[place:place + 5])
    check_secrets_absent(proxy.outputs, forms_of("A passw0rd of the test"))


@case()
def what_a_server_has_lost_is_told_in_the_next_run(context):
    for number, (words, lost) in enumerate([(b"STARTTLS AUTH=SCRAM-SHA-256", False), (b"AUTH=PLAIN", True)]):
        server = ScriptedServer(greeting_with(words)) if number == 0 else server
        server.behaviour = greeting_with(words)
        context.later(server.listener.close)
        proxy = Proxy(context, server.address, "--audit", "default", "--baselines", "--starttls", "never", name="proxy%d" % number)
        session(proxy)
        proxy.stop()
        told = findings(proxy)
        equal("baseline-lost" in told, lost, "baseline-lost in run %d" % number)


@case()
def without_the_option_transcripts_have_no_checks(context):
    decoded = decode(context, "-q", capture("cleartext"))
    check("cram-md5-used" not in decoded.text, "no check looks unless asked")
    contains(decode(context, "-q", "--audit", "default", capture("cleartext")).text, "cram-md5-used", "asked, it does")


@case(DOVECOT)
def a_session_with_dovecot_is_judged_live(context):
    proxy = Proxy(context, context.dovecot.bare, "--audit", "strict")
    with Client(proxy.address) as client:
        client.greeting()
        client.cram_md5("drichards", PASSWORD)
        client.logout()
    proxy.stop()
    told = set(findings(proxy))
    check({"cram-md5-used", "banner-tells-software"} <= told, "what Dovecot shows is found", sorted(told))
    check_secrets_absent(proxy.outputs, forms_of(PASSWORD))
