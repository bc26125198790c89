import Traffic

/// The header and claims of a JSON Web Token (RFC 7519); its signature is not kept.
struct JSONWebToken: Sendable {
    let header: JSONValue
    /// Nil for an encrypted token (RFC 7516), whose claims nobody can read on the way.
    let claims: JSONValue?

    /// Nil if the token is none.
    init?(_ token: some Collection<UInt8>) {
        let parts = token.split(separator: UInt8(ascii: "."), maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 5, let header = Self.json(parts[0]), header["alg"] != nil else {
            return nil
        }
        self.header = header
        if parts.count == 5 {
            self.claims = nil
        } else {
            guard let claims = Self.json(parts[1]), case .object = claims else { return nil }
            self.claims = claims
        }
    }

    /// base64url without padding, RFC 7515 section 2.
    private static func json(_ part: some Collection<UInt8>) -> JSONValue? {
        guard part.count <= 2 * JSONReader.longest else { return nil }
        let text = part.map { octet in
            switch octet {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: octet
            }
        }
        let decoded = Base64.decodeTolerantly(text)
        guard decoded.problems.allSatisfy(\.isHarmless) else { return nil }
        return JSONReader.value(of: decoded.bytes)
    }

    var algorithm: String { self.header["alg"]?.string ?? "" }
    var expiry: Int64? { self.claims?["exp"]?.integer }
    var notBefore: Int64? { self.claims?["nbf"]?.integer }
    var issuedAt: Int64? { self.claims?["iat"]?.integer }
    var audiences: [String] { self.claims?["aud"]?.strings ?? [] }

    /// `scope` of RFC 8693, `scp` of Microsoft, as a list or a string with blanks.
    var scopes: [String] {
        let value = self.claims?["scope"] ?? self.claims?["scp"]
        return value?.strings.flatMap { $0.split(separator: " ").map(String.init) } ?? []
    }

    /// The claims by which servers know the user.
    static let userClaims = ["preferred_username", "upn", "unique_name", "email", "sub"]

    var users: [String] { Self.userClaims.compactMap { self.claims?[$0]?.string } }

    /// Claims whose values are shown: none of them is a secret or a means to get one.
    static let shownClaims =
        ["iss", "aud", "azp", "client_id", "appid", "tid", "ver", "typ", "idp"] + Self.userClaims

    /// The names of the other claims.
    var otherClaims: [String] {
        guard case .object(let members) = self.claims else { return [] }
        let known = Set(Self.shownClaims + ["exp", "nbf", "iat", "scope", "scp"])
        return members.map(\.name).filter { !known.contains($0) }
    }
}
