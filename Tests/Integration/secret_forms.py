"""The forms in which a secret could show up in an output."""
import base64
import json
import urllib.parse

from mailboxes import modified_utf7


def base64_cores(octets):
    """What any base64 text that has `octets` in it must contain, for each of the three alignments: the characters
    that depend on these octets alone."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + octets).decode()
        first = -(-shift * 8 // 6)                              # Characters with bits of what stands before.
        last = (shift + len(octets)) * 8 // 6                   # Characters with bits of what follows.
        yield encoded[first:last]


def forms_of(secret, what="password"):
    """{description: octets} of all forms of a text secret that are long enough to mean something."""
    octets = secret.encode()
    forms = {
        what: octets,
        what + " in hex": octets.hex().encode(),
        what + " in upper-case hex": octets.hex().upper().encode(),
        what + " as IMAP quoted string": secret.replace("\\", "\\\\").replace('"', '\\"').encode(),
        what + " as JSON": json.dumps(secret)[1:-1].encode(),
        what + " as JSON in UTF-8": json.dumps(secret, ensure_ascii=False)[1:-1].encode(),
        what + " in a URL": urllib.parse.quote(secret, safe="").encode(),
        what + " in a form": urllib.parse.quote_plus(secret).encode(),
        what + " in modified UTF-7": modified_utf7(secret).encode(),
        what + " escaped": b"".join(b"\\\\" if o == 92 else bytes([o]) if 32 <= o < 127 else b"\\x%02x" % o for o in octets),
        what + " escaped in capitals": b"".join(b"\\\\" if o == 92 else bytes([o]) if 32 <= o < 127 else b"\\x%02X" % o for o in octets),
    }
    # An escaped line stands in a JSON string, where its backslashes are doubled once more.
    forms[what + " escaped in JSON"] = json.dumps(forms[what + " escaped"].decode())[1:-1].encode()
    for shift, core in enumerate(base64_cores(octets)):
        forms[what + " in base64, shifted by %d" % shift] = core.encode()
    return {name: form for name, form in forms.items() if len(form) >= 5}
