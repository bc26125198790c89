import IMAPProtocol
import IMAPSession
import IMAPWire
import Reporting
import Traffic

@testable import Masking

/// An output that keeps what it is given.
final class CapturedOutput: TranscriptOutput {
    private(set) var octets: [UInt8] = []
    private(set) var writes = 0

    func write(_ bytes: RawSpan) {
        self.writes += 1
        bytes.withUnsafeBytes { self.octets.append(contentsOf: $0) }
    }

    var text: String { String(decoding: self.octets, as: UTF8.self) }

    var lines: [String] { self.text.split(separator: "\n").map(String.init) }
}

/// A session made by hand: it numbers messages and counts offsets, and tells a sink about them.
final class HandMadeSession {
    let id: ConnectionID
    let sink: any BufferedSink
    private var number = 0
    private var offsets: [Direction: UInt64] = [.client: 0, .server: 0]

    /// When every such session begins, 2026-11-23T10:00:01.123Z.
    static let start = Timestamp(seconds: 1_795_428_001, nanoseconds: 123_000_000)

    init(_ id: UInt64, _ sink: any BufferedSink, client: String = "cleartext", upstream: String = "cleartext") {
        self.id = ConnectionID(id)
        self.sink = sink
        self.event(
            .began(
                SessionDescription(
                    connection: self.id,
                    client: Endpoint(host: "127.0.0.1", port: UInt16(51_231 + id)),
                    server: Endpoint(host: "imap.example.org", port: 143),
                    clientLeg: client,
                    upstreamLeg: upstream,
                    time: HandMadeSession.start
                )
            )
        )
    }

    static func time(_ milliseconds: Int64) -> Timestamp { start.advanced(byNanoseconds: milliseconds * 1_000_000) }

    func event(_ event: SessionEvent) { self.sink.event(event, session: self.id) }

    /// Tells the sink about a message as the masking stage does.
    ///
    /// `literals` are lengths, in the order of their
    /// announcements; `secrets` are texts in it.
    func send(
        _ direction: Direction,
        _ text: String,
        at milliseconds: Int64,
        kind: Message.Kind? = nil,
        literals: [Int] = [],
        secrets: [String] = [],
        showsLength: Bool = false,
        edit: (inout Message) -> Void = { _ in }
    ) {
        self.send(
            direction,
            octets: Array(text.utf8),
            at: milliseconds,
            kind: kind,
            literals: literals,
            secrets: secrets,
            showsLength: showsLength,
            edit: edit
        )
    }

    func send(
        _ direction: Direction,
        octets: [UInt8],
        at milliseconds: Int64,
        kind: Message.Kind? = nil,
        literals: [Int] = [],
        secrets: [String] = [],
        showsLength: Bool = false,
        edit: (inout Message) -> Void = { _ in }
    ) {
        self.number += 1
        let offset = self.offsets[direction, default: 0]
        self.offsets[direction] = offset + UInt64(octets.count)
        var frame = MessageFrame(offset: offset, length: UInt64(octets.count), text: .assembled)
        var position = 0
        for length in literals {
            position = HandMadeSession.literalStart(octets, from: position)
            frame.literals.append(
                LiteralRecord(
                    offset: offset + UInt64(position),
                    size: UInt64(length),
                    form: LiteralForm(),
                    textOffset: position,
                    received: UInt64(length)
                )
            )
            position += length
        }
        var message = HandMadeSession.message(direction, octets, kind, self.number, milliseconds, frame)
        let ranges = secrets.map { HandMadeSession.range(of: $0, in: octets) }.filter { !$0.isEmpty }
        message.secrets = ranges.map { SecretRange($0, showsLength: showsLength) }
        edit(&message)
        var masked = octets
        for range in ranges { for index in range { masked[index] = UInt8(ascii: "*") } }
        let wanted = self.sink.demand(for: message, session: self.id) == .text
        self.sink.message(
            MaskedMessage(message: message, masked: message.secrets),
            text: masked.span.bytes.extracting(0..<(wanted ? masked.count : 0)),
            session: self.id
        )
    }

