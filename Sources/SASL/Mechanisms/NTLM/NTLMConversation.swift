import Cryptography
import Traffic

/// The messages of NTLM, whichever mechanism carries them.
struct NTLMConversation: Sendable {
    private var serverChallenge: [UInt8]?
    private var serverInfo: NTLMTargetInfo?
    private(set) var response: NTLMResponse?

    /// Nil if the octets are no message of the client that could come here.
    mutating func client(_ octets: [UInt8]) -> SASLStep? {
        guard let message = NTLMMessage(octets) else { return nil }
        switch message.kind {
        case .negotiate where self.serverChallenge == nil: return self.negotiate(message)
        case .authenticate where self.response == nil: return self.authenticate(message)
        case .negotiate, .challenge, .authenticate: return nil
        }
    }

    private func negotiate(_ message: NTLMMessage) -> SASLStep? {
        guard let flags = message.flags else { return nil }
        var step = SASLStep("")
        step.note("flags", flags.text)
        var parts = ["NTLM negotiate"]
        // MS-NLMP 2.2.1.1: always in the OEM character set.
        for (offset, bit, name) in [(16, UInt32(0x1000), "domain"), (24, 0x2000, "workstation")] {
            guard flags.rawValue & bit != 0, let range = message.part(offset), !range.isEmpty else { continue }
            guard let text = message.text(range, []) else { return nil }
            step.note(name, text.utf8)
            parts.append("\(name) \(WireText.excerpt(text))")
        }
        self.noteVersion(message, &parts, &step)
        parts.append("flags \(flags.text)")
        step.summary = parts.joined(separator: ", ")
        return step
    }

    private func noteVersion(_ message: NTLMMessage, _ parts: inout [String], _ step: inout SASLStep) {
        guard let version = message.version else { return }
        step.note("version", version.text)
        parts.append(version.text)
    }

    /// Nil if the octets are no CHALLENGE.
    mutating func server(_ octets: [UInt8]) -> SASLStep? {
        guard self.serverChallenge == nil, let message = NTLMMessage(octets), message.kind == .challenge,
            let flags = message.flags, octets.count >= 32, let target = message.part(12)
        else { return nil }
        let challenge = Array(octets[24..<32])
        self.serverChallenge = challenge
        var step = SASLStep("", challenge: "NTLM challenge \(Hexadecimal.string(challenge))")
        step.note("flags", flags.text)
        step.note("server-challenge", Hexadecimal.string(challenge))
        var parts = ["NTLM challenge \(Hexadecimal.string(challenge))"]
        if !target.isEmpty, let text = message.text(target, flags) {
            step.note("target", text.utf8)
            parts.append("target \(WireText.excerpt(WireText.escape(text.utf8), limit: 80))")
        }
        if let range = message.part(40), !range.isEmpty {
            if let info = NTLMTargetInfo(octets[range]) {
                self.serverInfo = info
                info.note(in: &step)
                for (id, name) in [(3, "server"), (4, "domain"), (5, "forest")] {
                    if let text = info.text(id) { parts.append("\(name) \(WireText.excerpt(text, limit: 80))") }
                }
            } else {
                step.problems.append("NTLM target information is malformed (MS-NLMP 2.2.2.1)")
            }
        }
        self.noteVersion(message, &parts, &step)
        step.summary = parts.joined(separator: ", ")
        return step
    }

    private mutating func authenticate(_ message: NTLMMessage) -> SASLStep? {
        guard let response = NTLMResponse(message) else { return nil }
        self.response = response
        var secrets = [response.nt, response.lm, response.sessionKey]
        if response.version == .ntlmV2, response.nt.count >= 16 {
            secrets.append(response.nt.withBytes { Secret($0[0..<16]) })
        }
        if let code = response.integrityCode { secrets.append(code) }
        let user = WireText.escape(response.user.utf8)
        var step = SASLStep("", user: user, secrets: secrets.filter { $0.count > 0 })
        step.note("flags", response.flags.text)
        var parts = [user.isEmpty ? "no user" : "user \(WireText.excerpt(user))"]
        for (name, value) in [("domain", response.domain), ("workstation", response.workstation)] where !value.isEmpty {
            step.note(name, value.utf8)
            parts.append("\(name) \(WireText.excerpt(WireText.escape(value.utf8), limit: 80))")
        }
        parts.append("\(response.version.text) masked")
        step.note("response", response.version.text)
        step.note("integrity-code", response.integrityCode == nil ? "absent" : "present")
        response.clientInfo?.note(in: &step)
        self.noteVersion(message, &parts, &step)
        parts.append(response.integrityCode == nil ? "no integrity code" : "integrity code masked")
        step.summary = parts.joined(separator: ", ")
        step.problems = self.problems(response)
        return step
    }

    private func problems(_ response: NTLMResponse) -> [SASLProblem] {
        switch response.version {
        case .lmOnly: ["LM response: the password can be found in minutes (MS-NLMP 5.1)"]
        case .ntlmV1, .ntlmV1Extended: ["NTLMv1 response: its DES keys can be found by trying (MS-NLMP 5.1)"]
        case .anonymous, .ntlmV2: []
        }
    }

    func verdict(using credential: Credential) -> Verdict {
        guard let challenge = self.serverChallenge else {
            return .notCheckable(reason: "no readable NTLM challenge was seen")
        }
        guard let response = self.response else { return .notCheckable(reason: "no readable NTLM response was seen") }
        guard response.version == .ntlmV2 else {
            return .notCheckable(reason: "only NTLMv2 responses are checked, this is: \(response.version.text)")
        }
        guard response.nt.count >= 44 else { return .wrong(reason: "the NTLMv2 response is too short") }
        let hashes: [Secret]
        switch credential {
        case .password(let password):
            do throws(CryptographyError) {
                var known: [Secret] = []
                for form in Credential.forms(of: password) { known.append(try NTLMv2.hash(ofPassword: form)) }
                hashes = known
            } catch {
                return .notCheckable(reason: NTLMv2.missingHash(error))
            }
        case .ntHash(let hash): hashes = [hash]
        case .cramMD5Context, .scramKeys, .digestMD5Hash:
            return .notCheckable(reason: "\(credential.noun) cannot check NTLM")
        }
        let sent = response.nt.withBytes { Secret($0[0..<16]) }
        let rest = response.nt.withBytes { [UInt8]($0[16...]) }
        let isRight = hashes.contains { hash in
            let key = NTLMv2.key(hash: hash, user: response.user, domain: response.domain)
            return NTLMv2.proof(key: key, serverChallenge: challenge, rest: rest).equals(sent)
        }
        return isRight
            ? .verified
            : .wrong(reason: "the NTLMv2 response was not made with the given password for this user and domain")
    }
}
