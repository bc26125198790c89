import Deflate
import IMAPSession
import ProxyCore
import Traffic

/// A playbook whose peers have switched to COMPRESS: what they send is deflated, what reaches them is inflated.
///
/// `sent` of the playbook holds octets as they leave; ``took(_:)`` what the receiver makes of them.
final class CompressedPlaybook {
    var play: Playbook
    private var client: Deflater
    private var server: Deflater
    private var atClient: Inflater
    private var atServer: Inflater
    /// Compressed octets that came from, and that left for, each peer.
    var came: [Direction: [UInt8]] = [.client: [], .server: []]
    var left: [Direction: [UInt8]] = [.client: [], .server: []]

    /// - Parameter answer: what the server says to COMPRESS.
    init(_ options: ProxyOptions, answer: String = "a OK go\r\n") throws {
        self.play = Playbook(options)
        self.client = try Deflater()
        self.server = try Deflater()
        self.atClient = try Inflater(limits: .none)
        self.atServer = try Inflater(limits: .none)
        _ = self.play.server("* PREAUTH\r\n")
        _ = self.play.client("a COMPRESS DEFLATE\r\n")
        _ = self.play.server(answer)
        self.play.sent = [.client: [], .server: []]
    }

    func deflated(_ text: String, _ direction: Direction, _ flush: Deflater.Flush = .sync) -> [UInt8] {
        self.deflated(Array(text.utf8), direction, flush)
    }

    func deflated(_ octets: [UInt8], _ direction: Direction, _ flush: Deflater.Flush = .sync) -> [UInt8] {
        var output: [UInt8] = []
        let append: (RawSpan) -> Void = { piece in piece.withUnsafeBytes { output.append(contentsOf: $0) } }
        if direction == .client {
            self.client.deflate(octets.span.bytes, flush, to: append)
        } else {
            self.server.deflate(octets.span.bytes, flush, to: append)
        }
        return output
    }

    @discardableResult
    func sends(_ text: String, _ direction: Direction, _ flush: Deflater.Flush = .sync) -> [Did] {
        let octets = self.deflated(text, direction, flush)
        self.came[direction]! += octets
        return self.play.receive(octets, from: direction)
    }

    func client(_ text: String, _ flush: Deflater.Flush = .sync) { self.sends(text, .client, flush) }
    func server(_ text: String, _ flush: Deflater.Flush = .sync) { self.sends(text, .server, flush) }

    /// What the receiver of `direction` reads of what left since the last call.
    func took(_ direction: Direction) throws -> String {
        String(decoding: try self.tookOctets(direction), as: UTF8.self)
    }

    func tookOctets(_ direction: Direction) throws -> [UInt8] {
        let octets = self.play.sent[direction]!
        self.play.sent[direction] = []
        self.left[direction]! += octets
        var output: [UInt8] = []
        let append: (RawSpan) -> Inflater.Demand = { piece in
            piece.withUnsafeBytes { output.append(contentsOf: $0) }
            return .more
        }
        if direction == .client {
            _ = try self.atServer.inflate(octets.span.bytes, to: append)
        } else {
            _ = try self.atClient.inflate(octets.span.bytes, to: append)
        }
        return output
    }
}
