import Yams

/// Reads nodes of a YAML document, and says where one is not what it should be.
struct PolicyReader {
    let path: String

    func document(_ text: String) throws(PolicyFileError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw self.failure(error)
        } catch {
            throw PolicyFileError(path: self.path, reason: "this is not YAML")
        }
    }

    private func failure(_ error: YamlError) -> PolicyFileError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            PolicyFileError(
                path: self.path,
                line: mark.line,
                column: mark.column,
                reason: "this is not YAML: \(problem)"
            )
        case .duplicatedKeysInMapping(_, let context):
            PolicyFileError(
                path: self.path,
                line: context.mark.line,
                column: context.mark.column,
                reason: "a key stands here twice"
            )
        default: PolicyFileError(path: self.path, reason: "this is not YAML")
        }
    }

    func failure(_ node: Node, _ reason: String) -> PolicyFileError {
        PolicyFileError(path: self.path, line: node.mark?.line, column: node.mark?.column, reason: reason)
    }

    func entries(_ node: Node, _ name: String) throws(PolicyFileError) -> [(key: String, node: Node, value: Node)] {
        guard let mapping = node.mapping else { throw self.failure(node, "\(name) is made of “key: value” lines") }
        var entries: [(key: String, node: Node, value: Node)] = []
        for (key, value) in mapping {
            guard let word = key.scalar?.string else { throw self.failure(key, "a word is expected here") }
            entries.append((word, key, value))
        }
        return entries
    }

    func list(_ node: Node, _ name: String) throws(PolicyFileError) -> [Node] {
        guard let sequence = node.sequence else { throw self.failure(node, "\(name) is a list") }
        return Array(sequence)
    }

    func text(_ node: Node, _ name: String) throws(PolicyFileError) -> String {
        guard let scalar = node.scalar, !scalar.string.isEmpty else {
            throw self.failure(node, "\(name) takes a value")
        }
        return scalar.string
    }

    func number(_ node: Node, _ name: String) throws(PolicyFileError) -> Int {
        guard let number = Int(try self.text(node, name)), number >= 0 else {
            throw self.failure(node, "\(name) takes a whole number")
        }
        return number
    }

    /// `2027-01-31` as seconds since 1970, the end of that day (UTC).
    func day(_ node: Node, _ name: String) throws(PolicyFileError) -> Int64 {
        let parts = try self.text(node, name).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int64(parts[0]), let month = Int64(parts[1]), let day = Int64(parts[2]),
            (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { throw self.failure(node, "\(name) takes a day such as 2027-01-31") }
        // Days from civil (proleptic Gregorian), the year beginning in March.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let ofEra = shifted - era * 400
        let ofYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let days = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
        return (days + 1) * 86_400
    }
}
