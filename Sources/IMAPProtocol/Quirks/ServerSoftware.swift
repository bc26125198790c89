import Traffic

/// What a greeting or an ID response says about the software that sent it.
public enum ServerSoftware {
    private struct Mark: Sendable {
        var text: StaticString
        var name: String
        /// The name by which quirks know it.
        var known: String
    }

    // The first one that is found counts: the long texts stand before the words they hold.
    private static let marks: [Mark] = [
        Mark(text: "Gimap ready", name: "Gmail", known: "Gmail"),
        Mark(text: "Microsoft Exchange Server 2003", name: "Exchange 2003", known: "Exchange"),
        Mark(text: "Microsoft Exchange IMAP4 service", name: "Exchange or Microsoft 365", known: "Exchange"),
        Mark(text: "Microsoft Exchange", name: "Exchange", known: "Exchange"),
        Mark(text: "Dovecot", name: "Dovecot", known: "Dovecot"),
        Mark(text: "Cyrus IMAP", name: "Cyrus", known: "Cyrus"),
        Mark(text: "Courier-IMAP", name: "Courier", known: "Courier"),
        Mark(text: "Domino IMAP4 Server", name: "Domino", known: "Domino"),
        Mark(text: "QQMail", name: "QQ", known: "QQ"),
        Mark(text: "SmarterMail", name: "SmarterMail", known: "SmarterMail"),
        Mark(text: "Yandex", name: "Yandex", known: "Yandex"),
        Mark(text: "Zoho Mail", name: "Zoho", known: "Zoho"),
        Mark(text: "imapgate-", name: "Yahoo", known: "Yahoo"),
        Mark(text: "Panda IMAP", name: "UW-IMAP (Panda)", known: "UW-IMAP"),
        Mark(text: "IMAP4rev1 2007f.", name: "UW-IMAP", known: "UW-IMAP"),
        Mark(text: "IMAPrev1", name: "hMailServer", known: "hMailServer"),
        Mark(text: "Zimbra", name: "Zimbra", known: "Zimbra"),
        Mark(text: "Archiveopteryx", name: "Archiveopteryx", known: "Archiveopteryx"),
        Mark(text: "DavMail", name: "DavMail", known: "DavMail"),
        Mark(text: "IceWarp", name: "IceWarp", known: "IceWarp"),
        Mark(text: "ProtonMail", name: "Proton Bridge", known: "Proton Bridge"),
        // By capability, where the greeting has a list.
        Mark(text: "X-GM-EXT-1", name: "Gmail", known: "Gmail"),
        Mark(text: "XYMHIGHESTMODSEQ", name: "Yahoo", known: "Yahoo"),
        Mark(text: "CLIENTACCESSRULES", name: "Microsoft 365", known: "Exchange"),
        Mark(text: "XSTOP", name: "an old Proton Bridge", known: "Proton Bridge"),
    ]

    private static let search = WordSearch(marks.map(\.text))

    /// The software that the octets of `range` name; nil when they name none that we know.
    public static func named(in text: RawSpan, _ range: Range<Int>) -> (name: String, known: String)? {
        let range = range.clamped(to: 0..<min(text.byteCount, range.lowerBound + 4096))
        guard !range.isEmpty else { return nil }
        var first: Int?
        self.search.find(in: text, range) { mark, _ in first = min(first ?? mark, mark) }
        return first.map { (self.marks[$0].name, self.marks[$0].known) }
    }
}
