import IMAPWire
import Traffic

extension SyntaxRow {
    /// Conversations, snippets and the cache of Cyrus IMAP: in no RFC, read as its server reads them (imap/imapd.c).
    static let cyrusConversations: [SyntaxRow] = [
        .command("XCONVSORT", .xconvsort) { $0.windowedSort($1) },
        .command("XCONVUPDATES", .xconvupdates) { $0.windowedSort($1) },
        .command("XCONVMULTISORT", .xconvmultisort) { $0.windowedSort($1) },
        .command("XCONVFETCH", .xconvfetch) { parser, text in
            parser.list(.conversationList, text) { $0.atom(.conversationId, $1) }
            parser.number(.modSequenceValzer, .number64, text)
            parser.fetchItems(text)
        },
        .command("XCONVMETA", .xconvmeta) { parser, text in
            parser.list(.conversationList, text) { $0.atom(.conversationId, $1) }
            parser.list1(.conversationAttList, text) { $0.atom(.conversationAtt, $1) }
        },
        .command("XSNIPPETS", .xsnippets) { parser, text in
            parser.list(.snippetSources, text) { $0.snippetSource($1) }
            parser.astring(.charset, text)
            parser.searchKeys(text)
        },
        .command("XWARMUP", .xwarmup) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.list(.warmupItems, text) { parser, text in
                let isSet = parser.at("UIDS", text)
                parser.atom(.warmupItem, text)
                if isSet { parser.sequenceSet(.uidSet, text) }
            }
        },
        .row(.sortWindow, "CONVERSATIONS", .windowConversations),
        .row(.sortWindow, "POSITION", .windowPosition) { parser, text in
            parser.list(.windowArguments, text) { $0.number(.number, .number, $1) }
        },
        .row(.sortWindow, "ANCHOR", .windowAnchor) { parser, text in
            parser.windowArguments(text) { parser, text in
                parser.number(.uniqueid, .nonZero, text)
                parser.number(.number, .number, text)
                parser.number(.number, .number, text)
            }
        },
        .row(.sortWindow, "MULTIANCHOR", .windowMultianchor) { parser, text in
            parser.windowArguments(text) { parser, text in
                parser.number(.uniqueid, .nonZero, text)
                parser.mailbox(.mailbox, text)
                parser.number(.number, .number, text)
                parser.number(.number, .number, text)
            }
        },
        .row(.sortWindow, "CHANGEDSINCE", .windowChangedsince) { parser, text in
            parser.windowArguments(text) { parser, text in
                parser.number(.modSequenceValue, .number64, text)
                parser.number(.uniqueid, .number, text)
            }
        },
        .row(.sortWindow, "UPTO", .windowUpto) { parser, text in
            parser.windowArguments(text) { $0.number(.uniqueid, .nonZero, $1) }
        },
    ]
}

extension SyntaxParser {
    /// What SORT has, with a list between that says which part of the result is wanted.
    mutating func windowedSort(_ text: RawSpan) {
        self.list1(.sortCriteria, text) { $0.sortKey($1) }
        if self.token.kind == .listOpen {
            self.list(.sortWindow, text) { parser, text in
                if !parser.known(.sortWindow, text) { parser.unknownKeyword(text, hasValue: false) }
            }
        }
        self.astring(.charset, text)
        self.searchKeys(text)
    }

    /// `(17 0 10)`: as many arguments as `body` reads.
    mutating func windowArguments(_ text: RawSpan, _ body: (inout SyntaxParser, RawSpan) -> Void) {
        guard self.token.kind == .listOpen else { return self.misplaced(.windowArguments, text) }
        guard let index = self.openList(.windowArguments, text) else { return }
        body(&self, text)
        self.closeList(index, text)
    }

    /// `(INBOX 1548379804 (17 18))`: a mailbox, its UIDVALIDITY, and messages in it.
    mutating func snippetSource(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.misplaced(.snippetSource, text) }
        guard let index = self.openList(.snippetSource, text) else { return }
        self.mailbox(.mailbox, text)
        self.number(.uidvalidity, .nonZero, text)
        self.list(.uidList, text) { $0.number(.uniqueid, .nonZero, $1) }
        self.closeList(index, text)
    }
}
