import IMAPWire
import Traffic

extension SyntaxRow {
    /// LIST in all its forms: RFC 3501 section 6.3.8, RFC 5258, RFC 5819, RFC 6154, RFC 8440, RFC 9590, RFC 2193, XLIST.
    static let lists: [SyntaxRow] = [
        .command("LIST", .listCommand) { $0.listArguments($1) },
        .command("LSUB", .lsub) { $0.referenceAndPattern($1) },
        .command("XLIST", .xlist) { $0.referenceAndPattern($1) },
        .command("RLIST", .rlist) { $0.referenceAndPattern($1) },
        .command("RLSUB", .rlsub) { $0.referenceAndPattern($1) },
        .response("LIST", .listData) { $0.mailboxList($1) },
        .response("LSUB", .lsubData) { $0.mailboxList($1) },
        .response("XLIST", .xlistData) { $0.mailboxList($1) },
        .row(.listSelection, "SUBSCRIBED", .selectSubscribed),
        .row(.listSelection, "REMOTE", .selectRemote),
        .row(.listSelection, "RECURSIVEMATCH", .selectRecursivematch),
        .row(.listSelection, "SPECIAL-USE", .selectSpecialUse),
        .row(.listReturn, "SUBSCRIBED", .returnSubscribed),
        .row(.listReturn, "CHILDREN", .returnChildren),
        .row(.listReturn, "SPECIAL-USE", .returnSpecialUse),
        .row(.listReturn, "MYRIGHTS", .returnMyrights),
        .row(.listReturn, "STATUS", .returnStatus) { $0.list1(.statusAttList, $1) { $0.statusItem($1) } },
        .row(.listReturn, "METADATA", .returnMetadata) { $0.oneOrList(.entry, .entries, $1) },
    ]
}

extension SyntaxParser {
    mutating func listArguments(_ text: RawSpan) {
        if self.token.kind == .listOpen {
            self.list(.listSelectOpts, text) { parser, text in
                if !parser.known(.listSelection, text) { parser.unknownKeyword(text, hasValue: false) }
            }
        }
        self.mailbox(.reference, text)
        if self.token.kind == .listOpen {
            self.list1(.patterns, text) { $0.listMailbox($1) }
        } else {
            self.listMailbox(text)
        }
        guard !self.atEnd else { return }
        guard self.at("RETURN", text) else { return self.unexpected(.listReturnOpts, text) }
        self.keyword(.listReturnOpts, text) { parser, text in
            parser.list(.list, text) { parser, text in
                if !parser.known(.listReturn, text) {
                    parser.unknownKeyword(text, hasValue: false)
                    if parser.token.kind == .listOpen { parser.generic(text) }
                }
            }
        }
    }

    mutating func referenceAndPattern(_ text: RawSpan) {
        self.mailbox(.reference, text)
        self.listMailbox(text)
    }

    /// RFC 5258 section 6, mailbox-list: `(attributes) "/" name [(extension data)]`.
    mutating func mailboxList(_ text: RawSpan) {
        self.list(.mbxListFlags, text) { $0.mailboxAttribute($1) }
        self.hierarchyDelimiter(text)
        self.mailbox(.mailbox, text)
        guard !self.atEnd else { return }
        if self.token.kind != .listOpen { return self.lengthenMailbox(text) }
        self.list(.mbxListExtended, text) { parser, text in
            let index = parser.open(.mbxListExtendedItem, at: parser.tokenBegin(text))
            parser.astring(.eitemTag, text)
            if !parser.atClose { parser.generic(text) }
            parser.close(index)
        }
    }

    /// NIL, or one character in quotes. A lone backslash that nobody escaped is one too (old Courier).
    mutating func hierarchyDelimiter(_ text: RawSpan) {
        let start = self.token.offset
        let end = start + 2
        if self.token.kind == .quoted || self.token.kind == .unterminatedQuoted, end < text.byteCount,
            text[start] == 0x5C, text[start + 1] == 0x22, text[end] == 0x20 || text[end] == 0x29
        {
            self.tolerate(.unescapedBackslash, at: start, .hierarchyDelimiter)
            self.leaf(.hierarchyDelimiter, range: start..<start + 1, form: .quoted, marks: .tolerated)
            self.start(at: end, text)
        } else {
            self.nstring(.hierarchyDelimiter, text)
        }
    }

    /// A name with spaces that nobody quoted goes on to the end of the line.
    private mutating func lengthenMailbox(_ text: RawSpan) {
        guard let index = self.tree.nodes.indices.last, self.tree.nodes[index].production == .mailbox,
            self.tree.nodes[index].form == .atom
        else { return }
        let start = self.tree.nodes[index].range.lowerBound
        let end = ResponseCode.lineEnd(text, from: self.lastEnd)
        self.tolerate(.unquotedSpace, at: self.lastEnd, .mailbox)
        self.tree.nodes[index].length32 = UInt32(truncatingIfNeeded: end - start)
        self.mark(index, .tolerated)
        self.finishLine(at: end, text)
    }

    /// `\HasChildren`; servers also send words without the backslash.
    mutating func mailboxAttribute(_ text: RawSpan) {
        guard self.token.kind == .atom else { return self.misplaced(.mbxListFlag, text) }
        let isFlag = text[self.token.offset] == 0x5C && self.token.length > 1
        let marks = isFlag ? [] : self.tolerate(.specialInAtom, .mbxListFlag, text)
        self.leaf(.mbxListFlag, .atom, marks: marks, text)
    }
}
