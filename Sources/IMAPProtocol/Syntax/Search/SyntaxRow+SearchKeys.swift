import IMAPWire
import Traffic

extension SyntaxRow {
    /// RFC 3501 section 6.4.4.
    static let searchKeys: [SyntaxRow] = [
        .key("ALL", .searchAll), .key("ANSWERED", .searchAnswered), .key("DELETED", .searchDeleted),
        .key("DRAFT", .searchDraft), .key("FLAGGED", .searchFlagged), .key("SEEN", .searchSeen),
        .key("UNANSWERED", .searchUnanswered), .key("UNDELETED", .searchUndeleted),
        .key("UNDRAFT", .searchUndraft), .key("UNFLAGGED", .searchUnflagged), .key("UNSEEN", .searchUnseen),
        .key("NEW", .searchNew), .key("OLD", .searchOld), .key("RECENT", .searchRecent),
        .key("BCC", .searchBcc) { $0.astring(.value, $1) },
        .key("CC", .searchCc) { $0.astring(.value, $1) },
        .key("FROM", .searchFrom) { $0.astring(.value, $1) },
        .key("TO", .searchTo) { $0.astring(.value, $1) },
        .key("SUBJECT", .searchSubject) { $0.astring(.value, $1) },
        .key("BODY", .searchBody) { $0.astring(.value, $1) },
        .key("TEXT", .searchText) { $0.astring(.value, $1) },
        .key("HEADER", .searchHeader) { parser, text in
            parser.astring(.headerFldName, text)
            parser.astring(.value, text)
        },
        .key("KEYWORD", .searchKeyword) { $0.flag($1) },
        .key("UNKEYWORD", .searchUnkeyword) { $0.flag($1) },
        .key("BEFORE", .searchBefore) { $0.date($1) },
        .key("ON", .searchOn) { $0.date($1) },
        .key("SINCE", .searchSince) { $0.date($1) },
        .key("SENTBEFORE", .searchSentbefore) { $0.date($1) },
        .key("SENTON", .searchSenton) { $0.date($1) },
        .key("SENTSINCE", .searchSentsince) { $0.date($1) },
        .key("LARGER", .searchLarger) { $0.number(.number64, .number64, $1) },
        .key("SMALLER", .searchSmaller) { $0.number(.number64, .number64, $1) },
        .key("NOT", .searchNot) { $0.neededSearchKey($1) },
        .key("OR", .searchOr) { parser, text in
            parser.neededSearchKey(text)
            parser.neededSearchKey(text)
        },
        .key("UID", .searchUid) { $0.sequenceSet(.sequenceSet, $1) },
    ]

    /// RFC 9738, RFC 5032, RFC 7162, RFC 5257, RFC 5466, RFC 6203, RFC 8474, RFC 8514, Gmail, Dovecot.
    static let searchKeyExtensions: [SyntaxRow] = [
        .key("UIDAFTER", .searchUidafter) { $0.number(.uniqueid, .nonZero, $1) },
        .key("UIDBEFORE", .searchUidbefore) { $0.number(.uniqueid, .nonZero, $1) },
        .key("YOUNGER", .searchYounger) { $0.number(.nzNumber, .nonZero, $1) },
        .key("OLDER", .searchOlder) { $0.number(.nzNumber, .nonZero, $1) },
        .key("MODSEQ", .searchModseq) { parser, text in
            // RFC 7162 section 3.1.5: an entry name in quotes and its type may stand before the number.
            if parser.token.kind == .quoted || parser.token.kind == .literal {
                parser.string(.entryFlagName, text)
                parser.atom(.entryTypeReq, text)
            }
            parser.number(.modSequenceValzer, .number64, text)
        },
        .key("ANNOTATION", .searchAnnotation) { parser, text in
            parser.string(.entryMatch, [.atom, .wildcards], text)
            parser.astring(.attrib, text)
            parser.string(.attValue, [.nil, .atom], text)
        },
        .key("FILTER", .searchFilter) { $0.astring(.filterName, $1) },
        .key("FUZZY", .searchFuzzy) { $0.neededSearchKey($1) },
        .key("EMAILID", .searchEmailid) { $0.objectID($1) },
        .key("THREADID", .searchThreadid) { $0.objectID($1) },
        .key("SAVEDBEFORE", .searchSavedbefore) { $0.date($1) },
        .key("SAVEDON", .searchSavedon) { $0.date($1) },
        .key("SAVEDSINCE", .searchSavedsince) { $0.date($1) },
        .key("SAVEDATESUPPORTED", .searchSavedatesupported),
        .key("X-GM-RAW", .searchXGmRaw) { $0.astring(.value, $1) },
        .key("X-GM-MSGID", .searchXGmMsgid) { $0.number(.number64, .unsigned64, $1) },
        .key("X-GM-THRID", .searchXGmThrid) { $0.number(.number64, .unsigned64, $1) },
        .key("X-GM-LABELS", .searchXGmLabels) { $0.label($1) },
        .key("MIMEPART", .searchMimepart) { $0.genericValue($1) },
        .key("INTHREAD", .searchInthread) { parser, text in
            if parser.at("REFS", text) || parser.at("REFERENCES", text) || parser.at("ORDEREDSUBJECT", text) {
                parser.atom(.threadAlg, text)
            }
            parser.neededSearchKey(text)
        },
    ]

