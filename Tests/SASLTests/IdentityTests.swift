import SASL
import Testing

@Suite struct IdentityTests {
    @Test func `EXTERNAL names whom to act as, or nobody`() throws {
        let (named, steps) = try play("EXTERNAL", [.c("fred@example.com")], isInitial: true)
        #expect(named.user == "fred@example.com" && steps[0].summary == "acting as fred@example.com")
        let (_, empty) = try play("EXTERNAL", [.c("")])
        #expect(empty[0].summary == "the user that the TLS client certificate names")
        #expect(named.verdicts("x").client.reason == "EXTERNAL rests on the TLS client certificate")
    }

    @Test func `ANONYMOUS leaves a trace`() throws {
        // RFC 4505 section 5.
        let (exchange, steps) = try play("ANONYMOUS", [.c("sirhc")])
        #expect(steps[0].summary == "anonymous, trace sirhc" && steps[0].field("trace") == "sirhc")
        #expect(exchange.verdicts("x").client.reason == "ANONYMOUS proves nothing")
    }

    @Test(arguments: ["EXTERNAL", "ANONYMOUS"])
    func `a message of another mechanism is masked`(mechanism: String) throws {
        let (_, steps) = try play(mechanism, [.c("\0tim\0tanstaaftanstaaf"), .c("tanstaaftanstaaf")])
        #expect(steps.allSatisfy { !$0.everythingShown.contains("tanstaaf") && !$0.problems.isEmpty })
    }

    @Test func `octets that are no UTF-8 are a problem and are escaped`() {
        var exchange = AuthenticationExchange(mechanism: .anonymous)
        let step = exchange.response(Base64.encode([0x61, 0xff, 0xc3, 0x28]))
        #expect(step.summary == "anonymous, trace a\\xff\\xc3(")
        #expect(step.problems == ["ANONYMOUS message is not UTF-8 (RFC 4505 section 2)"])
    }
}
