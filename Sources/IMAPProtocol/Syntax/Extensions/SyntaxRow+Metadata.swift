import IMAPWire
import Traffic

extension SyntaxRow {
    /// RFC 5464, and Cyrus' older ANNOTATEMORE.
    static let metadata: [SyntaxRow] = [
        .command("GETMETADATA", .getmetadata) { parser, text in
            // The options come first in the grammar and behind the mailbox in the examples of RFC 5464 section 4.2.
            if parser.token.kind == .listOpen { parser.metadataOptions(text) }
            parser.mailbox(.mailbox, text)
            if parser.token.kind == .listOpen, parser.nextIsMetadataOption(text) {
                parser.tolerate(.optionsBehindMailbox, at: parser.token.offset, .getmetadataOptions)
                parser.metadataOptions(text)
            }
            parser.oneOrList(.entry, .entries, text)
        },
        .command("SETMETADATA", .setmetadata) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.entryValues(text)
        },
        .response("METADATA", .metadataResp) { parser, text in
            parser.mailbox(.mailbox, text)
            if parser.token.kind == .listOpen {
                parser.entryValues(text)
            } else {
                while !parser.atClose { parser.astring(.entry, text) }
            }
        },
        .command("GETANNOTATION", .getannotation) { parser, text in
            parser.string(.mailbox, [.atom, .wildcards], text)
            parser.oneOrList(.entryMatch, .entryMatches, text)
            parser.oneOrList(.attribMatch, .attribMatches, text)
        },
        .command("SETANNOTATION", .setannotation) { parser, text in
            parser.string(.mailbox, [.atom, .wildcards], text)
            parser.oneOrList(.entryMatch, .entryMatches, text)
            parser.attributeValues(text)
        },
        .response("ANNOTATION", .annotationData) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.astring(.entry, text)
            if parser.token.kind == .listOpen {
                parser.attributeValues(text)
            } else {
                while !parser.atClose { parser.astring(.entry, text) }
            }
        },
    ]
}

extension SyntaxParser {
    /// `(MAXSIZE 1024 DEPTH 1)`
    fileprivate mutating func metadataOptions(_ text: RawSpan) {
        self.list1(.getmetadataOptions, text) { parser, text in
            if parser.at("MAXSIZE", text) {
                parser.keyword(.maxsizeOpt, text) { $0.number(.number, .number, $1) }
            } else if parser.at("DEPTH", text) {
                parser.keyword(.scopeOpt, text) { $0.atom(.depthValue, $1) }
            } else {
                parser.unknownKeyword(text, hasValue: true)
            }
        }
    }

    /// Whether the list that opens here begins with the name of an option rather than an entry.
    fileprivate func nextIsMetadataOption(_ text: RawSpan) -> Bool {
        let start = self.token.offset + 1
        for word: StaticString in ["MAXSIZE", "DEPTH"] {
            let end = start + word.utf8CodeUnitCount
            if end < text.byteCount, text.matches(start..<end, word) { return true }
        }
        return false
    }

    /// `(entry value ...)`; a value is a string, a literal8, or NIL.
    fileprivate mutating func entryValues(_ text: RawSpan) {
        self.list1(.entryValues, text) { parser, text in
            let index = parser.open(.entryValue, at: parser.tokenBegin(text))
            parser.astring(.entry, text)
            parser.nstring(.value, text)
            parser.close(index)
        }
    }
}
