import IMAPWire
import Traffic

/// Commands of single servers, and those that nobody documented.
extension Annotator {
    /// A command that ``Command`` does not list.
    mutating func otherCommand(_ name: Range<Int>, _ text: RawSpan) {
        if self.isMasked(name) {
            self.prose.add("unknown command (masked)")
            return
        }
        if let vendor = VendorCommand(text, name) {
            self.vendorCommand(vendor, text)
        } else if let row = Registry.row(.command, text, name) {
            self.prose.add(row)
            self.shapes(text)
        } else {
            self.unknown("command ", text, name)
            self.shapes(text)
        }
    }

    private mutating func vendorCommand(_ command: VendorCommand, _ text: RawSpan) {
        self.prose.add(command.words)
        switch command.arguments {
        case .none: break
        case .any: self.shapes(text)
        case .mailbox:
            self.prose.add(" ")
            self.mailboxArgument(text)
        case .mailboxes(let join):
            self.prose.add(" ")
            self.mailboxArgument(text)
            if self.peek(text) != nil {
                self.prose.add(join)
                self.mailboxArgument(text)
            }
        case .messages:
            if self.take(.listOpen, text) { self.skipList(text) }
            if let set = self.string(text) {
                self.prose.add(" ")
                self.messages(text, set.range, isUID: false)
            }
        case .search:
            self.skipValue(text)
            self.skipValue(text)
            if self.take(.listOpen, text) { self.skipList(text) }
        }
    }
}

/// A command of one server family: what it does, and what its arguments are.
struct VendorCommand: Sendable {
    enum Arguments: Sendable {
        case none
        /// Not understood: told by their form.
        case any
        case mailbox
        /// A mailbox and, behind these words, a second name.
        case mailboxes(StaticString)
        /// A sequence set, maybe behind a list.
        case messages
        /// As those of SORT: not told.
        case search
    }

    let words: StaticString
    let arguments: Arguments

    private init(_ words: StaticString, _ arguments: Arguments) {
        self.words = words
        self.arguments = arguments
    }

    /// The command named by `range`; a word UID before the name makes no difference.
    init?(_ text: RawSpan, _ range: Range<Int>) {
        var name = range
        if name.count > 4, text.matches(name.prefix(3), "UID"), text[name.lowerBound + 3] == 0x20 {
            name = name.dropFirst(4)
            while let first = name.first, text[first] == 0x20 { name = name.dropFirst() }
        }
        guard (3...17).contains(name.count) else { return nil }
        let word = text.uppercased(name)
        guard let command = VendorCommand.table[word] ?? VendorCommand.family(word) else { return nil }
        self = command
    }

    /// Cyrus's replication protocol: SYNCAPPLY, SYNCGET and others.
    private static func family(_ word: String) -> VendorCommand? {
        word.hasPrefix("SYNC") ? VendorCommand("replicates between Cyrus servers", .any) : nil
    }

    private static let table: [String: VendorCommand] = [
        // Cyrus IMAP, imap/imapd.c
        "XCONVSORT": VendorCommand("searches for conversations in sorted order (Cyrus)", .search),
        "XCONVUPDATES": VendorCommand("asks how a sorted search of conversations has changed (Cyrus)", .search),
        "XCONVMULTISORT": VendorCommand("searches for conversations of several mailboxes (Cyrus)", .search),
        "XCONVFETCH": VendorCommand("asks for data of conversations (Cyrus)", .any),
        "XCONVMETA": VendorCommand("asks for facts about conversations (Cyrus)", .any),
        "XSNIPPETS": VendorCommand("asks for passages that a search matched (Cyrus)", .search),
        "XSTATS": VendorCommand("asks for statistics of the server (Cyrus)", .any),
        "XRUNANNOTATOR": VendorCommand("has the annotator run again over (Cyrus)", .messages),
        "XWARMUP": VendorCommand("loads files into memory (Cyrus) for", .mailbox),
        "XMEID": VendorCommand("asks for identifiers of mailboxes (Cyrus)", .any),
        "XFOREVER": VendorCommand("keeps a stream of changes open (Cyrus)", .any),
        "XBACKUP": VendorCommand("asks for a backup (Cyrus) of", .mailbox),
        "XKILLMY": VendorCommand("ends other sessions of the user (Cyrus)", .any),
        "XRENAME": VendorCommand("renames or moves to another partition (Cyrus) mailbox", .mailboxes(" to ")),
        "XFER": VendorCommand("moves to another server (Cyrus) mailbox", .mailboxes(" at ")),
        "SCAN": VendorCommand("lists mailboxes whose messages hold a text", .any),
        "RECONSTRUCT": VendorCommand("rebuilds the index of", .mailbox),
        "DUMP": VendorCommand("copies out for another server (Cyrus)", .mailbox),
        "UNDUMP": VendorCommand("takes over from another server (Cyrus)", .mailbox),
        "LOCALAPPEND": VendorCommand("uploads, on this server of a cluster only, to", .mailbox),
        "LOCALCREATE": VendorCommand("creates, on this server of a cluster only,", .mailbox),
        "LOCALDELETE": VendorCommand("deletes, on this server of a cluster only,", .mailbox),
        "MUPDATEPUSH": VendorCommand("tells the cluster about", .mailbox),
        // Courier and its kin
        "X-REALLYDELETE": VendorCommand("deletes at once", .messages),
        // Netscape Messaging Server
        "NETSCAPE": VendorCommand("asks for the address of Netscape's web pages", .none),
        "X-NETSCAPE": VendorCommand("asks for the address of Netscape's web pages", .none),
    ]
}
