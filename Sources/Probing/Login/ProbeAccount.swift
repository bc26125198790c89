public import Traffic

/// Who logs in.
public struct ProbeAccount: Sendable {
    public var user: String
    /// Nil: only logins that are meant to fail can be made.
    public var password: Secret?

    public init(user: String, password: Secret? = nil) {
        self.user = user
        self.password = password
    }
}

/// Names and passwords that nobody has.
public struct InventedNames: Sendable {
    public var user: String
    public var password: Secret

    /// - Parameter random: letters and digits that nobody can have chosen.
    public init(random: String) {
        self.user = "imapscope-probe-\(random)"
        self.password = Secret("no-password-\(random)")
    }
}

enum LoginLine {
    /// `LOGIN` with quoted strings (RFC 9051 section 6.2.3).
    static func octets(tag: String, user: String, password: Secret) -> [UInt8] {
        var line = Array("\(tag) LOGIN ".utf8)
        self.append(Array(user.utf8), to: &line)
        line.append(0x20)
        password.withBytes { self.append($0, to: &line) }
        return line + [0x0D, 0x0A]
    }

    private static func append(_ text: some Sequence<UInt8>, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for octet in text {
            if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") { line.append(UInt8(ascii: "\\")) }
            line.append(octet)
        }
        line.append(UInt8(ascii: "\""))
    }
}
