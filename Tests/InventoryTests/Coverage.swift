import IMAPProtocol
import IMAPWire
import Traffic

/// What imapscope does with an item of the protocol.
struct Coverage: Sendable {
    var item: ProtocolItem
    /// The example is read without a problem and every name in it is known.
    var isParsed: Bool
    /// A note in plain English comes of it.
    var isNoted: Bool
    /// The registry explains it; nil for items that it does not list by themselves.
    var isExplained: Bool?

    init(_ item: ProtocolItem) {
        self.item = item
        let text = item.example.span.bytes
        var tokenizer = Tokenizer()
        var parser = SyntaxParser()
        var annotator = Annotator()
        var note: String?
        if item.isFromClient {
            let head = CommandHead(text, tokenizer: &tokenizer)
            parser.parse(text, as: .command)
            self.isParsed = parser.tree.problems.isEmpty && (head?.command != nil || item.name == "X*")
            note = annotator.command(text, masked: [])
        } else {
            let head = ResponseHead(text)
            parser.parse(text, as: .response)
            let isKnown = head.response != nil || head.kind == .continuation || item.name == "unknown"
            self.isParsed = parser.tree.problems.isEmpty && parser.tree.tolerances.isEmpty && isKnown
            note =
                head.kind == .continuation
                ? annotator.continuation(text, waiting: .literal(size: 5))
                : annotator.response(text, answering: nil, isUID: false, isGreeting: false)
        }
        self.isNoted = note.map { !$0.isEmpty && (!$0.contains("unknown") || item.name == "unknown") } ?? false
        self.isExplained = Coverage.kind(of: item).map { Registry.row($0, Coverage.registered(item)) != nil }
    }

    private static func kind(of item: ProtocolItem) -> RegistryRow.Kind? {
        switch item.kind {
        case "command" where item.name != "X*": .command
        case "response" where !["unknown", "continuation", "tagged"].contains(item.name): .response
        case "code" where item.name != "unknown": .code
        case "capability": .capability
        case "search-key" where !["sequence-set", "$"].contains(item.name): .searchKey
        case "fetch-item": .fetchItem
        case "status-item": .statusItem
        case "flag", "keyword": .flag
        case "attribute": .mailboxAttribute
        case "right": .right
        default: nil
        }
    }

    /// The name without what varies.
    private static func registered(_ item: ProtocolItem) -> String {
        switch item.kind {
        case "fetch-item": String(item.name.prefix { $0 != "[" && $0 != " " })
        case "capability"
        where ["AUTH=", "RIGHTS=", "MESSAGELIMIT=", "SAVELIMIT=", "APPENDLIMIT=", "IMAPSIEVE=", "MUPDATE="]
            .contains { item.name.hasPrefix($0) }:
            String(item.name.prefix { $0 != "=" })
        default: item.name
        }
    }
}

/// The table of the DocC reference.
struct CoverageTable {
    static let path = "Sources/imapscope/imapscope.docc/Reference/Coverage.md"

    let coverage = ProtocolItem.all.map(Coverage.init)
    let deviations = Deviation.all

    /// The whole page.
    var markdown: String {
        var lines = [
            "# Coverage", "",
            "What imapscope knows of the protocol and of the deviations of real software, counted by its tests.", "",
            "## Overview", "",
            "Every row of the inventory in `Tests/Inventory` has an example. An item is *parsed* when its example is read",
            "without a problem, *noted* when a note in plain English comes of it, *explained* when the registry lists it.",
            "A deviation is *noted* when playing its example, whole, octet by octet and cut at every place, shows its named",
            "quirk, and *survived* when the command behind it is understood.", "",
            "| kind | items | parsed | noted | explained |", "|---|---|---|---|---|",
        ]
        var kinds: [String] = []
        for item in ProtocolItem.all where !kinds.contains(item.kind) { kinds.append(item.kind) }
        for kind in kinds { lines.append(self.row(kind, self.coverage.filter { $0.item.kind == kind })) }
        lines.append(self.row("all", self.coverage))
        let lists = [
            ("1.9", "tolerance rules"), ("7.1", "servers"), ("7.2", "clients"), ("quirks", "collected quirks"),
            ("own", "of our own"),
        ]
        lines += [
            "", "## Deviations", "", "| list | rows | noted as a named quirk | no quirk, with its reason | survived |",
        ]
        lines.append("|---|---|---|---|---|")
        for (list, name) in lists {
            let rows = self.deviations.filter { $0.list == list }
            let played = rows.count { !$0.steps.isEmpty }
            let named = rows.count { !$0.quirks.isEmpty }
            lines.append("| \(name) | \(rows.count) | \(named) | \(rows.count - named) | \(played) of \(played) |")
        }
        lines += ["", "Named quirks: \(Quirk.all.count).", "", "## Left out", ""]
        lines += self.missing.isEmpty ? ["Nothing of the protocol."] : self.missing
        lines += ["", "Deviations that show no quirk:", ""]
        for row in self.deviations where row.quirks.isEmpty {
            lines.append("- \(row.list) \(row.name)\(row.knownFor == "-" ? "" : " (\(row.knownFor))"): \(row.reason)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var missing: [String] {
        self.coverage.compactMap { one in
            var lacks: [String] = []
            if !one.isParsed { lacks.append("not parsed") }
            if !one.isNoted { lacks.append("not noted") }
            if one.isExplained == false { lacks.append("not explained") }
            return lacks.isEmpty ? nil : "- \(one.item.kind) `\(one.item.name)`: \(lacks.joined(separator: ", "))"
        }
    }

    private func row(_ name: String, _ rows: [Coverage]) -> String {
        let explained = rows.filter { $0.isExplained != nil }
        let known = explained.isEmpty ? "–" : "\(explained.count { $0.isExplained == true }) of \(explained.count)"
        return
            "| \(name) | \(rows.count) | \(rows.count(where: \.isParsed)) | \(rows.count(where: \.isNoted)) | \(known) |"
    }
}
