import FilterLanguage
import IMAPProtocol
import IMAPSession
import Traffic
import Yams

/// `replace: {argument: 2, with: Archive}`: other octets for an argument, for the nth string, or for what the grammar names.
struct ReplaceAction: WireStep {
    static let name = "replace"
    static let subject = "commands and responses"
    let streams = false

    private enum Place {
        case argument(Int)
        case string(Int)
        case production(Production)
    }

    private enum Content {
        /// A value, whatever form it takes.
        case value([UInt8])
        /// Octets as they are.
        case raw([UInt8])
    }

    private let place: Place
    private let content: Content

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["argument", "string", "production", "with", "raw"])
        self.place = try Self.place(keys, node, reader)
        switch (keys["with"], keys["raw"]) {
        case (let value?, nil): self.content = .value(try reader.octets(value, "with"))
        case (nil, let raw?):
            let octets = try reader.linePart(raw, "raw")
            // Octets that end like an announcement would make a literal of what follows.
            guard !octets.isEmpty, !octets.contains(UInt8(ascii: "{")) else {
                throw reader.failure(raw, "raw takes part of a line, without a literal; “with:” takes any value")
            }
            self.content = .raw(octets)
        default: throw reader.failure(node, "replace takes either “with:”, a value, or “raw:”, octets as they are")
        }
    }

    private static func place(_ keys: [String: Node], _ node: Node, _ reader: WireActionReader) throws(RuleFileError)
        -> Place
    {
        switch (keys["argument"], keys["string"], keys["production"]) {
        case (let number?, nil, nil): return .argument(try reader.index(number, "argument"))
        case (nil, let number?, nil): return .string(try reader.index(number, "string"))
        case (nil, nil, let name?): return .production(try reader.production(name))
        default: throw reader.failure(node, "replace takes one of “argument:”, “string:” and “production:”")
        }
    }

    func accepts(_ message: Message) -> Bool {
        switch message.kind {
        case .command, .untagged: true
        case .tagged, .greeting: if case .production = self.place { true } else { false }
        case .sasl, .done, .cancel, .continuation, .unparsed: false
        }
    }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        for value in try self.values(message) {
            let octets: [UInt8]
            switch self.content {
            case .raw(let raw): octets = raw
            case .value(let new): octets = try message.encoded(new, like: value.form)
            }
            let isSecret = message.holdsSecret(value.whole)
            edits.replace(value.whole, octets, secrets: isSecret ? [0..<octets.count] : [])
        }
    }

    private func values(_ message: WireMessage) throws(WireProblem) -> [WireMessage.Value] {
        switch self.place {
        case .argument(let number):
            let arguments = message.arguments
            guard number <= arguments.count else { throw WireProblem("the message has no argument \(number)") }
            return [arguments[number - 1]]
        case .string(let number):
            let strings = message.strings
            guard number <= strings.count else { throw WireProblem("the message has no string \(number)") }
            return [strings[number - 1]]
        case .production(let production):
            let values = message.tree.nodes.filter { $0.production == production }.compactMap(message.value)
            guard !values.isEmpty else { throw WireProblem("the message has no \(production.name)") }
            return values
        }
    }
}

extension WireActionReader {
    /// A production of the grammar by its name in the ABNF.
    func production(_ node: Node) throws(RuleFileError) -> Production {
        let name = try self.yaml.text(node, "production")
        // Tags pair commands with responses, and names decide what all the rest means.
        let all = Production.allCases.filter { ![.tag, .commandName, .responseName, .crlf].contains($0) }
        if let production = all.first(where: { $0.name == name }) { return production }
        throw self.failure(
            node,
            "“\(name)” is no production of the grammar that can be replaced",
            Spelling.nearest(to: name, among: all.map(\.name))
        )
    }
}
