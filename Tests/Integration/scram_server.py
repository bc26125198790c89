"""SCRAM as a server, RFC 5802, with Python's hashlib: a second opinion for proofs and signatures."""
import base64
import hashlib
import hmac
import os

SALT, ITERATIONS = b"a salt of 16 oct", 20000


def encoded(octets):
    return base64.b64encode(octets)


def decoded(line):
    return base64.b64decode(line)


def scram_server(mechanisms, users):
    """Behaviour of a scripted server. `users` are {name: password}; what a client is bound to is not looked at."""
    def behaviour(peer):
        peer.send(b"* OK [CAPABILITY IMAP4rev1 %s] ready\r\n" % b" ".join(b"AUTH=" + name for name in mechanisms))
        while True:
            words = peer.line().split(b" ")
            tag, command = words[0], words[1].upper()
            if command == b"AUTHENTICATE":
                verdict = authenticate(peer, words[2].upper(), words[3] if len(words) > 3 else None, users)
                peer.send(tag + (b" OK done\r\n" if verdict else b" NO [AUTHENTICATIONFAILED] no\r\n"))
            elif command == b"CAPABILITY":
                peer.send(b"* CAPABILITY IMAP4rev1 %s\r\n" % b" ".join(b"AUTH=" + name for name in mechanisms) + tag + b" OK done\r\n")
            elif command == b"LOGOUT":
                peer.send(b"* BYE bye\r\n" + tag + b" OK done\r\n")
                return
            else:
                peer.send(tag + b" OK done\r\n")
    return behaviour


def authenticate(peer, mechanism, first, users):
    digest = {b"1": "sha1", b"256": "sha256"}[mechanism.split(b"-")[2]]
    if first is None:
        peer.send(b"+ \r\n")
        first = peer.line()
    first = decoded(first)
    flag, identity, bare = first.split(b",", 2)
    fields = dict(part.split(b"=", 1) for part in bare.split(b","))
    nonce = fields[b"r"] + encoded(os.urandom(18))
    server_first = b"r=%s,s=%s,i=%d" % (nonce, encoded(SALT), ITERATIONS)
    peer.send(b"+ " + encoded(server_first) + b"\r\n")
    final = decoded(peer.line())
    without, proof = final.rsplit(b",p=", 1)
    salted = hashlib.pbkdf2_hmac(digest, users[fields[b"n"].decode()].encode(), SALT, ITERATIONS)
    message = b",".join([bare, server_first, without])
    key = hmac.digest(salted, b"Client Key", digest)
    stored = hashlib.new(digest, key).digest()
    right = bytes(a ^ b for a, b in zip(key, hmac.digest(stored, message, digest)))
    if decoded(proof) != right:
        peer.send(b"+ " + encoded(b"e=invalid-proof") + b"\r\n")
        peer.line()
        return False
    peer.send(b"+ " + encoded(b"v=" + encoded(hmac.digest(hmac.digest(salted, b"Server Key", digest), message, digest))) + b"\r\n")
    peer.line()
    return True
