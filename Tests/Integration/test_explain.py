"""`imapscope explain`, and what `make install` installs: shells take the completions, groff takes the manual."""
import json
import os
import pathlib
import shutil
import subprocess

from cases import IMAPSCOPE, ROOT, case, check, contains, equal
from terminal import run_in_terminal

REGISTRY = ROOT / "Sources" / "IMAPProtocol" / "Registry"


def run(*arguments, octets=b"", status=0, environment=None):
    result = subprocess.run([IMAPSCOPE, "explain", *arguments], input=octets, capture_output=True, timeout=60,
                            env={**os.environ, **(environment or {})})
    equal(result.returncode, status, "exit status of explain %r (%r)" % (arguments, result.stderr[:400]))
    return result.stdout.decode("utf-8"), result.stderr.decode("utf-8")


def entries(*arguments, **options):
    return [json.loads(line) for line in run("--format", "json", *arguments, **options)[0].splitlines()]


@case()
def every_name_that_is_listed_is_explained(context):
    listed = entries("--list")
    check(len(listed) > 650, "only %d names" % len(listed))
    names = sorted({entry["name"] for entry in listed})
    objects = entries("--", *names)
    equal(len(objects), len(names), "objects")
    for name, found in zip(names, objects):
        kinds = {(entry["kind"], entry["name"]) for entry in found["entries"]}
        for entry in listed:
            if entry["name"] == name:
                check((entry["kind"], name) in kinds, "%s %s is listed but not explained" % (entry["kind"], name), kinds)
                check(entry["meaning"] and entry["reference"], "an entry that says nothing", entry)


@case()
def names_are_taken_as_they_stand_on_the_wire(context):
    for words, expected in {
            "uid fetch": "FETCH command", "AUTH=CRAM-MD5": "CRAM-MD5 SASL mechanism", "[copyuid]": "COPYUID response code",
            "\\Seen": "\\Seen flag", "BODY.PEEK[HEADER]": "HEADER section part", "$Forwarded": "$Forwarded flag",
            "bare-lf": "bare-lf quirk", "IMAP4rev2": "IMAP4rev2 capability"}.items():
        found = ["%s %s" % (entry["name"], entry["kind"]) for entry in entries(words)[0]["entries"]]
        check(expected in found, "%s is not explained as %s" % (words, expected), found)


@case()
def a_slip_gets_a_suggestion_and_a_secret_is_not_repeated(context):
    output, errors = run("COPYUDI", status=65)
    equal(output, "", "output")
    contains(errors, "COPYUID", "suggestion")
    _, errors = run("tr0ub4dor&3", status=65)
    check("tr0ub" not in errors, "an unknown word is repeated", errors)
    output, errors = run("FETCH", "zzzzqqqq", status=65)
    contains(output, "FETCH  command", "what is known")


@case()
def lines_are_noted_and_taken_apart(context):
    found = entries("a1 UID FETCH 1:* (FLAGS)", "* 12 FETCH (UID 4 FLAGS (\\Seen))", "* OK [UIDNEXT 5] x")
    equal([line["message"]["kind"] for line in found], ["command", "untagged", "untagged"], "kinds")
    check(all(line["message"]["note"] for line in found), "notes", found)
    equal([entry["name"] for entry in found[1]["entries"]], ["FETCH", "UID", "FLAGS", "\\Seen"], "parts of FETCH")
    equal([entry["name"] for entry in found[2]["entries"]], ["OK", "UIDNEXT"], "parts of OK")
    output, _ = run("a1", "UID", "FETCH", "7", "FLAGS")
    contains(output, "FETCH item", "a line that the shell took apart")


