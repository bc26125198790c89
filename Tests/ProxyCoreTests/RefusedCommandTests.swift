import IMAPProtocol
import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct `A refused command` {
    static let answer = "a BAD imapscope: STARTTLS is not offered here\r\n"

    @Test func `is answered here and never reaches the server`() {
        var play = Playbook.neverSTARTTLS
        _ = play.server("* OK hi\r\n")
        #expect(
            play.client("a STARTTLS\r\n") == [
                .replace(.client, "a STARTTLS\r\n", with: ""), .inject(.server, Self.answer),
            ]
        )
        #expect(play.recorder.edits.map(\.before) == ["a STARTTLS"])
        #expect(play.recorder.edits.map { $0.after + "\r\n" } == [Self.answer])
        #expect(play.recorder.exchanges.map(\.status) == [.bad])
    }

    @Test func `is swallowed between others however the octets are cut`() {
        let text = Array("x NOOP\r\na starttls\r\ny NOOP\r\n".utf8)
        for cut in 0...text.count {
            var play = Playbook.neverSTARTTLS
            _ = play.server("* OK hi\r\n")
            _ = play.receive(Array(text[..<cut]), from: .client)
            _ = play.receive(Array(text[cut...]), from: .client)
            #expect(String(decoding: play.sent[.client]!, as: UTF8.self) == "x NOOP\r\ny NOOP\r\n", "cut at \(cut)")
            #expect(String(decoding: play.sent[.server]!, as: UTF8.self) == "* OK hi\r\n" + Self.answer)
        }
    }

    @Test func `is recognised in a run of refused commands`() {
        var play = Playbook.neverSTARTTLS
        _ = play.server("* OK hi\r\n")
        _ = play.client("a STARTTLS\r\nb STARTTLS\r\nc NOOP\r\n")
        #expect(String(decoding: play.sent[.client]!, as: UTF8.self) == "c NOOP\r\n")
        #expect(
            String(decoding: play.sent[.server]!, as: UTF8.self)
                == "* OK hi\r\n" + Self.answer + Self.answer.replacing("a BAD", with: "b BAD")
        )
    }

    @Test func `waits with its answer for the end of the server's message`() {
        var play = Playbook.neverSTARTTLS
        _ = play.server("* OK hi\r\n* 1 FETCH (BODY[] {10}\r\n0123")
        #expect(
            play.client("a STARTTLS\r\nb NOOP\r\n") == [
                .replace(.client, "a STARTTLS\r\n", with: ""), .hold(.client, "b NOOP\r\n"),
                .act(.pauseReading(.client)),
            ]
        )
        #expect(
            play.server("456789)\r\n") == [
                .forward(.server, "456789)\r\n"), .inject(.server, Self.answer), .release(.client, "b NOOP\r\n"),
                .act(.resumeReading(.client)),
            ]
        )
    }

    @Test func `is not answered before the greeting`() {
        var play = Playbook.neverSTARTTLS
        #expect(
            play.client("a STARTTLS\r\n") == [
                .replace(.client, "a STARTTLS\r\n", with: ""), .act(.pauseReading(.client)),
            ]
        )
        #expect(
            play.server("* OK hi\r\n") == [
                .forward(.server, "* OK hi\r\n"), .inject(.server, Self.answer), .act(.resumeReading(.client)),
            ]
        )
    }

    @Test func `is only text inside a literal`() {
        var play = Playbook.neverSTARTTLS
        _ = play.server("* OK hi\r\n")
        #expect(play.client("a LOGIN {12}\r\n") == [.forward(.client, "a LOGIN {12}\r\n")])
        _ = play.server("+ go\r\n")
        #expect(play.client("b STARTTLS\r\n") == [.forward(.client, "b STARTTLS\r\n")])
        #expect(play.client(" x\r\n") == [.forward(.client, " x\r\n")])
        #expect(play.recorder.edits.isEmpty)
    }

    @Test func `leaves offsets right for what follows`() {
        var play = Playbook.neverSTARTTLS
        _ = play.server("* OK hi\r\n")
        _ = play.client("a STARTTLS\r\n")
        _ = play.client("b CAPABILITY\r\n")
        play.sent[.server] = []
        _ = play.server("* CAPABILITY IMAP4rev1 STARTTLS\r\nb OK done\r\n")
        #expect(String(decoding: play.sent[.server]!, as: UTF8.self) == "* CAPABILITY IMAP4rev1\r\nb OK done\r\n")
    }

    @Test func `does not slow other commands`() {
        var play = Playbook.neverSTARTTLS
        _ = play.server("* OK hi\r\n")
        #expect(play.client("a STAT") == [.forward(.client, "a STAT")])
        #expect(play.client("US x (MESSAGES)\r\n") == [.forward(.client, "US x (MESSAGES)\r\n")])
        #expect(play.client("b STARTTLSX") == [.forward(.client, "b STARTTLSX")])
    }
}
