import Deflate
import Testing

@Suite struct Bounds {
    private static let zeros = [UInt8](repeating: 0, count: 4 << 20)

    @Test func `a bomb ends at its limit`() throws {
        let bomb = try deflated(Self.zeros, .finish)
        #expect(bomb.count * 900 < Self.zeros.count)
        var inflater = try Inflater(limits: InflateLimits(ratio: 100, allowance: 1 << 20))
        var output = 0
        let error = #expect(throws: InflateError.self) {
            try inflater.inflate(bomb.span.bytes) {
                output += $0.byteCount
                return .more
            }
        }
        guard case .ratio(let limits, let actual)? = error?.code else {
            Issue.record("no ratio: \(String(describing: error))")
            return
        }
        #expect(limits.ratio == 100 && actual > 1 << 20)
        #expect(output <= (1 << 20) * 10 / 9 + 2 * Inflater.pieceSize)
        // The stream itself is sound: whoever lifts the limit can go on.
        inflater.liftLimits()
        let rest = Int(inflater.taken)
        _ = try inflater.inflate(bomb.span.bytes.extracting(rest..<bomb.count)) {
            output += $0.byteCount
            return .more
        }
        #expect(output == Self.zeros.count)
    }

    @Test func `what compresses well now and badly later is no bomb`() throws {
        var deflater = try Deflater()
        var stream: [UInt8] = []
        let run = [UInt8](repeating: 0x41, count: 200_000)
        for _ in 0..<12 {
            deflater.deflate(run.span.bytes, .sync) { _ = stream.append($0) }
            deflater.deflate(mail(lines: 400).span.bytes, .sync) { _ = stream.append($0) }
        }
        let limits = InflateLimits(ratio: 100, allowance: 400_000)
        #expect(try inflated(stream, limits: limits).count > 12 * 200_000)
    }

    @Test(arguments: [1, 1000, 65_536, 65_537, 1_000_000])
    func `one call gives no more than was asked for, and the next goes on`(limit: Int) throws {
        let bomb = try deflated(Self.zeros, .finish)
        var inflater = try Inflater(limits: .none)
        var position = 0
        var total = 0
        var calls = 0
        while position < bomb.count || inflater.hasPendingOutput {
            var output = 0
            position += try inflater.inflate(bomb.span.bytes.extracting(position..<bomb.count), outputLimit: limit) {
                output += $0.byteCount
                return .more
            }
            #expect(output < limit + Inflater.pieceSize)
            total += output
            calls += 1
        }
        #expect(total == Self.zeros.count)
        #expect(calls >= Self.zeros.count / (limit + Inflater.pieceSize))
    }

    @Test func `a reader that pauses gets the rest later`() throws {
        var deflater = try Deflater()
        var stream: [UInt8] = []
        for line in ["a NOOP\r\n", "b UNAUTHENTICATE\r\n", "c NOOP\r\n"] {
            deflater.deflate(Array(line.utf8).span.bytes, .sync) { _ = stream.append($0) }
        }
        var inflater = try Inflater()
        var lines: [String] = []
        let taken = try inflater.inflate(stream.span.bytes) { piece in
            lines.append(piece.withUnsafeBytes { String(decoding: $0, as: UTF8.self) })
            return lines.count == 2 ? .pause : .more
        }
        #expect(lines == ["a NOOP\r\n", "b UNAUTHENTICATE\r\n"])
        _ = try inflater.inflate(stream.span.bytes.extracting(taken..<stream.count)) { piece in
            lines.append(piece.withUnsafeBytes { String(decoding: $0, as: UTF8.self) })
            return .more
        }
        #expect(lines.last == "c NOOP\r\n")
    }

    @Test(arguments: [Deflater.Flush.sync, .full, .finish])
    func `a stream that ends at a flush leaves every octet behind it`(flush: Deflater.Flush) throws {
        let stream = try deflated(Array("b OK bye\r\n".utf8), flush)
        let octets = stream + Array("* cleartext\r\n".utf8)
        for cut in 0...octets.count {
            var inflater = try Inflater()
            var output: [UInt8] = []
            var rest: [UInt8] = []
            for part in [octets[..<cut], octets[cut...]] {
                let part = Array(part)
                let taken =
                    inflater.hasEnded
                    ? 0
                    : try inflater.inflate(part.span.bytes) {
                        output.append($0)
                        return output.count == 10 ? .end : .more
                    }
                rest += part[taken...]
            }
            #expect(output == Array("b OK bye\r\n".utf8))
            #expect(rest == Array("* cleartext\r\n".utf8), "cut at \(cut)")
        }
    }
}
