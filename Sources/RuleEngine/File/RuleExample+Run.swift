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
            let octets = Self.octets(line.dropFirst(3)) + [0x0D, 0x0A]
            session.receive(octets.span.bytes, from: line.hasPrefix("C: ") ? .client : .server, at: time)
        }
        session.closed(.client, .closed, at: time)
        session.ended(at: time)
        return self.compare(recorder.lines, recorder.everything)
    }

    private func compare(_ lines: [String], _ everything: String) -> [Mismatch] {
        var mismatches: [Mismatch] = []
        if let shows {
            for index in 0..<max(shows.count, lines.count) {
                let expected = index < shows.count ? shows[index] : nil
                let found = index < lines.count ? lines[index] : nil
                guard expected != found else { continue }
                mismatches.append(
                    Mismatch(
                        description:
                            "message \(index + 1): expected “\(expected ?? "nothing")”, got “\(found ?? "nothing")”"
                    )
                )
            }
        }
        for word in self.hides where everything.contains(word) {
            mismatches.append(Mismatch(description: "“\(word)” can be seen"))
        }
        return mismatches
    }

    private static let description = SessionDescription(
        connection: ConnectionID(1),
        client: Endpoint(host: "192.0.2.1", port: 40_000),
        server: Endpoint(host: "imap.example.org", port: 143),
        clientLeg: "cleartext",
        upstreamLeg: "cleartext",
        time: .zero
    )

    /// Undoes the escapes of a line: `\r`, `\n`, `\\` and `\xNN`; any other backslash stays.
    private static func octets(_ line: Substring) -> [UInt8] {
        let octets = Array(line.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < octets.count {
            guard octets[index] == UInt8(ascii: "\\"), index + 1 < octets.count else {
                result.append(octets[index])
                index += 1
                continue
            }
            switch octets[index + 1] {
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "\\"): result.append(0x5C)
            case UInt8(ascii: "x") where index + 3 < octets.count:
                let digits = String(decoding: octets[(index + 2)...(index + 3)], as: UTF8.self)
                guard let octet = UInt8(digits, radix: 16) else {
                    result.append(0x5C)
                    index += 1
                    continue
                }
                result.append(octet)
                index += 2
            default:
                result.append(0x5C)
                index += 1
                continue
            }
            index += 2
        }
        return result
    }
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
        var result = direction == .client ? "C: " : "S: "
        text.withUnsafeBytes { octets in
            var end = octets.count
            if end > 0, octets[end - 1] == 0x0A { end -= 1 }
            if end > 0, octets[end - 1] == 0x0D { end -= 1 }
            for octet in octets[..<end] {
                switch octet {
                case 0x0D: result += "\\r"
                case 0x0A: result += "\\n"
                case 0x20...0x7E: result.unicodeScalars.append(Unicode.Scalar(octet))
                default:
                    result +=
                        "\\x" + String(octet >> 4, radix: 16).uppercased() + String(octet & 15, radix: 16).uppercased()
                }
            }
        }
        return result
    }
}