@case()
def a_pipe_of_lines_is_explained_with_its_literals_and_logins(context):
    octets = (b"C: a1 LOGIN joe {8}\r\nhunter2x\r\nS: a1 OK done\r\nFLAGS\r\n\r\na2 AUTHENTICATE PLAIN\r\n+ \r\nAGpvZQBodW50ZXIyeA==\r\n"
              b"* 1 FETCH (BODY[] {7}\r\nab\r\ncd\n)\r\n\xff\xfe \x1b[2J\r\na3 APPEND x {5}\r\n")
    for options in ([], ["--format", "json"], ["-"], ["--color", "always"]):
        output, errors = run(*options, octets=octets)
        for secret in ("hunter2x", "AGpvZQ", "aHVudGVy"):
            check(secret not in output and secret not in errors, "%s is shown" % secret, output)
        check("\x1b[2J" not in output, "an escape sequence from the input", repr(output))
        contains(output, "STORE", "the word FLAGS is explained")
        contains(output, "APPEND", "the last line, which is not complete")


@case()
def secrets_are_shown_only_when_asked_for(context):
    line = "a LOGIN joe hunter2x"
    check("hunter2x" not in run(line)[0], "the password is shown")
    output, errors = run("--reveal-secrets", line)
    contains(output, "hunter2x", "--reveal-secrets")
    contains(errors, "--reveal-secrets", "the notice")


@case()
def colours_follow_option_and_environment(context):
    check("\x1b" not in run("FETCH")[0], "colours in a pipe")
    contains(run("--color", "always", "FETCH")[0], "\x1b[1m", "--color always")
    contains(run("FETCH", environment={"CLICOLOR_FORCE": "1"})[0], "\x1b[1m", "CLICOLOR_FORCE")
    check("\x1b" not in run("FETCH", environment={"CLICOLOR_FORCE": "1", "NO_COLOR": "1"})[0], "NO_COLOR")


