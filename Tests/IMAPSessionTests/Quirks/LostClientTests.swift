import IMAPProtocol
import IMAPSession
import IMAPWire
import Testing
import Traffic

/// A client that sends more than can be held before the server has decided what it means.
@Suite("Clients whose octets cannot be attributed")
struct LostClientTests {
    private let options = SessionOptions(heldOctets: 64)
    private let flood = String(repeating: "AAAABBBBCCCCDDDD|", count: 10)

    @Test("after the server's answer the next plausible command is read again", arguments: [false, true])
    func findsBack(slowly: Bool) {
        let recorder = play(
            [
                .s("* OK|"), .c("a AUTHENTICATE PLAIN|"), .c(self.flood), .s("a NO no|"),
                .c("neither this|nor that|b NOOP|"), .s("b OK done|"),
            ],
            options: self.options,
            slowly: slowly
        )
        #expect(recorder.findings.contains("desynchronised"))
        #expect(recorder.findings.contains("resynchronised"))
        #expect(recorder.exchanges.map(\.tag) == ["a", "b"])
        #expect(recorder.lines.contains { $0.hasPrefix("C command") && $0.contains("b NOOP") })
    }

    @Test("while the answer is due nothing is taken for a command: a password may look like one")
    func waitsForTheAnswer() {
        let recorder = play(
            [
                .s("* OK|"), .c("a AUTHENTICATE PLAIN|"), .c(self.flood + "b NOOP|c NOOP|"), .s("a NO no|"),
                .c("d NOOP|"),
            ],
            options: self.options
        )
        #expect(!recorder.lines.contains { $0.contains("b NOOP") || $0.contains("c NOOP") })
        #expect(recorder.lines.contains { $0.contains("d NOOP") })
    }

    @Test("every octet is counted, found or not")
    func countsOctets() {
        for end in ["", "b NOO", "b NOOP|"] {
            let recorder = play(
                [.s("* OK|"), .c("a IDLE|"), .c(self.flood), .s("a BAD|"), .c("x|" + end)],
                options: self.options
            )
            let sent = 8 + 180 + 3 + end.replacing("|", with: "\r\n").utf8.count
            #expect(recorder.summary?.clientOctets == UInt64(sent))
        }
    }

    @Test("TLS that begins while the server is inside a line ends that line: every octet is told once")
    func tlsInsideALine() {
        let recorder = play([.s("* PREAUTH hi|* OK half"), .c("\u{16}\u{3}\u{1}xyz"), .s("more|")])
        #expect(recorder.lines.contains { $0.hasPrefix("S untagged * OK half (incomplete)") })
        #expect(recorder.lines.contains("opaque server 6"))
        #expect(recorder.summary?.serverOctets == 14 + 9 + 6)
    }

    @Test("what was held when the server turns out to speak TLS is told, too")
    func heldBeforeTLS() {
        let recorder = play([.c("a AUTHENTICATE PLAIN|xyz|"), .s("\u{15}\u{3}\u{1}abc")])
        #expect(recorder.lines.contains("opaque client 5"))
        #expect(recorder.summary?.clientOctets == 22 + 5)
    }
}
