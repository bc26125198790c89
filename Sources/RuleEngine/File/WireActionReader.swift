import FilterLanguage
import Yams

/// Reads the operands of wire actions.
struct WireActionReader {
    let yaml: YAMLReader
    let files: RuleAttachments

    func failure(_ node: Node?, _ reason: String, _ suggestion: String? = nil) -> RuleFileError {
        guard let node else { return RuleFileError(path: self.yaml.path, reason: reason, suggestion: suggestion) }
        return self.yaml.failure(node, reason, suggestion)
    }

    func operand(_ node: Node?, _ name: String) throws(RuleFileError) -> Node {
        guard let node else { throw self.failure(nil, "\(name) takes a value: “\(name): …”") }
        return node
    }

    /// The entries of the operand; a scalar is the value of `shorthand`.
    func mapping(_ node: Node?, _ name: String, keys: [String], shorthand: String? = nil) throws(RuleFileError)
        -> [String: Node]
    {
        let node = try self.operand(node, name)
        if let shorthand, node.mapping == nil { return [shorthand: node] }
        return try self.yaml.mapping(node, name, keys: keys)
    }

    /// A word of a list.
    func choice<Choice: RawRepresentable & CaseIterable>(_ node: Node, _ name: String, _ type: Choice.Type)
        throws(RuleFileError) -> Choice where Choice.RawValue == String
    {
        let word = try self.yaml.text(node, name)
        if let choice = Choice(rawValue: word) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        throw self.failure(
            node,
            "\(name) is one of \(words.joined(separator: ", "))",
            Spelling.nearest(to: word, among: words)
        )
    }

    func size(_ node: Node, _ name: String) throws(RuleFileError) -> Int {
        guard let size = Quantity.size(try self.yaml.text(node, name)), size >= 0 else {
            throw self.failure(node, "\(name) takes a number of octets: 100, 4KiB, 1MB")
        }
        return Int(size)
    }

    func duration(_ node: Node, _ name: String) throws(RuleFileError) -> Int64 {
        guard let duration = Quantity.duration(try self.yaml.text(node, name)), duration >= 0 else {
            throw self.failure(node, "\(name) takes a time: 200ms, 1.5s")
        }
        return duration
    }

    /// An index that counts from 1.
    func index(_ node: Node, _ name: String) throws(RuleFileError) -> Int {
        let number = try self.yaml.whole(node, name)
        guard number > 0 else { throw self.failure(node, "\(name) counts from 1") }
        return number
    }

    func flag(_ node: Node, _ name: String) throws(RuleFileError) -> Bool {
        switch try self.yaml.text(node, name) {
        case "yes", "true": true
        case "no", "false": false
        default: throw self.failure(node, "\(name) is yes or no")
        }
    }

    /// Octets, with escapes.
    func octets(_ node: Node, _ name: String) throws(RuleFileError) -> [UInt8] {
        guard let scalar = node.scalar else { throw self.failure(node, "\(name) takes a value") }
        return EscapedOctets.octets(scalar.string)
    }

    /// Part of a line: octets without CR, LF and NUL.
    func linePart(_ node: Node, _ name: String) throws(RuleFileError) -> [UInt8] {
        let octets = try self.octets(node, name)
        guard !octets.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) else {
            throw self.failure(node, "\(name) is part of a line: no CR, LF or NUL can stand in it")
        }
        return octets
    }

    /// Nodes of a list, or the one that stands in its place.
    func oneOrMore(_ node: Node, _ name: String) throws(RuleFileError) -> [Node] {
        let nodes = node.sequence.map(Array.init) ?? [node]
        guard !nodes.isEmpty else { throw self.failure(node, "\(name) is empty") }
        return nodes
    }

    func words(_ node: Node, _ name: String) throws(RuleFileError) -> [String] {
        var words: [String] = []
        for node in try self.oneOrMore(node, name) {
            let word = try self.yaml.text(node, name)
            guard word.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw self.failure(node, "\(name) takes words without spaces")
            }
            words.append(word)
        }
        return words
    }

    /// Lines with their line ends added, as they are.
    func lines(_ node: Node, _ name: String) throws(RuleFileError) -> [UInt8] {
        var octets: [UInt8] = []
        for node in try self.oneOrMore(node, name) { octets += try self.octets(node, name) + [0x0D, 0x0A] }
        return octets
    }

    /// Whole untagged responses, one an element.
    func untagged(_ node: Node, _ name: String) throws(RuleFileError) -> [UInt8] {
        var octets: [UInt8] = []
        for node in try self.oneOrMore(node, name) {
            let line = try self.octets(node, name) + [0x0D, 0x0A]
            guard Framing.areUntagged(line) else {
                throw self.failure(node, "\(name) takes whole responses that begin with “* ” or “+ ”")
            }
            octets += line
        }
        return octets
    }
}

extension WireActionReader {
    /// The octets of a file that a rule names.
    func contents(of node: Node, limit: Int) throws(RuleFileError) -> [UInt8] {
        let path = try self.yaml.text(node, "from-file")
        do throws(RuleAttachments.Refusal) { return try self.files.octets(path, limit) } catch {
            throw self.failure(node, error.reason)
        }
    }
}
