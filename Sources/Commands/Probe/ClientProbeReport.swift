import Probing
import Reporting

/// What became of a client under each attack.
struct ClientProbeReport {
    var results: [(pack: PackWalk.Pack, verdict: ProbeVerdict?)]

    var text: String {
        var lines = ["probe of a client: \(self.counts)"]
        for (pack, verdict) in self.results {
            lines += ["", "\(verdict?.grade.rawValue ?? "not met")  \(pack.name)"]
            lines.append("  \(TerminalText.escaped(verdict?.facts ?? "no client connected for it"))")
            if verdict?.isBad ?? false { lines.append("  \(pack.about)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    var json: String {
        let tests = self.results.map { pack, verdict in
            let members = [
                ("pack", pack.name), ("verdict", verdict?.grade.rawValue ?? "not met"),
                ("facts", verdict?.facts ?? "no client connected for it"), ("about", pack.about),
            ]
            return "{" + members.map { "\"\($0)\":\(JSONText.string($1))" }.joined(separator: ",") + "}"
        }
        return "{\"packs\":[\(tests.joined(separator: ","))]}\n"
    }

    private var counts: String {
        let met = self.results.compactMap(\.verdict)
        let parts = ProbeVerdict.Grade.allCases.compactMap { grade -> String? in
            let count = met.count { $0.grade == grade }
            return count == 0 ? nil : "\(count) \(grade.rawValue)"
        }
        let missing = self.results.count - met.count
        return (parts + (missing == 0 ? [] : ["\(missing) not met"])).joined(separator: ", ")
    }
}
