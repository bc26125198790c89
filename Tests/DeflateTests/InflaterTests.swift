import Deflate
import Testing

@Suite struct Inflating {
    /// Made by another implementation (Python's zlib module, level 6): two commands on one stream, flushed each.
    private static let commands: [(compressed: [UInt8], text: String)] = [
        ([UInt8](hex: "4a3456f0f3f70fe0e502000000ffff"), "a3 NOOP\r\n"),
        ([UInt8](hex: "4a34813200000000ffff"), "a4 NOOP\r\n"),
    ]

    @Test func `known streams, each flush giving its message`() throws {
        var inflater = try Inflater()
        for (compressed, text) in Self.commands {
            var output: [UInt8] = []
            let taken = try inflater.inflate(compressed.span.bytes) { output.append($0) }
            #expect(taken == compressed.count)
            #expect(String(decoding: output, as: UTF8.self) == text)
        }
        let counts = (inflater.taken, inflater.produced)
        #expect(counts == (25, 18))
        let hasEnded = inflater.hasEnded
        #expect(!hasEnded)
    }

    @Test(arguments: [Deflater.Flush.partial, .sync, .full, .finish])
    func `cut at every place`(flush: Deflater.Flush) throws {
        let text = mail(lines: 12)
        let stream = try deflated(text, flush)
        for cut in 0...stream.count {
            var inflater = try Inflater()
            var output: [UInt8] = []
            _ = try inflater.inflate(stream.span.bytes.extracting(0..<cut)) { output.append($0) }
            _ = try inflater.inflate(stream.span.bytes.extracting(cut..<stream.count)) { output.append($0) }
            #expect(output == text)
            let hasEnded = inflater.hasEnded
            #expect(hasEnded == (flush == .finish))
        }
    }

    @Test(arguments: [Deflater.Flush.partial, .sync, .full], [1, 2, 3, 5, 1000])
    func `many writes, each flushed, octet by octet`(flush: Deflater.Flush, chunk: Int) throws {
        var deflater = try Deflater()
        var stream: [UInt8] = []
        var text: [UInt8] = []
        for count in 1...40 {
            let line = Array("* \(count) FETCH (FLAGS (\\Seen) UID \(count * 7))\r\n".utf8)
            text += line
            deflater.deflate(line.span.bytes, flush) { _ = stream.append($0) }
        }
        #expect(try inflated(stream, chunk: chunk) == text)
        let counts = (deflater.taken, deflater.produced)
        #expect(counts == (UInt64(text.count), UInt64(stream.count)))
    }

    @Test func `large streams come in pieces of one buffer`() throws {
        let text = mail(lines: 20_000)
        for effort in [Deflater.Effort.fast, .standard, .best] {
            let stream = try deflated(text, .finish, effort: effort)
            var inflater = try Inflater()
            var output: [UInt8] = []
            var largest = 0
            _ = try inflater.inflate(stream.span.bytes) { piece in
                largest = max(largest, piece.byteCount)
                return output.append(piece)
            }
            #expect(output == text)
            #expect(largest <= Inflater.pieceSize)
            try inflater.finish()
        }
    }

    @Test func `garbage is named with its offset, and what came before it is not lost`() throws {
        var inflater = try Inflater()
        let good = Self.commands[0].compressed
        let octets = good + [0x07, 0xFF, 0xFF]
        var output: [UInt8] = []
        let error = #expect(throws: InflateError.self) {
            try inflater.inflate(octets.span.bytes) { output.append($0) }
        }
        #expect(String(decoding: output, as: UTF8.self) == "a3 NOOP\r\n")
        #expect(error?.code == .corrupt(reason: "invalid block type"))
        #expect(error.map { (good.count...octets.count).contains(Int($0.offset)) } == true)
        #expect(error?.produced == 9)
    }

    @Test func `a distance before the beginning is garbage`() throws {
        // A fixed block whose first symbol is a length, as cleartext IMAP makes when it is read as DEFLATE.
        for text in ["a NOOP\r\n", "* OK hello\r\n", "b2 LOGIN joe secret\r\n", "\u{16}\u{3}\u{1}"] {
            let octets = Array(text.utf8) + Array(text.utf8)
            #expect(throws: InflateError.self) { _ = try inflated(octets) }
        }
    }

    @Test func `random octets never do more than fail`() {
        var state: UInt64 = 3
        for _ in 0..<2000 {
            let octets = (0..<64).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            do {
                let whole = try inflated(octets)
                #expect(whole.count <= 64 * 1033)
            } catch { #expect(error is InflateError) }
        }
    }

    @Test func `a stream that stops early is truncated`() throws {
        let stream = try deflated(mail(lines: 30), .finish)
        var inflater = try Inflater()
        _ = try inflater.inflate(stream.span.bytes.extracting(0..<stream.count - 1)) { _ in .more }
        let error = #expect(throws: InflateError.self) { try inflater.finish() }
        #expect(error?.code == .truncated)
        #expect(error?.offset == UInt64(stream.count - 1))
    }

    @Test func `nothing behind the final block is taken`() throws {
        let stream = try deflated(mail(lines: 3), .finish)
        var inflater = try Inflater()
        let taken = try inflater.inflate((stream + Array("a NOOP\r\n".utf8)).span.bytes) { _ in .more }
        #expect(taken == stream.count)
        let hasEnded = inflater.hasEnded
        #expect(hasEnded)
    }
}
