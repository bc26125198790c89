"""How `imapscope decode` runs: one processor or two, pipes that pause, readers that leave, few descriptors, a terminal."""
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

import capture_cases
from capture_decode import Extract, decode
from capture_files import pcap
from capture_packets import ETHERNET, Connection, in_ethernet
from cases import IMAPSCOPE, case, check, contains, equal

CAPTURE = capture_cases.CAPTURES / "cleartext" / "capture.pcap"


def sessions(count):
    """`count` connections that are all open at the same time."""
    frames = []
    for number in range(count):
        made = Connection(("192.0.2.%d" % (number % 250 + 1), 40000 + number), ("198.51.100.1", 143))
        made.open(number * 1000)
        made.send(1_000_000_000 + number * 1000, "server", b"* OK ready\r\n")
        made.send(2_000_000_000 + number * 1000, "client", b"a NOOP\r\n")
        made.send(3_000_000_000 + number * 1000, "server", b"a OK done\r\n")
        made.close(4_000_000_000 + number * 1000, "client")
        frames += in_ethernet(made.segments)
    return pcap(sorted(frames, key=lambda frame: frame[0]), ETHERNET)


@case()
def one_processor_and_two_write_the_same(context):
    capture = context.file("many.pcap", sessions(300))
    allowed = sorted(os.sched_getaffinity(0))
    for options in (["--detail", "4"], ["--format", "jsonl"], ["--detail", "0"]):
        command = [str(IMAPSCOPE), "decode", "-q", "--color", "never", *options, str(capture)]
        both = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=50).stdout
        one = subprocess.run(["taskset", "-c", str(allowed[0]), *command], stdout=subprocess.PIPE, check=True, timeout=50).stdout
        equal(one, both, "what one processor writes with " + " ".join(options))
        check(len(one) > 10_000, "output: %d octets" % len(one))


@case()
def a_pipe_that_pauses_is_shown_so_far(context):
    content = CAPTURE.read_bytes()
    process = subprocess.Popen([str(IMAPSCOPE), "decode", "-q", "--color", "never", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        process.stdin.write(content[:3000])
        process.stdin.flush()
        seen, until = b"", time.monotonic() + 20
        while b"S: * OK" not in seen:
            ready, _, _ = select.select([process.stdout], [], [], max(0, until - time.monotonic()))
            check(ready, "nothing is shown while the pipe is open", seen)
            seen += os.read(process.stdout.fileno(), 65536)
        process.stdin.write(content[3000:])
        rest, _ = process.communicate(timeout=20)
    finally:
        process.kill()
    whole = subprocess.run([str(IMAPSCOPE), "decode", "-q", "--color", "never", str(CAPTURE)], stdout=subprocess.PIPE, check=True).stdout
    equal(seen + rest, whole, "the transcript in the end")


@case()
def a_reader_that_leaves_ends_it_silently(context):
    capture = context.file("many.pcap", sessions(2000))
    for source in (["cat", str(capture)], ["bash", "-c", 'cat "$0"; sleep 30', str(capture)]):
        began = time.monotonic()
        feeder = subprocess.Popen(source, stdout=subprocess.PIPE)
        process = subprocess.Popen([str(IMAPSCOPE), "decode", "-"], stdin=feeder.stdout, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        feeder.stdout.close()
        os.read(process.stdout.fileno(), 1000)
        process.stdout.close()
        equal(process.wait(20), 0, "exit status")
        equal(process.stderr.read(), b"", "standard error")
        check(time.monotonic() - began < 15, "it waited for more input")
        feeder.kill()
        feeder.wait()


@case()
def more_sessions_than_descriptors_are_extracted(context):
    capture = context.file("many.pcap", sessions(600))
    folder = context.file("streams")
    result = subprocess.run(["bash", "-c", 'ulimit -n 200; exec "$0" decode -q --format none --extract "$1" "$2"', str(IMAPSCOPE), str(folder), str(capture)],
                            capture_output=True, timeout=50)
    equal(result.returncode, 0, "exit status; it said: %r" % result.stderr)
    streams = Extract(folder).streams
    equal(len(streams), 600, "sessions")
    for one in streams:
        equal(one, {"client": b"a NOOP\r\n", "server": b"* OK ready\r\na OK done\r\n"}, "streams")


@case()
def a_full_disk_is_an_error_of_the_output(context):
    for options in (["--format", "text"], ["--format", "none", "--jsonl", "/dev/full"]):
        capture = context.file("many.pcap", sessions(300))
        with open("/dev/full" if "text" in options else "/dev/null", "wb") as full:
            result = subprocess.run([str(IMAPSCOPE), "decode", *options, str(capture)], stdout=full, stderr=subprocess.PIPE, timeout=50)
        equal(result.returncode, 74, "exit status with %s; it said: %r" % (options, result.stderr))


@case()
def a_terminal_on_standard_error_shows_how_far_it_is(context):
    capture = context.file("many.pcap", sessions(12_000))
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen([str(IMAPSCOPE), "decode", "--format", "none", str(capture)], stdout=subprocess.DEVNULL, stderr=follower)
    os.close(follower)
    shown = b""
    try:
        while True:
            piece = os.read(leader, 65536)
            if not piece:
                break
            shown += piece
    except OSError:
        pass        # The other end is closed.
    equal(process.wait(50), 0, "exit status")
    contains(shown.decode(), "█", "standard error")
    contains(shown.decode(), "12,000 IMAP sessions", "standard error")
    silent = decode(context, "--format", "none", capture)
    check("█" not in silent.stderr, "a bar in a file")