    private static func message(
        _ direction: Direction,
        _ octets: [UInt8],
        _ kind: Message.Kind?,
        _ number: Int,
        _ milliseconds: Int64,
        _ frame: MessageFrame
    ) -> Message {
        let time = HandMadeSession.time(milliseconds)
        var message = Message(kind: kind ?? .command, direction: direction, number: number, time: time, frame: frame)
        if direction == .server {
            let line = ResponseHead(octets.span.bytes)
            message.tag = line.tag
            message.name = line.name
            message.response = line.response
            message.arguments = line.arguments
            switch line.kind {
            case .untagged: message.kind = kind ?? .untagged
            case .continuation: message.kind = kind ?? .continuation
            case .tagged: message.kind = kind ?? .tagged
            case .unparsed: message.kind = kind ?? .unparsed
            }
        } else if message.kind == .command {
            var tokenizer = Tokenizer()
            if let line = CommandHead(octets.span.bytes, tokenizer: &tokenizer) {
                message.tag = line.tag
                message.name = line.name
                message.command = line.command
                message.isUID = line.isUID
                message.arguments = line.arguments
            }
        }
        return message
    }

    private static func literalStart(_ octets: [UInt8], from start: Int) -> Int {
        guard let brace = octets[start...].firstIndex(of: UInt8(ascii: "}")) else { return octets.count }
        return min(brace + 3, octets.count)
    }

    private static func range(of secret: String, in octets: [UInt8]) -> Range<Int> {
        let wanted = Array(secret.utf8)
        for start in octets.indices where octets[start...].starts(with: wanted) {
            return start..<(start + wanted.count)
        }
        return 0..<0
    }

    func exchange(
        _ number: Int,
        _ tag: String,
        _ name: String,
        _ command: Command,
        sent: Int64,
        ended: Int64? = nil,
        status: Status? = nil
    ) -> Exchange {
        let time = HandMadeSession.time(sent)
        var exchange = Exchange(
            number: number,
            tag: tag,
            name: name,
            command: command,
            isUID: false,
            began: time,
            sent: time
        )
        exchange.ended = ended.map(HandMadeSession.time)
        exchange.firstAnswer = exchange.ended
        exchange.status = status
        exchange.clientOctets = 88
        exchange.serverOctets = 3_120
        exchange.untagged = 2
        return exchange
    }

    func end(at milliseconds: Int64, user: String? = "drichards", state: SessionState = .logout) {
        self.event(
            .ended(
                SessionSummary(
                    connection: self.id,
                    began: HandMadeSession.start,
                    ended: HandMadeSession.time(milliseconds),
                    user: user,
                    state: state,
                    clientOctets: 1_234,
                    serverOctets: 3_140_000,
                    clientMessages: 3,
                    serverMessages: 5_005,
                    exchanges: 3,
                    findings: 1
                )
            )
        )
        self.sink.flush()
    }
}

/// The note line that the annotator's words make, or none: these tests are about the layout around them.
func noteLine(command text: String, masked: [Range<Int>] = [], prefix: String = "") -> [String] {
    var annotator = Annotator()
    let octets = Array((text + "\r\n").utf8)
    return annotator.command(octets.span.bytes, masked: masked).map { [prefix + "           " + $0] } ?? []
}

func noteLine(
    response text: String,
    answering: Command? = nil,
    isGreeting: Bool = false,
    then: [String] = [],
    prefix: String = ""
) -> [String] {
    var annotator = Annotator()
    let octets = Array((text + "\r\n").utf8)
    let note = annotator.response(octets.span.bytes, answering: answering, isUID: false, isGreeting: isGreeting)
    let parts = (note.map { [$0] } ?? []) + then
    return parts.isEmpty ? [] : [prefix + "           " + parts.joined(separator: " · ")]
}

func finding(_ id: String, _ severity: Severity, _ text: String) -> Finding {
    Finding(
        id: id,
        severity: severity,
        blame: .server,
        direction: .server,
        offset: 17,
        text: text,
        reference: "RFC 9051 section 7"
    )
}
