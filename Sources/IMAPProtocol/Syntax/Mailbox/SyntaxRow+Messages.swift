import IMAPWire
import Traffic

extension SyntaxRow {
    /// Commands on messages: RFC 3501 section 6.4, RFC 4315, RFC 6851, RFC 7162, RFC 9394, RFC 10022.
    static let messages: [SyntaxRow] = [
        .command("FETCH", .fetch) { parser, text in
            parser.sequenceSet(.sequenceSet, text)
            parser.fetchItems(text)
            parser.parameters(text)
        },
        .command("STORE", .store) { $0.storeArguments($1) },
        .command("COPY", .copy) { parser, text in
            parser.sequenceSet(.sequenceSet, text)
            parser.mailbox(.mailbox, text)
        },
        .command("MOVE", .move) { parser, text in
            parser.sequenceSet(.sequenceSet, text)
            parser.mailbox(.mailbox, text)
        },
        .command("EXPUNGE", .expunge) { parser, text in
            // RFC 4315 section 2.1: the form with UID takes a set.
            let isUID = parser.tree.nodes.contains { $0.production == .uidCommand }
            if isUID { parser.sequenceSet(.sequenceSet, text) }
        },
        .command("UIDBATCHES", .uidbatches) { parser, text in
            parser.number(.batchSize, .nonZero, text)
            if !parser.atEnd { parser.sequenceSet(.batchRange, text) }
        },
        .response("UIDBATCHES", .uidbatchesData) { parser, text in
            parser.correlator(text)
            if !parser.atEnd { parser.sequenceSet(.uidRangeList, text) }
        },
    ]
}

extension SyntaxParser {
    /// `set [(modifiers)] [+|-]FLAGS[.SILENT] flags`, or ANNOTATION, or Gmail's labels.
    mutating func storeArguments(_ text: RawSpan) {
        self.sequenceSet(.sequenceSet, text)
        if self.token.kind == .listOpen { self.parameters(text) }
        guard self.token.kind == .atom else { return self.misplaced(.storeAttFlags, text) }
        let range = self.token.range
        let sign = text[range.lowerBound]
        let isSigned = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        let word = (isSigned ? range.lowerBound + 1 : range.lowerBound)..<range.upperBound
        let production: Production =
            sign == UInt8(ascii: "+") ? .storeAdd : sign == UInt8(ascii: "-") ? .storeRemove : .storeReplace
        let index: Int
        if text.matches(word, "FLAGS") || text.matches(word, "FLAGS.SILENT") {
            index = self.open(.storeAttFlags, at: range.lowerBound)
            self.leaf(production, .atom, number: word.count > 5 ? 1 : 0, text)
            if self.token.kind == .listOpen {
                self.flagList(.flagList, text)
            } else {
                if self.atEnd { self.unexpected(.flagList, text) }
                while !self.atClose { self.flag(text) }
            }
        } else if text.matches(word, "X-GM-LABELS") || text.matches(word, "X-GM-LABELS.SILENT") {
            index = self.open(.storeAttLabels, at: range.lowerBound)
            self.leaf(production, .atom, number: word.count > 11 ? 1 : 0, text)
            if self.token.kind == .listOpen { self.labels(text) } else { while !self.atClose { self.label(text) } }
        } else if text.matches(range, "ANNOTATION") {
            index = self.open(.storeAnnotation, at: range.lowerBound)
            self.advance(text)
            self.annotations(text)
        } else {
            self.unknownKeyword(text, hasValue: true)
            return
        }
        self.close(index)
    }

    /// `(TAG "a1" ...)`: the command that an answer belongs to (RFC 4466 section 2.6.2, RFC 7377 section 2.1).
    mutating func correlator(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return }
        self.list(.searchCorrelator, text) { parser, text in
            if parser.at("TAG", text) {
                parser.keyword(.correlatorTag, text) { $0.astring(.tagString, $1) }
            } else if parser.at("MAILBOX", text) {
                parser.keyword(.correlatorMailbox, text) { $0.mailbox(.mailbox, $1) }
            } else if parser.at("UIDVALIDITY", text) {
                parser.keyword(.correlatorUidvalidity, text) { $0.number(.nzNumber, .nonZero, $1) }
            } else {
                parser.unknownKeyword(text, hasValue: true)
            }
        }
    }
}
