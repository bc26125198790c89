/// Why a text is not a URL that imapscope can use; its description ends with a right one.
public struct ServerURLError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Reason: Sendable, Hashable {
        case empty
        case missingScheme(String)
        case scheme(String)
        /// `imap+starttls` is what a connection to a server is told.
        case starttlsListener
        /// `user:password@`; the text is not kept, so that no message can repeat it.
        case credentials
        case path
        case missingHost
        case missingPort
        case port(String)
        case host(String)
        case bracket
        case notIPv6(String)
        case bareIPv6
    }

    public let reason: Reason
    public let role: ServerURL.Role

    init(_ reason: Reason, _ role: ServerURL.Role) {
        self.reason = reason
        self.role = role
    }

    public var description: String { "\(self.fact); write for example \(self.example)" }

    private var fact: String {
        switch self.reason {
        case .empty: "the URL is empty"
        case .missingScheme(let text): "“\(text)” has no scheme"
        case .scheme(let scheme): "“\(scheme)://” is not a scheme of IMAP"
        case .starttlsListener: "imap+starttls:// is for --upstream; a listener requires it with --starttls require"
        case .credentials:
            "a user or password in a URL is refused: other users of this machine could read it, and the mail client "
                + "sends its own"
        case .path: "a path or query in the URL has no meaning here"
        case .missingHost: "the host is missing"
        case .missingPort: "the port is missing; only --upstream has a default for it"
        case .port(let text):
            "“\(text)” is not a port (\(self.role == .listener ? "0" : "1") to 65535)"
        case .host(let text): "“\(text)” is not a host name (letters, digits, dots and hyphens) or address"
        case .bracket: "the brackets around an IPv6 address do not match"
        case .notIPv6(let text): "“\(text)” in brackets is not an IPv6 address"
        case .bareIPv6: "an IPv6 address must stand in brackets"
        }
    }

    private var example: String {
        switch self.reason {
        case .bracket, .notIPv6, .bareIPv6: self.role == .listener ? "imap://[::1]:1143" : "imap://[2001:db8::1]:143"
        default: self.role == .listener ? "imap://127.0.0.1:1143" : "imap://mail.example.org"
        }
    }
}
