import Probing
import Reporting

/// What a probe found, for people and for programs.
struct ProbeReport {
    var url: ServerURL
    var results: [ProbeResult]

    var text: String {
        var lines = ["probe of \(self.url): \(self.counts)"]
        for result in self.results {
            lines += ["", "\(result.verdict.grade.rawValue)  \(result.test.id)"]
            lines.append("  \(TerminalText.escaped(result.verdict.facts))")
            guard result.verdict.isBad else { continue }
            lines += ["  reference: \(result.test.reference)", "  remedy: \(result.test.remedy)"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    var json: String {
        let tests = self.results.map { result in
            let members = [
                ("test", result.test.id), ("title", result.test.title), ("verdict", result.verdict.grade.rawValue),
                ("facts", result.verdict.facts), ("reference", result.test.reference), ("remedy", result.test.remedy),
            ]
            return "{" + members.map { "\"\($0)\":\(JSONText.string($1))" }.joined(separator: ",") + "}"
        }
        return "{\"server\":\(JSONText.string(self.url.description)),\"tests\":[\(tests.joined(separator: ","))]}\n"
    }

    private var counts: String {
        ProbeVerdict.Grade.allCases
            .compactMap { grade in
                let count = self.results.count { $0.verdict.grade == grade }
                return count == 0 ? nil : "\(count) \(grade.rawValue)"
            }
            .joined(separator: ", ")
    }
}
