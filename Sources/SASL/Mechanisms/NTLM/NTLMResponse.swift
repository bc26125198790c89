import Traffic

/// The AUTHENTICATE message taken apart, MS-NLMP 2.2.1.3.
struct NTLMResponse: Sendable {
    let flags: NTLMFlags
    let domain: String
    let user: String
    let workstation: String
    let lm: Secret
    let nt: Secret
    let sessionKey: Secret
    let integrityCode: Secret?
    /// What the client adds to an NTLMv2 response (MS-NLMP 2.2.2.7).
    let clientInfo: NTLMTargetInfo?

    /// Nil if a descriptor is wrong, or lets a part that is shown overlap one that is not.
    init?(_ message: NTLMMessage) {
        guard message.kind == .authenticate, let flags = message.flags,
            let lm = message.part(12), let nt = message.part(20), let domain = message.part(28),
            let user = message.part(36), let workstation = message.part(44), let key = message.part(52)
        else { return nil }
        // The head, with the integrity code at its end, up to the first part.
        let parts = [lm, nt, domain, user, workstation, key].filter { !$0.isEmpty }
        let headEnd = parts.map(\.lowerBound).min() ?? message.octets.count
        guard headEnd >= 64 else { return nil }
        let hidden = [lm, nt, key].filter { !$0.isEmpty }
        // Every client puts its parts one behind the other. A gap means that a descriptor is damaged, and then nobody knows
        // which octets are the proof.
        var covered = headEnd
        for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard part.lowerBound <= covered + Self.alignment else { return nil }
            covered = max(covered, part.upperBound)
        }
        guard message.octets.count <= covered + Self.alignment else { return nil }
        for shown in [domain, user, workstation] where !shown.isEmpty {
            guard !hidden.contains(where: { $0.overlaps(shown) }) else { return nil }
        }
        guard let domainText = message.text(domain, flags), let userText = message.text(user, flags),
            let workstationText = message.text(workstation, flags)
        else { return nil }
        self.flags = flags
        self.domain = domainText
        self.user = userText
        self.workstation = workstationText
        self.lm = Secret(message.octets[lm])
        self.nt = Secret(message.octets[nt])
        self.sessionKey = Secret(message.octets[key])
        let info = nt.count > 44 ? NTLMTargetInfo(message.octets[(nt.lowerBound + 44)..<nt.upperBound]) : nil
        self.clientInfo = info
        // Older clients end their head before it.
        self.integrityCode = headEnd >= 88 && info?.saysIntegrityCode == true ? Secret(message.octets[72..<88]) : nil
    }

    private static let alignment = 7

    enum Version: Sendable {
        case anonymous
        case lmOnly
        case ntlmV1
        /// NTLMv1 with a nonce of the client, "NTLM2 session".
        case ntlmV1Extended
        case ntlmV2

        var text: String {
            switch self {
            case .anonymous: "anonymous"
            case .lmOnly: "LM response only"
            case .ntlmV1: "NTLMv1 response"
            case .ntlmV1Extended: "NTLMv1 response with extended session security"
            case .ntlmV2: "NTLMv2 response"
            }
        }
    }

    /// MS-NLMP 3.3: responses of 24 octets are of version 1.
    var version: Version {
        if self.nt.count == 0 { return self.lm.count <= 1 ? .anonymous : .lmOnly }
        if self.nt.count != 24 { return .ntlmV2 }
        return self.flags.contains(.extendedSecurity) ? .ntlmV1Extended : .ntlmV1
    }
}
