import Cryptography
import Traffic

/// CRAM-MD5 and DIGEST-MD5.
extension ClientComputation {
    func cramMD5() throws(ComputationError) -> [ComputationStep] {
        let challenge = try self.neededChallenge()
        let isLong = self.password.count > MD5State.blockByteCount
        var key = self.password.withBytes { isLong ? MD5State.hash([UInt8]($0)) : [UInt8]($0) }
        key += [UInt8](repeating: 0, count: MD5State.blockByteCount - key.count)
        defer { key.cleanse() }
        var block = key.map { $0 ^ 0x36 }
        defer { block.cleanse() }
        let inner = MD5State.hash(block + challenge)
        let digest = CRAMMD5.digest(password: self.password, challenge: challenge)
        return [
            ComputationStep("challenge", "base64 decoded", .text(WireText.escape(challenge))),
            ComputationStep(
                "key",
                isLong ? "MD5(password), filled with zeros to 64 octets" : "password, filled with zeros to 64 octets",
                .secret(Secret(key)),
                isBinary: true
            ),
            ComputationStep("inner", "MD5((key XOR 36 36 …) challenge)", .proof(Secret(inner)), isBinary: true),
            ComputationStep("digest", "MD5((key XOR 5c 5c …) inner)", .proof(Secret(digest))),
        ]
            + self.message(
                CRAMMD5.response(user: self.user, password: self.password, challenge: challenge),
                isSecret: false
            )
    }

    func digestMD5() throws(ComputationError) -> [ComputationStep] {
        let challenge = try self.neededChallenge()
        guard let directives = DigestDirectives(challenge), let nonce = directives["nonce"] else {
            throw ComputationError("the challenge has no nonce (RFC 2831 section 2.1.1)")
        }
        guard let host = self.host else {
            throw ComputationError("DIGEST-MD5 names the server", advice: "give its name with --host")
        }
        let realm = self.realm.map { Array($0.utf8) } ?? directives["realm"] ?? []
        let user = Array(self.user.utf8)
        for octets in [user, realm, nonce, self.clientNonce] where octets.contains(where: { $0 < 0x20 }) {
            throw ComputationError("controls cannot stand in a name or nonce of DIGEST-MD5")
        }
        let parameters = DigestMD5.Parameters(
            nonce: nonce,
            clientNonce: self.clientNonce,
            digestURI: Array("imap/\(host)".utf8),
            authorizationIdentity: self.authorizationIdentity.map { Array($0.utf8) }
        )
        let hash = DigestMD5.hash(user: user, realm: realm, password: self.password)
        let response = DigestMD5.response(hash: hash, parameters)
        var text = Array("charset=utf-8,username=".utf8) + Self.quoted(user)
        if !realm.isEmpty { text += Array(",realm=".utf8) + Self.quoted(realm) }
        text += Array(",nonce=".utf8) + Self.quoted(nonce) + Array(",nc=00000001,cnonce=".utf8)
        text += Self.quoted(self.clientNonce) + Array(",digest-uri=".utf8) + Self.quoted(parameters.digestURI)
        text += Array(",response=".utf8) + response.withBytes { [UInt8]($0) } + Array(",qop=auth".utf8)
        if let identity = parameters.authorizationIdentity { text += Array(",authzid=".utf8) + Self.quoted(identity) }
        let authzid = parameters.authorizationIdentity == nil ? "" : ":authzid"
        return [
            ComputationStep("challenge", "base64 decoded", .text(WireText.escape(challenge))),
            ComputationStep("hash", "MD5(user:realm:password)", .secret(hash), isBinary: true),
            ComputationStep("A1", "hash:nonce:cnonce\(authzid)", .text("hashed next")),
            ComputationStep("A2", "AUTHENTICATE:digest-uri", .text("AUTHENTICATE:imap/\(WireText.escape(host.utf8))")),
            ComputationStep(
                "response",
                "MD5(MD5(A1):nonce:nc:cnonce:qop:MD5(A2)), hashes in hexadecimal",
                .proof(response)
            ),
        ] + self.message(text, isSecret: false) + [
            ComputationStep(
                "server's rspauth",
                "the same with A2 = :digest-uri",
                .proof(DigestMD5.responseAuth(hash: hash, parameters))
            )
        ]
    }

    /// RFC 2831 section 7.1, quoted-string.
    private static func quoted(_ value: [UInt8]) -> [UInt8] {
        var text = [UInt8(ascii: "\"")]
        for octet in value {
            if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
            text.append(octet)
        }
        return text + [UInt8(ascii: "\"")]
    }
}
