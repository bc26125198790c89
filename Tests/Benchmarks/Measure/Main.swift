import Anchors
import IMAPProtocol
import IMAPSession
import IMAPWire
import Masking
import Reporting
import Traffic

/// What a measured piece of work did, so that it cannot be optimised away.
typealias Work = @Sendable ([UInt8]) -> UInt64

/// A measured thing beside its reference, in the same run, round for round.
struct Row {
    var name: String
    var reference: (name: String, work: Work)
    var subject: (name: String, work: Work)
    /// The least ratio of rates that `design` asks for.
    var bar: Double?
}

/// Observes a session and counts: the cost of the session alone.
final class Counter: SessionObserver {
    var count: UInt64 = 0
    func message(_ message: Message, text: RawSpan, secrets: [Secret]) { self.count &+= message.length }
    func announced(_ message: Message, text: RawSpan) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan) {}
    func event(_ event: SessionEvent) {}
}

/// An output that only counts: no file system in the figures.
final class Discard: TranscriptOutput {
    var count: UInt64 = 0
    func write(_ bytes: RawSpan) { self.count &+= UInt64(bytes.byteCount) }
}

@main
struct Measure {
    static let rounds = 9
    static let chunk = 256 * 1024

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "dense":
            let size = arguments.dropFirst().first.flatMap { Int($0) } ?? 32
            Files.write(Fixtures.dense(octets: size << 20))
            return
        case "jsonl":
            let octets = Fixtures.dense(octets: (arguments.dropFirst().first.flatMap { Int($0) } ?? 32) << 20)
            for _ in 0..<5 { print(self.whole(self.rate(self.jsonLines, octets))) }
            return
        case "notes":
            let octets = Fixtures.dense(octets: (arguments.dropFirst().first.flatMap { Int($0) } ?? 32) << 20)
            for _ in 0..<5 { print(self.whole(self.rate(self.notes, octets))) }
            return
        case "syntax":
            let octets = Files.read(arguments.dropFirst().first ?? "")
            for _ in 0..<5 { print(self.whole(self.rate(self.syntax, octets))) }
            return
        case "doubling":
            self.doubling()
            return
        case "tokens":
            let octets = Files.read(arguments.dropFirst().first ?? "")
            for _ in 0..<20 { print(self.whole(self.rate(self.tokenize, octets))) }
            return
        default: break
        }
        let megabytes = arguments.first.flatMap { Int($0) } ?? 32
        let dense = Fixtures.dense(octets: megabytes << 20)
        let literals = Fixtures.literalHeavy(octets: megabytes << 20)
        print("# \(megabytes) MiB each, chunks of \(self.chunk >> 10) KiB, \(self.rounds) rounds, medians; one core")
        self.report(
            Row(
                name: "tokenize dense FETCH",
                reference: ("scalar C lexer", self.scalarLexer),
                subject: ("Tokenizer", self.tokenize),
                bar: 0.78
            ),
            over: dense
        )
        self.report(
            Row(
                name: "frame dense FETCH",
                reference: ("memchr", self.memchrLines),
                subject: ("Framer", self.frame),
                bar: nil
            ),
            over: dense
        )
        self.report(
            Row(
                name: "frame literal-heavy",
                reference: ("memchr", self.memchrLines),
                subject: ("Framer", self.frame),
                bar: 0.33
            ),
            over: literals
        )
        self.report(
            Row(
                name: "typed parse, dense",
                reference: ("scalar C lexer", self.scalarLexer),
                subject: ("SyntaxParser", self.syntax),
                bar: nil
            ),
            over: dense
        )
        self.report(
            Row(
                name: "session, dense",
                reference: ("scalar C lexer", self.scalarLexer),
                subject: ("Session", self.session),
                bar: nil
            ),
            over: dense
        )
        self.report(
            Row(
                name: "notes, dense",
                reference: ("scalar C lexer", self.scalarLexer),
                subject: ("Framer and Annotator", self.notes),
                bar: nil
            ),
            over: dense
        )
        self.report(
            Row(
                name: "JSON lines with notes, dense",
                reference: ("scalar C lexer", self.scalarLexer),
                subject: ("Session to JSONLines", self.jsonLines),
                bar: nil
            ),
            over: dense
        )
        self.report(
            Row(
                name: "session, literal-heavy",
                reference: ("memchr", self.memchrLines),
                subject: ("Session", self.session),
                bar: nil
            ),
            over: literals
        )
        self.reportCompression(dense, literals)
    }

    static func report(_ row: Row, over octets: [UInt8]) {
        var reference: [Double] = []
        var subject: [Double] = []
        var ratios: [Double] = []
        for round in 0..<self.rounds {
            // The order turns round, so that neither always runs on a warmer machine.
            let first = round % 2 == 0 ? row.reference.work : row.subject.work
            let second = round % 2 == 0 ? row.subject.work : row.reference.work
            let one = self.rate(first, octets)
            let two = self.rate(second, octets)
            reference.append(round % 2 == 0 ? one : two)
            subject.append(round % 2 == 0 ? two : one)
            ratios.append(subject[round] / reference[round])
        }
        let ratio = self.median(ratios)
        let verdict = row.bar.map { ratio >= $0 ? "bar \($0): met" : "bar \($0): MISSED" } ?? ""
        print(
            "\(row.name): \(row.reference.name) \(self.whole(self.median(reference))) MB/s, \(row.subject.name) "
                + "\(self.whole(self.median(subject))) MB/s, ratio \(self.hundredths(ratio)) \(verdict)"
        )
    }

    static func rate(_ work: Work, _ octets: [UInt8]) -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        sink &+= work(octets)
        let time = clock.now - start
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        return Double(octets.count) / seconds / 1e6
    }

    nonisolated(unsafe) static var sink: UInt64 = 0

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    static func whole(_ value: Double) -> String { String(Int(value)) }
    static func hundredths(_ value: Double) -> String {
        let scaled = Int((value * 100).rounded())
        let fraction = String(scaled % 100)
        return "\(scaled / 100).\(fraction.count < 2 ? "0" : "")\(fraction)"
    }

    // MARK: - Work

    static let scalarLexer: Work = { octets in
        octets.withUnsafeBufferPointer { $0.baseAddress.map { anchor_scalar_lexer($0, octets.count) } ?? 0 }
    }

    static let memchrLines: Work = { octets in
        octets.withUnsafeBufferPointer { $0.baseAddress.map { anchor_memchr_lines($0, octets.count) } ?? 0 }
    }

    static let tokenize: Work = { octets in
        var tokenizer = Tokenizer(literalPrefix: .max)
        let bytes = octets.span.bytes
        var count: UInt64 = 0
        var ring = [Token](repeating: Token(kind: .atom, offset: 0, length: 0), count: 4096)
        ring.withUnsafeMutableBufferPointer { ring in
            tokenizer.forEach(in: bytes) { token in
                ring[Int(count & 4095)] = token
                count &+= 1
            }
        }
        return count
    }

    static let frame: Work = { octets in
        var framer = Framer(direction: .server)
        var count: UInt64 = 0
        Measure.chunks(octets) { chunk in
            var cursor = 0
            while let frame = framer.next(in: chunk, cursor: &cursor) {
                if case .message(let message) = frame { count &+= message.length }
            }
        }
        return count
    }

    static let session: Work = { octets in
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
        Measure.openMailbox(&session)
        Measure.chunks(octets) { session.receive($0, from: .server, at: .zero) }
        return counter.count
    }

    static let notes: Work = { octets in
        var framer = Framer(direction: .server)
        var annotator = Annotator()
        var count: UInt64 = 0
        Measure.chunks(octets) { chunk in
            var cursor = 0
            while let frame = framer.next(in: chunk, cursor: &cursor) {
                guard case .message(let message) = frame else { continue }
                framer.withText(of: message, in: chunk) { text in
                    let isSaid = annotator.describe(
                        response: text,
                        masked: [],
                        answering: .fetch,
                        isUID: false,
                        isGreeting: false
                    )
                    if isSaid { annotator.withSentence { count &+= UInt64($0.byteCount) } }
                }
            }
        }
        return count
    }

    /// Session, masking and JSON lines with every field, as `imapscope parse --format jsonl` joins them.
    static let jsonLines: Work = { octets in
        let output = Discard()
        let sink = JSONLines(output: output, header: JSONHeader(version: "0"))
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
            observer: MaskingStage(connection: ConnectionID(1), sinks: [sink])
        )
        Measure.openMailbox(&session)
        Measure.chunks(octets) {
            session.receive($0, from: .server, at: .zero)
            sink.flush()
        }
        return output.count
    }

    /// Without a mailbox that is open, every FETCH would be a finding; with one, it says something about it.
    static func openMailbox(_ session: inout Session) {
        for (direction, line) in [
            (Direction.server, "* PREAUTH hi\r\n"), (.client, "a SELECT x\r\n"),
            (.server, "* 4000000 EXISTS\r\na OK\r\n"), (.client, "b UID FETCH 1:* FULL\r\n"),
        ] {
            session.receive(Array(line.utf8).span.bytes, from: direction, at: .zero)
        }
    }

    static func chunks(_ octets: [UInt8], _ body: (RawSpan) -> Void) {
        let bytes = octets.span.bytes
        var start = 0
        while start < octets.count {
            let end = min(start + self.chunk, octets.count)
            body(bytes.extracting(start..<end))
            start = end
        }
    }
}
