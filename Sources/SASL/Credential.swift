public import Cryptography
public import Traffic

/// What is known about a user, to check proofs with.
public enum Credential: Sendable {
    case password(Secret)
    /// Enough to check CRAM-MD5, and a password by trying it.
    case cramMD5Context(HMACMD5Context)
    /// Enough to check one SCRAM mechanism, and a password by trying it.
    case scramKeys(SCRAMKeys)
    /// MD5 of `user:realm:password`: enough to check DIGEST-MD5 in that realm (RFC 2831 section 2.1.2.1).
    case digestMD5Hash(Secret)
    /// MD4 of the password in UTF-16: enough to check NTLM, and a password by trying it.
    case ntHash(Secret)

    /// What a person calls it.
    var noun: String {
        switch self {
        case .password: "a password"
        case .cramMD5Context: "a stored CRAM-MD5 context"
        case .scramKeys(let keys): "a stored pair of \(keys.mechanismName) keys"
        case .digestMD5Hash: "a stored DIGEST-MD5 hash"
        case .ntHash: "a stored NTLM hash"
        }
    }

    /// Whether a password that was sent in clear is the one meant, octet for octet or after SASLprep of both.
    public func matches(_ sent: Secret) -> Bool {
        var budget = VerificationBudget()
        return self.verdict(onSent: sent, within: &budget).isVerified
    }

    /// The same with the reason why not, and bounded work.
    public func verdict(onSent sent: Secret, within budget: inout VerificationBudget) -> Verdict {
        let isRight: Bool
        switch self {
        case .password(let known):
            isRight = known.equals(sent) || Self.equalsPrepared(known, sent)
        case .cramMD5Context(let context):
            isRight = Self.forms(of: sent).contains { HMACMD5Context(key: $0).stored.equals(context.stored) }
        case .scramKeys(let keys):
            return keys.verdict(onSent: sent, within: &budget)
        case .digestMD5Hash:
            return .notCheckable(reason: "a stored DIGEST-MD5 hash cannot check a password without its realm")
        case .ntHash(let hash):
            do throws(CryptographyError) {
                isRight = try NTLMv2.hash(ofPassword: sent).equals(hash)
            } catch {
                return .notCheckable(reason: NTLMv2.missingHash(error))
            }
        }
        return isRight ? .verified : .wrong(reason: "the password is not the given one")
    }

    private static func equalsPrepared(_ known: Secret, _ sent: Secret) -> Bool {
        guard let knownForm = self.prepared(known), let sentForm = self.prepared(sent) else { return false }
        return knownForm.equals(sentForm)
    }

    /// The contexts to try for CRAM-MD5: RFC 2195 says nothing of preparation, so clients differ. Empty if there are none.
    var cramMD5Contexts: [HMACMD5Context] {
        switch self {
        case .password(let password): Self.forms(of: password).map { HMACMD5Context(key: $0) }
        case .cramMD5Context(let context): [context]
        case .scramKeys, .digestMD5Hash, .ntHash: []
        }
    }

    /// A password as it was typed and as SASLprep makes it, if that is something else.
    static func forms(of password: Secret) -> [Secret] {
        guard let prepared = self.prepared(password), !prepared.equals(password) else { return [password] }
        return [password, prepared]
    }

    private static func prepared(_ password: Secret) -> Secret? {
        do throws(SASLprepError) {
            return try SASLprep.prepare(password)
        } catch {
            return nil
        }
    }
}
