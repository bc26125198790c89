import IMAPSession
import SASL
import Traffic

struct DigestMD5NonceReused: Check {
    static let description = CheckDescription(
        id: "M04",
        name: "digest-md5-nonce-reused",
        severity: .high,
        reference: "RFC 2831 sections 2.1.1, 2.1.2 and 2.3",
        summary: "a DIGEST-MD5 nonce, its count or the nonce of the client was used again",
        rationale:
            "Nonces and their count are what keeps a recorded response from being sent again, and precomputed tables from working.",
        remedy: "Draw both nonces anew for each exchange, and count nc up with each use."
    )
    static let moments: Moments = .sasl

    /// The server sent a nonce in the exchange that runs.
    private var isFresh = false

    mutating func look(at moment: Moment, _ audit: Audit) {
        guard case .sasl(let message, let step) = moment, audit.session.attempt?.mechanism == "DIGEST-MD5",
            let nonce = step.field("nonce")
        else { return }
        let session = audit.session.description.connection.number
        if message.direction == .server {
            self.isFresh = true
            guard let first = audit.history.note("DIGEST-MD5 nonce", nonce, session: session) else { return }
            let place = first == session ? "earlier in this session" : "in session #\(first)"
            audit.report("the DIGEST-MD5 nonce of the server was sent \(place) already", blame: .server)
            return
        }
        let isFresh = self.isFresh
        self.isFresh = false
        let clientNonce = step.field("cnonce") ?? ""
        let count = step.field("nc") ?? ""
        if audit.history.note("DIGEST-MD5 use", "\(nonce) \(clientNonce) \(count)", session: session) != nil {
            audit.report("the DIGEST-MD5 nonce count \(count.cited) was used with this nonce already", blame: .client)
        } else if isFresh, Int(count, radix: 16) != 1 {
            audit.report(
                "the DIGEST-MD5 nonce count is \(count.isEmpty ? "missing" : count.cited) at the first use of a nonce",
                blame: .client
            )
        }
        let isPairNew = audit.history.note("DIGEST-MD5 pair", "\(clientNonce) \(nonce)", session: session) == nil
        let first = audit.history.note("DIGEST-MD5 cnonce", clientNonce, session: session)
        if isPairNew, let first, !clientNonce.isEmpty {
            audit.report(
                "the client used its DIGEST-MD5 nonce in session #\(first) for another challenge",
                blame: .client
            )
        }
    }
}