@case()
def a_reader_that_goes_away_is_no_error(context):
    process = subprocess.Popen([IMAPSCOPE, "explain"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    try:
        process.stdin.write(b"* 1 EXISTS\r\n" * 20_000)
        process.stdin.close()
    except BrokenPipeError:
        pass
    errors = process.stderr.read()
    equal(process.wait(timeout=60), 0, "exit status (%r)" % errors)
    equal(errors, b"", "what is said")


@case()
def a_word_of_any_size_is_refused_in_bounded_time(context):
    for octets in (b"(" * 500_000 + b"\r\n", b"[" * 100_000, b"=" * 100_000 + b"\n"):
        run(octets=octets, status=65)
    run(octets=b"a " * 200_000)
    output, _ = run(octets=b"a SELECT x\r\nb LOGIN joe " + b"hunter2x " * 400_000 + b"\r\n* 1 EXISTS\r\n")
    check("hunter2x" not in output, "a password that is longer than what is read at once")
    contains(output, "EXISTS", "the line behind it")


def installed(context):
    """A tree made by `make install` of this build."""
    tree = context.file("tree")
    binary = ROOT / ".build" / "release" / "imapscope"
    command = ["make", "-s", "install", "DESTDIR=%s" % tree, "PREFIX=/usr", "binary=%s" % IMAPSCOPE]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    equal(result.returncode, 0, "make install (%s; %s)" % (result.stderr, binary))
    return tree / "usr"


def shell(context, words, tree):
    """Runs a shell with this build's imapscope first in PATH."""
    folder = context.file("bin")
    if not folder.exists():
        folder.mkdir()
        (folder / "imapscope").symlink_to(pathlib.Path(IMAPSCOPE).resolve())
    home = context.file("home")
    home.mkdir(exist_ok=True)
    environment = {"PATH": "%s:%s" % (folder, os.environ["PATH"]), "HOME": str(home), "XDG_DATA_DIRS": str(tree / "share"),
                   "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    result = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60)
    equal(result.returncode, 0, "exit status of %s (%s)" % (words[0], result.stderr))
    equal(result.stderr, "", "what %s complains about" % words[0])
    return result.stdout.split()


@case()
def make_install_puts_everything_in_place_and_uninstall_removes_it(context):
    tree = installed(context)
    files = {str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file()}
    for name in ("bin/imapscope", "share/bash-completion/completions/imapscope", "share/zsh/site-functions/_imapscope",
                 "share/fish/vendor_completions.d/imapscope.fish", "share/man/man1/imapscope.1",
                 "share/man/man1/imapscope-proxy.1", "share/man/man1/imapscope-explain.1", "share/licenses/imapscope/LICENSE"):
        check(name in files, "%s is not installed" % name, sorted(files))
    for name in files:
        mode = (tree / name).stat().st_mode & 0o777
        equal(oct(mode), oct(0o755 if name.startswith("bin/") else 0o644), "mode of %s" % name)
    command = ["make", "-s", "uninstall", "DESTDIR=%s" % tree.parent, "PREFIX=/usr"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    equal(result.returncode, 0, "make uninstall (%s)" % result.stderr)
    left = [str(path) for path in tree.rglob("*") if path.is_file()]
    equal(left, [], "files that uninstall left")


@case()
def bash_completes(context):
    tree = installed(context)
    script = tree / "share/bash-completion/completions/imapscope"
    complete = """source %s
        COMP_WORDS=(%%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
        function=$(complete -p imapscope | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        $function imapscope "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; echo "${COMPREPLY[@]}" """ % script
    contains(shell(context, ["bash", "-c", complete % "imapscope pro"], tree), "proxy", "imapscope pro")
    contains(shell(context, ["bash", "-c", complete % "imapscope pa"], tree), "parse", "imapscope pa")
    contains(shell(context, ["bash", "-c", complete % "imapscope explain --fo"], tree), "--format", "imapscope explain --fo")
    contains(shell(context, ["bash", "-c", complete % "imapscope explain COPYU"], tree), "COPYUID", "imapscope explain COPYU")


@case()
def zsh_loads_the_completions(context):
    tree = installed(context)
    functions = tree / "share/zsh/site-functions"
    loaded = shell(context, ["zsh", "-f", "-c", "fpath=(%s $fpath); autoload -Uz compinit; compinit -u -D; "
                             "autoload +X _imapscope && whence -w _imapscope && echo $_comps[imapscope]" % functions], tree)
    equal(loaded, ["_imapscope:", "function", "_imapscope"], "what zsh found")
    equal(shell(context, ["zsh", "-n", str(functions / "_imapscope")], tree), [], "syntax")


@case()
def zsh_completes(context):
    functions = installed(context) / "share/zsh/site-functions"
    home = context.file("zsh")
    home.mkdir()
    # What the key Tab made of the line is what the command is then called with.
    (home / ".zshrc").write_text("fpath=(%s $fpath); autoload -Uz compinit; compinit -u -D; PS1='ready> '; unset zle_bracketed_paste\n"
                                 "imapscope() { print called with $*; exit 0 }\n" % functions)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "ZDOTDIR": str(home), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    status, printed = run_in_terminal(["zsh", "-d", "-i"], environment, 30, {b"ready> ": b"imapscope prox\t", b"proxy": b"\r"})
    contains(printed.decode(), "called with proxy", "imapscope prox")
    equal(status, 0, "exit status of zsh (%r)" % printed)


@case()
def fish_completes(context):
    tree = installed(context)
    contains(shell(context, ["fish", "-c", 'complete -C"imapscope pa"'], tree), "parse", "imapscope pa")
    contains(shell(context, ["fish", "-c", 'complete -C"imapscope explain --fo"'], tree), "--format", "imapscope explain --fo")
    contains(shell(context, ["fish", "-c", 'complete -C"imapscope explain COPYU"'], tree), "COPYUID", "imapscope explain COPYU")


@case()
def groff_sets_every_manual_page_without_a_warning(context):
    pages = sorted((installed(context) / "share/man/man1").glob("*.1"))
    check(len(pages) >= 5, "pages", pages)
    for page in pages:
        for device in ("utf8", "ascii"):
            result = subprocess.run(["groff", "-man", "-ww", "-P-cbou", "-T" + device, str(page)], capture_output=True, text=True, timeout=60)
            equal(result.stderr, "", "warnings about %s" % page.name)
            equal(result.returncode, 0, "exit status of groff")
        check("NAME" in result.stdout and "SYNOPSIS" in result.stdout, "sections of %s" % page.name)
    check(shutil.which("groff"), "groff")
