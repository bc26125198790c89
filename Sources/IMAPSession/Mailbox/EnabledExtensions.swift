import IMAPProtocol
import IMAPWire
import Traffic

/// What a client switched on that changes the language of a session (RFC 5161; RFC 7162 section 3.1 for CONDSTORE).
public struct EnabledExtensions: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Mod-sequences in FETCH (RFC 7162).
    public static let condstore = EnabledExtensions(rawValue: 1)
    /// VANISHED in place of EXPUNGE (RFC 7162).
    public static let qresync = EnabledExtensions(rawValue: 1 << 1)
    /// UTF-8 in quoted strings and mailbox names (RFC 9755).
    public static let utf8 = EnabledExtensions(rawValue: 1 << 2)
    /// IMAP4rev2, where a server offers both revisions (RFC 9051 section 6.3.1).
    public static let imap4rev2 = EnabledExtensions(rawValue: 1 << 3)
    /// No sequence numbers (RFC 9586).
    public static let uidOnly = EnabledExtensions(rawValue: 1 << 4)

    /// Whether quoted strings may hold UTF-8.
    public var allowsUTF8: Bool { !self.isDisjoint(with: [.utf8, .imap4rev2]) }

    /// Whether expunged messages are told by VANISHED.
    public var allowsVanished: Bool { !self.isDisjoint(with: [.qresync, .uidOnly]) }

    /// The extensions named in the arguments of ENABLE or ENABLED.
    init(_ text: RawSpan, from start: Int, _ tokenizer: inout Tokenizer) {
        self = []
        tokenizer.reset(to: start)
        while let word = tokenizer.next(in: text), word.kind == .atom {
            if text.matches(word.range, "CONDSTORE") { self.insert(.condstore) }
            // QRESYNC implies CONDSTORE (RFC 7162 section 3.2.3).
            if text.matches(word.range, "QRESYNC") { self.formUnion([.qresync, .condstore]) }
            if text.matches(word.range, "UTF8=ACCEPT") { self.insert(.utf8) }
            if text.matches(word.range, "IMAP4REV2") { self.insert(.imap4rev2) }
            if text.matches(word.range, "UIDONLY") { self.insert(.uidOnly) }
        }
    }
}

/// Commands that switch CONDSTORE on without ENABLE (RFC 7162 section 3.1).
enum CondstoreUse {
    static func isEnabled(by command: Command, _ text: RawSpan, from start: Int) -> Bool {
        switch command {
        case .select, .examine, .status, .fetch, .store, .search, .esearch, .sort, .thread, .notify: break
        default: return false
        }
        // A word inside a string enables nothing, but a false alarm would be worse than a missed one.
        let end = min(text.byteCount, start + Self.scanned)
        var index = start
        while index < end {
            let octet = text[index] & 0xDF
            if octet == UInt8(ascii: "M"), Self.word(text, index, end, "MODSEQ") { return true }
            if octet == UInt8(ascii: "C"),
                Self.word(text, index, end, "CONDSTORE") || Self.word(text, index, end, "CHANGEDSINCE")
            {
                return true
            }
            if octet == UInt8(ascii: "Q"), Self.word(text, index, end, "QRESYNC") { return true }
            index += 1
        }
        return false
    }

    private static let scanned = 1 << 14

    private static func word(_ text: RawSpan, _ start: Int, _ end: Int, _ word: StaticString) -> Bool {
        let range = start..<(start + word.utf8CodeUnitCount)
        return range.upperBound <= end && text.matches(range, word)
    }
}
