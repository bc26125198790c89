import Cryptography
import Traffic

/// DIGEST-MD5, RFC 2831.
struct DigestMD5Decoder: MechanismDecoder {
    enum State: Sendable {
        case digestChallenge
        case digestResponse
        case responseAuth
        case acknowledgement
        case done
        case lost
    }

    var state = State.digestChallenge
    /// What the server offered, to compare the answer with.
    var nonce: [UInt8]?
    var realms: [[UInt8]] = []
    var offers: [String] = ["auth"]
    /// What the client chose.
    var user: [UInt8] = []
    var realm: [UInt8] = []
    var parameters: DigestMD5.Parameters?
    var proof: Secret?
    var serverProof: Secret?

    var isComplete: Bool {
        switch self.state {
        case .responseAuth, .acknowledgement, .done: true
        case .digestChallenge, .digestResponse, .lost: false
        }
    }

    mutating func noteUnshownChallenge() {
        self.state = .lost
    }

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        let directives = isBase64 ? DigestDirectives(message) : nil
        switch (self.state, directives) {
        case (.digestChallenge, let directives?) where directives["rspauth"] == nil && directives["response"] == nil:
            return self.digestChallenge(message, directives)
        case (.responseAuth, let directives?):
            if let proof = directives["rspauth"], Self.isDigest(proof) {
                self.state = .acknowledgement
                self.serverProof = Secret(proof)
                var step = SASLStep("server proof (rspauth) masked", secrets: [Secret(proof)])
                if directives.all.count > 1 {
                    step.problems.append("DIGEST-MD5 rspauth comes with other directives (RFC 2831 section 2.1.3)")
                }
                return step
            }
        default:
            break
        }
        self.state = .lost
        guard !message.isEmpty else { return SASLStep("empty challenge", challenge: "") }
        return .maskedChallenge(message, "DIGEST-MD5 has no such message of the server here (RFC 2831 section 2.1)")
    }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        guard isReadable else {
            self.state = .lost
            return .damaged(message)
        }
        switch self.state {
        // Subsequent authentication: the client knows the nonce from an earlier connection (RFC 2831 section 2.2).
        case .digestChallenge, .digestResponse: return self.digestResponse(message)
        case .acknowledgement where message.isEmpty:
            self.state = .done
            return SASLStep("server proof acknowledged")
        case .responseAuth, .acknowledgement, .done, .lost:
            guard !message.isEmpty else { return SASLStep("empty response") }
            return .further(message, "DIGEST-MD5 has no message of the client here (RFC 2831 section 2.1)")
        }
    }

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        guard let proof = self.proof, let parameters = self.parameters else {
            return .notCheckable("no well-formed response was seen")
        }
        let hashes: [Secret]
        switch credential {
        case .password(let password): hashes = self.hashes(password)
        case .digestMD5Hash(let hash): hashes = [hash]
        case .cramMD5Context, .scramKeys, .ntHash:
            return .notCheckable("\(credential.noun) cannot check DIGEST-MD5")
        }
        return Verdicts(
            client: self.clientVerdict(hashes.contains { DigestMD5.response(hash: $0, parameters).equals(proof) }),
            server: self.serverProof.map { sent in
                hashes.contains { DigestMD5.responseAuth(hash: $0, parameters).equals(sent) }
                    ? .verified : .wrong(reason: "the server proof was not made with the given password")
            } ?? .notCheckable(reason: "the server sent no rspauth: it did not prove to know the password")
        )
    }

    private func clientVerdict(_ isRight: Bool) -> Verdict {
        guard isRight else {
            return .wrong(reason: "the response was not made with the given password and realm")
        }
        if let nonce = self.nonce, nonce != self.parameters?.nonce {
            return .wrong(
                reason: "the client answered another nonce than the server's, although it knows the given password"
            )
        }
        return .verified
    }

    /// RFC 2831 section 2.1.2.1: names and passwords that fit ISO 8859-1 are hashed in it. Not all clients do so, and not all
    /// prepare the password.
    private func hashes(_ password: Secret) -> [Secret] {
        var hashes: [Secret] = []
        for form in Credential.forms(of: password) {
            hashes.append(DigestMD5.hash(user: self.user, realm: self.realm, password: form))
            var octets = form.withBytes { [UInt8]($0) }
            defer { octets.cleanse() }
            if octets.contains(where: { $0 > 0x7f }) || (self.user + self.realm).contains(where: { $0 > 0x7f }) {
                var latin = Latin1.octets(octets) ?? octets
                defer { latin.cleanse() }
                for user in [self.user, Latin1.octets(self.user) ?? self.user] {
                    for realm in [self.realm, Latin1.octets(self.realm) ?? self.realm] {
                        hashes.append(DigestMD5.hash(user: user, realm: realm, password: Secret(latin)))
                    }
                }
            }
        }
        return hashes
    }

    static func isDigest(_ value: [UInt8]) -> Bool {
        value.count == 32 && value.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }
    }
}
