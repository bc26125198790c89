"""`imapscope ca` as a process: what it makes, what it prints, and that several at once agree."""
import os
import pty
import stat
import subprocess

from cases import IMAPSCOPE, case, check, contains, equal


def ca(data, *arguments, **more):
    more.setdefault("stdout", subprocess.PIPE)
    return subprocess.Popen([IMAPSCOPE, "ca", *map(str, arguments)], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                            env=dict(os.environ, XDG_DATA_HOME=str(data)), **more)


def done(process, status=0):
    out, err = process.communicate(timeout=30)
    equal(process.returncode, status, "exit status (%r)" % err[:300])
    return out, err.decode()


@case()
def processes_that_start_at_once_make_one_authority(context):
    data = context.file("data")
    results = [done(process) for process in [ca(data, "show") for _ in range(8)]]
    equal(len({out for out, _ in results}), 1, "different authorities")
    equal(sum("made a new certificate authority" in err for _, err in results), 1, "makers of an authority")
    equal(sorted(os.listdir(data / "imapscope")), ["ca-key.pem", "ca.cer", "ca.p12", "ca.pem"], "files")
    equal(stat.S_IMODE((data / "imapscope" / "ca-key.pem").stat().st_mode), 0o600, "mode of the key")


@case()
def every_format_is_the_same_certificate_without_key(context):
    data, seen = context.file("data"), set()
    for form in ("pem", "der", "p12"):
        out, _ = done(ca(data, "export", "--format", form))
        path = context.file("ca." + form)
        done(ca(data, "export", "--format", form, "-o", path))
        if form != "p12":
            equal(path.read_bytes(), out, "file and standard output")
        tool = ["pkcs12", "-nodes", "-passin", "pass:"] if form == "p12" else ["x509", "-inform", form]
        text = subprocess.run(["openssl", *tool, "-in", path], capture_output=True, check=True).stdout.decode()
        check("PRIVATE KEY" not in text, "a key in " + form, text)
        seen.add(text[text.index("-----BEGIN CERT"):])
    equal(len(seen), 1, "different certificates")


@case()
def binary_is_not_written_to_a_terminal(context):
    data = context.file("data")
    leader, follower = pty.openpty()
    context.later(lambda: os.close(leader))
    for form in ("der", "p12"):
        _, err = done(ca(data, "export", "--format", form, stdout=follower), 64)
        contains(err, "--output", "the message")
    os.close(follower)
    check(not data.exists(), "a wrong command line made an authority")


@case()
def what_is_wrong_is_told_with_the_right_status(context):
    data = context.file("data")
    done(ca(data, "show"))
    done(ca(data, "export", "--format", "xml"), 64)
    done(ca(data, "export", "-o", "/nonexistent/ca.pem"), 73)
    link = context.file("link")
    link.symlink_to(context.file("target"))
    _, err = done(ca(data, "export", "-o", link), 73)
    contains(err, "symbolic link", "the message")
    key = data / "imapscope" / "ca-key.pem"
    key.chmod(0o644)
    contains(done(ca(data, "show"))[1], "chmod 600", "the warning")
    key.write_text("garbage")
    contains(done(ca(data, "show"), 78)[1], str(key), "the message")
    key.unlink()
    contains(done(ca(data, "show"), 66)[1], str(key), "the message")
