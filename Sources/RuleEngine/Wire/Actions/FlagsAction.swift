import IMAPProtocol
import IMAPSession
import Traffic
import Yams

/// `flags: {add: [$Junk], remove: [\Deleted], replace: {old: new}}`: in every list of flags that a message has.
struct FlagsAction: WireStep {
    static let name = "flags"
    static let subject = "STORE, APPEND, REPLACE, FETCH, FLAGS and PERMANENTFLAGS"
    let streams = false

    private let change: FlagChange

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["add", "remove", "replace"])
        guard !keys.isEmpty else { throw reader.failure(node, "flags takes “add:”, “remove:” or “replace:”") }
        var change = FlagChange()
        if let add = keys["add"] { change.adds = try Self.flags(add, "add", reader) }
        if let remove = keys["remove"] {
            change.removes = Set(try Self.flags(remove, "remove", reader).map { $0.uppercased() })
        }
        if let replace = keys["replace"] {
            guard let mapping = replace.mapping, !mapping.isEmpty else {
                throw reader.failure(replace, "replace takes “flag: other flag” lines")
            }
            for (old, new) in mapping {
                let words = try Self.flags(old, "replace", reader) + Self.flags(new, "replace", reader)
                guard words.count == 2 else { throw reader.failure(replace, "replace takes one flag for one flag") }
                change.replaces[words[0].uppercased()] = words[1]
            }
        }
        self.change = change
    }

    /// RFC 3501 section 9, flag.
    private static func flags(_ node: Node, _ name: String, _ reader: WireActionReader) throws(RuleFileError) -> [String]
    {
        let words = try reader.words(node, name)
        for word in words where word != "\\*" {
            let atom = word.hasPrefix("\\") ? word.dropFirst() : word[...]
            guard WireMessage.isAtom(Array(atom.utf8)), !atom.utf8.contains(UInt8(ascii: "]")) else {
                throw reader.failure(node, "“\(word)” is no flag")
            }
        }
        return words
    }

    func accepts(_ message: Message) -> Bool {
        switch message.kind {
        case .command: [.store, .append, .replace].contains(message.command)
        case .untagged: [.fetch, .uidfetch, .flags, .ok].contains(message.response)
        case .tagged: message.status == .ok
        case .greeting, .sasl, .done, .cancel, .continuation, .unparsed: false
        }
    }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        for list in message.flagLists {
            let old = list.flags.map(message.text)
            let new = self.change.applied(to: old)
            guard new != old else { continue }
            guard list.isParenthesised || !new.isEmpty else {
                throw WireProblem("no flag would be left, and the list has no parentheses to be empty in")
            }
            edits.replace(list.range, new.joined(separator: " ").utf8)
        }
    }
}

struct FlagChange: Sendable {
    var adds: [String] = []
    /// In capitals: case does not matter in flags.
    var removes: Set<String> = []
    var replaces: [String: String] = [:]

    func applied(to flags: [String]) -> [String] {
        var result: [String] = []
        var known: Set<String> = []
        for flag in flags where !self.removes.contains(flag.uppercased()) {
            let new = self.replaces[flag.uppercased()] ?? flag
            if known.insert(new.uppercased()).inserted { result.append(new) }
        }
        return result + self.adds.filter { known.insert($0.uppercased()).inserted }
    }
}

extension WireMessage {
    struct FlagList {
        var flags: [Range<Int>]
        /// From the first flag to the last, or what stands between the parentheses.
        var range: Range<Int>
        var isParenthesised: Bool
    }

    /// The lists of flags in a message (RFC 3501 section 9: flag-list, and the arguments of STORE without parentheses).
    var flagLists: [FlagList] {
        let tree = self.tree
        return tree.nodes.indices.compactMap { index in
            let node = tree[index]
            guard [.flagList, .flags, .storeAttFlags].contains(node.production) else { return nil }
            let flags = tree.children(of: index).filter { [.flag, .flagKeyword].contains(tree[$0].production) }
                .map { tree[$0].range }
            if node.production != .storeAttFlags {
                // What FETCH asks for is a word alone.
                guard let open = self.octets[node.range].firstIndex(of: UInt8(ascii: "(")),
                    let close = self.octets[node.range].lastIndex(of: UInt8(ascii: ")")), open < close
                else { return nil }
                return FlagList(flags: flags, range: (open + 1)..<close, isParenthesised: true)
            }
            guard let first = flags.first, let last = flags.last else { return nil }
            return FlagList(flags: flags, range: first.lowerBound..<last.upperBound, isParenthesised: false)
        }
    }
}
