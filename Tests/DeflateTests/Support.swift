import Deflate

/// Everything that comes out of `octets`, given in chunks of at most `chunk`.
func inflated(
    _ octets: [UInt8],
    _ format: StreamFormat = .raw,
    chunk: Int = .max,
    limits: InflateLimits = .standard
) throws -> [UInt8] {
    var inflater = try Inflater(format, limits: limits)
    var output: [UInt8] = []
    var position = 0
    while position < octets.count {
        let end = chunk >= octets.count - position ? octets.count : position + chunk
        position += try inflater.inflate(octets.span.bytes.extracting(position..<end)) { output.append($0) }
        if inflater.hasEnded, format == .raw { break }
    }
    return output
}

func deflated(
    _ octets: [UInt8],
    _ flush: Deflater.Flush = .sync,
    _ format: StreamFormat = .raw,
    effort: Deflater.Effort = .standard
) throws -> [UInt8] {
    var deflater = try Deflater(format, effort: effort)
    var output: [UInt8] = []
    deflater.deflate(octets.span.bytes, flush) { _ = output.append($0) }
    return output
}

extension [UInt8] {
    @discardableResult
    mutating func append(_ bytes: RawSpan) -> Inflater.Demand {
        bytes.withUnsafeBytes { self.append(contentsOf: $0) }
        return .more
    }

    init(hex: String) {
        self = stride(from: 0, to: hex.utf8.count, by: 2).map { start in
            UInt8(hex.dropFirst(start).prefix(2), radix: 16)!
        }
    }
}

/// Lines of mail with words that repeat, and some that do not.
func mail(lines: Int) -> [UInt8] {
    var state: UInt64 = 7
    return (0..<lines).flatMap { line in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Array("Line \(line) of a message \(state >> 20), as many lines are.\r\n".utf8)
    }
}
