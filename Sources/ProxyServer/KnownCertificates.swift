import IMAPSession
import TLSTransport
import Traffic

/// What stands in the certificates that the connections of one event loop met lately.
///
/// A proxy sees the same few again and again, and reading one takes OpenSSL longer than the signature of a handshake.
struct KnownCertificates {
    /// More than the servers behind one name and the names of their clients usually need.
    static let limit = 32

    private struct Known {
        var certificate: TLSCertificate
        var facts: CertificateFacts?
    }

    /// The one that was asked for last comes first.
    private var known: [Known] = []

    var count: Int { self.known.count }

    /// Nil when OpenSSL cannot read it.
    mutating func facts(of certificate: TLSCertificate) -> CertificateFacts? {
        if let index = self.known.firstIndex(where: { $0.certificate == certificate }) {
            if index > 0 { self.known.insert(self.known.remove(at: index), at: 0) }
            return self.known[0].facts
        }
        let facts = CertificateFacts(certificate)
        if self.known.count == Self.limit { self.known.removeLast() }
        self.known.insert(Known(certificate: certificate, facts: facts), at: 0)
        return facts
    }
}
