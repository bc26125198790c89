import IMAPWire
import Traffic

/// What framing found, in a form that can be compared.
struct Framed: Equatable, CustomStringConvertible {
    var offset: UInt64
    var length: UInt64
    var text: String
    var literals: [UInt64] = []
    var quirks: WireQuirks = []
    var complete = true
    var truncated = false

    var description: String {
        "\(self.offset)+\(self.length) \(self.text.debugDescription) literals \(self.literals) quirks \(self.quirks.rawValue)"
            + (self.complete ? "" : " incomplete") + (self.truncated ? " truncated" : "")
    }
}

/// Frames `chunks`, accepting every literal at once.
func frame(
    _ chunks: [[UInt8]],
    _ direction: Direction,
    limits: WireLimits = .standard,
    language: Framer.Language? = nil
) -> [Framed] {
    var framer = Framer(direction: direction, limits: limits)
    if let language { framer.language = language }
    var result: [Framed] = []
    func note(_ message: MessageFrame, _ text: [UInt8]) {
        result.append(
            Framed(
                offset: message.offset,
                length: message.length,
                text: String(decoding: text, as: UTF8.self),
                literals: message.literals.map(\.size),
                quirks: message.quirks,
                complete: message.complete,
                truncated: message.truncated
            )
        )
    }
    for chunk in chunks {
        var cursor = 0
        let bytes = chunk.span.bytes
        while let frame = framer.next(in: bytes, cursor: &cursor) {
            switch frame {
            case .message(let message):
                note(message, framer.withText(of: message, in: bytes) { $0.withUnsafeBytes { Array($0) } })
            case .literalAwaited: framer.acceptLiteral()
            case .literalOctets, .opaque: break
            }
        }
    }
    if let last = framer.finish() { note(last, framer.assembledText) }
    return result
}

/// The stream whole, octet by octet, and cut in two at every place.
func everyChunking(_ stream: [UInt8]) -> [[[UInt8]]] {
    var all = [[stream], stream.map { [$0] }]
    for split in stream.indices { all.append([Array(stream[..<split]), Array(stream[split...])]) }
    return all
}
