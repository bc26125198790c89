import Foundation
import TLSDecryption
import Traffic

/// A TLS connection as `Fixtures/record.py` wrote it down.
struct RecordedConnection: Sendable, CustomStringConvertible {
    var name = ""
    var after: String?
    var notes: [String: String] = [:]
    var keys: [String] = []
    var wire: [(direction: Direction, octets: [UInt8])] = []
    var clear: [Direction: [UInt8]] = [.client: [], .server: []]

    var description: String { self.name }

    /// All connections of a file.
    static func read(_ file: String) throws -> [RecordedConnection] {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(file)")
        let text = try String(contentsOf: url, encoding: .utf8)
        var all: [RecordedConnection] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            let rest = line.split(separator: " ", maxSplits: 1).last.map(String.init) ?? ""
            if words[0] == "case" {
                all.append(RecordedConnection(name: rest))
                continue
            }
            let last = all.count - 1
            switch words[0] {
            case "after": all[last].after = rest
            case "note": all[last].notes[words[1]] = words[2]
            case "key": all[last].keys.append(rest)
            case "wire": all[last].wire.append((Self.direction(words[1]), try Self.octets(words[2])))
            case "clear": all[last].clear[Self.direction(words[1])] = try Self.octets(words[2])
            default: throw Problem.unknown(words[0])
            }
        }
        return all
    }

    static func named(_ name: String, in file: String) throws -> RecordedConnection {
        guard let found = try self.read(file).first(where: { $0.name == name }) else { throw Problem.unknown(name) }
        return found
    }

    enum Problem: Error {
        case unknown(String)
    }

    private static func direction(_ word: String) -> Direction { word == "client" ? .client : .server }

    private static func octets(_ word: String) throws -> [UInt8] {
        guard let data = Data(base64Encoded: word) else { throw Problem.unknown("no base64") }
        return Array(data)
    }

    var keyText: String { self.keys.joined(separator: "\n") + "\n" }
}

extension KeyLog {
    /// Reads a whole key log.
    func read(_ text: String) {
        var reader = KeyLogReader(self, source: "keys.log")
        reader.append(text.utf8.span.bytes)
        reader.finish()
    }

    convenience init(_ text: String) {
        self.init()
        self.read(text)
    }
}
