import AuditChecks
import IMAPProtocol
import IMAPSession

/// A page of the guide with a table for each kind of name, from the registry.
struct ReferencePage: Hashable {
    var name: String
    var text: String

    var fileName: String { self.name + ".md" }

    static let all: [ReferencePage] = {
        let pages = [
            Self(
                "Commands",
                "What a client can ask for, and in which state of the session.",
                [.command, .selectParam, .createParam, .appendData, .compression]
            ),
            Self("Responses", "What a server sends, answering or unasked.", [.response]),
            Self("ResponseCodes", "What stands in brackets after OK, NO, BAD, BYE and PREAUTH.", [.code]),
            Self("Capabilities", "What a server says it can do, and what comes with it.", [.capability, .enableName]),
            Self("Mechanisms", "How AUTHENTICATE logs in.", [.mechanism]),
            Self(
                "FETCHItems",
                "What can be asked of a message.",
                [.fetchItem, .sectionPart, .fetchModifier, .annotationAttribute]
            ),
            Self("Flags", "Flags, keywords, and how STORE changes them.", [.flag, .storeItem, .storeModifier]),
            Self(
                "SEARCHKeys",
                "How messages are found, sorted and grouped.",
                [.searchKey, .searchReturn, .searchData, .sortKey, .threadAlgorithm]
            ),
            Self(
                "Mailboxes",
                "What LIST and STATUS tell of a mailbox.",
                [.mailboxAttribute, .listSelection, .listReturn, .statusItem]
            ),
            Self(
                "AccessAndQuota",
                "Access rights, quota resources and signed URLs.",
                [.right, .resource, .urlAccess, .urlMechanism]
            ),
            Self(
                "MetadataAndNotify",
                "Annotations, and the changes that NOTIFY reports.",
                [.metadataEntry, .metadataOption, .mailboxFilter, .notifyEvent]
            ),
            Self("Forms", "The forms that lines are made of, and the fields of ID.", [.syntax, .idField]),
        ]
        return pages + [
            Self(quirks: Quirk.all), Self(checks: .shipped), Self(index: pages.map(\.name) + ["Quirks", "Checks"]),
        ]
    }()

    private init(_ name: String, _ abstract: String, _ kinds: [RegistryRow.Kind]) {
        self.name = name
        var text = Self.head(Self.title(of: name), abstract)
        for kind in kinds {
            let rows = Registry.rows.filter { $0.kind == kind }.sorted { $0.name < $1.name }
            text += "## \(Self.heading(kind))\n\n" + Self.table(kind, rows.map { Explanation($0) }) + "\n"
        }
        self.text = text
    }

    private init(quirks: [Quirk]) {
        self.name = "Quirks"
        let rows = quirks.sorted { $0.id < $1.id }.map { quirk in
            let cells = [quirk.name, quirk.meaning, quirk.knownFor.joined(separator: ", "), quirk.reference]
            return "| `\(quirk.id)` | \(cells.map(Self.cell).joined(separator: " | ")) |\n"
        }
        self.text =
            Self.head("Quirks", "Deviations that imapscope relays untouched, understands as they are meant, and names.")
            + "| quirk | what happens | understood as | seen in | the rule |\n|---|---|---|---|---|\n" + rows.joined()
    }

    private init(checks catalogue: Catalogue) {
        self.name = "Checks"
        let built = catalogue.descriptions.map { check in
            let cells = [check.severity.name, check.summary, check.reference, check.remedy]
            return "| \(check.id) | `\(check.name)` | \(cells.map(Self.cell).joined(separator: " | ")) |\n"
        }
        let unbuilt = catalogue.unbuilt.map { "| \($0.id) | \(Self.cell($0.summary)) | \(Self.cell($0.reason)) |\n" }
        self.text =
            Self.head("Checks", "What `imapscope audit` looks for, and what to do about it.")
            + "| | check | severity | what is wrong | where it is written | what to do |\n|---|---|---|---|---|---|\n"
            + built.joined() + "\n## What is not checked\n\n| | what | why |\n|---|---|---|\n" + unbuilt.joined()
    }

    private init(index names: [String]) {
        self.name = "Reference"
        self.text =
            Self.head("Reference", "Every name that imapscope knows, by kind.")
                + """
                `imapscope explain NAME` prints the same, with what belongs together. In the column of shapes, words in
                capitals stand for themselves, `SP` is one space, and the rest is ABNF (RFC 5234) with the names of the
                document's productions; behind `answer:` stands what the server sends.

                ## Topics

                ### Tables


                """ + names.map { "- <doc:\($0)>\n" }.joined()
    }

    // MARK: - Markdown

    private static func head(_ title: String, _ abstract: String) -> String {
        "# \(title)\n\n\(abstract)\n\n<!-- Generated by `make reference` from the registry. -->\n\n"
    }

    private static func title(of name: String) -> String {
        switch name {
        case "ResponseCodes": "Response codes"
        case "FETCHItems": "FETCH items"
        case "SEARCHKeys": "SEARCH keys"
        case "AccessAndQuota": "Access and quota"
        case "MetadataAndNotify": "Metadata and NOTIFY"
        default: name
        }
    }

    /// The kind in the plural.
    private static func heading(_ kind: RegistryRow.Kind) -> String {
        let title = kind.title
        let plural =
            switch kind {
            case .syntax: "forms on the wire"
            case .urlAccess: title
            default: title.hasSuffix("y") && !title.hasSuffix("key") ? String(title.dropLast()) + "ies" : title + "s"
            }
        return plural.prefix(1).uppercased() + plural.dropFirst()
    }

    private static func table(_ kind: RegistryRow.Kind, _ rows: [Explanation]) -> String {
        let extra: String? =
            switch kind {
            case .command: "states"
            case .capability: "brings"
            default: nil
            }
        let columns = ["name", "meaning", "shape"] + [extra].compactMap(\.self) + ["where"]
        var text = "| \(columns.joined(separator: " | ")) |\n|\(String(repeating: "---|", count: columns.count))\n"
        for row in rows {
            var cells = ["`\(row.name)`", self.meaning(of: row), row.shape.map { "`\($0)`" } ?? ""]
            if kind == .command { cells.append(row.states.joined(separator: ", ")) }
            if kind == .capability { cells.append(row.brings.map { "`\($0)`" }.joined(separator: " ")) }
            cells.append(self.cell([row.reference, row.also].compactMap(\.self).joined(separator: "; ")))
            text += "| \(cells.joined(separator: " | ")) |\n"
        }
        return text
    }

    private static func meaning(of row: Explanation) -> String {
        self.cell(row.meaning + (row.remark.map { "; \($0)" } ?? ""))
    }

    /// Text that Markdown takes as it is.
    private static func cell(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_[]<>|$".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}
