import FilterLanguage
import IMAPProtocol

/// `explain --list`: every known name, kind by kind.
struct NameList {
    private var kinds: [RegistryRow.Kind]
    private var hasQuirks: Bool

    init(kinds words: [String]) throws {
        self.kinds = words.isEmpty ? RegistryRow.Kind.allCases : []
        self.hasQuirks = words.isEmpty
        for word in words {
            if Self.spellings(Explanation.quirkKind).contains(Self.folded(word)) {
                self.hasQuirks = true
            } else if let kind = RegistryRow.Kind.allCases.first(where: {
                Self.spellings($0.title).contains(Self.folded(word))
            }) {
                self.kinds.append(kind)
            } else {
                let known = RegistryRow.Kind.allCases.map { Self.folded($0.title) } + [Explanation.quirkKind]
                let near = Spelling.nearest(to: Self.folded(word), among: known).map { "; did you mean \($0)?" } ?? ""
                throw UsageError(
                    option: "--list",
                    text: "“\(word)” is no kind of name\(near) There are \(known.joined(separator: ", "))"
                )
            }
        }
    }

    func write(to report: ExplainReport) {
        for kind in self.kinds {
            let rows = Registry.rows.filter { $0.kind == kind }.sorted { $0.name < $1.name }
            report.show(kind.title, rows.map { Explanation($0) })
        }
        if self.hasQuirks {
            let quirks = Quirk.all.sorted { $0.id < $1.id }
            report.show(Explanation.quirkKind, quirks.map { Explanation($0) })
        }
    }

    /// `SEARCH key` as it may be written: search-key, search-keys.
    private static func spellings(_ title: String) -> [String] {
        let one = self.folded(title)
        return [one, one + "s", one.hasSuffix("y") ? String(one.dropLast()) + "ies" : one]
    }

    private static func folded(_ word: String) -> String {
        String(word.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
    }

    /// Names for a shell to complete: without those that it would take apart, and in the script itself, so that no program
    /// runs at each tabulator.
    static let completions: [String] = {
        let names = Registry.rows.map(\.name) + Quirk.all.map(\.id)
        let plain = names.filter { name in
            name.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || "-._=/".utf8.contains($0) }
        }
        return Set(plain).sorted()
    }()
}
