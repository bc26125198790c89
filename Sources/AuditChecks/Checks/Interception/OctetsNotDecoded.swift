import IMAPSession

struct OctetsNotDecoded: Check {
    static let description = CheckDescription(
        id: "X06",
        name: "octets-not-decoded",
        severity: .info,
        reference: "RFC 9051 section 2.2",
        summary: "octets passed that were not read",
        rationale: "What was not read was not checked: silence about it proves nothing.",
        remedy: "Capture without loss, give the key log, and let TLS end at imapscope.",
        adopts: ["tls-not-decrypted", "cut-by-gap", "compressed-gap"]
    )
    static let moments: Moments = [.gap, .opaque, .ended]

    private var missing: UInt64 = 0
    private var unread: UInt64 = 0

    mutating func look(at moment: Moment, _ audit: Audit) {
        switch moment {
        case .gap(let octets): self.missing += octets
        case .opaque(let octets): self.unread += UInt64(max(octets, 0))
        case .ended:
            guard self.missing > 0 || self.unread > 0 else { return }
            var parts: [String] = []
            if self.missing > 0 { parts.append("\(self.missing) octets are missing") }
            if self.unread > 0 { parts.append("\(self.unread) octets were there and could not be decoded") }
            audit.report(
                "in this session " + parts.joined(separator: ", "),
                blame: audit.session.isProxied ? .imapscope : .capture
            )
        default: return
        }
    }
}
