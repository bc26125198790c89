import IMAPSession
import IMAPWire
import Traffic
import Yams

/// `literal: {replace-with: text}`, `{from-file: path}`, `{fill: x}`, `{truncate: 100}`, `{lengthen: 100}`, `{announce: +3}`: other
/// octets in a literal, its header recounted; or, a fault, a header that does not tell the truth.
struct LiteralAction: WireStep {
    static let name = "literal"
    static let subject = "messages with literals"
    static let keys = ["replace-with", "from-file", "fill", "truncate", "lengthen", "announce"]
    /// A larger file is not sent in a literal's place.
    static let fileLimit = 256 << 20

    private enum Change {
        case replace([UInt8])
        case fill(UInt8)
        case truncate(Int)
        case lengthen(Int)
        case announce(Int)
    }

    private let change: Change
    /// Padding comes behind a literal that has passed already: that is known only of a whole message.
    var streams: Bool { if case .lengthen = self.change { false } else { true } }
    /// Which literal of the message, counted from 1.
    private let number: Int

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: Self.keys + ["nth"])
        self.number = try keys["nth"].map { node throws(RuleFileError) in try reader.index(node, "nth") } ?? 1
        let kinds = keys.keys.filter { $0 != "nth" }
        guard kinds.count == 1, let kind = kinds.first, let value = keys[kind] else {
            throw reader.failure(node, "literal takes one of \(Self.keys.joined(separator: ", "))")
        }
        switch kind {
        case "replace-with": self.change = .replace(try reader.octets(value, kind))
        case "from-file": self.change = .replace(try reader.contents(of: value, limit: Self.fileLimit))
        case "fill":
            let octets = try reader.octets(value, kind)
            guard octets.count == 1, octets[0] != 0 else {
                throw reader.failure(value, "fill takes one octet, and not NUL")
            }
            self.change = .fill(octets[0])
        case "truncate": self.change = .truncate(try reader.size(value, kind))
        case "lengthen": self.change = .lengthen(try reader.size(value, kind))
        default:
            guard let difference = Int(try reader.yaml.text(value, kind)), difference != 0 else {
                throw reader.failure(value, "announce takes a difference: +3 or -3")
            }
            self.change = .announce(difference)
        }
    }

    func accepts(_ message: Message) -> Bool {
        switch message.kind {
        case .command, .untagged: true
        case .greeting, .tagged, .sasl, .done, .cancel, .continuation, .unparsed: false
        }
    }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        let literals = message.literals
        guard self.number <= literals.count else {
            if message.isWhole || literals.isEmpty { return }
            throw WireProblem("it is not the first literal, and the message is too long to wait for the others")
        }
        let literal = literals[self.number - 1]
        guard case .literal(let form) = literal.form else { return }
        let isComing = !message.isWhole && self.number == literals.count
        let header = literal.whole.lowerBound..<literal.content.lowerBound
        let size = isComing ? try self.announcedSize(message) : literal.content.count
        let target = try self.size(size, form)
        if case .announce = self.change {
            edits.isFault = true
        } else if form.nonSynchronizing, target > max(size, WireMessage.nonSynchronizingLimit) {
            // A client that sent more than that before knows the server to take it.
            throw WireProblem("more than 4,096 octets in a non-synchronizing literal")
        }
        if target != size { edits.replace(header, WireMessage.announcement(target, form)) }
        if isComing {
            edits.content = self.content(size)
        } else {
            self.replaceContent(literal.content, message, &edits)
        }
    }

    private func announcedSize(_ message: WireMessage) throws(WireProblem) -> Int {
        guard let size = message.message.literals.last?.size, size <= UInt64(Int.max) else {
            throw WireProblem("the size of the literal is not known")
        }
        return Int(size)
    }

    private func size(_ size: Int, _ form: LiteralForm) throws(WireProblem) -> Int {
        switch self.change {
        case .replace(let octets):
            if octets.contains(0), !form.binary { throw WireProblem("only a literal8 can hold a NUL") }
            return octets.count
        case .fill: return size
        case .truncate(let limit): return min(size, limit)
        case .lengthen(let more): return size + more
        case .announce(let difference): return max(0, size + difference)
        }
    }

    private func content(_ size: Int) -> StreamPlan.Content {
        switch self.change {
        case .replace(let octets): .replace(octets)
        case .fill(let octet): .fill(octet)
        case .truncate(let limit): .truncate(UInt64(min(limit, size)))
        case .lengthen, .announce: .keep
        }
    }

    private func replaceContent(_ range: Range<Int>, _ message: WireMessage, _ edits: inout RuleEdits) {
        func masks(_ count: Int) -> [Range<Int>] { message.holdsSecret(range) && count > 0 ? [0..<count] : [] }
        switch self.change {
        case .replace(let octets): edits.replace(range, octets, secrets: masks(octets.count))
        case .fill(let octet): edits.replace(range, [UInt8](repeating: octet, count: range.count))
        case .truncate(let limit):
            if limit < range.count { edits.replace((range.lowerBound + limit)..<range.upperBound, []) }
        case .lengthen(let more):
            edits.replace(range.upperBound..<range.upperBound, [UInt8](repeating: 0x20, count: more))
        case .announce: break
        }
    }
}
