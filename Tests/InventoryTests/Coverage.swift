import IMAPProtocol
import IMAPSession
import IMAPWire
import SASL
import Traffic

/// What imapscope does with an item of the protocol.
struct Coverage: Sendable {
    var item: ProtocolItem
    /// The example is read without a problem or a deviation, and every name in it is known.
    var isParsed: Bool
    /// A note in plain English comes of it.
    var isNoted: Bool
    /// The example is the same message with the same findings, wherever its octets are cut.
    var isTested: Bool
    /// The registry explains it; nil for items that it does not list by themselves.
    var isExplained: Bool?

    init(_ item: ProtocolItem) {
        self.item = item
        let text = item.example.span.bytes
        var parser = SyntaxParser()
        parser.parse(text, as: item.isFromClient ? .command : .response)
        let tree = parser.tree
        // What is meant to be unknown must be called so.
        let unknown = tree.nodes.contains { Coverage.unknowns.contains($0.production) }
        self.isParsed = tree.problems.isEmpty && tree.tolerances.isEmpty && unknown == (item.name == "unknown")
        let note = Coverage.note(item, text) ?? ""
        self.isNoted = !note.isEmpty && note.contains("unknown") == ["unknown", "X*"].contains(item.name)
        let whole = Coverage.read(item, cut: nil)
        self.isTested =
            whole.count == 1
            && item.example.indices.dropFirst().allSatisfy { Coverage.read(item, cut: $0...$0) == whole }
            && Coverage.read(item, cut: 1...item.example.count - 1) == whole
        self.isExplained = Coverage.kind(of: item).map { Registry.row($0, Coverage.registered(item)) != nil }
    }

    /// Productions of what no document names.
    private static let unknowns: Set<Production> = [
        .unknownCommand, .unknownResponse, .unknownKeyword, .codeUnknown, .unparsedResponse,
    ]

    private static func note(_ item: ProtocolItem, _ text: RawSpan) -> String? {
        var annotator = Annotator()
        if item.isFromClient { return annotator.command(text, masked: []) }
        if item.name == "continuation" { return annotator.continuation(text, waiting: .literal(size: 5)) }
        // A tagged response means something only to the command that it answers.
        return annotator.response(
            text,
            answering: item.name == "tagged" ? .logout : nil,
            isUID: false,
            isGreeting: false
        )
    }

    /// The messages that come of the example when it is cut before each octet of `cut`.
    private static func read(_ item: ProtocolItem, cut: ClosedRange<Int>?) -> [String] {
        let messages = Messages()
        var parser = StreamParser(direction: item.isFromClient ? .client : .server, checksSyntax: true)
        var begin = 0
        for place in (cut.map(Array.init) ?? []) + [item.example.count] {
            let chunk = Array(item.example[begin..<place])
            parser.feed(chunk.span.bytes, to: messages)
            begin = place
        }
        parser.finish(to: messages)
        return messages.seen
    }

    private final class Messages: SessionObserver {
        var seen: [String] = []
        func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
            let findings = message.findings.map(\.id).joined(separator: " ")
            self.seen.append("\(message.kind) \(text.byteCount) \(message.length) \(message.complete) \(findings)")
        }
        func announced(_ message: Message, text: RawSpan) {}
        func literal(_ piece: LiteralPiece, octets: RawSpan) {}
        func event(_ event: SessionEvent) {}
    }

    private static func kind(of item: ProtocolItem) -> RegistryRow.Kind? {
        switch item.kind {
        case "command" where item.name != "X*": .command
        case "response" where !["unknown", "continuation", "tagged"].contains(item.name): .response
        case "code" where item.name != "unknown": .code
        case "capability": .capability
        case "search-key" where !["sequence-set", "$"].contains(item.name): .searchKey
        case "fetch-item": .fetchItem
        case "status-item": .statusItem
        case "flag", "keyword": .flag
        case "attribute": .mailboxAttribute
        case "right": .right
        default: nil
        }
    }

    /// The name without what varies.
    private static func registered(_ item: ProtocolItem) -> String {
        switch item.kind {
        case "fetch-item": String(item.name.prefix { $0 != "[" && $0 != " " })
        case "capability"
        where ["AUTH=", "RIGHTS=", "MESSAGELIMIT=", "SAVELIMIT=", "APPENDLIMIT=", "IMAPSIEVE=", "MUPDATE="]
            .contains { item.name.hasPrefix($0) }:
            String(item.name.prefix { $0 != "=" })
        default: item.name
        }
    }
}
