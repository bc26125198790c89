import Synchronization
import TLSTransport

/// The certificates that the server has shown in this run: many servers behind one name show several in turn, and only one
/// that nobody has seen before is news.
final class UpstreamCertificates: Sendable {
    /// More than a pool of servers has.
    private static let limit = 64

    private struct Seen {
        var fingerprints: [String] = []
        /// The DER of the newest, so that the common case needs no digest.
        var newest: [UInt8] = []
    }

    private let seen = Mutex(Seen())

    /// Notes what a connection was shown. Returns both fingerprints when it is a new one, and not the first.
    func note(_ certificate: TLSCertificate) -> (before: String, now: String)? {
        self.seen.withLock { seen in
            guard seen.newest != certificate.der, let fingerprint = certificate.fingerprint else { return nil }
            seen.newest = certificate.der
            defer {
                seen.fingerprints.removeAll { $0 == fingerprint }
                seen.fingerprints.append(fingerprint)
                if seen.fingerprints.count > Self.limit { seen.fingerprints.removeFirst() }
            }
            guard let before = seen.fingerprints.last, !seen.fingerprints.contains(fingerprint) else { return nil }
            return (before, fingerprint)
        }
    }
}
