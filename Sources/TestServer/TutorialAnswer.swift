import IMAPProtocol
import IMAPWire

/// What the server sent since the last command.
struct TutorialAnswer: Sendable {
    private var lines: [[UInt8]] = []
    private var literals: [[UInt8]] = []
    private var tags: [String] = []
    private var finalText: [UInt8] = []

    mutating func take(_ text: [UInt8], _ message: MessageFrame, _ line: ResponseHead) {
        let content = Self.withoutLineEnd(text)
        self.lines.append(content)
        for literal in message.literals {
            let end = min(literal.textOffset + Int(min(literal.received, UInt64(Int32.max))), text.count)
            self.literals.append(Array(text[literal.textOffset..<end]))
        }
        if line.kind == .tagged {
            self.tags.append(String(decoding: text[line.tag], as: UTF8.self))
            self.finalText = Array(text[min(line.arguments, content.count)..<content.count])
        }
    }

    var excerpt: [String] {
        self.lines.map { String(decoding: $0.prefix(200), as: UTF8.self) }
    }

    func meets(_ expectation: TutorialStep.Expectation, kept: inout [String: [UInt8]]) -> Bool {
        switch expectation {
        case .code(let code): return self.finalText.starts(with: Array("[\(code)".utf8))
        case .line(let wanted): return self.lines.contains(Array(wanted.utf8))
        case .prefix(let wanted): return self.lines.contains { $0.starts(with: wanted.utf8) }
        case .contains(let wanted): return self.lines.contains { $0.contains(ignoringCase: Array(wanted.utf8)) }
        case .count(let count, let prefix): return self.lines.count { $0.starts(with: prefix.utf8) } == count
        case .search(let numbers): return self.numbers(after: "* SEARCH") == numbers
        case .uids(let uids):
            return self.lines.compactMap { Self.uid($0) } == uids
        case .literal(let octets): return self.literals == [octets]
        case .keepsLiteral(let name):
            guard self.literals.count == 1 else { return false }
            kept[name] = self.literals[0]
            return true
        case .sameLiteral(let name): return kept[name].map { self.literals == [$0] } ?? false
        case .strayTag(let tag): return self.tags.dropLast().contains(tag)
        }
    }

    private static func withoutLineEnd(_ text: [UInt8]) -> [UInt8] {
        guard text.last == 0x0A else { return text }
        return Array(text.dropLast(text.dropLast().last == 0x0D ? 2 : 1))
    }

    private func numbers(after prefix: String) -> [Int]? {
        guard let line = self.lines.first(where: { $0.starts(with: prefix.utf8) }) else { return nil }
        return line.dropFirst(prefix.utf8.count).split(separator: UInt8(ascii: " "))
            .map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
    }

    /// The UID in `* n FETCH (UID u)`.
    private static func uid(_ line: [UInt8]) -> Int? {
        let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") }
        guard let index = words.firstIndex(where: { $0.elementsEqual("UID".utf8) }), index + 1 < words.count else {
            return nil
        }
        return Int(String(decoding: words[index + 1], as: UTF8.self))
    }
}
