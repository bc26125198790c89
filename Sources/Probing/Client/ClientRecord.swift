/// What one client did under one attack, as far as a verdict needs it.
public struct ClientRecord: Sendable, Hashable {
    /// The findings that name what the client did (`client-…`), in order.
    public var findings: [String] = []
    /// How it logged in before TLS, such as `LOGIN command`; nil: it did not. Never what it said.
    public var cleartextLogin: String?
    /// How it logged in under TLS.
    public var protectedLogin: String?
    public var hasTLS = false
    /// Why a handshake failed, in words.
    public var handshakeFailure: String?
    public var commands = 0

    public init() {}
}

extension ClientRecord {
    /// - Parameter isDowngrade: whether the attack takes proofs out of the offer, so that only the password itself is left.
    public func verdict(isDowngrade: Bool) -> ProbeVerdict {
        if let failure = self.handshakeFailure, !self.hasTLS, self.cleartextLogin == nil, self.findings.isEmpty {
            return ProbeVerdict(.notCheckable, "the client ended in the TLS handshake: \(failure)")
        }
        if let how = self.cleartextLogin {
            return ProbeVerdict(.vulnerable, "the client went on in cleartext and sent its credentials (\(how))")
        }
        if self.findings.contains("client-went-on-in-cleartext") {
            return ProbeVerdict(.vulnerable, "the client went on in cleartext, with commands that matter")
        }
        if self.findings.contains("client-used-injected-data") {
            return ProbeVerdict(.vulnerable, "the client said a name that only injected lines held")
        }
        if isDowngrade, let how = self.protectedLogin, Self.carriesPassword(how) {
            return ProbeVerdict(.weak, "the client sent the password itself (\(how)) where its proof would have done")
        }
        if self.findings.contains("client-kept-data-from-before-tls") {
            return ProbeVerdict(.weak, "the client kept what was said before TLS, and did not ask anew under it")
        }
        if self.findings.contains("client-forgot-injected-data") {
            return ProbeVerdict(.pass, "the client asked anew under TLS, and used nothing of what was injected")
        }
        if self.findings.contains("client-insisted-on-tls") || !self.hasTLS {
            return ProbeVerdict(.pass, "the client hung up after \(self.count), none of which matters")
        }
        let how = self.protectedLogin.map { " and logged in (\($0))" } ?? ""
        return ProbeVerdict(.pass, "the client ignored it: it went on under TLS\(how)")
    }

    private var count: String { self.commands == 1 ? "1 command" : "\(self.commands) commands" }

    private static func carriesPassword(_ mechanism: String) -> Bool {
        ["LOGIN command", "PLAIN", "LOGIN"].contains(mechanism)
    }
}
