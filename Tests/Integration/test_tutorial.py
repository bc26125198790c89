"""The tutorial's session, with and without the proxy between; and what the transcript says about it."""
from cases import DOVECOT, case, check, contains, equal
from imap_client import Client
from proxy import Chain, check_secrets_absent, without_offer
from secret_forms import forms_of
import tutorial


def deliver(address):
    """A second session that brings a message to INBOX, which by then holds 63."""
    with Client(address) as client:
        client.greeting()
        client.login(tutorial.USER, tutorial.PASSWORD)
        client.command("APPEND INBOX {}", b"Subject: new\r\n\r\nnew mail\r\n")
        client.logout()


def play_through_proxy(context, *options):
    context.dovecot.reset(tutorial.USER)
    chain = Chain(context, context.dovecot.bare, *options)
    played = tutorial.play(chain.address, lambda: deliver(context.dovecot.bare))
    chain.check_transparent(1)
    chain.proxy.stop()
    return chain.proxy, played


@case(DOVECOT)
def the_session_succeeds_without_a_proxy(context):
    context.dovecot.reset(tutorial.USER)
    tutorial.play(context.dovecot.bare, lambda: deliver(context.dovecot.bare))


@case(DOVECOT)
def the_session_through_the_proxy_has_the_same_octets_on_both_legs(context):
    play_through_proxy(context)


@case(DOVECOT)
def the_transcript_decodes_the_challenge_and_masks_the_digest(context):
    proxy, played = play_through_proxy(context)
    for name in ("stdout", "--jsonl"):
        text = proxy.outputs[name].decode("utf-8")
        contains(text, played.challenge.decode(), name + " shows the decoded challenge")
        contains(text, tutorial.USER, name + " shows the user")
        contains(text, "CRAM-MD5", name + " shows the mechanism")
    forms = dict(forms_of(tutorial.PASSWORD), **{"reply": played.reply}, **forms_of(played.digest, "digest"))
    check_secrets_absent(proxy.outputs, forms)


@case(DOVECOT)
def an_authentication_event_tells_mechanism_user_and_result(context):
    proxy, _ = play_through_proxy(context)
    events = proxy.events("authentication")
    equal(len(events), 1, "authentications")
    equal((events[0]["mechanism"], events[0]["user"]), ("CRAM-MD5", tutorial.USER), "who logged in, and how")
    check(events[0].get("result"), "the result is told", events[0])
    check(events[0].get("verified") is not True, "nothing was there to verify the digest with", events[0])


@case(DOVECOT)
def a_given_password_verifies_the_digest(context):
    passwords = context.file("passwords", "%s:%s\n" % (tutorial.USER, tutorial.PASSWORD))
    passwords.chmod(0o600)
    proxy, _ = play_through_proxy(context, "--passwords", passwords)
    equal([event.get("verified") for event in proxy.events("authentication")], [True], "verified")
    contains(proxy.stdout, "verified", "the transcript")
    check_secrets_absent(proxy.outputs, forms_of(tutorial.PASSWORD))


@case(DOVECOT)
def a_wrong_password_file_does_not_verify_the_digest(context):
    passwords = context.file("passwords", "%s:%s\n" % (tutorial.USER, "something else"))
    passwords.chmod(0o600)
    proxy, _ = play_through_proxy(context, "--passwords", passwords)
    equal([event.get("verified") for event in proxy.events("authentication")], [False], "verified")


@case(DOVECOT)
def the_transcript_shows_and_explains_every_step(context):
    proxy, played = play_through_proxy(context, "--detail", "3")
    for step in ("some-flag", "a-different-flag", "a-funny-flag", "COPYUID", "10 EXPUNGE", "APPENDUID", "work.due today",
                 "UIDVALIDITY 1548379801", "RFC822.SIZE 447", "NAMESPACE", "DONE", "+ idling", "BYE"):
        contains(proxy.stdout, step, "the transcript at detail 3")
    messages = proxy.events("message")
    for part in ("COPYUID", "EXPUNGE", "APPENDUID", "IDLE", "some-flag", "UIDVALIDITY"):
        concerned = [m for m in messages if part in m.get("text", "")]
        check(concerned, "no message event shows " + part)
        check(any(m.get("note") for m in concerned), "no note explains " + part, concerned[0])
    done = [m for m in messages if m.get("text", "").strip().upper() == "DONE"]
    equal(len(done), 1, "DONE is a message of its own")


