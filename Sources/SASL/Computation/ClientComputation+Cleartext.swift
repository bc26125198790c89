import Cryptography
import Traffic

/// Mechanisms that send the password or token itself, and one-time passwords.
extension ClientComputation {
    func plain() throws(ComputationError) -> [ComputationStep] {
        do throws(PlainMessage.Problem) {
            var octets = try PlainMessage(
                authorizationIdentity: self.authorizationIdentity ?? "",
                user: self.user,
                password: self.password
            ).encoded()
            defer { octets.cleanse() }
            return [ComputationStep("form", "", .text("[authzid] NUL authcid NUL passwd (RFC 4616 section 2)"))]
                + self.message(octets, isSecret: true)
        } catch {
            throw ComputationError("NUL separates the fields of PLAIN and cannot stand within one")
        }
    }

    func login() -> [ComputationStep] {
        let user = Array(self.user.utf8)
        var password = self.password.withBytes { [UInt8]($0) }
        defer { password.cleanse() }
        return [
            ComputationStep("first line", "base64(user)", .text(String(decoding: Base64.encode(user), as: UTF8.self))),
            ComputationStep("second line", "base64(password)", .secret(Secret(Base64.encode(password)))),
        ]
    }

    func xoauth2() throws(ComputationError) -> [ComputationStep] {
        guard !self.user.utf8.contains(0x01) else {
            throw ComputationError("^A cannot stand in a user name of XOAUTH2")
        }
        var octets = Array("user=\(self.user)\u{1}auth=Bearer ".utf8)
        self.password.withBytes { octets.append(contentsOf: $0) }
        octets += [0x01, 0x01]
        defer { octets.cleanse() }
        return [ComputationStep("form", "", .text("user=… ^A auth=Bearer … ^A ^A"))]
            + self.message(octets, isSecret: true)
    }

    func oauthBearer() -> [ComputationStep] {
        let identity = self.authorizationIdentity ?? self.user
        var octets = Array((identity.isEmpty ? "n,," : "n,a=\(Self.escaped(identity)),").utf8) + [0x01]
        if let host = self.host { octets += Array("host=\(host)\u{1}".utf8) }
        if let port = self.port { octets += Array("port=\(port)\u{1}".utf8) }
        octets += Array("auth=Bearer ".utf8)
        self.password.withBytes { octets.append(contentsOf: $0) }
        octets += [0x01, 0x01]
        defer { octets.cleanse() }
        return [
            ComputationStep(
                "form",
                "",
                .text("gs2-header ^A host=… ^A port=… ^A auth=Bearer … ^A ^A (RFC 7628 section 3.1)")
            )
        ] + self.message(octets, isSecret: true)
    }

    /// RFC 2444: the chain of hashes, in hexadecimal.
    func oneTimePassword() throws(ComputationError) -> [ComputationStep] {
        let challenge = try self.neededChallenge()
        var exchange = AuthenticationExchange(mechanism: .otp)
        _ = exchange.response(Base64.encode([0] + Array(self.user.utf8)).span.bytes)
        let step = exchange.challenge(Base64.encode(challenge).span.bytes)
        let fields = Dictionary(step.fields.map { ($0.name, $0.value) }) { first, _ in first }
        guard let function = fields["function"], let digest = ["otp-md5": Digest.md5, "otp-sha1": .sha1][function],
            let sequence = fields["sequence"].flatMap({ Int($0) }), let seed = fields["seed"]
        else {
            throw ComputationError("the challenge is not otp-md5 or otp-sha1, a number and a seed (RFC 2289 section 6)")
        }
        guard sequence <= Self.mostIterations else { throw ComputationError("\(sequence) hashes are not computed") }
        do throws(CryptographyError) {
            let value = try OTP.password(
                passphrase: self.password,
                seed: Array(seed.utf8),
                sequence: sequence,
                using: digest
            )
            let digits = value.withBytes { Hexadecimal.encode([UInt8]($0)) }
            return [
                ComputationStep("challenge", "", .text(WireText.escape(challenge))),
                ComputationStep(
                    "one-time password",
                    "hash folded to 64 bits, \(sequence + 1) times",
                    .proof(value),
                    isBinary: true
                ),
            ] + self.message(Array("hex:".utf8) + digits, isSecret: false)
        } catch {
            throw ComputationError(error.description)
        }
    }

    /// A saslname, RFC 5801 section 4.
    static func escaped(_ name: String) -> String {
        name.replacing("=", with: "=3D").replacing(",", with: "=2C")
    }
}
