import IMAPWire
import Traffic

/// Commands of single servers, and those that nobody documented.
extension Annotator {
    /// A command that ``Command`` does not list.
    mutating func otherCommand(_ name: Range<Int>, isUID: Bool, _ text: RawSpan) {
        if self.isMasked(name) {
            self.prose.add("unknown command (masked)")
        } else if let command = VendorCommand(text, name) {
            self.vendorCommand(command, text, isUID: isUID)
        } else if let row = Registry.row(.command, text, name) {
            self.prose.add(row)
            self.shapes(text)
        } else {
            // RFC 3501 section 6.5.1: names that begin with X are anybody's to use.
            let isExperimental = name.count > 1 && text[name.lowerBound] & 0xDF == UInt8(ascii: "X")
            self.unknown(isExperimental ? "experimental command " : "command ", text, name)
            self.shapes(text)
        }
    }

    private mutating func vendorCommand(_ command: VendorCommand, _ text: RawSpan, isUID: Bool) {
        switch command {
        case .xmove: self.copy(.move, text, isUID: isUID)
        case .xReallydelete: self.onMessages("deletes at once ", text, isUID: isUID)
        case .xrunannotator: self.onMessages("has the annotator run again (Cyrus) over ", text, isUID: isUID)
        case .xkillmy: self.neededArgument("interrupts the user's other sessions (Cyrus) that run ", text)
        case .xmeid:
            self.neededArgument("wants its changes marked in the server's notifications (Cyrus) as made by ", text)
        case .xbackup:
            self.neededArgument("has the mail copied to the backup server (Cyrus) of user ", text)
            self.namedArgument(", over channel ", text)
        case .scan: self.scan(text)
        case .reconstruct:
            self.onMailbox("rebuilds the index of ", text)
            if self.take("RECURSIVE", text) { self.prose.add(" and of all mailboxes below it") }
        case .xfer:
            self.onMailbox("moves to another server (Cyrus) mailbox ", text)
            self.namedArgument(" at ", text)
            self.namedArgument(", partition ", text)
        case .xrename:
            self.onMailbox("renames or moves to another partition (Cyrus) mailbox ", text)
            self.onMailbox(" to ", text)
            self.namedArgument(", partition ", text)
        case .dump:
            self.onMailbox("has all files sent (Cyrus) of mailbox ", text)
            if let uid = self.number(text) {
                self.prose.add(", from UID ")
                self.prose.identifier(uid)
                self.prose.add(" on")
            }
        case .undump:
            self.onMailbox("takes over all files (Cyrus) of mailbox ", text)
            if self.take(.listOpen, text) {
                // The limit of its quota root, then names and contents by turns.
                let files = max(0, self.countValues(text) - 1) / 2
                self.prose.add(": ")
                self.prose.counted(UInt64(files), "file", "files")
            }
        case .localappend: self.onMailbox("uploads, on this server of a cluster only (Cyrus), to ", text)
        case .localcreate:
            self.onMailbox("creates, on this server of a cluster only (Cyrus), ", text)
            self.namedArgument(" in partition ", text)
        case .localdelete: self.onMailbox("deletes, on this server of a cluster only (Cyrus), ", text)
        case .mupdatepush: self.onMailbox("tells the cluster (Cyrus) about ", text)
        case .syncapply: self.replication("applies replicated data (Cyrus): ", text)
        case .syncget: self.replication("asks for data to replicate (Cyrus): ", text)
        case .syncrestore: self.replication("restores replicated data (Cyrus): ", text)
        case .xconvsort, .xconvmultisort, .xconvupdates, .xconvfetch, .xconvmeta, .xsnippets, .xwarmup:
            self.cyrusConversations(command, text)
        case .netscape, .xNetscape, .xstats, .xforever, .syncrestart:
            if let row = Registry.row(.command, command.rawValue) { self.prose.add(row) }
        }
    }

    private mutating func onMessages(_ words: StaticString, _ text: RawSpan, isUID: Bool) {
        self.prose.add(words)
        if let set = self.string(text) {
            self.messages(text, set.range, isUID: isUID)
        } else {
            self.prose.add("messages that are not named")
        }
    }

    private mutating func onMailbox(_ words: StaticString, _ text: RawSpan) {
        self.prose.add(words)
        self.mailboxArgument(text)
    }

    /// `words` and the next string, which must be there.
    private mutating func neededArgument(_ words: StaticString, _ text: RawSpan) {
        self.prose.add(words)
        if let name = self.string(text) { self.quoted(name, text) } else { self.prose.add("(missing)") }
    }

    /// `words` and the next string, if there is one.
    private mutating func namedArgument(_ words: StaticString, _ text: RawSpan) {
        guard let name = self.string(text) else { return }
        self.prose.add(words)
        self.quoted(name, text)
    }

    /// SCAN: as LIST, with a text that a message must hold.
    private mutating func scan(_ text: RawSpan) {
        let reference = self.string(text)
        self.prose.add("lists mailboxes ")
        if let pattern = self.string(text) { self.mailbox(pattern, text) }
        if let reference, reference.length > 0 {
            self.prose.add(" below ")
            self.mailbox(reference, text)
        }
        self.namedArgument(" with a message that holds ", text)
    }

    private mutating func replication(_ words: StaticString, _ text: RawSpan) {
        self.prose.add(words)
        guard let name = self.string(text) else {
            self.prose.add("nothing")
            return
        }
        self.bare(text, name.range)
    }
}
