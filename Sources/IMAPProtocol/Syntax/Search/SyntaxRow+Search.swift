import IMAPWire
import Traffic

extension SyntaxRow {
    /// SEARCH, SORT, THREAD and their answers: RFC 3501, RFC 5256, RFC 5267, RFC 5957, RFC 7162, RFC 7377.
    static let searches: [SyntaxRow] = [
        .command("SEARCH", .search) { $0.searchProgram($1) },
        .command("ESEARCH", .esearch) { parser, text in
            if parser.at("IN", text) {
                // RFC 7377 section 2: filters, then scope options in a list of their own.
                parser.keyword(.esearchSourceOpts, text) { parser, text in
                    parser.list1(.list, text) { parser, text in
                        if parser.token.kind == .listOpen {
                            parser.list1(.scopeOptions, text) { $0.generic($1) }
                        } else {
                            parser.mailboxFilter(text)
                        }
                    }
                }
            }
            parser.searchProgram(text)
        },
        .command("SORT", .sort) { parser, text in
            parser.searchReturn(text)
            parser.list1(.sortCriteria, text) { $0.sortKey($1) }
            parser.astring(.charset, text)
            parser.searchKeys(text)
        },
        .command("THREAD", .thread) { parser, text in
            parser.atom(.threadAlg, text)
            parser.astring(.charset, text)
            parser.searchKeys(text)
        },
        .command("CANCELUPDATE", .cancelupdate) { parser, text in
            if parser.atEnd { parser.unexpected(.tagString, text) }
            while !parser.atClose { parser.astring(.tagString, text) }
        },
        .response("SEARCH", .searchData) { $0.foundNumbers($1) },
        .response("SORT", .sortData) { $0.foundNumbers($1) },
        .response("THREAD", .threadData) { parser, text in
            while parser.token.kind == .listOpen { parser.threadList(text) }
        },
        .response("ESEARCH", .esearchResponse) { parser, text in
            parser.correlator(text)
            if parser.at("UID", text) { parser.keyword(.uidIndicator, text) }
            while !parser.atClose {
                if !parser.known(.searchAnswer, text) { parser.unknownKeyword(text, hasValue: true) }
            }
        },
        .row(.sortKey, "ARRIVAL", .sortArrival), .row(.sortKey, "CC", .sortCc), .row(.sortKey, "DATE", .sortDate),
        .row(.sortKey, "FROM", .sortFrom), .row(.sortKey, "SIZE", .sortSize),
        .row(.sortKey, "SUBJECT", .sortSubject), .row(.sortKey, "TO", .sortTo),
        .row(.sortKey, "REVERSE", .sortReverse) { parser, text in
            if parser.atClose { parser.unexpected(.sortKey, text) } else { parser.sortKey(text) }
        },
        .row(.sortKey, "DISPLAYFROM", .sortDisplayfrom), .row(.sortKey, "DISPLAYTO", .sortDisplayto),
        .row(.sortKey, "RELEVANCY", .sortRelevancy), .row(.sortKey, "MODSEQ", .sortModseq),
        .row(.sortKey, "UID", .sortUid),
        .row(.sortKey, "ANNOTATION", .sortAnnotation) { parser, text in
            parser.astring(.entry, text)
            parser.astring(.attrib, text)
        },
    ]
}

extension SyntaxParser {
    mutating func sortKey(_ text: RawSpan) {
        // REVERSE REVERSE ... nests.
        guard self.depth < self.limits.nesting else {
            self.problem(.sortKey, at: self.token.offset, .nesting(limit: self.limits.nesting))
            return self.genericRest(text)
        }
        self.depth += 1
        if !self.known(.sortKey, text) { self.unknownKeyword(text, hasValue: false) }
        self.depth -= 1
    }

    /// `1 2 3 [(MODSEQ 4)]` (RFC 7162 section 3.1.5).
    mutating func foundNumbers(_ text: RawSpan) {
        self.numbers(.numberList, text)
        guard self.token.kind == .listOpen else { return }
        self.list(.searchSortModSeq, text) { parser, text in
            if parser.at("MODSEQ", text) {
                parser.keyword(.modseq, text) { $0.number(.modSequenceValue, .nonZero64, $1) }
            } else {
                parser.unknownKeyword(text, hasValue: true)
            }
        }
    }

    /// RFC 5256 section 5: `(3 6 (4 23)(44 7 96))`.
    mutating func threadList(_ text: RawSpan) {
        guard let index = self.openList(.threadList, text) else { return }
        while !self.atClose {
            switch self.token.kind {
            case .listOpen: self.threadList(text)
            case .atom:
                let before = self.token.offset
                self.numbers(.threadMembers, text)
                if self.token.offset == before { self.misplaced(.threadMembers, text) }
            default: self.misplaced(.threadMembers, text)
            }
        }
        self.closeList(index, text)
    }
}
