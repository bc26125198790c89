import Traffic

/// The users and passwords that proofs are checked with, one user a line.
///
///     # comment
///     user:password
///     user<TAB>password<TAB>further columns, ignored
///     user:{PLAIN}{a password that begins with a brace}
///     user:{CRAM-MD5}64 hexadecimal digits, as doveadm pw makes them
///     user:{SCRAM-SHA-256}4096,salt,StoredKey,ServerKey (base64; also SHA-1, SHA-512, SHA3-512), as doveadm pw makes them
///     user:{SCRAM-SHA-256}4096:salt$StoredKey:ServerKey, the form of RFC 5803
///     user:{DIGEST-MD5}32 hexadecimal digits, MD5 of user:realm:password
///     user:{NTLM}32 hexadecimal digits, MD4 of the password in UTF-16
///
/// The first colon or TAB of a line ends the user name. After a colon all the rest is the password, blanks and colons
/// included.
public struct PasswordFile: Sendable {
    private var credentials: [[UInt8]: Credential] = [:]
    /// The user as written by its form after SASLprep.
    private var prepared: [[UInt8]: [UInt8]] = [:]

    /// For users who do not stand in the file.
    public var others: Credential?

    /// No user but those that `others` stands for.
    public init(others: Credential) {
        self.others = others
    }

    public init(parsing content: [UInt8]) throws(PasswordFileError) {
        var firstLines: [[UInt8]: Int] = [:]
        let start = content.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        let lines = content[start...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, text) in lines.enumerated() {
            let line = text.last == UInt8(ascii: "\r") ? text.dropLast() : text
            let number = index + 1
            guard let (user, credential) = try Self.entry(line, number: number) else { continue }
            if let first = firstLines[user] { throw PasswordFileError(line: number, reason: .duplicateUser(first)) }
            firstLines[user] = number
            self.credentials[user] = credential
            if let form = Self.prepared(user) { self.prepared[form] = user }
        }
    }

    public var count: Int { self.credentials.count }

    /// The credential of a user, by the exact name or else by its form after SASLprep, or what is known of all others.
    public func credential(for user: String) -> Credential? {
        let name = Array(user.utf8)
        if let exact = self.credentials[name] { return exact }
        guard let form = Self.prepared(name), let written = self.prepared[form] else { return self.others }
        return self.credentials[written]
    }

    private static func entry(
        _ line: ArraySlice<UInt8>,
        number: Int
    ) throws(PasswordFileError) -> (user: [UInt8], credential: Credential)? {
        if line.first == UInt8(ascii: "#") || line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
        guard let separator = line.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == 0x09 }) else {
            throw PasswordFileError(line: number, reason: .missingSeparator)
        }
        let user = Array(line[..<separator])
        guard !user.isEmpty else { throw PasswordFileError(line: number, reason: .emptyUser) }
        var value = line[line.index(after: separator)...]
        if line[separator] == 0x09 { value = value.prefix { $0 != 0x09 } }
        guard !value.isEmpty else { throw PasswordFileError(line: number, reason: .emptyPassword) }
        return (user, try self.credential(value, number: number))
    }

    private static func credential(
        _ value: ArraySlice<UInt8>,
        number: Int
    ) throws(PasswordFileError) -> Credential {
        guard let (scheme, rest) = self.scheme(value) else { return .password(Secret(value)) }
        do throws(StoredSecret.Problem) {
            return try StoredSecret.credential(scheme, rest)
        } catch {
            let reason: PasswordFileError.Reason =
                switch error {
                case .unsupportedScheme: .unsupportedScheme
                case .badCRAMMD5Context: .badCRAMMD5Context
                case .badHash: .badHash
                case .badSCRAMKeys: .badSCRAMKeys
                }
            throw PasswordFileError(line: number, reason: reason)
        }
    }

    /// Splits `{SCHEME}rest`; nil if the value does not begin with something of that form.
    private static func scheme(_ value: ArraySlice<UInt8>) -> (name: String, rest: ArraySlice<UInt8>)? {
        guard value.first == UInt8(ascii: "{"), let end = value.firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let name = value[value.index(after: value.startIndex)..<end]
        let isName = name.allSatisfy { character in
            switch character {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default:
                false
            }
        }
        guard isName, !name.isEmpty else { return nil }
        return (String(decoding: name, as: UTF8.self).uppercased(), value[value.index(after: end)...])
    }

    private static func prepared(_ user: [UInt8]) -> [UInt8]? {
        do throws(SASLprepError) {
            return try SASLprep.prepare(user)
        } catch {
            return nil
        }
    }
}
