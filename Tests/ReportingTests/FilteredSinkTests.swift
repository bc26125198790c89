import FilterLanguage
import IMAPProtocol
import IMAPSession
import IMAPWire
import Masking
import Reporting
import SASL
import Testing
import Traffic

@Suite struct FilteredSinkTests {
    /// Collects what is written.
    private final class Page: TranscriptOutput {
        var text = ""
        func write(_ bytes: RawSpan) { self.text += bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
    }

    private static let script: [(Direction, String)] = [
        (.server, "* OK ready\r\n"),
        (.client, "a1 LOGIN joe s3cretpass\r\n"), (.server, "a1 OK done\r\n"),
        (.client, "a2 SELECT INBOX\r\n"), (.server, "* 3 EXISTS\r\na2 OK done\r\n"),
        (.client, "a3 FETCH 1:3 FLAGS\r\n"),
        (.server, "* 1 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (FLAGS ())\r\n* 3 FETCH (FLAGS (\\Seen))\r\na3 OK done\r\n"),
        (.client, "a4 APPEND INBOX {4}\r\n"), (.server, "+ go\r\n"), (.client, "s3cr\r\n"), (.server, "a4 OK done\r\n"),
    ]

    /// What a transcript shows of the script behind a filter.
    private static func transcript(
        _ filter: String,
        detail: TextDetail = .messages,
        json: Bool = false,
        script: [(Direction, String)] = Self.script
    ) throws -> String {
        let page = Page()
        let renderer: any BufferedSink =
            json
            ? JSONLines(output: page, header: JSONHeader(version: "0"))
            : TextTranscript(output: page, detail: detail)
        let sink = FilteredSink(try Filter(filter), before: renderer)
        let stage = MaskingStage(connection: ConnectionID(1), sinks: [sink])
        let end = Endpoint(host: "127.0.0.1", port: 143)
        var session = Session(
            description: SessionDescription(
                connection: ConnectionID(1),
                client: end,
                server: end,
                clientLeg: "cleartext",
                upstreamLeg: "cleartext",
                time: .zero
            ),
            observer: stage
        )
        var time = Timestamp.zero
        for (direction, text) in script {
            time = time.advanced(byNanoseconds: 1_000_000)
            let octets = Array(text.utf8)
            session.receive(octets.span.bytes, from: direction, at: time)
        }
        session.closed(.client, .closed, at: time)
        session.ended(at: time)
        sink.flush()
        return page.text
    }

    private static func said(_ transcript: String) -> [String] {
        transcript.split(separator: "\n").compactMap { line in
            guard let mark = line.firstRange(of: "C: ") ?? line.firstRange(of: "S: ") else { return nil }
            return String(line[mark.lowerBound...])
        }
    }

    @Test func `only what matches is shown, between the first and the last line of its session`() throws {
        let text = try Self.transcript("command == SELECT")
        #expect(
            Self.said(text).map { $0.prefix(12) }
                == ["C: a2 SELECT", "S: * 3 EXIST", "S: a2 OK don"].map { $0.prefix(12) }
        )
        #expect(text.hasPrefix("#1 127.0.0.1:143 → "))
        #expect(text.contains("3 messages") || text.contains("INBOX selected"))
    }

    @Test func `a session of which nothing is shown has no lines`() throws {
        #expect(try Self.transcript("command == NOOP") == "")
        #expect(try Self.transcript("command == NOOP", detail: .sessions) == "")
        #expect(try Self.transcript("command == NOOP", json: true).split(separator: "\n").count == 1)
    }

    @Test func `what needs the text of a message is asked of the text`() throws {
        let said = Self.said(try Self.transcript("flag == \\Seen and direction == server"))
        #expect(said.count == 2)
        #expect(said.allSatisfy { $0.contains("FETCH (FLAGS (\\Seen))") })
    }

    @Test func `one line per exchange is shown for an exchange of which a message matches`() throws {
        let text = try Self.transcript("kind == command and command in {LOGIN, FETCH}", detail: .exchanges)
        let lines = text.split(separator: "\n")
        #expect(lines.count { $0.contains("LOGIN") } == 1)
        #expect(lines.count { $0.contains("FETCH") } == 1)
        #expect(!text.contains("SELECT"))
    }

    @Test func `one line per session is shown for a session of which a message matches`() throws {
        let lines = try Self.transcript("flag == \\Seen", detail: .sessions).split(separator: "\n")
        #expect(lines.count == 1)
        #expect(lines.first?.contains("joe") == true)
    }

    @Test func `JSON tells how an exchange ended of which something was shown`() throws {
        let lines = try Self.transcript("kind == command and command == SELECT", json: true).split(separator: "\n")
        let events = lines.dropFirst().map { line in
            line.split(separator: "\"").dropFirst(3).first.map(String.init) ?? ""
        }
        #expect(events == ["session_start", "message", "exchange", "session_end"])
    }

    @Test(arguments: ["text contains s3cretpass", "text matches \"s3cret...s\"", "request contains s3cretpass"])
    func `a filter cannot see a secret`(filter: String) throws {
        #expect(try Self.transcript(filter) == "")
    }

    @Test func `a regular expression that was given up is told once`() throws {
        let line = "* OK \(String(repeating: "a", count: 3000))!\r\n"
        let text = try Self.transcript("text matches '(a+)+$'", script: [(.server, line), (.server, line)])
        #expect(text.split(separator: "\n").count { $0.contains("took too many steps") } == 1)
    }
}
