import Foundation
import Synchronization
import TLSDecryption
import Traffic

@testable import CaptureDecoding

/// The records and secrets of a TLS connection that was recorded: a LOGIN and its answers, with `* OK ready` before them.
struct TLSWire: Sendable, CustomStringConvertible {
    let description: String
    private(set) var keys: [String] = []
    private(set) var records: [(isFromClient: Bool, octets: [UInt8])] = []

    /// - Parameter name: of a case in `Tests/TLSDecryptionTests/Fixtures/suites.txt`, which says how it was recorded.
    init(_ name: String) throws {
        self.description = name
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appending(path: "TLSDecryptionTests/Fixtures/suites.txt")
        var isWanted = false
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if words[0] == "case" { isWanted = line == "case \(name)" }
            guard isWanted else { continue }
            if words[0] == "key" { self.keys.append(words.dropFirst().joined(separator: " ")) }
            if words[0] == "wire", let octets = Data(base64Encoded: words[2]) {
                self.records.append((words[1] == "client", Array(octets)))
            }
        }
    }

    static let modern = "tls13 TLS_AES_128_GCM_SHA256"
    static let old = "tls12 ECDHE-ECDSA-AES256-GCM-SHA384"
}

/// A key log that lines are added to.
final class GrowingKeys: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ new: [String]) { self.lines.withLock { $0 += new } }

    /// - Parameter mayGrow: whether records wait for keys.
    func options(mayGrow: Bool) -> CaptureOptions {
        var options = CaptureOptions()
        options.makeKeys = {
            let keys = CaptureKeys(TLSDecryptionKeys(mayGrow: mayGrow)) { log in
                var reader = KeyLogReader(log, source: "keys.log")
                for line in self.lines.withLock({ $0 }) { reader.append((line + "\n").utf8.span.bytes) }
                self.lines.withLock { $0 = [] }
            }
            keys.update()
            return keys
        }
        return options
    }
}

extension Capture {
    /// A capture with these keys from its start.
    convenience init(keys: [String]) {
        let growing = GrowingKeys()
        growing.add(keys)
        self.init(growing.options(mayGrow: false))
    }

    func say(_ wire: TLSWire, _ client: UInt16, server: UInt16) {
        for record in wire.records { self.say(record.octets, client, server: server, fromClient: record.isFromClient) }
    }
}
