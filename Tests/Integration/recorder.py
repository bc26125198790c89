"""A TCP relay that keeps the octets of both directions of each connection, and the order in which the sides ended."""
import socket
import threading
import time

from imap_client import eventually


class Recording:
    def __init__(self, number):
        self.number = number
        self.client, self.server = bytearray(), bytearray()
        self.chunks = []        # (time, "client" or "server", octets) in order, when the recorder keeps them
        self.ends = []          # "client" and "server" in the order in which their streams ended
        self.open_directions = 2

    @property
    def finished(self):
        return self.open_directions == 0


class Recorder:
    """Relays what comes to `address` to `target`. A side that vanishes does not stop the recording of the other one."""

    def __init__(self, target, keeps_chunks=False):
        self.target, self.connections, self.keeps_chunks = target, [], keeps_chunks
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(512)
        self.address = self.listener.getsockname()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            recording = Recording(len(self.connections) + 1)
            self.connections.append(recording)
            threading.Thread(target=self.serve, args=(client, recording), daemon=True).start()

    def serve(self, client, recording):
        try:
            server = socket.create_connection(self.target, timeout=20)
        except OSError:
            client.close()
            recording.open_directions = 0
            return
        server.settimeout(None)
        for side in (client, server):
            side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lock = threading.Lock()
        for source, sink, octets, name in ((client, server, recording.client, "client"), (server, client, recording.server, "server")):
            threading.Thread(target=self.relay, args=(source, sink, octets, name, recording, lock, (client, server)), daemon=True).start()

    def relay(self, source, sink, octets, name, recording, lock, both):
        sink_is_there = True
        while True:
            try:
                chunk = source.recv(1 << 16)
            except OSError:
                chunk = b""
            if not chunk:
                break
            octets += chunk
            if self.keeps_chunks:
                recording.chunks.append((time.time(), name, chunk))
            if sink_is_there:
                try:
                    self.hand_on(sink, chunk)
                except OSError:
                    sink_is_there = False
        with lock:
            recording.ends.append(name)
            try:
                sink.shutdown(socket.SHUT_WR)       # Hands on a half-close as one.
            except OSError:
                pass
            recording.open_directions -= 1
            if recording.finished:
                for side in both:
                    side.close()

    def hand_on(self, sink, chunk):
        sink.sendall(chunk)

    def close(self):
        self.listener.close()

    def wait(self, count=None, seconds=20):
        """Waits until all connections, and at least `count`, have ended."""
        eventually(lambda: len(self.connections) >= (count or 0) and all(c.finished for c in self.connections), seconds,
                   "the end of %s recorded connections" % (count or "all"))


class Dripper(Recorder):
    """Hands everything on an octet at a time."""

    def hand_on(self, sink, chunk):
        for octet in chunk:
            sink.sendall(bytes([octet]))
