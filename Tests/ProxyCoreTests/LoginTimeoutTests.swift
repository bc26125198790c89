import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct `The time until the login` {
    private static let start = Did.act(.startTimer(.login, seconds: 300))

    private static func greeted(_ options: ProxyOptions = ProxyOptions()) -> Playbook {
        var play = Playbook(options)
        play.showsLoginTimer = true
        _ = play.server("* OK hi\r\n")
        _ = play.took(.server)
        return play
    }

    @Test(arguments: [UpstreamLeg.cleartext, .tls]) func `begins when both legs are there`(upstream: UpstreamLeg) {
        var play = Playbook(ProxyOptions(upstream: upstream), connected: false)
        play.showsLoginTimer = true
        _ = play.accepted()
        let did = play.connected()
        #expect(did.contains(Self.start) == (upstream == .cleartext))
        if upstream == .tls { #expect(play.established(.upstream).contains(Self.start)) }
    }

    @Test func `can be without limit`() {
        var play = Playbook(ProxyOptions(loginTimeout: 0), connected: false)
        play.showsLoginTimer = true
        _ = play.accepted()
        #expect(!play.connected().contains { if case .act(.startTimer(.login, _)) = $0 { true } else { false } })
        #expect(play.timer(.login).isEmpty)
    }

    @Test(arguments: [ProxyOptions(), ProxyOptions(client: .starttls(.offered)), .idleEdit])
    func `ends with the login`(options: ProxyOptions) {
        var play = Self.greeted(options)
        #expect(!play.client("a LOGIN x y\r\n").contains(.act(.cancelTimer(.login))))
        #expect(!play.server("a NO wrong\r\n").contains(.act(.cancelTimer(.login))))
        _ = play.client("b LOGIN x z\r\n")
        #expect(play.server("b OK in\r\n").last == .act(.cancelTimer(.login)))
        #expect(play.timer(.login).isEmpty)
        #expect(!play.server("* BYE\r\n").contains(.act(.cancelTimer(.login))))
    }

    @Test func `ends with PREAUTH, and where nothing can be read`() {
        var play = Playbook()
        play.showsLoginTimer = true
        #expect(play.server("* PREAUTH hi\r\n").last == .act(.cancelTimer(.login)))
        var other = Playbook()
        other.showsLoginTimer = true
        #expect(other.receive([0x16, 3, 1, 0], from: .client).last == .act(.cancelTimer(.login)))
    }

    @Test(arguments: [ProxyOptions(), ProxyOptions(client: .starttls(.offered))])
    func `says BYE when it is over`(options: ProxyOptions) {
        var play = Self.greeted(options)
        #expect(
            play.timer(.login) == [.inject(.server, "* BYE imapscope: no login within 300 s\r\n"), .act(.close)]
        )
        #expect(play.recorder.findings.map(\.id) == ["login-timeout"])
        #expect(play.recorder.summaries.count == 1)
        #expect(play.timer(.login).isEmpty)
    }

    @Test(arguments: [ProxyOptions(), ProxyOptions(client: .starttls(.offered))])
    func `never speaks into a message of the server`(options: ProxyOptions) {
        var play = Self.greeted(options)
        _ = play.server("* 1 FETCH (BODY[] {10}\r\n0123")
        _ = play.took(.server)
        #expect(play.timer(.login) == [.act(.close)])
        #expect(play.took(.server) == "")
    }

    @Test func `waits for a handshake that goes on`() {
        var play = Self.greeted(ProxyOptions(client: .starttls(.offered)))
        _ = play.client("a STARTTLS\r\n")
        _ = play.took(.server)
        #expect(!play.timer(.login).contains(.act(.close)))
        #expect(play.took(.server) == "")
        _ = play.established(.client)
        #expect(play.took(.server) == "* BYE imapscope: no login within 300 s\r\n")
    }
}
