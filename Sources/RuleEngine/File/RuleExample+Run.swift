import IMAPSession
import IMAPWire
import Masking
import SASL
import Traffic

extension RuleExample {
    /// How an example came out otherwise than its file says.
    public struct Mismatch: Sendable, Hashable, CustomStringConvertible {
        public var description: String
    }

    /// Plays the session through the rules; what comes out otherwise than expected, empty when nothing does.
    public func run(_ rules: [Rule]) -> [Mismatch] {
        var mismatches: [Mismatch] = []
        if let relays { mismatches += Self.compare(self.relayed(rules), relays, "relayed line") }
        guard self.shows != nil || !self.hides.isEmpty else { return mismatches }
        return mismatches + self.runShown(rules)
    }

    private func runShown(_ rules: [Rule]) -> [Mismatch] {
        let recorder = ExampleRecorder()
        let limits = WireLimits.standard
        let stage = MaskingStage(
            connection: ConnectionID(1),
            sinks: [recorder],
            redaction: RuleSet(rules).redaction(for: ConnectionID(1), literalPrefix: limits.literalPrefix)
        )
        var session = Session(description: Self.description, observer: stage)
        var time = Timestamp.zero
        for line in self.session {
            time = time.advanced(byNanoseconds: 1_000_000)
            let octets = EscapedOctets.octets(line.dropFirst(3)) + [0x0D, 0x0A]
            session.receive(octets.span.bytes, from: line.hasPrefix("C: ") ? .client : .server, at: time)
        }
        session.closed(.client, .closed, at: time)
        session.ended(at: time)
        return self.compare(recorder.lines, recorder.everything)
    }

    private func compare(_ lines: [String], _ everything: String) -> [Mismatch] {
        var mismatches: [Mismatch] = []
        if let shows { mismatches += Self.compare(lines, shows, "message") }
        for word in self.hides where everything.contains(word) {
            mismatches.append(Mismatch(description: "“\(word)” can be seen"))
        }
        return mismatches
    }

    private static func compare(_ found: [String], _ expected: [String], _ what: String) -> [Mismatch] {
        (0..<max(expected.count, found.count)).compactMap { index in
            let wanted = index < expected.count ? expected[index] : nil
            let got = index < found.count ? found[index] : nil
            guard wanted != got else { return nil }
            return Mismatch(
                description: "\(what) \(index + 1): expected “\(wanted ?? "nothing")”, got “\(got ?? "nothing")”"
            )
        }
    }

    static let description = SessionDescription(
        connection: ConnectionID(1),
        client: Endpoint(host: "192.0.2.1", port: 40_000),
        server: Endpoint(host: "imap.example.org", port: 143),
        clientLeg: "cleartext",
        upstreamLeg: "cleartext",
        time: .zero
    )
}

/// Keeps all that an output could show.
private final class ExampleRecorder: SessionSink {
    private(set) var lines: [String] = []
    /// Lines and texts of events, findings and notes alike.
    private(set) var everything = ""
    let wantsLiterals = true

    func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }

    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        let line = Self.shown(message.message.direction, text)
        self.lines.append(line)
        self.everything += line + "\n"
        dump(message.message, to: &self.everything)
    }

    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.everything += Self.shown(message.message.direction, text) + "\n"
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {
        self.everything += octets.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    func event(_ event: SessionEvent, session: ConnectionID) {
        dump(event, to: &self.everything)
    }

    /// A message as files of rules write it, without its last line end.
    private static func shown(_ direction: Direction, _ text: RawSpan) -> String {
        (direction == .client ? "C: " : "S: ") + text.withUnsafeBytes { EscapedOctets.text($0) }
    }
}
