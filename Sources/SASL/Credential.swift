public import Cryptography
public import Traffic

/// What is known about a user, to check proofs with.
public enum Credential: Sendable {
    case password(Secret)
    /// Enough to check CRAM-MD5, and a password by trying it.
    case cramMD5Context(HMACMD5Context)

    /// Whether a password that was sent in clear is the one meant, octet for octet or after SASLprep of both.
    public func matches(_ sent: Secret) -> Bool {
        switch self {
        case .password(let known):
            if known.equals(sent) { return true }
            guard let knownForm = Self.prepared(known), let sentForm = Self.prepared(sent) else { return false }
            return knownForm.equals(sentForm)
        case .cramMD5Context(let context):
            return Self.forms(of: sent).contains { HMACMD5Context(key: $0).stored.equals(context.stored) }
        }
    }

    /// The contexts to try for CRAM-MD5: RFC 2195 says nothing of preparation, so clients differ.
    var cramMD5Contexts: [HMACMD5Context] {
        switch self {
        case .password(let password): Self.forms(of: password).map { HMACMD5Context(key: $0) }
        case .cramMD5Context(let context): [context]
        }
    }

    private static func forms(of password: Secret) -> [Secret] {
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
