import IMAPSession
import Testing
import Traffic

@testable import CaptureDecoding

/// What is recorded on one thread and played on another is what was said.
struct SessionBatchTests {
    /// Everything that a session told, in its order.
    private final class Listener: SessionObserver {
        let number: UInt64
        let log: Log

        init(_ number: UInt64, _ log: Log) {
            self.number = number
            self.log = log
        }

        func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
            self.log.add(
                self.number,
                "message \(message.number) \(message.kind) \(Log.text(text)) \(secrets.map(\.count))"
            )
        }

        func announced(_ message: Message, text: RawSpan) {
            self.log.add(self.number, "announced \(Log.text(text))")
        }

        func literal(_ piece: LiteralPiece, octets: RawSpan) {
            self.log.add(self.number, "literal \(piece.position) \(octets.byteCount)")
        }

        func event(_ event: SessionEvent) {
            self.log.add(self.number, "\(event)")
        }
    }

    private final class Log {
        private(set) var lines: [String] = []

        func add(_ session: UInt64, _ line: String) { self.lines.append("#\(session) \(line)") }

        static func text(_ octets: RawSpan) -> String {
            octets.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static func description(_ number: UInt64) -> SessionDescription {
        SessionDescription(
            connection: ConnectionID(number),
            client: Endpoint(host: "192.0.2.1", port: 50_000),
            server: Endpoint(host: "192.0.2.2", port: 143),
            clientLeg: "cleartext",
            upstreamLeg: "",
            time: .zero
        )
    }

    /// Two sessions in turns, the first of which ends, so that a third one takes its place.
    private static func speak(_ observer: (UInt64) -> any SessionObserver) {
        let options = SessionOptions(reportsLiterals: true)
        func begin(_ number: UInt64) -> Session {
            Session(description: Self.description(number), options: options, observer: observer(number))
        }
        func say(_ text: String, _ direction: Direction, _ session: inout Session) {
            session.receive(text.utf8.span.bytes, from: direction, at: .zero)
        }
        var first = begin(1)
        var second = begin(2)
        say("* OK ready\r\n", .server, &first)
        say("* PREAUTH ready\r\n", .server, &second)
        say("a LOGIN joe {8}\r\n", .client, &first)
        say("b APPEND box {100000+}\r\n", .client, &second)
        say("+ go on\r\n", .server, &first)
        say(String(repeating: "x", count: 70_000), .client, &second)
        say("s3cr3t!!\r\n", .client, &first)
        say("a OK welcome\r\n", .server, &first)
        say(String(repeating: "y", count: 30_000) + "\r\n", .client, &second)
        first.ended(at: .zero)
        var third = begin(3)
        say("* BYE full\r\n", .server, &third)
        say("b OK kept\r\n", .server, &second)
        second.ended(at: .zero)
        third.ended(at: .zero)
    }

    @Test
    func `sessions that are recorded and played say what they say to whoever listens at once, in the same order`() {
        let heard = Log()
        Self.speak { Listener($0, heard) }

        let played = Log()
        var batches = 0
        let player = SessionPlayer { Listener($0.number, played) }
        let recorder = SessionRecorder { batch in
            batches += 1
            player.play(batch)
            batch.clear()
        }
        Self.speak { _ in recorder.observer() }
        recorder.flush()

        #expect(played.lines == heard.lines)
        #expect(heard.lines.contains { $0.contains("literal 70000") })
        #expect(batches > 0)
    }

    @Test
    func `a batch is full when it holds many octets or many entries, and empty again when it is cleared`() {
        var batch = SessionBatch()
        #expect(batch.isEmpty)
        while !batch.isFull { batch.append(.began(Self.description(1)), slot: 0) }
        #expect(batch.entries.count == SessionBatch.fullEntries)
        batch.clear()
        #expect(batch.isEmpty)
        #expect(!batch.isFull)
    }
}
