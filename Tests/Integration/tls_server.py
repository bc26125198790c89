"""Scripted servers under TLS, and what their handshakes saw."""
import ssl

from scripted_server import ScriptedServer


def server_settings(issued, only=None, alpn=None, trust=None, keylog=None):
    """For a scripted server that shows the certificate `issued`; with `trust` it requires one of the client."""
    settings = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    settings.load_cert_chain(issued.chain, issued.key)
    if only:
        settings.set_ciphers("ALL:@SECLEVEL=0")
        settings.minimum_version = settings.maximum_version = only
    if alpn:
        settings.set_alpn_protocols(alpn)
    if trust:
        settings.load_verify_locations(trust)
        settings.verify_mode = ssl.CERT_REQUIRED
    return settings


def begin_tls(peer, settings):
    peer.socket = settings.wrap_socket(peer.socket, server_side=True, suppress_ragged_eofs=False)


class SecureServer(ScriptedServer):
    """Implicit TLS, then `behaviour`. `names` are the server names that clients asked for, None without SNI."""

    def __init__(self, settings, behaviour):
        self.settings, self.names = settings, []
        settings.sni_callback = lambda _, name, __: self.names.append(name)
        self.script = behaviour
        super().__init__(self.secured)

    def secured(self, peer):
        # Read anew each time: a test may change the certificate between connections.
        begin_tls(peer, self.settings)
        self.script(peer)
