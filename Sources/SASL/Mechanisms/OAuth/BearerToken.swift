import Traffic

/// A bearer token (RFC 6750) as far as it may be shown: what kind it is and, if it is a JWT, what it claims.
struct BearerToken: Sendable {
    /// `JWT RS256, of https://…, expires …`
    private(set) var summary: String
    private(set) var fields: [SASLField] = []
    private(set) var problems: [SASLProblem] = []

    /// - Parameters:
    ///   - user: whom the client says that the token is for.
    ///   - time: when the token was sent; nil if nobody knows.
    init(_ token: [UInt8], user: String?, at time: Timestamp?) {
        guard let jwt = JSONWebToken(token) else {
            self.summary = Self.kind(of: token)
            if token.isEmpty {
                self.problems.append(SASLProblem("the bearer token is empty (RFC 6750 section 2.1)", kind: .token))
            }
            if !Self.isWellFormed(token) {
                self.problems.append(
                    SASLProblem("the bearer token has characters beside those of RFC 6750 section 2.1", kind: .token)
                )
            }
            return
        }
        self.summary = "\(jwt.claims == nil ? "encrypted JWT" : "JWT") \(Self.word(jwt.algorithm))"
        self.note("jwt-alg", jwt.algorithm)
        if let kind = jwt.header["typ"]?.string { self.note("jwt-typ", kind) }
        if let key = jwt.header["kid"]?.string { self.note("jwt-kid", key) }
        guard let claims = jwt.claims else { return }
        for name in JSONWebToken.shownClaims {
            guard let value = claims[name] else { continue }
            self.note("jwt-\(name)", value.strings.prefix(16).joined(separator: " "))
        }
        self.describe(jwt, at: time)
        self.judge(jwt, user: user)
    }

    private mutating func describe(_ jwt: JSONWebToken, at time: Timestamp?) {
        if let issuer = jwt.claims?["iss"]?.string { self.summary += ", issued by \(Self.word(issuer))" }
        if !jwt.audiences.isEmpty {
            self.summary += ", for \(jwt.audiences.prefix(4).map(Self.word).joined(separator: " "))"
        }
        if let user = jwt.users.first { self.summary += ", about \(Self.word(user))" }
        if !jwt.scopes.isEmpty {
            self.note("jwt-scope", jwt.scopes.prefix(32).joined(separator: " "))
            self.summary +=
                ", scope \(WireText.excerpt(WireText.escape(jwt.scopes.joined(separator: " ").utf8), limit: 80))"
        }
        for (name, value) in [("iat", jwt.issuedAt), ("nbf", jwt.notBefore), ("exp", jwt.expiry)] {
            if let value { self.note("jwt-\(name)", UTCTime.text(seconds: value)) }
        }
        if let start = jwt.issuedAt ?? jwt.notBefore, let end = jwt.expiry,
            case (let life, false) = end.subtractingReportingOverflow(start)
        {
            self.note("jwt-life", "\(life)")
        }
        let others = jwt.otherClaims.prefix(32).joined(separator: " ")
        if !others.isEmpty { self.note("jwt-other-claims", others) }
        self.summary += self.lifeText(jwt, at: time)
    }

    private mutating func lifeText(_ jwt: JSONWebToken, at time: Timestamp?) -> String {
        guard let expiry = jwt.expiry else {
            self.problems.append(SASLProblem("the token has no expiry (RFC 7519 section 4.1.4)", kind: .token))
            return ", never expires"
        }
        let now = time.map { $0.nanoseconds / 1_000_000_000 }
        if let now, let start = jwt.notBefore, start > now {
            self.problems.append(
                SASLProblem(
                    "the token is not valid before \(UTCTime.text(seconds: start)) (RFC 7519 section 4.1.5)",
                    kind: .token
                )
            )
        }
        guard let now, expiry <= now else { return ", expires \(UTCTime.text(seconds: expiry))" }
        self.problems.append(
            SASLProblem("the token expired at \(UTCTime.text(seconds: expiry)) (RFC 7519 section 4.1.4)", kind: .token)
        )
        let (age, overflow) = now.subtractingReportingOverflow(expiry)
        return ", expired \(overflow ? "long" : UTCTime.duration(seconds: age)) before"
    }

    private mutating func judge(_ jwt: JSONWebToken, user: String?) {
        if jwt.algorithm.lowercased() == "none" {
            self.problems.append(
                SASLProblem("the token is not signed: alg is none (RFC 8725 section 3.1)", kind: .token)
            )
        }
        if jwt.audiences.isEmpty {
            self.problems.append(SASLProblem("the token has no audience (RFC 8725 section 3.9)", kind: .token))
        }
        // Only names of the same form can be compared: `sub` is often a number.
        let addresses = jwt.users.filter { $0.contains("@") }.map { $0.lowercased() }
        if let user = user?.lowercased(), user.contains("@"), !addresses.isEmpty, !addresses.contains(user) {
            self.problems.append(
                SASLProblem("the token is about another user than the one who is named", kind: .tokenUser)
            )
        }
    }

    private mutating func note(_ name: String, _ text: String) {
        let escaped = WireText.excerpt(WireText.escape(text.utf8), limit: SASLField.longestValue)
        self.fields.append(SASLField(name, escaped))
    }

    private static func word(_ text: String) -> String {
        WireText.excerpt(WireText.escape(text.utf8), limit: 80)
    }

    /// By the beginnings that providers are known for; they say nothing of the rest.
    private static func kind(of token: [UInt8]) -> String {
        if token.starts(with: Array("ya29.".utf8)) { return "Google access token" }
        if token.starts(with: Array("EwB".utf8)) || token.starts(with: Array("EwA".utf8)) {
            return "Microsoft compact token"
        }
        return token.isEmpty ? "empty token" : "opaque token"
    }

    /// b64token
    private static func isWellFormed(_ token: [UInt8]) -> Bool {
        token.allSatisfy {
            ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || "-._~+/=".utf8.contains($0)
        }
    }
}
