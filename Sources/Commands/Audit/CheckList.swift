import AuditChecks
import IMAPSession
import Reporting

/// The catalogue as a table for people.
struct CheckList {
    var catalogue = Catalogue.shipped

    var text: String {
        let width = self.catalogue.descriptions.map { $0.name.count }.max() ?? 0
        var lines = self.catalogue.descriptions.map { check in
            "\(Self.padded(check.id, 5))\(Self.padded(check.severity.name, 9))\(Self.padded(check.name, width + 1))"
                + "\(check.summary) (\(check.reference))"
        }
        if !self.catalogue.unbuilt.isEmpty {
            lines.append("\nnot checked:")
            lines += self.catalogue.unbuilt.map { "\(Self.padded($0.id, 5))\($0.summary): \($0.reason)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
