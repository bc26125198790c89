import IMAPProtocol

/// What is told about one name, whatever kind of thing it is.
struct Explanation: Hashable {
    var kind: String
    var name: String
    var meaning: String
    var shape: String?
    /// `RFC 3501 section 6.3.1`
    var reference: String
    /// What the document is about.
    var title: String?
    var also: String?
    var vendor: String?
    var states: [String] = []
    var remark: String?
    /// Capabilities that it comes with.
    var capabilities: [String] = []
    /// What a capability brings.
    var brings: [String] = []
    var related: [String] = []
    /// For quirks: software that does it.
    var knownFor: [String] = []
    /// For quirks: public reports.
    var reports: [String] = []

    init(kind: String, name: String, meaning: String, reference: String, remark: String? = nil) {
        self.kind = kind
        self.name = name
        self.meaning = meaning
        self.reference = reference
        self.remark = remark
    }

    init(_ row: RegistryRow) {
        self.init(
            kind: row.kind.title,
            name: row.name,
            // What a key selects is told behind this word.
            meaning: row.kind == .searchKey ? "messages \(row.sentence)" : row.sentence,
            reference: Registry.reference(of: row),
            remark: row.remark
        )
        self.shape = row.shape
        self.title = row.document == nil ? Registry.specification(of: row)?.title : nil
        self.also = row.also
        self.vendor = Registry.vendor(of: row)
        self.states = row.states.names
        self.capabilities = Registry.capabilities(of: row).map(\.name)
        for name in Registry.brought(by: row).map(\.name) where !self.brings.contains(name) { self.brings.append(name) }
        self.related = row.related
    }

    /// Everything that `words` may name, quirks included.
    static func all(for words: String) -> [Explanation] {
        let rows = Registry.rows(matching: words).map { Explanation($0) }
        guard words.utf8.count <= 100, let quirk = Quirk.named(words.filter { $0 != " " }) else { return rows }
        return rows + [Explanation(quirk)]
    }
}
