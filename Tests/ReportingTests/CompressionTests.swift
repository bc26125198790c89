import IMAPSession
import Reporting
import Testing
import Traffic

@Suite struct CompressionReports {
    private static func summary(_ totals: CompressionTotals?) -> SessionEvent {
        .ended(
            SessionSummary(
                connection: ConnectionID(1),
                began: HandMadeSession.start,
                ended: HandMadeSession.time(9),
                user: nil,
                state: .logout,
                clientOctets: 1,
                serverOctets: 2,
                clientMessages: 0,
                serverMessages: 0,
                exchanges: 0,
                findings: 0,
                compression: totals
            )
        )
    }

    private static let totals = CompressionTotals(
        client: .init(compressed: 150, inflated: 333),
        server: .init(compressed: 2_000, inflated: 2_100_050)
    )

    private func lines(_ events: [SessionEvent], json: Bool = false) -> [String] {
        let output = CapturedOutput()
        let session =
            json
            ? HandMadeSession(1, JSONLines(output: output, header: JSONHeader(version: "1")))
            : HandMadeSession(1, TextTranscript(output: output))
        for event in events { session.event(event) }
        session.sink.flush()
        return output.lines
    }

    @Test func `the ratio of each direction stands above the end`() {
        let lines = self.lines([Self.summary(Self.totals)])
        #expect(
            lines.dropLast().last
                == "  0.009 -- DEFLATE · ↑ 333 octets as 150 octets (2.22:1)  ↓ 2.1 MB as 2,000 octets (1050.02:1)"
        )
    }

    @Test func `a direction without octets is left out, and a session without compression says nothing`() {
        var totals = Self.totals
        totals.client = .init()
        #expect(self.lines([Self.summary(totals)]).dropLast().last?.contains("↑") == false)
        #expect(!self.lines([Self.summary(nil)]).joined().contains("DEFLATE"))
        #expect(!self.lines([Self.summary(nil)], json: true).joined().contains("compression"))
    }

    @Test func `totals are an object in JSON`() throws {
        var totals = Self.totals
        #expect(
            self.lines([Self.summary(totals)], json: true).last?.contains(
                #""compression":{"client":{"compressed_octets":150,"octets":333,"ratio":2.22},"#
                    + #""server":{"compressed_octets":2000,"octets":2100050,"ratio":1050.02}}"#
            ) == true
        )
        totals.client = .init()
        let line = try #require(self.lines([Self.summary(totals)], json: true).last)
        #expect(line.contains(#""client":{"compressed_octets":0,"octets":0,"ratio":null}"#))
        #expect(try JSONValue.parse(line)["compression"] != nil)
    }

    @Test(arguments: [
        (TransportChange.Handling.relayed, "relayed as they come"), (.terminated, "ends here on both legs"),
        (.inflated, "inflated and shown"), (.unread, "cannot be read"),
    ])
    func `what becomes of the octets is said where the compression begins`(
        handling: TransportChange.Handling,
        words: String
    ) throws {
        let event = SessionEvent.transportChange(
            TransportChange(
                layer: .deflate,
                clientOffset: 20,
                serverOffset: 30,
                handling: handling,
                time: HandMadeSession.time(5)
            )
        )
        let text = self.lines([event]).last
        #expect(
            text?.hasPrefix("  0.005 -- DEFLATE compression begins, from client octet 20 and server octet 30 on; ")
                == true
        )
        #expect(text?.contains(words) == true)
        #expect(
            self.lines([event], json: true).last?.contains(#""layer":"DEFLATE","how":"\#(handling.rawValue)""#) == true
        )
    }
}
