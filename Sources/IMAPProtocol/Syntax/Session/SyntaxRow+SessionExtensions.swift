import IMAPWire
import Traffic

extension SyntaxRow {
    /// RFC 8437, RFC 5161, RFC 2971, RFC 4978, RFC 9698, RFC 2177, and commands of vendors that concern the session.
    static let sessionExtensions: [SyntaxRow] = [
        .command("UNAUTHENTICATE", .unauthenticate),
        .command("ENABLE", .enable) { parser, text in
            if parser.atEnd { parser.unexpected(.capability, text) }
            parser.capabilities(text)
        },
        .response("ENABLED", .enableData) { $0.capabilities($1) },
        .command("ID", .id) { $0.idParameters($1) },
        .response("ID", .idResponse) { $0.idParameters($1) },
        .command("COMPRESS", .compress) { $0.atom(.algorithm, $1) },
        .command("GETJMAPACCESS", .getjmapaccess),
        .response("JMAPACCESS", .jmapaccessData) { $0.astring(.jmapUrl, $1) },
        .command("IDLE", .idle),
        .command("PROXYAUTH", .proxyauth) { $0.astring(.userid, $1) },
        .command("XAPPLEPUSHSERVICE", .xapplepushservice) { $0.pushParameters($1) },
        .response("XAPPLEPUSHSERVICE", .xapplepushserviceData) { $0.pushParameters($1) },
    ]

    /// RFC 5255.
    static let languages: [SyntaxRow] = [
        .command("LANGUAGE", .language) { parser, text in
            while !parser.atClose { parser.astring(.langRange, text) }
        },
        .response("LANGUAGE", .languageData) { $0.list1(.languageTags, $1) { $0.astring(.languageTag, $1) } },
        .command("COMPARATOR", .comparator) { parser, text in
            while !parser.atClose { parser.astring(.compOrder, text) }
        },
        .response("COMPARATOR", .comparatorData) { parser, text in
            parser.astring(.compSel, text)
            if !parser.atEnd { parser.list(.compIdList, text) { $0.astring(.compId, $1) } }
        },
    ]
}

extension SyntaxParser {
    /// RFC 2971 section 3.3: NIL, or keys and values by turns. Old Proton Bridges send atoms.
    mutating func idParameters(_ text: RawSpan) {
        if self.isNil(text) {
            self.leaf(.idParamsList, .nil, text)
            return
        }
        self.list(.idParamsList, text) { parser, text in
            let index = parser.open(.idParam, at: parser.tokenBegin(text))
            parser.string(.idKey, text)
            if parser.atClose {
                parser.unexpected(.idValue, text)
            } else {
                parser.nstring(.idValue, text)
            }
            parser.close(index)
        }
    }

    /// Apple's push registration: names and values by turns; of `mailboxes` the value is a list.
    mutating func pushParameters(_ text: RawSpan) {
        while !self.atClose {
            let index = self.open(.pushParameter, at: self.tokenBegin(text))
            let isList = self.at("MAILBOXES", text)
            self.astring(.pushName, text)
            if isList, self.token.kind == .listOpen {
                self.list(.pushMailboxes, text) { $0.mailbox(.mailbox, $1) }
            } else if !self.atClose {
                self.astring(.pushValue, text)
            }
            self.close(index)
        }
    }
}
