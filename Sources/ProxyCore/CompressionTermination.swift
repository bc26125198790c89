import Deflate
import Traffic

/// COMPRESS where it ends on both legs: each direction is inflated as it comes in and deflated again as it leaves, flushed
/// at the end of each burst (RFC 4978 section 4).
final class CompressionTermination {
    /// One direction. The inflater belongs to the peer that sends it, the deflater to the one that gets it.
    final class Stream {
        var inflater: Inflater
        /// Nil when nothing is deflated any more: the stream ended, or what comes in is no DEFLATE.
        var deflater: Deflater?
        /// Something was deflated and not flushed.
        var isDirty = false
        /// Compressed octets that wait for their turn.
        var queue = ByteQueue()
        /// The sender's FIN came behind the queue.
        var hasClosed = false
        /// What comes in is relayed as it is.
        var isUnreadable = false
        /// The compression ends with the next flush (RFC 8437 section 4.1).
        var ends = false
        var isOver = false

        init(_ limits: InflateLimits) throws(InflateError) {
            self.inflater = try Inflater(limits: limits)
            do throws(Deflater.OutOfMemory) {
                // Latency counts here more than the last octet.
                self.deflater = try Deflater(effort: .fast)
            } catch {
                throw InflateError(.outOfMemory, offset: 0, produced: 0)
            }
        }
    }

    /// Octets inflated of one stream before other connections have their turn.
    static let burst = 1 << 20

    let client: Stream
    let server: Stream
    /// The connection's own entry points are on the stack: their octets leave deflated.
    var isEntered = false

    init(_ limits: InflateLimits) throws(InflateError) {
        self.client = try Stream(limits)
        self.server = try Stream(limits)
    }

    subscript(direction: Direction) -> Stream { direction == .client ? self.client : self.server }

    /// Whether neither direction is compressed any more.
    var isOver: Bool { self.client.isOver && self.server.isOver }

    /// Carries out what the connection asks for: octets are deflated, ranges are of `chunk`.
    func carryOut(_ action: ProxyAction, chunk: RawSpan, _ perform: (ProxyAction) -> Void) {
        switch action {
        case .forward(let direction, let range): self.deflate(chunk.extracting(range), direction, perform)
        case .replace(let direction, _, let octets), .release(let direction, let octets),
            .inject(let direction, let octets):
            self.deflate(octets.span.bytes, direction, perform)
        case .hold: break
        case .closeOutput(let direction):
            self.flush(direction, perform)
            perform(action)
        case .close:
            self.flush(perform)
            perform(action)
        default: perform(action)
        }
    }

    private func deflate(_ octets: RawSpan, _ direction: Direction, _ perform: (ProxyAction) -> Void) {
        guard octets.byteCount > 0 else { return }
        let stream = self[direction]
        guard stream.deflater != nil else {
            perform(.inject(direction, octets.withUnsafeBytes { Array($0) }))
            return
        }
        stream.isDirty = true
        stream.deflater?.deflate(octets) { perform(.inject(direction, $0.withUnsafeBytes { Array($0) })) }
    }

    /// What was deflated can be read at the other end from here on.
    func flush(_ perform: (ProxyAction) -> Void) {
        self.flush(.client, perform)
        self.flush(.server, perform)
    }

    private func flush(_ direction: Direction, _ perform: (ProxyAction) -> Void, _ how: Deflater.Flush = .sync) {
        let stream = self[direction]
        guard stream.isDirty || how == .finish else { return }
        stream.isDirty = false
        stream.deflater?.deflate(RawSpan(), how) {
            perform(.inject(direction, $0.withUnsafeBytes { Array($0) }))
        }
    }

    /// The stream has ended with its final block, and so does the other leg's.
    func finish(_ direction: Direction, _ perform: (ProxyAction) -> Void) {
        self.flush(direction, perform, .finish)
        self[direction].deflater = nil
    }

    /// Nothing is deflated behind what was flushed.
    func stopDeflating(_ direction: Direction, _ perform: (ProxyAction) -> Void) {
        self.flush(direction, perform)
        self[direction].deflater = nil
    }
}
