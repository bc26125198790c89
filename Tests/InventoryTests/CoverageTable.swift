import IMAPProtocol

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
            "by the grammar without a problem or a deviation and every name in it is known, *noted* when a note in plain",
            "English comes of it, *tested* when the example is the same message with the same findings wherever its octets",
            "are cut, *explained* when the registry lists it.",
            "A deviation is *noted* when playing its example, whole, octet by octet and cut at every place, shows its named",
            "quirk, and *survived* when the command behind it is understood.", "",
            "| kind | items | parsed | noted | tested | explained |", "|---|---|---|---|---|---|",
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
            if !one.isTested { lacks.append("not tested") }
            if one.isExplained == false { lacks.append("not explained") }
            guard !lacks.isEmpty else { return nil }
            let reason = LeftOut.reason(one.item).map { ": " + $0 } ?? ""
            return "- \(one.item.kind) `\(one.item.name)`, \(lacks.joined(separator: ", "))\(reason)"
        }
    }

    private func row(_ name: String, _ rows: [Coverage]) -> String {
        let explained = rows.filter { $0.isExplained != nil }
        let known = explained.isEmpty ? "–" : "\(explained.count { $0.isExplained == true }) of \(explained.count)"
        let counts = [rows.count(where: \.isParsed), rows.count(where: \.isNoted), rows.count(where: \.isTested)]
        return "| \(name) | \(rows.count) | \(counts.map(String.init).joined(separator: " | ")) | \(known) |"
    }
}
