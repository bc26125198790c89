import COpenSSL
import Synchronization

/// Sessions that the next connections to the same server can take up.
final class TLSSessionStore: Sendable {
    private static let limit = 8

    // Unchecked: the pointers are references that this store owns, touched under its lock only; OpenSSL counts them atomically.
    private struct Sessions: @unchecked Sendable {
        var list: [OpaquePointer] = []
    }

    private let sessions = Mutex(Sessions())

    deinit {
        self.sessions.withLock { sessions in
            for session in sessions.list { SSL_SESSION_free(session) }
        }
    }

    /// Takes a reference over.
    func put(_ session: OpaquePointer) {
        self.sessions.withLock { sessions in
            // A session of TLS 1.2 serves any number of connections: the newest is enough.
            let keeps = Self.isSingleUse(session) ? Self.limit - 1 : 0
            while sessions.list.count > keeps { SSL_SESSION_free(sessions.list.removeFirst()) }
            sessions.list.append(session)
        }
    }

    /// The newest session, if any. A ticket of TLS 1.3 is used once, so that nobody can link connections (RFC 8446
    /// appendix C.4).
    func withSession(_ body: (OpaquePointer?) -> Void) {
        let session = self.sessions.withLock { sessions -> OpaquePointer? in
            while let last = sessions.list.last {
                guard SSL_SESSION_is_resumable(last) == 1 else {
                    SSL_SESSION_free(sessions.list.removeLast())
                    continue
                }
                if Self.isSingleUse(last) { sessions.list.removeLast() } else { SSL_SESSION_up_ref(last) }
                return last
            }
            return nil
        }
        body(session)
        SSL_SESSION_free(session)
    }

    private static func isSingleUse(_ session: OpaquePointer) -> Bool {
        SSL_SESSION_get_protocol_version(session) >= TLSVersion.tls13.rawValue
    }
}
