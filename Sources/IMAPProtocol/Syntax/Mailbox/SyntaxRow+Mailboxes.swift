import IMAPWire
import Traffic

extension SyntaxRow {
    /// Commands about mailboxes (RFC 3501 section 6.3, RFC 4466, RFC 6154, RFC 7162).
    static let mailboxes: [SyntaxRow] = [
        .command("SELECT", .select) { $0.selectArguments($1) },
        .command("EXAMINE", .examine) { $0.selectArguments($1) },
        .command("CREATE", .create) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.parametersOrPartition(text)
        },
        .command("DELETE", .delete) { $0.mailbox(.mailbox, $1) },
        .command("RENAME", .rename) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.mailbox(.mailbox, text)
            parser.parametersOrPartition(text)
        },
        .command("SUBSCRIBE", .subscribe) { $0.mailbox(.mailbox, $1) },
        .command("UNSUBSCRIBE", .unsubscribe) { $0.mailbox(.mailbox, $1) },
        .command("STATUS", .status) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.list1(.statusAttList, text) { $0.statusItem($1) }
        },
        .command("CHECK", .check),
        .command("CLOSE", .closeCommand),
        .command("UNSELECT", .unselect),
        .command("NAMESPACE", .namespace),
        .row(.parameter, "CONDSTORE", .condstoreParam),
        .row(.parameter, "ANNOTATE", .annotateParam),
        .row(.parameter, "QRESYNC", .qresyncParam) { $0.qresync($1) },
        .row(.parameter, "USE", .useParam) { $0.list(.useAttributes, $1) { $0.mailboxAttribute($1) } },
        .row(.parameter, "CHANGEDSINCE", .changedsince) { $0.number(.modSequenceValue, .number64, $1) },
        .row(.parameter, "UNCHANGEDSINCE", .unchangedsince) { $0.number(.modSequenceValue, .number64, $1) },
        .row(.parameter, "VANISHED", .vanishedModifier),
        .row(.parameter, "PARTIAL", .partialModifier) { $0.partialRange($1) },
    ]

    /// Responses about mailboxes (RFC 3501 section 7.2 and 7.3).
    static let mailboxResponses: [SyntaxRow] = [
        .response("FLAGS", .flagsData) { $0.flagList(.flagList, $1) },
        .response("EXISTS", .existsData),
        .response("RECENT", .recentData),
        .response("EXPUNGE", .expungeData),
        .response("FETCH", .fetchData) { $0.messageAttributes($1) },
        // RFC 9586 section 3.3.
        .response("UIDFETCH", .uidfetchData) { $0.messageAttributes($1) },
        .response("VANISHED", .vanishedData) { parser, text in
            if parser.token.kind == .listOpen {
                parser.list(.vanishedModifiers, text) { parser, text in
                    parser.atom(.vanishedModifier, text)
                }
            }
            parser.sequenceSet(.knownUids, text)
        },
        .response("STATUS", .statusData) { parser, text in
            parser.mailbox(.mailbox, text)
            // 163 sends an empty list.
            parser.list(.statusAttList, text) { $0.statusAnswer($1) }
        },
        .response("NAMESPACE", .namespaceData) { parser, text in
            parser.namespace(.personalNamespace, text)
            parser.namespace(.otherUsersNamespace, text)
            parser.namespace(.sharedNamespace, text)
        },
    ]

    /// RFC 3501 section 6.3.10, RFC 8438, RFC 9208, RFC 7162, RFC 8474, RFC 7889, Dovecot.
    static let statusItems: [SyntaxRow] = [
        .row(.statusItem, "MESSAGES", .statusMessages) { $0.number(.number, .number, $1) },
        .row(.statusItem, "RECENT", .statusRecent) { $0.number(.number, .number, $1) },
        .row(.statusItem, "UNSEEN", .statusUnseen) { $0.number(.number, .number, $1) },
        .row(.statusItem, "UIDNEXT", .statusUidnext) { $0.number(.nzNumber, .nonZero, $1) },
        .row(.statusItem, "UIDVALIDITY", .statusUidvalidity) { $0.number(.nzNumber, .nonZero, $1) },
        .row(.statusItem, "SIZE", .statusSize) { $0.number(.number64, .number64, $1) },
        .row(.statusItem, "DELETED", .statusDeleted) { $0.number(.number64, .number64, $1) },
        .row(.statusItem, "DELETED-STORAGE", .statusDeletedStorage) { $0.number(.number64, .number64, $1) },
        .row(.statusItem, "HIGHESTMODSEQ", .statusHighestmodseq) { $0.number(.modSequenceValzer, .number64, $1) },
        .row(.statusItem, "MAILBOXID", .statusMailboxid) { $0.objectID($1) },
        .row(.statusItem, "APPENDLIMIT", .statusAppendlimit) { parser, text in
            if parser.isNil(text) {
                parser.leaf(.number64, .nil, text)
            } else {
                parser.number(.number64, .number64, text)
            }
        },
        .row(.statusItem, "X-GUID", .statusXGuid) { $0.astring(.guidValue, $1) },
        .row(.statusItem, "X-SIZE", .statusXSize) { $0.number(.number64, .number64, $1) },
        .row(.statusItem, "X-CREATEDMODSEQ", .statusXCreatedmodseq) { $0.number(.modSequenceValzer, .number64, $1) },
    ]
}

