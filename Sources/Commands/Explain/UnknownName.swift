import FilterLanguage
import IMAPProtocol
import IMAPSession
import Reporting

/// A word that is no known name.
///
/// It may be anything, a password among others, so it is repeated only where it is a slip in a known name.
struct UnknownName: Hashable {
    var place: Int
    var word: String
    var suggestions: [String]

    init(_ word: String, at place: Int) {
        self.place = place
        self.word = word
        self.suggestions = Self.suggestions(for: word)
    }

    /// Up to five known names that look like `word`.
    static func suggestions(for word: String) -> [String] {
        guard (2...40).contains(word.utf8.count) else { return [] }
        var candidates: [String: String] = [:]
        for name in Registry.rows.map(\.name) + Quirk.all.map(\.id) { candidates[name.lowercased()] = name }
        let wanted = word.lowercased()
        var found: [String] = []
        while found.count < 3, let near = Spelling.nearest(to: wanted, among: candidates.keys.sorted()) {
            if let name = candidates.removeValue(forKey: near) { found.append(name) }
        }
        let longer = candidates.keys.sorted().filter { wanted.count > 2 && $0.contains(wanted) }
        return Array((found + longer.compactMap { candidates[$0] }).prefix(5))
    }

    static func failure(_ unknown: [UnknownName], of count: Int) -> Failure? {
        guard let first = unknown.first else { return nil }
        let summary: String
        if unknown.count > 1 {
            summary = "\(unknown.count) of \(count) words are no names that imapscope knows"
        } else if first.suggestions.isEmpty {
            summary =
                count > 1 ? "word \(first.place) is no name that imapscope knows" : "nothing is known by that name"
        } else {
            summary = "nothing is known by the name “\(first.word)”"
        }
        let near = unknown.flatMap(\.suggestions).prefix(8).joined(separator: ", ")
        let advice = near.isEmpty ? "" : "did you mean \(near)? "
        return Failure(
            .dataError,
            summary,
            blame: .configuration,
            advice: advice + "imapscope explain --list names all"
        )
    }
}
