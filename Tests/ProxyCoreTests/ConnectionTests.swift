import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct `A proxied connection` {
    @Test func `connects upstream before anything is read`() {
        var play = Playbook(connected: false)
        #expect(play.accepted() == [.act(.openUpstream), .act(.startTimer(.connect, seconds: 30))])
        #expect(
            play.connected() == [
                .act(.cancelTimer(.connect)), .act(.resumeReading(.server)), .act(.resumeReading(.client)),
            ]
        )
    }

    @Test func `forwards a whole chunk before it is looked at`() {
        var play = Playbook()
        var observed = -1
        play.now = play.now.advanced(byNanoseconds: 1)
        let bytes = Array("* OK ready\r\n".utf8)
        let recorder = play.recorder
        play.connection.received(bytes.span.bytes, from: .server, at: play.now) { action in
            #expect(action == .forward(.server, 0..<12))
            observed = recorder.messages.count
        }
        #expect(observed == 0)
        #expect(recorder.messages.count == 1)
    }

    @Test func `tells the client when the server cannot be reached`() {
        var play = Playbook(connected: false)
        _ = play.accepted()
        let line = "* BYE [UNAVAILABLE] imapscope: cannot reach imap.example.org:143 (connection refused)\r\n"
        #expect(
            play.connectFailed("connection refused") == [
                .act(.cancelTimer(.connect)), .inject(.server, line), .act(.close),
            ]
        )
        #expect(play.recorder.findings.map(\.id) == ["upstream-unreachable"])
        #expect(play.recorder.edits.map(\.after) == [String(line.dropLast(1))])
        #expect(play.recorder.summaries.count == 1)
    }

    @Test func `keeps line ends and controls of an error out of the BYE line`() {
        var play = Playbook(connected: false)
        _ = play.accepted()
        let did = play.connectFailed("no\r\n* OK \u{1B}[2J")
        #expect(
            did[1]
                == .inject(
                    .server,
                    "* BYE [UNAVAILABLE] imapscope: cannot reach imap.example.org:143 (no??* OK ?[2J)\r\n"
                )
        )
    }

    @Test func `gives up after the connect timeout and ignores a late connection`() {
        var play = Playbook(connected: false)
        _ = play.accepted()
        let did = play.timer(.connect)
        #expect(did.last == .act(.close))
        #expect(play.connected().isEmpty)
    }

    @Test func `passes a half-close on and ends when both sides have closed`() {
        var play = Playbook()
        _ = play.server("* OK ready\r\n")
        #expect(play.closed(.client) == [.act(.closeOutput(.client))])
        #expect(play.server("* BYE\r\n") == [.forward(.server, "* BYE\r\n")])
        #expect(play.closed(.server) == [.act(.closeOutput(.server)), .act(.close)])
        #expect(play.recorder.summaries.count == 1)
        #expect(play.closed(.server).isEmpty)
    }

    @Test(arguments: Direction.allCases) func `passes a reset on`(direction: Direction) {
        var play = Playbook()
        #expect(play.closed(direction, .reset) == [.act(.reset)])
        #expect(play.recorder.closings == [.reset])
        #expect(play.receive([1], from: .client).isEmpty)
    }

    @Test(arguments: Direction.allCases) func `reads no more than its receiver takes`(direction: Direction) {
        var play = Playbook()
        #expect(play.writability(direction, false) == [.act(.pauseReading(direction))])
        #expect(play.writability(direction, false).isEmpty)
        #expect(play.writability(direction.opposite, true).isEmpty)
        #expect(play.writability(direction, true) == [.act(.resumeReading(direction))])
    }

    @Test func `reads again only when every reason to pause is gone`() {
        var play = Playbook()
        _ = play.writability(.server, false)
        #expect(play.outputsBlocked(true) == [.act(.pauseReading(.client))])
        #expect(play.writability(.server, true).isEmpty)
        #expect(play.outputsBlocked(false) == [.act(.resumeReading(.client)), .act(.resumeReading(.server))])
    }

    @Test func `stopping gives a session its grace`() {
        var play = Playbook()
        #expect(play.drain() == [.act(.startTimer(.drain, seconds: 5))])
        #expect(play.client("a NOOP\r\n") == [.forward(.client, "a NOOP\r\n")])
        #expect(play.timer(.drain) == [.act(.close)])
        #expect(play.recorder.closings == [.interrupted, .interrupted])
        #expect(play.recorder.summaries.count == 1)
    }

    @Test func `stopping ends a session at once that only has to be closed`() {
        var out = Playbook()
        _ = out.server("* OK ready\r\n")
        _ = out.client("a LOGOUT\r\n")
        _ = out.server("* BYE see you\r\na OK done\r\n")
        #expect(out.drain() == [.act(.close)])
        for direction in Direction.allCases {
            var half = Playbook()
            _ = half.closed(direction)
            #expect(half.drain() == [.act(.close)])
        }
    }

    @Test(arguments: Direction.allCases) func `a stopping session ends when one side closes`(direction: Direction) {
        var play = Playbook()
        _ = play.drain()
        #expect(play.closed(direction) == [.act(.closeOutput(direction)), .act(.close)])
        #expect(play.recorder.summaries.count == 1)
    }

    @Test func `stopping ends a connection that has no server yet`() {
        var play = Playbook(connected: false)
        _ = play.accepted()
        #expect(play.drain() == [.act(.close)])
    }
}
