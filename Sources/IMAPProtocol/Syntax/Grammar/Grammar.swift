import IMAPWire
import Traffic

/// All keywords that the parser knows, by where they stand. Each document's are in a file of its own.
final class Grammar: Sendable {
    static let standard = Grammar(Grammar.documents)

    /// One line a document.
    private static let documents: [[SyntaxRow]] = [
        SyntaxRow.session,
        SyntaxRow.sessionExtensions,
        SyntaxRow.languages,
        SyntaxRow.mailboxes,
        SyntaxRow.mailboxResponses,
        SyntaxRow.statusItems,
        SyntaxRow.lists,
        SyntaxRow.append,
        SyntaxRow.messages,
        SyntaxRow.fetchItems,
        SyntaxRow.fetchAnswers,
        SyntaxRow.searches,
        SyntaxRow.searchKeys,
        SyntaxRow.searchKeyExtensions,
        SyntaxRow.searchOptions,
        SyntaxRow.searchAnswers,
        SyntaxRow.accessControl,
        SyntaxRow.quota,
        SyntaxRow.metadata,
        SyntaxRow.notify,
        SyntaxRow.urlAuth,
        SyntaxRow.convert,
        SyntaxRow.cyrusConversations,
        SyntaxRow.cyrusAdministration,
        SyntaxRow.vendors,
        SyntaxRow.codes,
        SyntaxRow.extensionCodes,
        SyntaxRow.plainCodes,
    ]

    let rows: [SyntaxRow]
    private let tables: [SyntaxTable]

    init(_ documents: [[SyntaxRow]]) {
        let rows = documents.flatMap { $0 }
        self.rows = rows
        self.tables = SyntaxRow.Kind.allCases.map { kind in SyntaxTable(rows.filter { $0.kind == kind }) }
    }

    func row(_ kind: SyntaxRow.Kind, _ text: RawSpan, _ range: Range<Int>) -> SyntaxRow? {
        self.tables[kind.rawValue].row(text, range)
    }
}

extension SyntaxParser {
    /// The keyword at the token and what follows it. False when it is not one of `kind`; then nothing is taken.
    mutating func known(_ kind: SyntaxRow.Kind, _ text: RawSpan) -> Bool {
        guard self.token.kind == .atom, let row = self.grammar.row(kind, text, self.token.range) else { return false }
        self.keyword(row, text)
        return true
    }

    mutating func keyword(_ row: SyntaxRow, _ text: RawSpan) {
        let index = self.open(row.production, at: self.token.offset)
        self.advance(text)
        if let rule = row.rule {
            self.current = row.production
            rule(&self, text)
        }
        self.close(index)
    }

    /// A keyword nobody knows: its name, and one value behind it when `hasValue`.
    mutating func unknownKeyword(_ text: RawSpan, hasValue: Bool) {
        let index = self.open(.unknownKeyword, at: self.tokenBegin(text))
        switch self.token.kind {
        case .atom: self.leaf(.keyword, .atom, text)
        default: self.generic(text)
        }
        if hasValue, !self.atClose { self.generic(text) }
        self.close(index)
    }
}
