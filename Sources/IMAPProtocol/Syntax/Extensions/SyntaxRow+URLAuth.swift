import IMAPWire
import Traffic

extension SyntaxRow {
    /// RFC 4467, RFC 5524.
    static let urlAuth: [SyntaxRow] = [
        .command("GENURLAUTH", .genurlauth) { parser, text in
            if parser.atEnd { parser.unexpected(.url, text) }
            while !parser.atClose {
                parser.astring(.url, text)
                parser.atom(.mechanism, text)
            }
        },
        .command("URLFETCH", .urlfetch) { parser, text in
            if parser.atEnd { parser.unexpected(.url, text) }
            while !parser.atClose { parser.urlRequest(text) }
        },
        .command("RESETKEY", .resetkey) { parser, text in
            guard !parser.atEnd else { return }
            parser.mailbox(.mailbox, text)
            while !parser.atClose { parser.atom(.mechanism, text) }
        },
        .response("GENURLAUTH", .genurlauthData) { parser, text in
            if parser.atEnd { parser.unexpected(.url, text) }
            while !parser.atClose { parser.astring(.url, text) }
        },
        .response("URLFETCH", .urlfetchData) { parser, text in
            while !parser.atClose { parser.urlAnswer(text) }
        },
    ]

    /// RFC 5259.
    static let convert: [SyntaxRow] = [
        .command("CONVERT", .convert) { parser, text in
            parser.sequenceSet(.sequenceSet, text)
            parser.conversionTarget(text)
            if parser.token.kind == .listOpen {
                parser.list1(.convertAttList, text) { $0.convertItem($1) }
            } else {
                parser.convertItem(text)
            }
        },
        .command("CONVERSIONS", .conversions) { parser, text in
            parser.astring(.fromMime, text)
            parser.astring(.toMime, text)
        },
        .response("CONVERSION", .conversionData) { parser, text in
            parser.astring(.fromMime, text)
            parser.astring(.toMime, text)
            if !parser.atEnd { parser.list(.transcodingParams, text) { $0.astring(.transcodingName, $1) } }
        },
        .response("CONVERTED", .convertedData) { parser, text in
            parser.correlator(text)
            parser.list(.convertedItems, text) { $0.convertItem($1, isAnswer: true) }
        },
    ]
}

extension SyntaxParser {
    /// A URL, or with URLAUTH=BINARY `(url BODY|BINARY|BODYPARTSTRUCTURE ...)`.
    fileprivate mutating func urlRequest(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.astring(.url, text) }
        self.list1(.urlFull, text) { parser, text in
            parser.astring(.url, text)
            while !parser.atClose { parser.atom(.urlFetchParam, text) }
        }
    }

    /// A URL and its data, or `(BODY {n})`, `(BINARY ~{n})`, `(BODYPARTSTRUCTURE (...))`.
    fileprivate mutating func urlAnswer(_ text: RawSpan) {
        let index = self.open(.urlData, at: self.tokenBegin(text))
        self.astring(.url, text)
        if self.token.kind != .listOpen, !self.atClose { self.nstring(.nstring, text) }
        while self.token.kind == .listOpen {
            self.list1(.urlMetadata, text) { parser, text in
                if parser.at("BODYPARTSTRUCTURE", text) {
                    parser.keyword(.bodypartstructure, text) { $0.body($1) }
                } else if parser.at("BODY", text) || parser.at("BINARY", text) {
                    let item: Production = parser.token.length == 4 ? .bodySection : .binary
                    parser.keyword(item, text) { $0.nstring(.nstring, $1) }
                } else {
                    parser.unknownKeyword(text, hasValue: true)
                }
            }
        }
        self.close(index)
    }

    /// `("mime/type" [(parameter value ...)])`
    fileprivate mutating func conversionTarget(_ text: RawSpan) {
        self.list1(.conversionTarget, text) { parser, text in
            parser.string(.toMime, [.nil, .atom], text)
            if parser.token.kind == .listOpen {
                parser.list(.transcodingParams, text) { parser, text in
                    parser.astring(.transcodingName, text)
                    if !parser.atClose { parser.astring(.transcodingValue, text) }
                }
            }
        }
    }

    /// `UID`, `BODYPARTSTRUCTURE[1]`, `AVAILABLECONVERSIONS[1]`, `BINARY[1]`.
    fileprivate mutating func convertItem(_ text: RawSpan, isAnswer: Bool = false) {
        switch self.token.kind {
        case .atom where self.section(text, isAnswer: isAnswer): break
        case .atom:
            let index = self.open(.convertAtt, at: self.token.offset)
            let isUID = self.at("UID", text)
            self.leaf(.keyword, .atom, text)
            if isAnswer, !self.atClose {
                if isUID { self.number(.uniqueid, .nonZero, text) } else { self.generic(text) }
            }
            self.close(index)
        default: self.misplaced(.convertAtt, text)
        }
    }
}
