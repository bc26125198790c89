public import Cryptography
public import Traffic

/// What a server stores of a user for SCRAM (RFC 5802 section 2, StoredKey and ServerKey): enough to check proofs of both
/// sides, less than the password.
public struct SCRAMKeys: Sendable {
    public let digest: Digest
    public let salt: [UInt8]
    public let iterations: Int
    public let storedKey: Secret
    public let serverKey: Secret

    public init(
        password: Secret,
        salt: [UInt8],
        iterations: Int,
        using digest: Digest
    ) throws(CryptographyError) {
        let salted = try SCRAM.saltedPassword(password, salt: salt, iterations: iterations, using: digest)
        self.digest = digest
        self.salt = salt
        self.iterations = iterations
        self.storedKey = try SCRAM.storedKey(of: SCRAM.clientKey(of: salted, using: digest), using: digest)
        self.serverKey = try SCRAM.serverKey(of: salted, using: digest)
    }

    /// `iterations,salt,StoredKey,ServerKey`, or with the separators of RFC 5803 section 3, `:`, `$` and `:`.
    init?(parsing text: ArraySlice<UInt8>, using digest: Digest) {
        let separators = text.contains(UInt8(ascii: "$")) ? ":$:" : ",,,"
        var fields: [ArraySlice<UInt8>] = []
        var rest = text
        for separator in separators.utf8 {
            guard let end = rest.firstIndex(of: separator) else { return nil }
            fields.append(rest[..<end])
            rest = rest[rest.index(after: end)...]
        }
        fields.append(rest)
        guard let iterations = Decimal.value(fields[0]), iterations > 0 else { return nil }
        var values: [Secret] = []
        for field in fields.dropFirst() {
            do throws(Base64Problem) {
                var bytes = try Base64.decode([UInt8](field))
                defer { bytes.cleanse() }
                values.append(Secret(bytes))
            } catch {
                return nil
            }
        }
        guard values[1].count == digest.byteCount, values[2].count == digest.byteCount else { return nil }
        self.digest = digest
        self.iterations = iterations
        self.salt = values[0].withBytes { [UInt8]($0) }
        self.storedKey = values[1]
        self.serverKey = values[2]
    }

    var mechanismName: String {
        switch self.digest {
        case .sha1: "SCRAM-SHA-1"
        case .sha3512: "SCRAM-SHA3-512"
        case .sha512: "SCRAM-SHA-512"
        default: "SCRAM-SHA-256"
        }
    }

    /// Whether a password sent in clear makes these keys.
    func verdict(onSent password: Secret, within budget: inout VerificationBudget) -> Verdict {
        for form in Credential.forms(of: password).reversed() {
            if let refusal = budget.take(self.iterations) { return refusal }
            do throws(CryptographyError) {
                let keys = try SCRAMKeys(
                    password: form,
                    salt: self.salt,
                    iterations: self.iterations,
                    using: self.digest
                )
                if keys.storedKey.equals(self.storedKey) { return .verified }
            } catch {
                return .notCheckable(reason: error.description)
            }
        }
        return .wrong(reason: "the password is not the given one")
    }
}

extension SCRAMKeys: CustomStringConvertible, CustomReflectable {
    public var description: String { "SCRAMKeys(‹masked›)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
