import Cryptography
import Traffic

extension ClientComputation {
    /// Without a challenge the first message; with one all the rest, for which the nonce of the first must be known.
    func scram(using digest: Digest) throws(ComputationError) -> [ComputationStep] {
        guard SCRAMAttributes.isNonce(self.clientNonce[...]) else {
            throw ComputationError("a nonce of SCRAM is printable ASCII without a comma (RFC 5802 section 5.1)")
        }
        let header = Array(try self.gs2Header().utf8)
        let bare = Array("n=\(Self.escaped(self.user)),r=".utf8) + self.clientNonce
        let first = [
            ComputationStep("client-first", "", .text(WireText.escape(header + bare))),
            ComputationStep(
                "first line",
                "base64(client-first)",
                .text(String(decoding: Base64.encode(header + bare), as: UTF8.self))
            ),
        ]
        guard let challenge = self.challenge else { return first }
        let server = try Self.serverFirst(challenge, after: self.clientNonce)
        let binding = header + (self.channelBinding?.data ?? [])
        let final = Array("c=".utf8) + Base64.encode(binding) + Array(",r=".utf8) + server.nonce
        let message = bare + [UInt8(ascii: ",")] + challenge + [UInt8(ascii: ",")] + final
        do throws(CryptographyError) {
            return first + [ComputationStep("server-first", "base64 decoded", .text(WireText.escape(challenge)))]
                + (try self.proofs(digest, server, message, final))
        } catch {
            throw ComputationError(error.description)
        }
    }

    private func proofs(
        _ digest: Digest,
        _ server: (nonce: [UInt8], salt: [UInt8], iterations: Int),
        _ message: [UInt8],
        _ final: [UInt8]
    ) throws(CryptographyError) -> [ComputationStep] {
        let password = Credential.forms(of: self.password).last ?? self.password
        let salted = try SCRAM.saltedPassword(password, salt: server.salt, iterations: server.iterations, using: digest)
        let clientKey = try SCRAM.clientKey(of: salted, using: digest)
        let storedKey = try SCRAM.storedKey(of: clientKey, using: digest)
        let serverKey = try SCRAM.serverKey(of: salted, using: digest)
        let proof = try SCRAM.clientProof(clientKey, storedKey: storedKey, authMessage: message, using: digest)
        let signature = try SCRAM.serverSignature(serverKey, authMessage: message, using: digest)
        let line = final + Array(",p=".utf8) + Base64.encode(proof.withBytes { [UInt8]($0) })
        return [
            ComputationStep(
                "SaltedPassword",
                "PBKDF2-HMAC(SASLprep(password), salt, \(server.iterations))",
                .secret(salted),
                isBinary: true
            ),
            ComputationStep("ClientKey", "HMAC(SaltedPassword, \"Client Key\")", .secret(clientKey), isBinary: true),
            ComputationStep("StoredKey", "H(ClientKey)", .secret(storedKey), isBinary: true),
            ComputationStep("ServerKey", "HMAC(SaltedPassword, \"Server Key\")", .secret(serverKey), isBinary: true),
            ComputationStep(
                "AuthMessage",
                "client-first without header, server-first, client-final without proof",
                .text(WireText.escape(message))
            ),
            ComputationStep("ClientProof", "ClientKey XOR HMAC(StoredKey, AuthMessage)", .proof(proof), isBinary: true),
        ] + self.message(line, isSecret: false) + [
            ComputationStep(
                "server's answer",
                "v=base64(HMAC(ServerKey, AuthMessage))",
                .proof(Secret(Array("v=".utf8) + Base64.encode(signature.withBytes { [UInt8]($0) })))
            )
        ]
    }

    private func gs2Header() throws(ComputationError) -> String {
        let flag: String
        if self.mechanism.name.hasSuffix("-PLUS") {
            guard let binding = self.channelBinding else {
                throw ComputationError(
                    "\(self.mechanism.name) is bound to a TLS connection",
                    advice: "give --channel-binding NAME=HEX, such as tls-exporter=00…"
                )
            }
            flag = "p=\(binding.name)"
        } else {
            flag = "n"
        }
        return "\(flag),\(self.authorizationIdentity.map { "a=" + Self.escaped($0) } ?? ""),"
    }

    private static func serverFirst(
        _ challenge: [UInt8],
        after clientNonce: [UInt8]
    ) throws(ComputationError) -> (nonce: [UInt8], salt: [UInt8], iterations: Int) {
        guard let attributes = SCRAMAttributes(challenge[...]), let nonce = attributes.value("r"),
            let salt = attributes.value("s").flatMap(SCRAMDecoder.octets),
            let iterations = attributes.value("i").flatMap({ Decimal.value($0) }), iterations > 0
        else { throw ComputationError("the challenge is not r=, s= and i= (RFC 5802 section 7)") }
        guard nonce.starts(with: clientNonce) else {
            throw ComputationError(
                "the challenge's nonce does not begin with the client's",
                advice: "give the client's part of it with --client-nonce"
            )
        }
        guard iterations <= self.mostIterations else {
            throw ComputationError(
                "\(iterations) iterations are more than the \(self.mostIterations) that are computed"
            )
        }
        return (Array(nonce), salt, iterations)
    }
}
