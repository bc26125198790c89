import IMAPProtocol
import Traffic

/// Mailbox names as people write them.
enum MailboxName {
    /// INBOX is the one name in which case does not matter (RFC 3501 section 5.1).
    static func normal(_ name: String) -> String {
        name.utf8.count == 5 && name.uppercased() == "INBOX" ? "INBOX" : name
    }

    /// A name on the wire: modified UTF-7 decoded.
    static func decoded(_ octets: [UInt8]) -> String {
        Self.normal(ModifiedUTF7.decode(octets.span.bytes, 0..<octets.count).text)
    }

    static func decoded(_ name: String) -> String { Self.decoded(Array(name.utf8)) }
}
