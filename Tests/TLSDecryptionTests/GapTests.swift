import TLSDecryption
import Testing
import Traffic

@Suite struct GapTests {
    /// What was said, with a hole in one place; and what stands behind the hole.
    private struct Damaged {
        var before: [UInt8] = []
        var after: [UInt8] = []
        var gaps: [CleartextGap] = []
        var problems: [TLSProblem] = []
        var other: [UInt8] = []
    }

    private func decrypt(
        _ connection: RecordedConnection,
        without lost: Range<Int>,
        of direction: Direction,
        _ feeding: Feeding
    ) -> Damaged {
        let listener = Listener()
        let keys = TLSDecryptionKeys(keyLog: KeyLog(connection.keyText))
        let decryptor = TLSDecryptor(keys: keys, observer: listener)
        var offset = 0
        for (side, octets) in connection.wire {
            guard side == direction else {
                decryptor.receive(octets.span.bytes, from: side, at: .zero)
                continue
            }
            let range = offset..<offset + octets.count
            let hole = range.clamped(to: lost)
            let first = octets[0..<max(0, min(hole.lowerBound, range.upperBound) - offset)]
            let last = hole.isEmpty ? octets[first.count...] : octets[(hole.upperBound - offset)...]
            for piece in feeding.cut(Array(first)) { decryptor.receive(piece.span.bytes, from: side, at: .zero) }
            if !hole.isEmpty { decryptor.gap(UInt64(hole.count), from: side, at: .zero) }
            for piece in feeding.cut(Array(last)) { decryptor.receive(piece.span.bytes, from: side, at: .zero) }
            offset = range.upperBound
        }
        decryptor.finish(at: .zero)
        var damaged = Damaged()
        for entry in listener.said {
            switch entry {
            case .octets(let side, let octets, _):
                if side != direction {
                    damaged.other += octets
                } else if damaged.gaps.isEmpty {
                    damaged.before += octets
                } else {
                    damaged.after += octets
                }
            case .gap(_, let gap): damaged.gaps.append(gap)
            }
        }
        damaged.problems = listener.problems.map(\.problem)
        return damaged
    }

    /// Offsets of the records of a direction.
    private func records(_ connection: RecordedConnection, _ direction: Direction) -> [Range<Int>] {
        let octets = connection.wire.filter { $0.direction == direction }.flatMap(\.octets)
        var records: [Range<Int>] = []
        var start = 0
        while start + 5 <= octets.count {
            let end = start + 5 + (Int(octets[start + 3]) << 8 | Int(octets[start + 4]))
            records.append(start..<end)
            start = end
        }
        return records
    }

    @Test(arguments: [Feeding.asSent, .pieces(100)])
    func `what is lost is a gap of the right length`(feeding: Feeding) throws {
        for connection in try RecordedConnection.read("long.txt") {
            let isAEAD = connection.name.contains("GCM") || connection.name.contains("CHACHA20")
            let clear = connection.clear[.server] ?? []
            // Application data in the middle: the last ones are the close_notify.
            let records = self.records(connection, .server)
            let data = records.suffix(8).dropLast(2)
            for lost in [
                data.first!, data.first!.lowerBound..<data[data.startIndex + 1].upperBound,
                data.first!.lowerBound..<data[data.startIndex + 3].upperBound,
                data.first!.lowerBound + 3..<data.first!.upperBound - 20,
                data.first!.lowerBound + 40..<data[data.startIndex + 1].lowerBound + 2,
                data.first!.upperBound - 1..<data.first!.upperBound,
            ] {
                let damaged = self.decrypt(connection, without: lost, of: .server, feeding)
                let what = "\(connection), without \(lost)"
                #expect(damaged.other == connection.clear[.client], "\(what)")
                #expect(clear.starts(with: damaged.before), "\(what)")
                #expect(damaged.gaps.count == 1, "\(what): \(damaged.problems)")
                #expect(!damaged.after.isEmpty, "\(what)")
                #expect(clear.suffix(damaged.after.count) == damaged.after[...], "\(what)")
                guard isAEAD, let gap = damaged.gaps.first else { continue }
                #expect(gap.isExact)
                #expect(Int(gap.octets) == clear.count - damaged.before.count - damaged.after.count, "\(what)")
            }
        }
    }

    @Test func `a hole in any place harms nothing but its own records`() throws {
        for name in ["tls13 TLS_AES_128_GCM_SHA256", "tls12 ECDHE-ECDSA-AES128-SHA256", "tls10 ECDHE-ECDSA-AES128-SHA"]
        {
            let connection = try RecordedConnection.named(name, in: "long.txt")
            for direction in Direction.allCases {
                let clear = connection.clear[direction] ?? []
                let end = self.records(connection, direction).last?.upperBound ?? 0
                for start in stride(from: 0, to: end - 10, by: 97) {
                    for length in [1, 10, 300] where start + length <= end {
                        let lost = start..<start + length
                        let damaged = self.decrypt(connection, without: lost, of: direction, .asSent)
                        #expect(clear.starts(with: damaged.before), "\(connection), \(direction) without \(lost)")
                        #expect(
                            clear.suffix(damaged.after.count) == damaged.after[...] || damaged.gaps.count > 1,
                            "\(connection), \(direction) without \(lost)"
                        )
                    }
                }
            }
        }
    }

    @Test func `a lost certificate does not keep the data from being read`() throws {
        for name in ["tls13 TLS_AES_128_GCM_SHA256", "tls12 ECDHE-ECDSA-AES256-GCM-SHA384"] {
            let connection = try RecordedConnection.named(name, in: "long.txt")
            let certificate = self.records(connection, .server)[name.hasPrefix("tls13") ? 3 : 1]
            let lost = certificate.lowerBound + 20..<certificate.upperBound - 20
            let damaged = self.decrypt(connection, without: lost, of: .server, .asSent)
            #expect(damaged.before + damaged.after == connection.clear[.server], "\(name)")
            #expect(damaged.other == connection.clear[.client], "\(name)")
        }
    }

    @Test func `without the hello of a side nothing tells the keys`() throws {
        let connection = try RecordedConnection.named("tls13 TLS_AES_128_GCM_SHA256", in: "long.txt")
        for direction in Direction.allCases {
            let hello = self.records(connection, direction)[0]
            let damaged = self.decrypt(connection, without: hello, of: direction, .asSent)
            #expect(damaged.before.isEmpty)
            #expect(damaged.after.isEmpty)
            #expect(damaged.problems.contains(.noHandshake), "\(direction): \(damaged.problems)")
        }
    }

    @Test func `a connection whose beginning is missing is named as such`() throws {
        let connection = try RecordedConnection.named("tls12 ECDHE-ECDSA-AES256-GCM-SHA384", in: "long.txt")
        let listener = Listener()
        let decryptor = TLSDecryptor(keys: TLSDecryptionKeys(keyLog: KeyLog(connection.keyText)), observer: listener)
        for (direction, octets) in connection.wire.suffix(10) {
            decryptor.receive(octets.span.bytes, from: direction, at: .zero)
        }
        decryptor.finish(at: .zero)
        #expect(listener.problems.map(\.problem) == [.noHandshake, .noHandshake])
        let octets = connection.wire.suffix(10).reduce(0) { $0 + $1.octets.count }
        #expect((listener.undecrypted[.client] ?? 0) + (listener.undecrypted[.server] ?? 0) == octets)
    }
}
