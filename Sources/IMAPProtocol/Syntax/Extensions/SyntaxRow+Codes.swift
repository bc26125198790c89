import IMAPWire
import Traffic

extension SyntaxRow {
    /// RFC 3501 section 7.1, RFC 2060, RFC 2193, RFC 2221.
    static let codes: [SyntaxRow] = [
        .code("ALERT", .codeAlert),
        .code("BADCHARSET", .codeBadcharset) { parser, text in
            if !parser.atEnd { parser.list(.charsets, text) { $0.astring(.charset, $1) } }
        },
        .code("CAPABILITY", .codeCapability) { $0.capabilities($1) },
        .code("PARSE", .codeParse),
        .code("PERMANENTFLAGS", .codePermanentflags) { $0.flagList(.flagList, $1) },
        .code("READ-ONLY", .codeReadOnly),
        .code("READ-WRITE", .codeReadWrite),
        .code("TRYCREATE", .codeTrycreate),
        .code("UIDNEXT", .codeUidnext) { $0.number(.nzNumber, .nonZero, $1) },
        .code("UIDVALIDITY", .codeUidvalidity) { $0.number(.nzNumber, .nonZero, $1) },
        .code("UNSEEN", .codeUnseen) { $0.number(.nzNumber, .nonZero, $1) },
        .code("NEWNAME", .codeNewname) { parser, text in
            parser.astring(.mailbox, text)
            parser.astring(.mailbox, text)
        },
        .code("REFERRAL", .codeReferral) { parser, text in
            if parser.atEnd { parser.unexpected(.url, text) }
            while !parser.atClose { parser.codeURL(text) }
        },
    ]

    /// Codes with arguments of extensions.
    static let extensionCodes: [SyntaxRow] = [
        // RFC 4315 section 3; Outlook.com leaves the sets out.
        .code("APPENDUID", .codeAppenduid) { parser, text in
            parser.number(.uidvalidity, .nonZero, text)
            parser.sequenceSet(.uidSet, text)
        },
        .code("COPYUID", .codeCopyuid) { parser, text in
            parser.codeNumber(.uidvalidity, text)
            parser.codeSet(.sourceUids, text)
            parser.codeSet(.targetUids, text)
        },
        // RFC 4467 section 8.
        .code("URLMECH", .codeUrlmech) { parser, text in
            while !parser.atClose { parser.atom(.mechanism, text) }
        },
        .code("BADURL", .codeBadurl) { $0.codeRest(.url, $1) },
        .code("HIGHESTMODSEQ", .codeHighestmodseq) { $0.number(.modSequenceValue, .nonZero64, $1) },
        .code("MODIFIED", .codeModified) { $0.sequenceSet(.sequenceSet, $1) },
        .code("ANNOTATE", .codeAnnotate) { $0.atom(.keyword, $1) },
        .code("ANNOTATIONS", .codeAnnotations) { parser, text in
            if parser.at("NONE", text) || parser.at("READ-ONLY", text) {
                parser.atom(.keyword, text)
            } else {
                parser.number(.number, .number, text)
            }
            if !parser.atEnd { parser.atom(.keyword, text) }
        },
        .code("MAXCONVERTMESSAGES", .codeMaxconvertmessages) { $0.number(.nzNumber, .nonZero, $1) },
        .code("MAXCONVERTPARTS", .codeMaxconvertparts) { $0.number(.nzNumber, .nonZero, $1) },
        .code("NOUPDATE", .codeNoupdate) { $0.astring(.tagString, $1) },
        .code("METADATA", .codeMetadata) { parser, text in
            parser.atom(.keyword, text)
            if !parser.atEnd { parser.number(.number, .number, text) }
        },
        .code("BADEVENT", .codeBadevent) { parser, text in
            parser.list(.events, text) { $0.atom(.eventName, $1) }
        },
        .code("UNDEFINED-FILTER", .codeUndefinedFilter) { $0.astring(.filterName, $1) },
        .code("DOWNGRADED", .codeDowngraded) { $0.sequenceSet(.sequenceSet, $1) },
        .code("MAILBOXID", .codeMailboxid) { $0.objectID($1) },
        .code("INPROGRESS", .codeInprogress) { $0.progress($1) },
        .code("MESSAGELIMIT", .codeMessagelimit) { parser, text in
            parser.number(.nzNumber, .nonZero, text)
            if !parser.atEnd { parser.number(.uniqueid, .nonZero, text) }
        },
        .code("OBJECTID", .codeObjectid) { $0.genericRest($1) },
        .code("WEBALERT", .codeWebalert) { $0.codeRest(.url, $1) },
    ]

