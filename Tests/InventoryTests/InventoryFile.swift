import Foundation
import Testing

/// A file of tab-separated rows under `Tests/Inventory`; lines that begin with `#` are for people.
enum InventoryFile {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func rows(_ name: String, columns: Int) -> [[String]] {
        let url = self.root.appending(path: "Tests/Inventory/\(name)")
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }.filter { $0.count == columns }
    }

    /// The octets that an example spells. `%n` stands for a message set of n octets.
    static func octets(_ example: String) -> [UInt8] {
        var text = example
        for (sign, octet) in [("␍", "\r"), ("␊", "\n"), ("␀", "\0"), ("␁", "\u{1}"), ("␉", "\t"), ("␠", " ")] {
            text = text.replacing(sign, with: octet)
        }
        guard let percent = text.firstIndex(of: "%"),
            let count = Int(text[text.index(after: percent)...].prefix { $0.isASCII && $0.isNumber }), count > 99
        else { return Array(text.utf8) }
        let digits = String(count).count
        let after = text.index(percent, offsetBy: digits + 1)
        return Array(text[..<percent].utf8) + self.filling(count, isSearch: text.contains("* SEARCH"))
            + Array(text[after...].utf8)
    }

    private static func filling(_ count: Int, isSearch: Bool) -> [UInt8] {
        let unit = Array((isSearch ? " 12345678" : "1234567,").utf8)
        var octets: [UInt8] = []
        while octets.count + unit.count < count { octets += unit }
        while octets.count < count { octets.append(UInt8(ascii: "1")) }
        return octets
    }
}

/// An item of the protocol that must be known.
struct ProtocolItem: Sendable, CustomTestStringConvertible {
    var section: String
    var kind: String
    var name: String
    var isFromClient: Bool
    var example: [UInt8]

    static let all: [ProtocolItem] = InventoryFile.rows("protocol.tsv", columns: 5).map {
        ProtocolItem(
            section: $0[0],
            kind: $0[1],
            name: $0[2],
            isFromClient: $0[3] == "client",
            example: InventoryFile.octets($0[4]) + [0x0D, 0x0A]
        )
    }

    var testDescription: String { "\(self.section) \(self.kind) \(self.name)" }
}

/// Why an item of the protocol is not read, noted or tested.
struct LeftOut: Sendable {
    var kind: String
    var name: String
    var reason: String

    static let all: [LeftOut] = InventoryFile.rows("left-out.tsv", columns: 3).map {
        LeftOut(kind: $0[0], name: $0[1], reason: $0[2])
    }

    static func reason(_ item: ProtocolItem) -> String? {
        self.all.first { $0.kind == item.kind && $0.name == item.name }?.reason
    }
}

/// A deviation of real software, with what it looks like.
struct Deviation: Sendable, CustomTestStringConvertible {
    struct Step: Sendable {
        var isClient: Bool
        var octets: [UInt8]
    }

    var list: String
    var name: String
    var knownFor: String
    var steps: [Step]
    var quirks: [String]
    /// Why it shows no quirk; empty when it does.
    var reason: String

    static let all: [Deviation] = InventoryFile.rows("deviations.tsv", columns: 6).map {
        Deviation(
            list: $0[0],
            name: $0[1],
            knownFor: $0[2],
            steps: Self.steps($0[3]),
            quirks: $0[4] == "-" ? [] : $0[4].split(separator: " ").map(String.init),
            reason: $0[5] == "-" ? "" : $0[5]
        )
    }

    private static func steps(_ example: String) -> [Step] {
        guard example != "-" else { return [] }
        let isWhole = example.hasPrefix("^")
        var steps: [Step] = isWhole ? [] : [Step(isClient: false, octets: Array("* PREAUTH welcome\r\n".utf8))]
        for part in example.drop(while: { $0 == "^" }).split(separator: " ⏎ ") {
            var text = String(part.dropFirst(3))
            let isOpen = text.hasSuffix("∅")
            if isOpen { text.removeLast() }
            let octets = InventoryFile.octets(text) + (isOpen ? [] : [0x0D, 0x0A])
            steps.append(Step(isClient: part.hasPrefix("C:"), octets: octets))
        }
        return steps
    }

    var testDescription: String { "\(self.list) \(self.name)" }
}