    /// RETURN options: RFC 4731, RFC 5182, RFC 6203, RFC 5267, RFC 9394.
    static let searchOptions: [SyntaxRow] = [
        .row(.searchOption, "MIN", .optionMin), .row(.searchOption, "MAX", .optionMax),
        .row(.searchOption, "ALL", .optionAll), .row(.searchOption, "COUNT", .optionCount),
        .row(.searchOption, "SAVE", .optionSave), .row(.searchOption, "RELEVANCY", .optionRelevancy),
        .row(.searchOption, "CONTEXT", .optionContext),
        .row(.searchOption, "UPDATE", .optionUpdate) { parser, text in
            if parser.token.kind == .listOpen { parser.fetchItems(text) }
        },
        .row(.searchOption, "PARTIAL", .optionPartial) { $0.partialRange($1) },
    ]

    /// What ESEARCH returns: RFC 4731, RFC 7162, RFC 6203, RFC 5267, RFC 9394.
    static let searchAnswers: [SyntaxRow] = [
        .row(.searchAnswer, "MIN", .resultMin) { $0.number(.nzNumber, .nonZero, $1) },
        .row(.searchAnswer, "MAX", .resultMax) { $0.number(.nzNumber, .nonZero, $1) },
        .row(.searchAnswer, "ALL", .resultAll) { $0.sequenceSet(.sequenceSet, $1) },
        .row(.searchAnswer, "COUNT", .resultCount) { $0.number(.number, .number, $1) },
        .row(.searchAnswer, "MODSEQ", .resultModseq) { $0.number(.modSequenceValue, .nonZero64, $1) },
        .row(.searchAnswer, "RELEVANCY", .resultRelevancy) { $0.list(.scoreList, $1) { $0.numbers(.scores, $1) } },
        .row(.searchAnswer, "ADDTO", .resultAddto) { $0.positions($1) },
        .row(.searchAnswer, "REMOVEFROM", .resultRemovefrom) { $0.positions($1) },
        .row(.searchAnswer, "PARTIAL", .resultPartial) { parser, text in
            guard let index = parser.token.kind == .listOpen ? parser.openList(.list, text) : nil else {
                return parser.misplaced(.list, text)
            }
            parser.partialRange(text)
            if parser.isNil(text) {
                parser.leaf(.sequenceSet, .nil, text)
            } else {
                parser.sequenceSet(.sequenceSet, text)
            }
            parser.closeList(index, text)
        },
    ]
}

extension SyntaxParser {
    /// RFC 5267 section 4.3: positions and sets by turns.
    mutating func positions(_ text: RawSpan) {
        self.list1(.list, text) { parser, text in
            parser.number(.contextPosition, .number, text)
            if !parser.atClose { parser.sequenceSet(.sequenceSet, text) }
        }
    }

    mutating func genericValue(_ text: RawSpan) {
        if self.atClose { self.unexpected(.value, text) } else { self.generic(text) }
    }
}
