import IMAPWire
import Traffic

/// FETCH, both directions (RFC 3501 sections 6.4.5 and 7.4.2).
extension SyntaxParser {
    /// `(item value ...)`.
    mutating func messageAttributes(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.oddList(.msgAtt, text) }
        guard let index = self.openList(.msgAtt, text) else { return }
        while !self.atClose { self.messageAttribute(text) }
        self.closeList(index, text)
    }

    private mutating func messageAttribute(_ text: RawSpan) {
        switch self.token.kind {
        case .atom:
            guard let row = self.grammar.row(.fetchAnswer, text, self.token.range) else {
                if !self.section(text, isAnswer: true) { self.unknownKeyword(text, hasValue: true) }
                return
            }
            self.current = row.production
            let index = self.open(row.production, at: self.token.offset)
            self.advance(text)
            if self.atClose {
                self.tolerate(.missingValue, at: self.lastEnd, row.production)
                self.mark(index, .tolerated)
            } else if let rule = row.rule {
                rule(&self, text)
            }
            self.close(index)
        case .listOpen:
            // Domino puts another pair of parentheses around the items.
            self.tolerate(.extraParentheses, at: self.token.offset, .msgAtt)
            let index = self.tree.nodes.count
            self.messageAttributes(text)
            self.mark(index, .tolerated)
        default:
            self.unexpected(.msgAtt, text)
            self.generic(text)
        }
    }

    /// FETCH's items: one, a macro, or a list of them.
    mutating func fetchItems(_ text: RawSpan) {
        if self.token.kind == .listOpen {
            self.list1(.fetchAttList, text) { $0.fetchItem($1) }
        } else {
            self.fetchItem(text)
        }
    }

    mutating func fetchItem(_ text: RawSpan) {
        switch self.token.kind {
        case .atom:
            if !self.known(.fetchItem, text), !self.section(text, isAnswer: false) {
                // A list behind an unknown item belongs to it.
                let index = self.open(.unknownKeyword, at: self.token.offset)
                self.leaf(.keyword, .atom, text)
                if self.token.kind == .listOpen { self.generic(text) }
                self.close(index)
            }
        default: self.misplaced(.fetchAtt, text)
        }
    }
}

extension SyntaxRow {
    /// What FETCH asks for: RFC 3501, RFC 7162, RFC 8474, RFC 8514, RFC 8970, RFC 5257, Gmail, Dovecot, Cyrus.
    static let fetchItems: [SyntaxRow] = [
        .item("ALL", .fetchMacro), .item("FAST", .fetchMacro), .item("FULL", .fetchMacro),
        .item("FLAGS", .flags), .item("UID", .uid), .item("INTERNALDATE", .internaldate),
        .item("RFC822.SIZE", .rfc822Size), .item("ENVELOPE", .envelope), .item("BODY", .bodyNonExtensible),
        .item("BODYSTRUCTURE", .bodystructure), .item("RFC822", .rfc822), .item("RFC822.HEADER", .rfc822Header),
        .item("RFC822.TEXT", .rfc822Text), .item("MODSEQ", .modseq), .item("EMAILID", .emailid),
        .item("THREADID", .threadid), .item("SAVEDATE", .savedate),
        .item("PREVIEW", .preview) { $0.previewModifiers($1) },
        .item("SNIPPET", .snippet) { $0.previewModifiers($1) },
        .item("ANNOTATION", .annotation) { $0.annotationRequest($1) },
        .item("X-GM-MSGID", .xGmMsgid), .item("X-GM-THRID", .xGmThrid), .item("X-GM-LABELS", .xGmLabels),
        .item("X-GUID", .xGuid), .item("X-MAILBOX", .xMailbox), .item("X-REAL-UID", .xRealUid),
        .item("X-SAVEDATE", .xSavedate), .item("DIGEST.SHA1", .digestSha1), .item("RFC822.FILESIZE", .rfc822Filesize),
        .item("RFC822.SHA1", .rfc822Sha1), .item("FOLDER", .folder), .item("UIDVALIDITY", .uidvalidity),
        .item("CID", .cid), .item("BASECID", .basecid), .item("GUID", .guid),
    ]

    /// What FETCH answers.
    static let fetchAnswers: [SyntaxRow] = [
        .answer("FLAGS", .flags) { $0.bareFlagList($1) },
        .answer("UID", .uid) { $0.number(.uniqueid, .nonZero, $1) },
        .answer("INTERNALDATE", .internaldate) { $0.dateTime(.dateTime, $1) },
        .answer("RFC822.SIZE", .rfc822Size) { $0.number(.number, .number64, $1) },
        .answer("ENVELOPE", .envelope) { $0.envelopeFields($1) },
        .answer("BODY", .bodyNonExtensible) { $0.body($1) },
        .answer("BODYSTRUCTURE", .bodystructure) { $0.body($1) },
        .answer("RFC822", .rfc822) { $0.nstring(.nstring, $1) },
        .answer("RFC822.HEADER", .rfc822Header) { $0.nstring(.nstring, $1) },
        .answer("RFC822.TEXT", .rfc822Text) { $0.nstring(.nstring, $1) },
        .answer("MODSEQ", .modseq) { $0.parenthesizedNumber(.modSequenceValue, $1) },
        .answer("EMAILID", .emailid) { $0.objectID($1) },
        .answer("THREADID", .threadid) { $0.objectID($1) },
        .answer("SAVEDATE", .savedate) { $0.dateTime(.dateTime, $1) },
        .answer("PREVIEW", .preview) { $0.previewValue($1) },
        .answer("SNIPPET", .snippet) { $0.previewValue($1) },
        .answer("ANNOTATION", .annotation) { $0.annotations($1) },
        .answer("X-GM-MSGID", .xGmMsgid) { $0.number(.number64, .unsigned64, $1) },
        .answer("X-GM-THRID", .xGmThrid) { $0.number(.number64, .unsigned64, $1) },
        .answer("X-GM-LABELS", .xGmLabels) { $0.labels($1) },
        .answer("X-GUID", .xGuid) { $0.astring(.guidValue, $1) },
        .answer("X-MAILBOX", .xMailbox) { $0.mailbox(.mailbox, $1) },
        .answer("X-REAL-UID", .xRealUid) { $0.number(.uniqueid, .nonZero, $1) },
        .answer("X-SAVEDATE", .xSavedate) { $0.dateTime(.dateTime, $1) },
        .answer("DIGEST.SHA1", .digestSha1) { $0.astring(.digestValue, $1) },
        .answer("RFC822.FILESIZE", .rfc822Filesize) { $0.number(.number, .number64, $1) },
        .answer("RFC822.SHA1", .rfc822Sha1) { $0.astring(.digestValue, $1) },
        .answer("FOLDER", .folder) { $0.mailbox(.mailbox, $1) },
        .answer("UIDVALIDITY", .uidvalidity) { $0.number(.nzNumber, .nonZero, $1) },
        .answer("CID", .cid) { $0.astring(.guidValue, $1) },
        .answer("BASECID", .basecid) { $0.astring(.guidValue, $1) },
        .answer("GUID", .guid) { $0.astring(.guidValue, $1) },
    ]
}
