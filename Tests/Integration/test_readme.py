"""The README's examples print what it says, and name only what exists."""
import os
import pathlib
import re
import subprocess

from cases import IMAPSCOPE, case, check, contains

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(context, command):
    """A command of the README with this build's imapscope first in PATH."""
    folder = context.file("bin")
    if not folder.exists():
        folder.mkdir()
        (folder / "imapscope").symlink_to(pathlib.Path(IMAPSCOPE).resolve())
    environment = dict(os.environ, PATH="%s:%s" % (folder, os.environ["PATH"]), LC_ALL="C.UTF-8")
    return subprocess.run(["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, timeout=60)


@case()
def console_examples_print_what_they_show(context):
    blocks = re.findall(r"```console\n(.*?)```", README, re.S)
    check(blocks, "no console example")
    for block in blocks:
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M):
            result = run(context, command)
            check(result.returncode == 0, "exit status of %r: %d" % (command, result.returncode), result.stderr)
            printed = result.stdout.decode("utf-8")
            # A line with an ellipsis alone stands for any number of lines.
            for part in shown.split("…\n"):
                contains(printed, part, "the output of %r" % command)


@case()
def every_option_in_the_readme_exists(context):
    for command in ("proxy", "parse", "decode"):
        known = run(context, "imapscope help " + command).stdout.decode()
        for line in re.findall(r"imapscope %s .*" % command, README):
            for option in re.findall(r"--[a-z-]+", line):
                contains(known, option, "the help of " + command)


def without_times(line):
    """A line of a transcript without what differs from run to run."""
    return re.sub(r"^ *\d+\.\d{3} |  +<?[\d.]+ m?s$", "", line)


@case()
def the_first_transcript_is_what_demo_prints(context):
    shown = re.search(r"```\n\$ imapscope demo\n(.*?)```", README, re.S).group(1).splitlines()
    result = run(context, "imapscope demo")
    check(result.returncode == 0, "exit status of demo: %d" % result.returncode, result.stderr)
    printed = iter([without_times(line) for line in result.stdout.decode("utf-8").splitlines()])
    for line in shown:
        if line == "…" or line.startswith("#1 "):
            continue
        wanted = without_times(line)
        check(any(wanted == candidate for candidate in printed), "demo does not print, in this order: " + line)
