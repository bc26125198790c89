/// The names that a minted certificate is for: what the client asked for first, then what the real server's certificate
/// has, as far as it is fit to be copied.
public struct LeafNames: Sendable, Hashable {
    /// In order and without repetition.
    public let entries: [SubjectAltName]
    /// How many names of the upstream certificate were left out, because they are malformed or too many.
    public let omitted: Int

    /// As many as the largest hosters have. Every name makes the handshake longer, which some clients limit.
    public static let countLimit = 256
    /// Octets of all names together; the whole certificate stays well below the 16 KiB of one TLS record.
    public static let octetLimit = 12_288

    /// - Parameters:
    ///   - hosts: what the client asked for (SNI) or connected to; a word that is neither name nor address is left out.
    ///   - upstream: the real server's certificate.
    public init(hosts: [String], copying upstream: Certificate? = nil) {
        var entries: [SubjectAltName] = []
        var seen: Set<SubjectAltName> = []
        var octets = 0
        var omitted = 0

        func add(_ entry: SubjectAltName) {
            guard !seen.contains(entry) else { return }
            let size = entry.text.utf8.count
            guard entries.count < Self.countLimit, octets + size <= Self.octetLimit else {
                omitted += 1
                return
            }
            seen.insert(entry)
            entries.append(entry)
            octets += size
        }

        for host in hosts { if let entry = SubjectAltName(host: host) { add(entry) } }
        for name in upstream?.subjectAltNames ?? [] {
            switch name {
            case .ip where name.isWellFormed: add(name)
            case .ip: omitted += 1
            case .dns(let text):
                // Not `init(host:)` alone: an address in a dNSName is malformed.
                if case .dns? = SubjectAltName(host: text) { add(.dns(text.lowercased())) } else { omitted += 1 }
            }
        }
        // Before RFC 6125 a server without subjectAltName was known by its commonName.
        if let upstream, upstream.subjectAltNames.isEmpty, let name = upstream.commonName {
            if let entry = SubjectAltName(host: name) { add(entry) } else { omitted += 1 }
        }
        self.entries = entries
        self.omitted = omitted
    }

    /// The commonName: the first entry that fits the 64 characters of X.520 (RFC 5280 appendix A.1, ub-common-name).
    var commonName: String? {
        self.entries.lazy.map(\.text).first { $0.utf8.count <= 64 }
    }
}
