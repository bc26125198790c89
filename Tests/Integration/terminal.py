"""A program in a terminal of its own, for those that will not run without one."""
import os
import pty
import select
import signal
import struct
import fcntl
import termios
import time


def run_in_terminal(command, environment, seconds, answers):
    """(exit status, what it printed). The status is None when it did not end and was stopped: it waits for a key.
    `answers` has the keys to press once some text has been printed."""
    answers = dict(answers)
    child, terminal = pty.fork()
    if child == 0:
        try:
            os.execvpe(command[0], command, environment)
        finally:
            os._exit(127)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    printed, deadline = b"", time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0]:
            break
        try:
            octets = os.read(terminal, 65536)
        except OSError:         # Linux has EIO where the program has ended.
            octets = b""
        if not octets:
            os.close(terminal)
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), printed
        printed += octets
        for question in [question for question in answers if question in printed]:
            os.write(terminal, answers.pop(question))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(terminal)
    return None, printed
