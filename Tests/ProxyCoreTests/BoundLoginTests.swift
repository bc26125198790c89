import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct `A login bound to the client's TLS` {
    private static func greeted(_ options: ProxyOptions = ProxyOptions(client: .tls, upstream: .tls)) -> Playbook {
        var play = Playbook(options)
        _ = play.established(.client)
        _ = play.established(.upstream)
        _ = play.server("* OK hi\r\n")
        return play
    }

    static let bindings: [(header: String, name: String, survives: Bool)] = [
        // p=tls-server-end-point,,n=user,r=fyko+d2lbbFgONRv9qkxdawL
        ("cD10bHMtc2VydmVyLWVuZC1wb2ludCwsbj11c2VyLHI9ZnlrbytkMmxiYkZnT05Sdjlxa3hkYXdM", "tls-server-end-point", true),
        // p=tls-exporter,,n=user,r=abc
        ("cD10bHMtZXhwb3J0ZXIsLG49dXNlcixyPWFiYw==", "tls-exporter", false),
        // p=tls-unique,,n=user,r=abc
        ("cD10bHMtdW5pcXVlLCxuPXVzZXIscj1hYmM=", "tls-unique", false),
    ]

    @Test(arguments: bindings, [false, true])
    func `is explained when it fails`(binding: (header: String, name: String, survives: Bool), isInitial: Bool) {
        var play = Self.greeted()
        if isInitial {
            _ = play.client("a AUTHENTICATE SCRAM-SHA-256-PLUS \(binding.header)\r\n")
        } else {
            _ = play.client("a AUTHENTICATE scram-sha-256-plus\r\n")
            _ = play.server("+ \r\n")
            _ = play.client(binding.header + "\r\n")
        }
        #expect(play.recorder.findings.isEmpty)
        _ = play.server("a NO failed\r\n")
        #expect(play.recorder.findings.map(\.id) == ["channel-binding-fails"])
        let text = play.recorder.findings.first?.text ?? ""
        #expect(text.contains("(\(binding.name))"))
        #expect(text.contains("--cert and --key") == binding.survives)
        #expect(text.contains("cannot pass an interceptor") != binding.survives)
        #expect(!text.contains("fyko"))
    }

    @Test func `is not explained when it succeeds, nor without TLS`() {
        var play = Self.greeted()
        _ = play.client("a AUTHENTICATE SCRAM-SHA-1-PLUS \(Self.bindings[0].header)\r\n")
        _ = play.server("a OK in\r\n")
        #expect(play.recorder.findings.isEmpty)
        var other = Playbook(.neverSTARTTLS)
        _ = other.server("* OK hi\r\n")
        _ = other.client("a AUTHENTICATE EXTERNAL\r\n")
        _ = other.server("a NO no\r\n")
        #expect(other.recorder.findings.isEmpty)
    }

    @Test(arguments: [(UpstreamLeg.tls, "--upstream-cert"), (.cleartext, "imaps://")])
    func `by the client's certificate says what to do`(upstream: UpstreamLeg, advice: String) {
        var play = Self.greeted(ProxyOptions(client: .tls, upstream: upstream))
        _ = play.client("a AUTHENTICATE EXTERNAL =\r\n")
        _ = play.server("a NO who are you\r\n")
        #expect(play.recorder.findings.map(\.id) == ["client-certificate-not-passed-on"])
        #expect(play.recorder.findings.first?.text.contains(advice) == true)
    }
}