    /// Codes that are a word only.
    static let plainCodes: [SyntaxRow] = [
        .code("UNKNOWN-CTE", .codeUnknownCte), .code("UIDNOTSTICKY", .codeUidnotsticky),
        .code("TOOBIG", .codeToobig), .code("NOMODSEQ", .codeNomodseq), .code("CLOSED", .codeClosed),
        .code("COMPRESSIONACTIVE", .codeCompressionactive), .code("NOTSAVED", .codeNotsaved),
        .code("BADCOMPARATOR", .codeBadcomparator), .code("TEMPFAIL", .codeTempfail),
        .code("NOTIFICATIONOVERFLOW", .codeNotificationoverflow), .code("UNAVAILABLE", .codeUnavailable),
        .code("AUTHENTICATIONFAILED", .codeAuthenticationfailed),
        .code("AUTHORIZATIONFAILED", .codeAuthorizationfailed), .code("EXPIRED", .codeExpired),
        .code("PRIVACYREQUIRED", .codePrivacyrequired), .code("CONTACTADMIN", .codeContactadmin),
        .code("NOPERM", .codeNoperm), .code("INUSE", .codeInuse), .code("EXPUNGEISSUED", .codeExpungeissued),
        .code("CORRUPTION", .codeCorruption), .code("SERVERBUG", .codeServerbug), .code("CLIENTBUG", .codeClientbug),
        .code("CANNOT", .codeCannot), .code("LIMIT", .codeLimit), .code("OVERQUOTA", .codeOverquota),
        .code("ALREADYEXISTS", .codeAlreadyexists), .code("NONEXISTENT", .codeNonexistent),
        .code("USEATTR", .codeUseattr), .code("HASCHILDREN", .codeHaschildren),
        .code("UIDREQUIRED", .codeUidrequired), .code("TOOFEW", .codeToofew), .code("TOOMANY", .codeToomany),
        .code("THROTTLED", .codeThrottled),
    ]
}

extension SyntaxParser {
    /// The rest of the code as one value: a URL may hold any octet but `]`.
    fileprivate mutating func codeRest(_ production: Production, _ text: RawSpan) {
        if self.atEnd { return self.unexpected(production, text) }
        if self.token.kind == .quoted { return self.string(production, text) }
        let begin = self.tokenBegin(text)
        self.leaf(production, range: begin..<text.byteCount)
        self.finishLine(at: text.byteCount, text)
    }

    /// A URL, which may hold what an atom may not.
    fileprivate mutating func codeURL(_ text: RawSpan) {
        guard self.token.kind == .atom else { return self.string(.url, text) }
        self.lengthenAtom(text)
        self.leaf(.url, .atom, text)
    }

    /// A number that some servers leave out.
    fileprivate mutating func codeNumber(_ production: Production, _ text: RawSpan) {
        if self.atEnd {
            self.tolerate(.missingArguments, at: self.lastEnd, production)
        } else {
            self.number(production, .nonZero, text)
        }
    }

    /// A set that some servers leave out.
    fileprivate mutating func codeSet(_ production: Production, _ text: RawSpan) {
        if self.atEnd {
            self.tolerate(.missingArguments, at: self.lastEnd, production)
        } else {
            self.sequenceSet(production, text)
        }
    }

    /// RFC 9585 section 4: `("tag" done of)`, each of which may be NIL.
    fileprivate mutating func progress(_ text: RawSpan) {
        guard !self.atEnd else { return }
        guard self.token.kind == .listOpen else { return self.misplaced(.progress, text) }
        guard let index = self.openList(.progress, text) else { return }
        self.nstring(.tagString, text)
        if !self.atClose { self.numberOrNil(.progressDone, text) }
        if !self.atClose { self.numberOrNil(.progressGoal, text) }
        self.closeList(index, text)
    }

    private mutating func numberOrNil(_ production: Production, _ text: RawSpan) {
        if self.isNil(text) { self.leaf(production, .nil, text) } else { self.number(production, .number64, text) }
    }
}
