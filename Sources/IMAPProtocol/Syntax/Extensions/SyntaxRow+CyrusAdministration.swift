import IMAPWire
import Traffic

extension SyntaxRow {
    /// Administration and replication of Cyrus IMAP: in no RFC, read as its server reads them (imap/imapd.c, imap/mbdump.c
    /// and lib/dlist.c).
    static let cyrusAdministration: [SyntaxRow] = [
        .command("XSTATS", .xstats),
        .command("XFOREVER", .xforever),
        .command("XKILLMY", .xkillmy) { $0.astring(.commandName, $1) },
        .command("XMEID", .xmeid) { $0.astring(.clientId, $1) },
        .command("XRUNANNOTATOR", .xrunannotator) { $0.sequenceSet(.sequenceSet, $1) },
        .command("XBACKUP", .xbackup) { parser, text in
            parser.astring(.userid, text)
            if !parser.atEnd { parser.atom(.syncChannel, text) }
        },
        .command("SCAN", .scan) { parser, text in
            parser.mailbox(.reference, text)
            parser.listMailbox(text)
            parser.astring(.scanText, text)
        },
        .command("RECONSTRUCT", .reconstruct) { parser, text in
            parser.mailbox(.mailbox, text)
            if parser.at("RECURSIVE", text) { parser.keyword(.recursiveOption, text) }
        },
        .command("XFER", .xfer) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.astring(.serverName, text)
            if !parser.atEnd { parser.astring(.partition, text) }
        },
        .command("XMOVE", .xmove) { parser, text in
            parser.sequenceSet(.sequenceSet, text)
            parser.mailbox(.mailbox, text)
        },
        .command("XRENAME", .xrename) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.mailbox(.mailbox, text)
            if !parser.atEnd { parser.astring(.partition, text) }
        },
        .command("DUMP", .dump) { parser, text in
            parser.mailbox(.mailbox, text)
            if !parser.atEnd { parser.number(.uniqueid, .number, text) }
        },
        .command("UNDUMP", .undump) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.mailboxDump(text)
        },
        // The second name is that of the mailbox which is open, or empty: a server passes another's APPEND on.
        .command("LOCALAPPEND", .localappend) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.mailbox(.selectedMailbox, text)
            repeat { parser.appendMessage(text) } while !parser.atEnd
        },
        .command("LOCALCREATE", .localcreate) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.parametersOrPartition(text)
        },
        .command("LOCALDELETE", .localdelete) { $0.mailbox(.mailbox, $1) },
        .command("MUPDATEPUSH", .mupdatepush) { $0.mailbox(.mailbox, $1) },
        .command("SYNCAPPLY", .syncapply) { $0.replicationData($1) },
        .command("SYNCGET", .syncget) { $0.replicationData($1) },
        .command("SYNCRESTORE", .syncrestore) { $0.replicationData($1) },
        .command("SYNCRESTART", .syncrestart),
    ]
}

extension SyntaxParser {
    /// The parameters of CREATE and RENAME (RFC 4466 section 2.2), or in their place the partition where Cyrus is to put the
    /// mailbox.
    mutating func parametersOrPartition(_ text: RawSpan) {
        if self.token.kind == .atom { self.atom(.partition, text) } else { self.parameters(text) }
    }

    /// All files of a mailbox: the limit of its quota root or NIL, then names and contents by turns.
    mutating func mailboxDump(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.misplaced(.mailboxDump, text) }
        guard let index = self.openList(.mailboxDump, text) else { return }
        if self.isNil(text) {
            self.leaf(.resourceLimit, .nil, text)
        } else {
            self.number(.resourceLimit, .number64, text)
        }
        while !self.atClose {
            let file = self.open(.dumpFile, at: self.tokenBegin(text))
            let before = self.token
            self.astring(.fileName, text)
            if self.atClose { self.unexpected(.fileData, text) } else { self.astring(.fileData, text) }
            // A value that is neither must not stop the list.
            if self.token.offset == before.offset, self.token.kind == before.kind { self.generic(text) }
            self.close(file)
        }
        self.closeList(index, text)
    }

    /// A name and a value of it.
    mutating func replicationData(_ text: RawSpan) {
        self.atom(.dlistName, text)
        if self.atClose { self.unexpected(.dlistValue, text) } else { self.dlistValue(text) }
    }

    /// A string, a list `(a b)` of values, or one `%(NAME a OTHER b)` of named ones.
    private mutating func dlistValue(_ text: RawSpan) {
        if self.isNil(text) {
            self.leaf(.nil, .nil, text)
        } else if self.token.kind == .listOpen {
            self.list(.dlistValues, text) { $0.dlistValue($1) }
        } else if self.takesNamedList(text) {
            self.list(.dlistNamedValues, text) { parser, text in
                let index = parser.open(.dlistEntry, at: parser.tokenBegin(text))
                parser.replicationData(text)
                parser.close(index)
            }
        } else if self.token.kind == .atom {
            // Flags stand here with their backslash.
            self.leaf(.dlistValue, .atom, text)
        } else {
            self.astring(.dlistValue, text)
        }
    }

    /// Whether `%(` comes next, which then is one token.
    private mutating func takesNamedList(_ text: RawSpan) -> Bool {
        let begin = self.token.offset
        guard self.token.kind == .atom, self.token.length == 1, text[begin] == UInt8(ascii: "%"),
            begin + 1 < text.byteCount, text[begin + 1] == UInt8(ascii: "(")
        else { return false }
        self.token = Token(kind: .listOpen, offset: begin, length: 2)
        self.tokenizer.reset(to: begin + 2)
        return true
    }
}
