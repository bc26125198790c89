import IMAPSession
import Reporting
import Testing
import Traffic

@Suite
struct PacketCaptureTests {
    private static func capture(
        _ steps: [PlayedSession.Step],
        client: String = "127.0.0.1",
        server: String = "192.0.2.9",
        port: UInt16 = 143,
        chunk: Int? = nil,
        reveal: Bool = false
    ) throws -> PcapngFile {
        let output = CapturedOutput()
        let sink = PacketCapture(output: output, version: "1.2.3", revealsSecrets: reveal)
        PlayedSession.play(
            steps,
            into: sink,
            client: client,
            server: server,
            port: port,
            chunk: chunk,
            reveal: reveal
        )
        return try PcapngFile(output.octets)
    }

    /// All that one side said.
    private static func said(_ steps: [PlayedSession.Step], _ direction: Direction) -> String {
        steps.map { step in
            switch (step, direction) {
            case (.client(let text), .client), (.server(let text), .server): text.replacing("|", with: "\r\n")
            default: ""
            }
        }.joined()
    }

    @Test(arguments: [nil, 1, 7, 4_096] as [Int?])
    func `both streams stand in it octet for octet, however they came`(chunk: Int?) throws {
        let steps = PlayedSession.mail()
        let file = try Self.capture(steps, chunk: chunk, reveal: true)
        #expect(String(decoding: file.stream(from: 50_000), as: UTF8.self) == Self.said(steps, .client))
        #expect(String(decoding: file.stream(from: 143), as: UTF8.self) == Self.said(steps, .server))
        #expect(file.packets.allSatisfy { $0.hasRightChecksums })
        #expect(file.packets.allSatisfy { $0.octets.count <= 1500 })
        #expect(file.blockTypes.prefix(2) == [0x0A0D_0D0A, 1])
    }

    @Test func `secrets are overwritten in place and named nowhere`() throws {
        let steps = PlayedSession.mail()
        let file = try Self.capture(steps)
        let masked = Self.said(steps, .client).replacing(PlayedSession.password, with: "****************")
        #expect(String(decoding: file.stream(from: 50_000), as: UTF8.self) == masked)
        #expect(!file.packets.contains { $0.comments.contains { $0.contains(PlayedSession.password) } })
    }

    @Test func `a connection has a handshake and an end, and packets their times`() throws {
        let file = try Self.capture(PlayedSession.mail())
        #expect(file.packets.prefix(3).map(\.flags) == [0x02, 0x12, 0x10])
        #expect(file.packets.suffix(3).map(\.flags) == [0x11, 0x11, 0x10])
        let times = file.packets.map(\.time)
        #expect(times == times.sorted())
        #expect(times.first == 1_795_428_001_000_000_000)
        #expect(times[3] == 1_795_428_001_001_000_000)
    }

    @Test func `findings and what happens are comments`() throws {
        let file = try Self.capture([
            .server("* OK hi|"), .client("a LOGIN joe x|"), .server("a OK done|"), .client("b NOOP \u{1B}[2J|"),
            .closed(.client, .reset),
        ])
        let comments = file.packets.flatMap(\.comments)
        #expect(comments.first == "session 1: 127.0.0.1:50000 to 192.0.2.9:143, cleartext")
        #expect(comments.contains("authenticated as joe with the LOGIN command"))
        #expect(comments.contains { $0.contains("control") })
        #expect(comments.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } })
        #expect(file.packets.last?.flags == 0x14)
    }

    @Test(arguments: [
        ("::1", "2001:db8::5", true, 0), ("127.0.0.1", "::1", true, 0), ("127.0.0.1", "10.0.0.1", false, 0),
        ("127.0.0.1", "imap.example.org", false, 1), ("fe80::1%eth0", "imap.example.org", true, 1),
    ])
    func `addresses are the real ones, a name gets one`(
        client: String,
        server: String,
        isIPv6: Bool,
        names: Int
    ) throws {
        let file = try Self.capture(PlayedSession.mail(), client: client, server: server, port: 993)
        #expect(file.packets.allSatisfy { $0.isIPv6 == isIPv6 && $0.hasRightChecksums })
        #expect(file.names.count == names)
        #expect(file.packets.first?.destinationPort == 143)
        #expect(file.packets.first?.comments.first?.contains("port 993 is written as 143") == true)
        if names == 1 { #expect(String(decoding: file.names[0], as: UTF8.self).contains("imap.example.org\0")) }
    }

    @Test func `what the source does not have is missing here too, at its place`() throws {
        let file = try Self.capture([
            .server("* PREAUTH hi|"), .client("a FETCH 1 BODY[]|"), .server("* 1 FETCH (BODY[] {20}|0123"),
            .gap(.server, 6), .server("ABCDEFGHIJ)|"), .gap(.server, 100), .server("a OK done|"),
        ])
        let stream = String(decoding: file.stream(from: 143), as: UTF8.self)
        let hole = String(repeating: " ", count: 6)
        #expect(stream.contains("0123\(hole)ABCDEFGHIJ)\r\n" + String(repeating: " ", count: 100) + "a OK done"))
        let comments = file.packets.flatMap(\.comments)
        #expect(comments.contains("6 octets of the server are not in the capture"))
        #expect(comments.contains("100 octets of the server are not in the capture"))
    }

    @Test func `sessions on the same ports are connections of their own`() throws {
        let output = CapturedOutput()
        let sink = PacketCapture(output: output, version: "1")
        for number in 1...3 as ClosedRange<UInt64> {
            PlayedSession.play(PlayedSession.mail(), into: sink, number: number)
        }
        let file = try PcapngFile(output.octets)
        #expect(Set(file.packets.filter { $0.isSYN && $0.sourcePort == 50_000 }.map(\.sequence)).count == 3)
    }

    @Test func `a long stream is acknowledged on its way`() throws {
        let file = try Self.capture(PlayedSession.mail(long: 500_000))
        let client = file.packets.filter { $0.sourcePort == 50_000 && $0.payload.isEmpty }
        #expect(client.count >= 7)
    }

    @Test func `a file that is begun anew begins as any`() {
        let output = CapturedOutput()
        let sink = PacketCapture(output: output, version: "1")
        sink.flush()
        #expect(PacketCapture.beginning(version: "1", revealsSecrets: false) == output.octets)
    }
}