extension SyntaxParser {
    mutating func selectArguments(_ text: RawSpan) {
        self.mailbox(.mailbox, text)
        self.parameters(text)
    }

    /// `(NAME [value] ...)` behind the arguments of a command (RFC 4466 section 2.1), when there is one.
    mutating func parameters(_ text: RawSpan) {
        guard !self.atClose else { return }
        guard self.token.kind == .listOpen else { return self.unexpected(.parameterList, text) }
        self.list1(.parameterList, text) { $0.parameter($1) }
    }

    mutating func parameter(_ text: RawSpan) {
        guard self.token.kind == .atom else { return self.misplaced(.parameter, text) }
        if self.known(.parameter, text) { return }
        let index = self.open(.unknownKeyword, at: self.token.offset)
        self.leaf(.keyword, .atom, text)
        // A value is a number, a set or a list; another atom is the next parameter's name.
        if self.token.kind == .listOpen {
            self.generic(text)
        } else if self.token.kind == .atom, text[self.token.offset] &- 0x30 < 10 {
            self.generic(text)
        }
        self.close(index)
    }

    /// RFC 7162 section 7: `(uidvalidity mod-sequence [known-uids] [(sequence-numbers uids)])`.
    mutating func qresync(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.oddList(.qresyncParam, text) }
        self.advance(text)
        self.depth += 1
        self.number(.uidvalidity, .nonZero, text)
        self.number(.modSequenceValue, .nonZero64, text)
        if self.token.kind == .atom { self.sequenceSet(.knownUids, text) }
        if self.token.kind == .listOpen, let index = self.openList(.seqMatchData, text) {
            self.sequenceSet(.knownSequenceSet, text)
            self.sequenceSet(.knownUidSet, text)
            self.closeList(index, text)
        }
        self.endFields(.qresyncParam, text)
    }

    /// RFC 9394 section 3: `1:100`, `-1:-100`.
    mutating func partialRange(_ text: RawSpan) {
        guard self.token.kind == .atom else { return self.misplaced(.partialRange, text) }
        var index = self.token.offset
        let end = self.token.range.upperBound
        var isValid = true
        for bound in 0..<2 {
            if index < end, text[index] == UInt8(ascii: "-") { index += 1 }
            let first = index
            while index < end, text[index] &- 0x30 < 10 { index += 1 }
            isValid = isValid && index > first
            if bound == 0 {
                isValid = isValid && index < end && text[index] == UInt8(ascii: ":")
                index += 1
            }
        }
        guard isValid, index == end else { return self.misplaced(.partialRange, text) }
        self.leaf(.partialRange, .atom, text)
    }

    mutating func statusItem(_ text: RawSpan) {
        if self.token.kind == .atom, let row = self.grammar.row(.statusItem, text, self.token.range) {
            self.leaf(row.production, .inner, text)
        } else {
            self.unknownKeyword(text, hasValue: false)
        }
    }

    mutating func statusAnswer(_ text: RawSpan) {
        if !self.known(.statusItem, text) { self.unknownKeyword(text, hasValue: true) }
    }

    /// RFC 2342 section 6: NIL, or `(("prefix" "/" [extension...]) ...)`.
    mutating func namespace(_ production: Production, _ text: RawSpan) {
        if self.isNil(text) {
            self.leaf(production, .nil, text)
            return
        }
        self.list(production, text) { parser, text in
            guard parser.token.kind == .listOpen else { return parser.misplaced(.namespaceDescr, text) }
            guard let index = parser.openList(.namespaceDescr, text) else { return }
            parser.mailbox(.namespacePrefix, text)
            if !parser.lacks(.hierarchyDelimiter) { parser.hierarchyDelimiter(text) }
            while !parser.atClose {
                let part = parser.open(.namespaceExtension, at: parser.tokenBegin(text))
                parser.string(.keyword, text)
                if !parser.atClose { parser.list(.namespaceValues, text) { $0.string(.value, $1) } }
                parser.close(part)
            }
            parser.closeList(index, text)
        }
    }
}
