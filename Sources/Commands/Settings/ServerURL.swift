public import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where to listen, or which server to connect to: `imap://host:port`.
///
/// Only the scheme, the host and the port of a URL (RFC 3986) mean anything here; RFC 5092's user, mailbox and message
/// do not, and a password in a command line would be seen by every user of the machine.
public struct ServerURL: Sendable, Hashable, CustomStringConvertible {
    /// Whose address it is; decides what may be left out.
    public enum Role: Sendable, Hashable {
        case listener
        case upstream
    }

    public enum Scheme: String, Sendable, Hashable {
        /// Cleartext; a listener may offer STARTTLS.
        case imap
        /// TLS from the first octet (RFC 8314 section 3).
        case imaps
        /// TLS by STARTTLS or not at all; of an upstream only.
        case starttls = "imap+starttls"
    }

    public var scheme: Scheme
    public var endpoint: Endpoint

    /// The listeners when none is given.
    public static let defaultListeners = [
        ServerURL(endpoint: Endpoint(host: "127.0.0.1", port: 1143)),
        ServerURL(scheme: .imaps, endpoint: Endpoint(host: "127.0.0.1", port: 1993)),
    ]

    public init(scheme: Scheme = .imap, endpoint: Endpoint) {
        self.scheme = scheme
        self.endpoint = endpoint
    }

    public init(parsing text: String, role: Role) throws(ServerURLError) {
        guard !text.isEmpty else { throw ServerURLError(.empty, role) }
        let authority: Substring
        let scheme: Scheme
        if let separator = text.firstRange(of: "://") {
            scheme = try Self.scheme(text[..<separator.lowerBound].lowercased(), role)
            authority = text[separator.upperBound...]
        } else {
            // A password may stand in what was meant as the host, so the text is not repeated then.
            throw ServerURLError(text.utf8.contains(UInt8(ascii: "@")) ? .credentials : .missingScheme(text), role)
        }
        let host = authority.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.utf8.contains(UInt8(ascii: "@")) else { throw ServerURLError(.credentials, role) }
        guard host.endIndex == authority.endIndex else { throw ServerURLError(.path, role) }
        self.scheme = scheme
        self.endpoint = try Self.endpoint(host, role, scheme)
    }

    public var description: String { "\(self.scheme.rawValue)://\(self.endpoint)" }

    /// Whether only this machine can reach the address.
    public var isLoopback: Bool {
        let host = self.endpoint.host.lowercased()
        if host == "localhost" || host == "::1" { return true }
        return Self.isIPv4(host.hasPrefix("::ffff:") ? String(host.dropFirst(7)) : host)
            && (host.hasPrefix("127.") || host.hasPrefix("::ffff:127."))
    }

    private static func scheme(_ text: String, _ role: Role) throws(ServerURLError) -> Scheme {
        guard let scheme = Scheme(rawValue: text) else { throw ServerURLError(.scheme(text), role) }
        guard scheme != .starttls || role == .upstream else { throw ServerURLError(.starttlsListener, role) }
        return scheme
    }

    private static func endpoint(
        _ authority: Substring,
        _ role: Role,
        _ scheme: Scheme
    ) throws(ServerURLError) -> Endpoint {
        var host = authority
        var port: Substring?
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { throw ServerURLError(.bracket, role) }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" else { throw ServerURLError(.bracket, role) }
            if !rest.isEmpty { port = rest.dropFirst() }
            guard Self.isIPv6(String(host)) else { throw ServerURLError(.notIPv6(String(host)), role) }
        } else if let colon = authority.lastIndex(of: ":") {
            guard authority.firstIndex(of: ":") == colon else { throw ServerURLError(.bareIPv6, role) }
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        if host.isEmpty {
            guard role == .listener || port != nil else { throw ServerURLError(.missingHost, role) }
            host = "127.0.0.1"
        } else if authority.first != "[" {
            try Self.check(host: host, role)
        }
        return Endpoint(host: String(host), port: try Self.port(port, role, scheme))
    }

    private static func port(_ text: Substring?, _ role: Role, _ scheme: Scheme) throws(ServerURLError) -> UInt16 {
        guard let text else {
            guard role == .upstream else { throw ServerURLError(.missingPort, role) }
            return scheme == .imaps ? 993 : 143
        }
        guard text.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let port = UInt16(text), port > 0 || role == .listener else {
            throw ServerURLError(.port(String(text)), role)
        }
        return port
    }

    private static func check(host: Substring, _ role: Role) throws(ServerURLError) {
        let isName = host.utf8.allSatisfy { octet in
            octet &- 0x30 < 10 || (octet | 0x20) &- 0x61 < 26
                || octet == UInt8(ascii: ".") || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
        }
        guard isName, host.utf8.count <= 253 else { throw ServerURLError(.host(String(host)), role) }
    }

    private static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    private static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }
}
