import IMAPProtocol
import IMAPSession
import Traffic
import Yams

/// `rename-mailbox: {from: Old, to: New}`: the server's mailbox has another name for the client, in both directions.
struct RenameMailboxAction: WireStep {
    static let name = "rename-mailbox"
    static let subject = "messages that name mailboxes"
    let streams = false

    /// As the server knows it.
    private let server: MailboxPath
    /// As the client knows it.
    private let client: MailboxPath

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["from", "to", "delimiter", "children"])
        guard let from = keys["from"], let to = keys["to"] else {
            throw reader.failure(node, "rename-mailbox takes “from:”, the server's name, and “to:”, the client's")
        }
        var delimiter = "/"
        if let node = keys["delimiter"] { delimiter = try reader.yaml.text(node, "delimiter") }
        guard let octet = delimiter.utf8.first, delimiter.utf8.count == 1 else {
            throw reader.failure(keys["delimiter"], "delimiter is one character")
        }
        let children =
            try keys["children"].map { node throws(RuleFileError) in try reader.flag(node, "children") } ?? true
        self.server = MailboxPath(try Self.mailbox(from, "from", reader), delimiter: children ? octet : nil)
        self.client = MailboxPath(try Self.mailbox(to, "to", reader), delimiter: children ? octet : nil)
        guard self.server.name != self.client.name else { throw reader.failure(to, "both names are the same") }
    }

    private static func mailbox(_ node: Node, _ name: String, _ reader: WireActionReader) throws(RuleFileError)
        -> String
    {
        let text = try reader.yaml.text(node, name)
        guard !text.contains(where: { $0 == "*" || $0 == "%" }),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw reader.failure(node, "\(name) is a mailbox name: no *, % or control characters") }
        return text
    }

    func accepts(_ message: Message) -> Bool {
        switch message.kind {
        case .command, .untagged, .tagged: true
        case .greeting, .sasl, .done, .cancel, .continuation, .unparsed: false
        }
    }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        let isClient = message.direction == .client
        let (old, new) = isClient ? (self.client, self.server) : (self.server, self.client)
        let tree = message.tree
        let named = tree.nodes.filter { Self.productions.contains($0.production) } + Self.oldNames(tree, message)
        for node in named {
            guard let octets = node.octets(in: message.octets.bytes), let value = message.value(node),
                let renamed = old.renamed(octets, to: new)
            else { continue }
            edits.replace(value.whole, try message.encoded(renamed, like: value.form))
        }
    }

    /// `(OLDNAME (name))` behind a mailbox that was renamed (RFC 9051 section 7.3.1): for the grammar, values of some extension.
    private static func oldNames(_ tree: SyntaxTree, _ message: WireMessage) -> [SyntaxNode] {
        tree.nodes.indices.flatMap { index -> [SyntaxNode] in
            let item = tree[index]
            guard item.production == .mbxListExtendedItem,
                let tag = tree.children(of: index).first(where: { _ in true }),
                message.matches(tree[tag].range, "OLDNAME")
            else { return [] }
            let end = tree[tag].range.upperBound
            return tree.nodes.filter {
                $0.form != .inner && $0.range.lowerBound > end && $0.range.upperBound <= item.range.upperBound
            }
        }
    }

    private static let productions: Set<Production> = [.mailbox, .listMailbox, .reference, .namespacePrefix]
}

/// A mailbox, and perhaps those below it.
struct MailboxPath: Sendable, Hashable {
    let name: String
    /// What parts it from those below it; nil: it alone is meant.
    let delimiter: UInt8?
    private let isInbox: Bool

    init(_ name: String, delimiter: UInt8?) {
        self.name = name
        self.delimiter = delimiter
        // RFC 3501 section 5.1: case does not matter in this name.
        self.isInbox = name.uppercased() == "INBOX"
    }

    /// The octets of a name on the wire with this path exchanged for another; nil when they name something else.
    func renamed(_ octets: [UInt8], to new: MailboxPath) -> [UInt8]? {
        for end in self.ends(octets) {
            let text = ModifiedUTF7.decode(octets.span.bytes, 0..<end).text
            guard self.isInbox ? text.uppercased() == "INBOX" : text == self.name else { continue }
            // A name in UTF-8 stays in it (RFC 9755 section 3), any other is modified UTF-7 (RFC 3501 section 5.1.3).
            let isUTF8 = octets.contains { $0 >= 0x80 }
            return (isUTF8 ? Array(new.name.utf8) : ModifiedUTF7.encode(new.name)) + octets[end...]
        }
        return nil
    }

    /// Where a name may end: at its end, and in front of each delimiter.
    private func ends(_ octets: [UInt8]) -> [Int] {
        guard let delimiter else { return [octets.count] }
        return octets.indices.filter { octets[$0] == delimiter } + [octets.count]
    }
}
