import IMAPWire
import Traffic

extension SyntaxRow {
    /// APPEND and REPLACE: RFC 3501 section 6.3.11, RFC 3502, RFC 4466, RFC 4469, RFC 6855, RFC 8508, RFC 5257.
    static let append: [SyntaxRow] = [
        .command("APPEND", .append) { parser, text in
            parser.mailbox(.mailbox, text)
            repeat { parser.appendMessage(text) } while !parser.atEnd
        },
        .command("REPLACE", .replace) { parser, text in
            parser.number(.seqNumber, .nonZero, text)
            parser.mailbox(.mailbox, text)
            parser.appendMessage(text)
        },
        .row(.appendData, "CATENATE", .catenate) { parser, text in
            parser.list1(.catParts, text) { parser, text in
                if !parser.known(.appendData, text) { parser.unknownKeyword(text, hasValue: true) }
            }
        },
        .row(.appendData, "TEXT", .catText) { $0.appendLiteral($1) },
        .row(.appendData, "URL", .catUrl) { $0.astring(.url, $1) },
        .row(.appendData, "UTF8", .utf8Literal) { $0.list1(.list, $1) { $0.appendLiteral($1) } },
    ]
}

extension SyntaxParser {
    /// `[(flags)] [date-time] *(name value) data`
    mutating func appendMessage(_ text: RawSpan) {
        let index = self.open(.appendMessage, at: self.tokenBegin(text))
        if self.token.kind == .listOpen { self.flagList(.flagList, text) }
        if self.token.kind == .quoted { self.dateTime(.dateTime, text) }
        while self.token.kind == .atom {
            if self.at("ANNOTATION", text) {
                self.keyword(.appendAnnotation, text) { $0.annotations($1) }
            } else if self.grammar.row(.appendData, text, self.token.range) != nil {
                break
            } else {
                self.unknownKeyword(text, hasValue: true)
            }
        }
        if self.token.kind == .literal {
            self.literal(.appendData, text)
        } else if !self.known(.appendData, text) {
            self.unexpected(.appendData, text)
            if !self.atEnd { self.generic(text) }
        }
        self.close(index)
    }

    mutating func appendLiteral(_ text: RawSpan) {
        if self.token.kind == .literal { self.literal(.literal, text) } else { self.misplaced(.literal, text) }
    }
}
