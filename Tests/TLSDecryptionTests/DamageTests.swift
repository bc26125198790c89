import TLSDecryption
import Testing
import Traffic

@Suite struct DamageTests {
    @Test func `a changed octet of data is a gap, and the rest goes on`() throws {
        for var connection in try RecordedConnection.read("long.txt") {
            let clear = connection.clear[.server] ?? []
            let index = connection.wire.count / 2
            let place = try #require(connection.wire[index...].firstIndex { $0.direction == .server })
            connection.wire[place].octets[60] ^= 1
            let (listener, _) = connection.decrypt(TLSDecryptionKeys(keyLog: KeyLog(connection.keyText)))
            let problems = listener.problems.map(\.problem)
            let isNamed = problems.contains { if case .badRecord(_, .authentication) = $0 { true } else { false } }
            #expect(isNamed, "\(connection): \(problems)")
            #expect(listener.gaps(.server).count == 1, "\(connection)")
            #expect(listener.octets(.server).count > clear.count / 2, "\(connection)")
            #expect(listener.octets(.client) == connection.clear[.client])
        }
    }

    @Test func `what is no TLS is said to be none`() {
        let listener = Listener()
        let decryptor = TLSDecryptor(keys: TLSDecryptionKeys(), observer: listener)
        decryptor.receive("* OK ready\r\n".utf8.span.bytes, from: .server, at: .zero)
        #expect(listener.problems.first?.problem == .notTLS(type: 0x2A, ProtocolVersion(0x204F), length: 0x4B20))
        #expect(decryptor.isUnreadable(.server))
    }

    @Test func `a record that is too long is named with its length`() {
        let listener = Listener()
        let decryptor = TLSDecryptor(keys: TLSDecryptionKeys(), observer: listener)
        let record: [UInt8] = [22, 3, 1, 0xFF, 0xFF, 1]
        decryptor.receive(record.span.bytes, from: .client, at: .zero)
        #expect(listener.problems.first?.problem == .recordTooLong(length: 65_535, limit: 18_432))
    }

    @Test func `a hello in the form of SSL 2 is read`() throws {
        // Type 1, version 3.1, two suites and one of SSL 2, no session, a challenge of 16.
        let hello: [UInt8] = [1, 3, 1, 0, 9, 0, 0, 0, 16, 0, 0, 0x2F, 1, 0, 0x80, 0, 0, 0xFF] + Array(1...16)
        let listener = Listener()
        let decryptor = TLSDecryptor(keys: TLSDecryptionKeys(), observer: listener)
        decryptor.receive(([0x80, UInt8(hello.count)] + hello).span.bytes, from: .client, at: .zero)
        let facts = try #require(decryptor.facts.clientHello)
        #expect(facts.isSSLv2)
        #expect(facts.cipherSuites == [0x002F, 0x00FF])
        #expect(facts.random == [UInt8](repeating: 0, count: 16) + Array(1...16))
        #expect(facts.legacyVersion.description == "TLS 1.0")
        #expect(facts.signalsSecureRenegotiation)
    }

    @Test func `connections that are cut anywhere keep what came before`() throws {
        for name in ["tls13 KeyUpdate", "tls12 renegotiation", "tls13 early data taken"] {
            let connection = try RecordedConnection.named(name, in: "features.txt")
            let keys = TLSDecryptionKeys(keyLog: KeyLog(connection.keyText))
            for end in connection.wire.indices {
                var cut = connection
                cut.wire = Array(connection.wire[...end])
                cut.wire[end].octets.removeLast(cut.wire[end].octets.count / 2)
                let (listener, _) = cut.decrypt(keys)
                for direction in Direction.allCases {
                    #expect(connection.clear[direction]!.starts(with: listener.octets(direction)), "\(name), \(end)")
                }
                #expect(listener.problems.isEmpty, "\(name), \(end): \(listener.problems)")
            }
        }
    }

    @Test func `nothing that is sent ends the program, or invents octets`() throws {
        var random = SeededGenerator(state: 7)
        let all = try RecordedConnection.read("features.txt")
        for connection in all {
            let keys = TLSDecryptionKeys(keyLog: KeyLog(connection.keyText))
            for _ in 0..<30 {
                var damaged = connection
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let place = Int.random(in: damaged.wire.indices, using: &random)
                    let index = Int.random(in: damaged.wire[place].octets.indices, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: damaged.wire[place].octets[index] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
                    case 1: damaged.wire[place].octets.removeSubrange(index...)
                    case 2: damaged.wire.swapAt(place, Int.random(in: damaged.wire.indices, using: &random))
                    default: damaged.wire[place].octets.insert(contentsOf: [22, 3, 3, 0, 4], at: index)
                    }
                    if damaged.wire[place].octets.isEmpty { damaged.wire[place].octets = [0] }
                }
                let (listener, _) = damaged.decrypt(keys)
                for direction in Direction.allCases {
                    // Each piece that came out was authenticated, so both peers said it.
                    for case .octets(direction, let octets, _) in listener.said {
                        let isSaid = connection.clear[direction]!.contains(octets)
                        #expect(isSaid, "\(connection)")
                    }
                }
            }
        }
    }
}

/// A generator that gives the same numbers in each run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var value = self.state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
