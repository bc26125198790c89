import Cryptography
import Traffic

extension DigestMD5Decoder {
    private static let challengeNames = [
        "realm", "nonce", "qop", "algorithm", "charset", "cipher", "maxbuf", "stale",
    ]
    private static let responseNames = [
        "username", "realm", "nonce", "cnonce", "nc", "qop", "digest-uri", "charset", "cipher", "maxbuf", "authzid",
    ]

    mutating func digestChallenge(_ message: [UInt8], _ directives: DigestDirectives) -> SASLStep {
        self.state = .digestResponse
        self.nonce = directives["nonce"]
        self.realms = directives.values("realm")
        var step = SASLStep("", challenge: WireText.escape(message))
        Self.note(directives, Self.challengeNames, in: &step)
        if let offers = directives["qop"] { self.offers = Self.list(offers) }
        let realms = self.realms.map { WireText.excerpt(WireText.escape($0), limit: 64) }.joined(separator: ", ")
        step.summary =
            (realms.isEmpty ? "no realm" : "realm \(realms)")
            + ", nonce \(WireText.excerpt(WireText.escape(self.nonce ?? []), limit: 64))"
            + ", protection \(WireText.excerpt(WireText.escape(self.offers.joined(separator: ", ").utf8), limit: 64))"
        if let cipher = directives["cipher"] {
            step.summary += ", ciphers \(WireText.excerpt(WireText.escape(cipher), limit: 64))"
        }
        if directives["stale"].map({ WireText.escape($0).lowercased() }) == "true" {
            step.summary += ", the client's nonce is stale"
        }
        if self.nonce == nil { step.problems.append("DIGEST-MD5 challenge has no nonce (RFC 2831 section 2.1.1)") }
        if directives["algorithm"].map({ WireText.escape($0).lowercased() }) != "md5-sess" {
            step.problems.append("DIGEST-MD5 challenge has no algorithm=md5-sess (RFC 2831 section 2.1.1)")
        }
        step.problems += Self.repeated(directives)
        return step
    }

    mutating func digestResponse(_ message: [UInt8]) -> SASLStep {
        guard let directives = DigestDirectives(message), directives.values("response").count == 1,
            let proof = directives["response"], Self.isDigest(proof), let user = directives["username"],
            let nonce = directives["nonce"], let clientNonce = directives["cnonce"], let uri = directives["digest-uri"],
            // A lost quote would make the proof part of what is shown.
            !directives.all.contains(where: { $0.name != "response" && Self.mentionsProof($0.value) })
        else {
            self.state = .lost
            return .malformed(
                message,
                "DIGEST-MD5 response is not username, nonce, cnonce, digest-uri and response (RFC 2831 section 2.1.2)"
            )
        }
        self.state = .responseAuth
        self.user = user
        self.realm = directives["realm"] ?? []
        self.proof = Secret(proof)
        let protection = directives["qop"] ?? Array("auth".utf8)
        self.parameters = DigestMD5.Parameters(
            nonce: nonce,
            clientNonce: clientNonce,
            nonceCount: directives["nc"] ?? Array("00000001".utf8),
            qualityOfProtection: protection,
            digestURI: uri,
            authorizationIdentity: directives["authzid"]
        )
        var step = SASLStep("", user: WireText.escape(user), secrets: [Secret(proof)])
        step.authorizationIdentity = directives["authzid"].map { WireText.escape($0) }
        Self.note(directives, Self.responseNames, in: &step)
        step.summary = self.sentence(step, uri, directives)
        step.problems = self.problems(directives, nonce, protection) + Self.repeated(directives)
        return step
    }

    private func sentence(_ step: SASLStep, _ uri: [UInt8], _ directives: DigestDirectives) -> String {
        let user = step.user ?? ""
        var parts = [user.isEmpty ? "empty user" : "user \(WireText.excerpt(user))"]
        if let identity = step.authorizationIdentity { parts[0] += " acting as \(WireText.excerpt(identity))" }
        if !self.realm.isEmpty { parts.append("realm \(WireText.excerpt(WireText.escape(self.realm), limit: 64))") }
        parts.append("for \(WireText.excerpt(WireText.escape(uri), limit: 64))")
        let protection = self.parameters?.qualityOfProtection ?? []
        parts.append("protection \(WireText.excerpt(WireText.escape(protection), limit: 32))")
        if let cipher = directives["cipher"] {
            parts.append("cipher \(WireText.excerpt(WireText.escape(cipher), limit: 32))")
        }
        return parts.joined(separator: ", ") + ", response masked"
    }

    private func problems(_ directives: DigestDirectives, _ nonce: [UInt8], _ protection: [UInt8]) -> [SASLProblem] {
        var problems: [SASLProblem] = []
        if let offered = self.nonce, offered != nonce {
            problems.append("DIGEST-MD5 nonce is not the one of the server (RFC 2831 section 2.1.2)")
        }
        if directives["nc"] == nil { problems.append("DIGEST-MD5 response has no nc (RFC 2831 section 2.1.2)") }
        if self.nonce != nil, !self.offers.contains(WireText.escape(protection).lowercased()) {
            problems.append("DIGEST-MD5 protection was not offered (RFC 2831 section 2.1.2)")
        }
        if !self.realms.isEmpty, let realm = directives["realm"], !self.realms.contains(realm) {
            problems.append("DIGEST-MD5 realm was not offered (RFC 2831 section 2.1.2)")
        }
        if let uri = directives["digest-uri"], !uri.starts(with: Array("imap/".utf8)) {
            problems.append("DIGEST-MD5 digest-uri is not of the service imap (RFC 2831 section 2.1.2)")
        }
        return problems
    }

    private static func repeated(_ directives: DigestDirectives) -> [SASLProblem] {
        let known = Set(self.challengeNames + self.responseNames)
        return directives.repeated.prefix(4).map {
            SASLProblem(
                "DIGEST-MD5 directive \(known.contains($0) ? $0 : "of unknown name") stands there twice (RFC 2831 section 2.1)",
                kind: .attributes
            )
        }
    }

    private static func note(_ directives: DigestDirectives, _ names: [String], in step: inout SASLStep) {
        for directive in directives.all where names.contains(directive.name) {
            step.note(directive.name, directive.value)
        }
    }

    private static func list(_ value: [UInt8]) -> [String] {
        value.split { $0 == UInt8(ascii: ",") || $0 == 0x20 || $0 == 0x09 }.prefix(8).map {
            String(decoding: $0, as: UTF8.self).lowercased()
        }
    }

    /// Whether `response=` stands within a value.
    private static func mentionsProof(_ value: [UInt8]) -> Bool {
        let text = String(decoding: value, as: UTF8.self).lowercased()
        return text.contains("response=") || text.contains("rspauth=")
    }
}
