import FilterLanguage
import Yams

/// Reads nodes of a YAML document, and says where one is not what it should be.
struct YAMLReader {
    let path: String

    func document(_ text: String) throws(RuleFileError) -> Node {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw self.failure(error)
        }
        guard let node else { throw RuleFileError(path: self.path, reason: "the file is empty") }
        return node
    }

    func failure(_ node: Node, _ reason: String, _ suggestion: String? = nil) -> RuleFileError {
        RuleFileError(
            path: self.path,
            line: node.mark?.line,
            column: node.mark?.column,
            reason: reason,
            suggestion: suggestion
        )
    }

    private func failure(_ error: any Error) -> RuleFileError {
        var failure = RuleFileError(path: self.path, reason: "this is not YAML")
        guard let error = error as? YamlError else { return failure }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            failure.line = mark.line
            failure.column = mark.column
            failure.reason += ": \(problem)"
        case .reader(let problem, _, _, _): failure.reason += ": \(problem)"
        case .duplicatedKeysInMapping(let duplicates, let context):
            failure.line = context.mark.line
            failure.column = context.mark.column
            failure.reason = "“\(duplicates.map(String.init(describing:)).joined(separator: "”, “"))” stands here twice"
        default: break
        }
        return failure
    }

    /// The entries of a mapping, none of them unknown.
    func mapping(_ node: Node, _ name: String, keys: [String]) throws(RuleFileError) -> [String: Node] {
        guard let mapping = node.mapping else {
            throw self.failure(node, "\(name) is made of “key: value” lines")
        }
        var result: [String: Node] = [:]
        for (key, value) in mapping {
            guard let word = key.scalar?.string else { throw self.failure(key, "a word is expected here") }
            guard keys.contains(word) else {
                throw self.failure(
                    key,
                    "\(name) has no “\(word)”, only \(keys.joined(separator: ", "))",
                    Spelling.nearest(to: word, among: keys)
                )
            }
            result[word] = value
        }
        return result
    }

    /// The elements of a list; none when there is no node.
    func list(_ node: Node?, _ name: String) throws(RuleFileError) -> [Node] {
        guard let node else { return [] }
        guard let sequence = node.sequence else {
            throw self.failure(node, "\(name) is a list: each element on a line that begins with “- ”")
        }
        return Array(sequence)
    }

    func text(_ node: Node, _ name: String) throws(RuleFileError) -> String {
        guard let scalar = node.scalar, !scalar.string.isEmpty else {
            throw self.failure(node, "\(name) takes a value")
        }
        return scalar.string
    }

    func whole(_ node: Node, _ name: String) throws(RuleFileError) -> Int {
        guard let number = Int(try self.text(node, name)), number >= 0 else {
            throw self.failure(node, "\(name) takes a whole number")
        }
        return number
    }
}
