import IMAPProtocol
import IMAPSession
import IMAPWire
import Reporting
import SASL
import Testing
import Traffic

@Suite
struct EventTests {
    private func lines(_ event: SessionEvent) -> [String] {
        let output = CapturedOutput()
        let session = HandMadeSession(1, TextTranscript(output: output))
        session.event(event)
        session.end(at: 9)
        return Array(output.lines.dropFirst().dropLast())
    }

    private static let time = HandMadeSession.time(5)

    private static func outcome(
        _ status: Status?,
        _ verdict: Verdict?,
        user: String? = "me",
        identity: String? = nil,
        cancelled: Bool = false
    ) -> SessionEvent {
        .authentication(
            AuthenticationOutcome(
                mechanism: "PLAIN",
                user: user,
                authorizationIdentity: identity,
                status: status,
                cancelled: cancelled,
                verdict: verdict,
                exchange: 1,
                time: self.time
            )
        )
    }

    @Test(
        arguments: [
            (outcome(.ok, nil, identity: "root"), "authenticated as me acting as root with PLAIN"),
            (
                outcome(.no, .wrong(reason: "another password")),
                "authentication of me with PLAIN failed (NO) · WRONG: another password"
            ),
            (
                outcome(nil, .notCheckable(reason: "no password"), user: nil),
                "authentication of an unknown user with PLAIN was not finished · not checkable: no password"
            ),
            (outcome(.bad, nil, cancelled: true), "authentication of me with PLAIN cancelled by the client"),
            (.stateChanged(from: .selected, to: .authenticated, mailbox: nil, time: time), "mailbox closed"),
            (
                .stateChanged(from: .authenticated, to: .notAuthenticated, mailbox: nil, time: time),
                "no longer authenticated"
            ),
            (.closed(.client, .closed, time: time), "client closed"),
            (.closed(.server, .reset, time: time), "server reset the connection"),
            (.closed(.server, .interrupted, time: time), "interrupted, the server's stream ends here"),
            (
                .transportChange(TransportChange(layer: .tls, clientOffset: 20, serverOffset: 30, time: time)),
                "TLS begins, from client octet 20 and server octet 30 on"
            ),
            (
                .transportChange(TransportChange(layer: .desynchronised, clientOffset: 2, serverOffset: 3, time: time)),
                "octets that cannot be attributed, from client octet 2 and server octet 3 on: desynchronised"
            ),
        ] as [(SessionEvent, String)]
    )
    func `an event that no message caused has a line of its own`(event: SessionEvent, expected: String) {
        #expect(self.lines(event) == ["  0.005 -- " + expected])
    }

    @Test func `a login is told once`() {
        #expect(
            self.lines(.stateChanged(from: .notAuthenticated, to: .authenticated, mailbox: nil, time: EventTests.time))
                .isEmpty
        )
    }

    @Test func `an edit shows what was and what is`() {
        let edit = Edit(
            direction: .server,
            offset: 9,
            cause: "--starttls never",
            before: "* CAPABILITY IMAP4rev1 STARTTLS\r\n",
            after: "* CAPABILITY IMAP4rev1\r\n",
            time: EventTests.time
        )
        #expect(
            self.lines(.edit(edit)) == [
                "  0.005 -- edited, server octet 9: --starttls never",
                "           - * CAPABILITY IMAP4rev1 STARTTLS",
                "           + * CAPABILITY IMAP4rev1",
            ]
        )
    }

    @Test func `a finding of no message stands by itself`() {
        #expect(
            self.lines(.finding(finding("x", .low, "Something"), time: EventTests.time)) == [
                "  0.005 ! x low · Something (RFC 9051 section 7)"
            ]
        )
    }

    @Test func `octets that are not read are counted until the end`() {
        let output = CapturedOutput()
        let session = HandMadeSession(1, TextTranscript(output: output))
        for _ in 0..<100 { session.event(.opaque(direction: .server, octets: 50, time: EventTests.time)) }
        session.end(at: 9)
        #expect(output.lines.count == 3)
        #expect(output.lines[1] == "  0.009 -- 5,000 octets from the server in a language that is not read here")
    }

    @Test func `several findings of one message each have their sentence`() {
        let output = CapturedOutput()
        let session = HandMadeSession(1, TextTranscript(output: output))
        session.send(.server, "junk\r\n", at: 0) {
            $0.findings = [finding("one", .low, "First"), finding("two", .info, "Second")]
            $0.quirks = [.bareLF, .nul]
        }
        session.end(at: 9)
        #expect(output.lines[1] == "  0.000 S: junk")
        #expect(output.lines[2].hasPrefix("           not a response · quirk bare-lf · quirk nul-octet   "))
        #expect(output.lines[2].hasSuffix("  ! one low  ! two info"))
        #expect(output.lines[2].unicodeScalars.count == 104)
        #expect(output.lines[3] == "           one: First (RFC 9051 section 7)")
        #expect(output.lines[4] == "           two: Second (RFC 9051 section 7)")
    }
}
