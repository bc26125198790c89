/// Why a password file cannot be used: where and what, never the content.
public struct PasswordFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Reason: Sendable, Hashable {
        case missingSeparator
        case emptyUser
        case emptyPassword
        /// The user stands on an earlier line too.
        case duplicateUser(Int)
        case badCRAMMD5Context
        case badHash
        case badSCRAMKeys
        case unsupportedScheme
    }

    /// Counted from 1.
    public let line: Int
    public let reason: Reason

    public var description: String {
        let text =
            switch self.reason {
            case .missingSeparator: "no colon or TAB between user and password"
            case .emptyUser: "the user name is empty"
            case .emptyPassword: "the password is empty; write {PLAIN} if it is meant to be"
            case .duplicateUser(let first): "the user is on line \(first) already"
            case .badCRAMMD5Context: "{CRAM-MD5} must be followed by exactly 64 hexadecimal digits"
            case .badHash: "{DIGEST-MD5} and {NTLM} must be followed by exactly 32 hexadecimal digits"
            case .badSCRAMKeys:
                "a SCRAM scheme must be followed by iterations,salt,StoredKey,ServerKey, the last three in base64"
            case .unsupportedScheme:
                "only {PLAIN}, {CRAM-MD5}, {DIGEST-MD5}, {NTLM} and {SCRAM-SHA-…} are supported; put {PLAIN} before a password that begins with a brace"
            }
        return "line \(self.line): \(text)"
    }
}