@case(DOVECOT)
def commands_and_their_completions_are_paired(context):
    proxy, played = play_through_proxy(context)
    exchanges = proxy.events("exchange")
    # Every command line of ours has its tagged completion: greeting, continuations and DONE have none.
    tagged = [line for line in played.received.split(b"\r\n") if line.split(b" ")[0] in TAGS and line.split(b" ")[1:2][0:1] and
              line.split(b" ")[1] in (b"OK", b"NO", b"BAD")]
    equal(len(exchanges), len(tagged), "exchanges")
    for exchange in exchanges:
        check(exchange.get("status") in ("OK", "NO", "BAD"), "an exchange without status", exchange)
        check(isinstance(exchange.get("latency_ms"), (int, float)) and exchange["latency_ms"] >= 0, "an exchange without latency", exchange)


TAGS = {b"j", b"s", b"f", b"g", b"k", b"r", b"w", b"u", b"n", b"c", b"e", b"a1", b"i0", b"i", b"001", b"t1"}


@case(DOVECOT)
def the_slip_in_the_announced_length_of_APPEND_is_a_finding(context):
    proxy, _ = play_through_proxy(context)
    findings = [f for f in proxy.events("finding") if f.get("blame") == "client" and
                ("APPEND" in f.get("text", "") or "literal" in f.get("text", ""))]
    check(findings, "no finding about the literal of APPEND", proxy.events("finding"))
    for finding in findings:
        check(finding.get("id") and finding.get("severity") in ("info", "low", "medium", "high", "critical"), "an incomplete finding", finding)


@case(DOVECOT)
def message_events_tile_both_streams(context):
    # Offsets are those of the received stream: STARTTLS, which the proxy adds to the greeting, is no part of it.
    proxy, played = play_through_proxy(context)
    for direction, stream in (("client", played.sent), ("server", without_offer(played.received))):
        offset = 0
        for message in (m for m in proxy.events("message") if m["direction"] == direction):
            equal(message["offset"], offset, "offset of %r" % message.get("text"))
            offset += message["length"]
        equal(offset, len(stream), "octets from the " + direction)


@case(DOVECOT)
def more_detail_is_more_transcript(context):
    sizes = []
    for level in range(5):
        context.dovecot.reset(tutorial.USER)
        chain = Chain(context, context.dovecot.bare, "--detail", str(level), name="detail-%d" % level)
        played = tutorial.play(chain.address)
        chain.proxy.stop()
        forms = dict(forms_of(tutorial.PASSWORD), **{"reply": played.reply}, **forms_of(played.digest, "digest"))
        check_secrets_absent(chain.proxy.outputs, forms)
        sizes.append(len(chain.proxy.stdout.splitlines()))
    equal(sizes[0], 1, "lines at detail 0: one for the one session")
    # Folding and previews (2 to 4) need longer runs and literals than this session has to make a difference in lines.
    check(sizes[0] < sizes[1] < sizes[2] <= sizes[3] <= sizes[4] > sizes[2], "lines per level of detail do not grow", sizes)


@case(DOVECOT)
def a_command_stands_before_the_answer_that_asks_for_its_literal(context):
    proxy, played = play_through_proxy(context)
    lines = proxy.outputs["stdout"].decode("utf-8").splitlines()
    announced = [number for number, line in enumerate(lines) if " C: " in line and "APPEND" in line and line.endswith("{%d}" % tutorial.ANNOUNCED)]
    equal(len(announced), 1, "lines that announce the literal")
    contains(lines[announced[0] + 1], "S: + ", "the line behind the announcement")
