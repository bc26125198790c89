import TLSDecryption
import Testing
import Traffic

@Suite struct KeyLogTests {
    private static let random = String(repeating: "0a", count: 32)
    private static let secret = String(repeating: "7f", count: 48)
    private static let line = "CLIENT_RANDOM \(Self.random) \(Self.secret)"

    private func client() throws -> ClientRandom { try #require(ClientRandom([UInt8](repeating: 0x0A, count: 32))) }

    @Test(arguments: [
        "\(Self.line)\n", "\(Self.line)\r\n", "\(Self.line)\r", "\(Self.line)",
        "# a comment\n\n\(Self.line)\n", "\u{FEFF}\(Self.line)\n", "\(Self.line.replacing("0a", with: "0A"))\n",
        "  \(Self.line)  \n", "NEW_LABEL 00 11\n\(Self.line)\n", "broken\n\(Self.line)\n",
    ])
    func `a secret is found whatever stands around it`(text: String) throws {
        for piece in [1, 2, 5, 1000] {
            let log = KeyLog()
            var reader = KeyLogReader(log, source: "keys.log")
            let octets = Array(text.utf8)
            for start in stride(from: 0, to: octets.count, by: piece) {
                reader.append(octets[start..<min(start + piece, octets.count)].span.bytes)
            }
            reader.finish()
            let found = try #require(log.secret(.clientRandom, for: try self.client()))
            #expect(found.equals(Secret([UInt8](repeating: 0x7F, count: 48))))
            #expect(reader.secretCount == 1)
        }
    }

    @Test(arguments: [
        ("CLIENT_RANDOM 00\n", KeyLogProblem.Reason.fields(2)),
        ("CLIENT_RANDOM 00 11 22 33\n", .fields(5)),
        ("CLIENT_RANDOM 00 11\n", .key),
        ("CLIENT_RANDOM \(String(repeating: "0g", count: 32)) 11\n", .key),
        ("CLIENT_RANDOM \(Self.random) xx\n", .secret),
        ("CLIENT_RANDOM \(Self.random) 123\n", .secret),
        ("SERVER_TRAFFIC_SECRET_0 \(Self.random) 1234\n", .secretLength(2)),
        ("no-label \(Self.random) 1234\n", .label),
        ("RSA \(Self.random) 1234\n", .key),
        (String(repeating: "a", count: 5000) + "\n", .tooLong(limit: 4096)),
    ])
    func `a line that says nothing is told with its number`(text: String, reason: KeyLogProblem.Reason) {
        let log = KeyLog()
        var reader = KeyLogReader(log, source: "keys.log")
        reader.append("# first\r\n\r\n".utf8.span.bytes)
        reader.append(text.utf8.span.bytes)
        reader.finish()
        #expect(reader.problems == [KeyLogProblem(source: "keys.log", line: 3, reason: reason)])
        #expect(reader.problemCount == 1)
        #expect(log.count == 0)
    }

    @Test func `a problem shows nothing of a secret`() {
        var reader = KeyLogReader(KeyLog(), source: "keys.log")
        reader.append("CLIENT_RANDOM \(Self.random) \(Self.secret)zz\n".utf8.span.bytes)
        #expect(reader.problems.count == 1)
        #expect(!"\(reader.problems)".contains("7f7f"))
    }

    @Test func `a file that is no key log fills nothing`() {
        let log = KeyLog()
        var reader = KeyLogReader(log, source: "keys.log")
        for _ in 0..<10_000 { reader.append("x y\n".utf8.span.bytes) }
        #expect(reader.problems.count == KeyLogReader.mostProblems)
        #expect(reader.problemCount == 10_000)
    }

    @Test func `the oldest connections go when there are too many`() throws {
        let log = KeyLog(limit: 100)
        for number in 0..<5000 {
            let digits = String(number, radix: 16)
            let random = String(repeating: "0", count: 64 - digits.utf8.count) + digits
            log.read("CLIENT_RANDOM \(random) \(Self.secret)")
        }
        #expect(log.count == 100)
        #expect(log.droppedCount == 4900)
        let last = try #require(ClientRandom([UInt8](repeating: 0, count: 30) + [0x13, 0x87]))
        #expect(log.secret(.clientRandom, for: last) != nil)
        let first = try #require(ClientRandom([UInt8](repeating: 0, count: 32)))
        #expect(log.secret(.clientRandom, for: first) == nil)
    }

    @Test func `the newest line of a kind counts, and others stay`() throws {
        let log = KeyLog()
        log.read(Self.line)
        log.read("EXPORTER_SECRET \(Self.random) \(String(repeating: "11", count: 32))")
        let before = log.revision
        log.read("CLIENT_RANDOM \(Self.random) 0102")
        #expect(log.revision > before)
        let random = try self.client()
        #expect(log.secret(.clientRandom, for: random)?.count == 2)
        #expect(log.secret(.exporterSecret, for: random)?.count == 32)
        #expect(log.count == 1)
    }
}
