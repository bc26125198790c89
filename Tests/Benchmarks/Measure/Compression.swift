import Anchors
import Deflate
import IMAPSession
import Traffic

/// What COMPRESS costs: beside zlib's own `inflate`, which does nothing with what comes out.
extension Measure {
    static func reportCompression(_ dense: [UInt8], _ literals: [UInt8]) {
        for (name, octets) in [("dense FETCH", dense), ("literal-heavy", literals)] {
            guard let compressed = self.deflated(octets) else { continue }
            self.report(
                Row(
                    name: "inflate \(name), compressed octets",
                    reference: ("zlib's inflate", self.zlibInflate),
                    subject: ("Inflater", self.inflate),
                    bar: 0.8
                ),
                over: compressed
            )
            self.report(
                Row(
                    name: "session under COMPRESS, \(name), compressed octets",
                    reference: ("zlib's inflate", self.zlibInflate),
                    subject: ("Session", self.compressedSession),
                    bar: nil
                ),
                over: compressed
            )
        }
    }

    private static func deflated(_ octets: [UInt8]) -> [UInt8]? {
        guard var deflater = try? Deflater() else { return nil }
        var output: [UInt8] = []
        Self.chunks(octets) { chunk in
            // A server flushes what it writes.
            deflater.deflate(chunk, .sync) { piece in piece.withUnsafeBytes { output.append(contentsOf: $0) } }
        }
        return output
    }

    private static let zlibInflate: Work = { octets in
        octets.withUnsafeBufferPointer { $0.baseAddress.map { anchor_inflate($0, octets.count, Measure.chunk) } ?? 0 }
    }

    private static let inflate: Work = { octets in
        guard var inflater = try? Inflater(limits: .none) else { return 0 }
        var count: UInt64 = 0
        Measure.chunks(octets) { chunk in
            _ = try? inflater.inflate(chunk) { piece in
                count &+= UInt64(piece.byteCount)
                return .more
            }
        }
        return count
    }

    /// The OK to COMPRESS, and then the stream.
    private static let compressedSession: Work = { octets in
        let counter = Counter()
        let end = Endpoint(host: "127.0.0.1", port: 143)
        var session = Session(
            description: SessionDescription(
                connection: ConnectionID(1),
                client: end,
                server: end,
                clientLeg: "",
                upstreamLeg: "",
                time: .zero
            ),
            observer: counter
        )
        for (text, direction) in [
            ("* PREAUTH\r\n", Direction.server), ("s SELECT x\r\n", .client),
            ("* 4000000 EXISTS\r\ns OK\r\n", .server), ("a COMPRESS DEFLATE\r\n", .client), ("a OK\r\n", .server),
        ] {
            session.receive(Array(text.utf8).span.bytes, from: direction, at: .zero)
        }
        Measure.chunks(octets) { session.receive($0, from: .server, at: .zero) }
        return counter.count
    }
}
