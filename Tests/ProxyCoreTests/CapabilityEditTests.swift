import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct `A capability edit` {
    static let places: [(received: String, sent: String)] = [
        ("* OK [CAPABILITY IMAP4rev1 STARTTLS IDLE] ready\r\n", "* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n"),
        ("* CAPABILITY IMAP4rev1 STARTTLS IDLE\r\n", "* CAPABILITY IMAP4rev1 IDLE\r\n"),
        ("a OK [CAPABILITY STARTTLS IMAP4rev1] in\r\n", "a OK [CAPABILITY IMAP4rev1] in\r\n"),
        ("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", "* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n"),
        ("* ok [capability imap4rev1 StartTLS] ready\r\n", "* ok [capability imap4rev1] ready\r\n"),
        ("* CAPABILITY IMAP4rev1  STARTTLS  IDLE \r\n", "* CAPABILITY IMAP4rev1  IDLE \r\n"),
        ("* CAPABILITY STARTTLS\r\n", "* CAPABILITY IMAP4rev1\r\n"),
        ("* CAPABILITY STARTTLS STARTTLS IDLE\n", "* CAPABILITY IDLE\n"),
        ("* CAPABILITY STARTTLS2 XSTARTTLS\r\n", "* CAPABILITY STARTTLS2 XSTARTTLS\r\n"),
        ("* OK [ALERT] CAPABILITY STARTTLS\r\n", "* OK [ALERT] CAPABILITY STARTTLS\r\n"),
        ("* OK [CAPABILITY IMAP4rev1 STARTTLS\r\n", "* OK [CAPABILITY IMAP4rev1 STARTTLS\r\n"),
        ("* OK STARTTLS is nice\r\n", "* OK STARTTLS is nice\r\n"),
    ]

    @Test(arguments: places) func `changes the list and nothing else`(received: String, sent: String) {
        var play = Playbook.neverSTARTTLS
        _ = play.server("* OK hello\r\n")
        _ = play.client("a CAPABILITY\r\n")
        play.sent[.server] = []
        _ = play.server(received)
        #expect(String(decoding: play.sent[.server]!, as: UTF8.self) == sent)
        #expect(play.recorder.edits.count == (received == sent ? 0 : 1))
        #expect(play.recorder.messages.last?.text == received)
    }

    @Test(arguments: places) func `does so however the octets are cut`(received: String, sent: String) {
        let bytes = Array(received.utf8)
        for cut in 0...bytes.count {
            var play = Playbook.neverSTARTTLS
            _ = play.receive(Array(bytes[..<cut]), from: .server)
            _ = play.receive(Array(bytes[cut...]), from: .server)
            #expect(String(decoding: play.sent[.server]!, as: UTF8.self) == sent, "cut at \(cut)")
        }
        var play = Playbook.neverSTARTTLS
        for octet in bytes { _ = play.receive([octet], from: .server) }
        #expect(String(decoding: play.sent[.server]!, as: UTF8.self) == sent)
    }

    @Test func `shows what came and what went`() {
        var play = Playbook.neverSTARTTLS
        let did = play.server("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n* 1 EXISTS\r\n")
        #expect(
            did == [
                .replace(
                    .server,
                    "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n",
                    with: "* OK [CAPABILITY IMAP4rev1] ready\r\n"
                ),
                .forward(.server, "* 1 EXISTS\r\n"),
            ]
        )
        #expect(play.recorder.edits.map(\.before) == ["* OK [CAPABILITY IMAP4rev1 STARTTLS] ready"])
        #expect(play.recorder.edits.map(\.after) == ["* OK [CAPABILITY IMAP4rev1] ready"])
        #expect(play.recorder.edits.map(\.cause) == ["--starttls never"])
    }

    @Test func `adds what is missing`() {
        let edit = CapabilityEdit(cause: "test", removing: [], adds: ["LOGINDISABLED", "IDLE"])
        var play = Playbook(ProxyOptions(capabilityEdits: [edit]))
        _ = play.server("* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n")
        #expect(
            String(decoding: play.sent[.server]!, as: UTF8.self)
                == "* OK [CAPABILITY IMAP4rev1 IDLE LOGINDISABLED] ready\r\n"
        )
    }

    @Test func `holds no more than the beginning of a message that may hold a list`() {
        var play = Playbook.neverSTARTTLS
        #expect(play.server("* O") == [.hold(.server, "* O")])
        #expect(play.server("K re") == [.release(.server, "* O"), .forward(.server, "K re")])
        #expect(play.server("ady\r\n* 12 FE") == [.forward(.server, "ady\r\n* 12 FE")])
        #expect(
            play.server("TCH (FLAGS ())\r\n* CAP") == [
                .forward(.server, "TCH (FLAGS ())\r\n"), .hold(.server, "* CAP"),
            ]
        )
        #expect(
            play.server("ABILITY STARTTLS X\r\n") == [
                .replace(.server, "ABILITY STARTTLS X\r\n", with: "* CAPABILITY X\r\n")
            ]
        )
    }

    @Test func `lets a literal stream past`() {
        var play = Playbook.neverSTARTTLS
        _ = play.server("* OK hi\r\n")
        let head = "* 1 FETCH (BODY[] {40}\r\n* CAPABIL"
        #expect(play.server(head) == [.forward(.server, head)])
        let rest = "ITY STARTTLS                 x)\r\n"
        #expect(play.server(rest) == [.forward(.server, rest)])
        #expect(play.recorder.edits.isEmpty)
    }

    @Test func `passes a list beyond the limit untouched and says so`() {
        var options = ProxyOptions.neverSTARTTLS
        options.heldOctets = 100
        var play = Playbook(options)
        let line = "* CAPABILITY STARTTLS " + String(repeating: "X", count: 100)
        #expect(play.server(line) == [.forward(.server, line)])
        #expect(play.server("\r\n") == [.forward(.server, "\r\n")])
        #expect(play.recorder.findings.map(\.id).contains("not-edited"))
        #expect(play.recorder.edits.isEmpty)
    }

    @Test func `releases what it held when the server closes`() {
        var play = Playbook.neverSTARTTLS
        _ = play.server("* OK [CAPA")
        #expect(play.closed(.server) == [.release(.server, "* OK [CAPA"), .act(.closeOutput(.server))])
    }

    @Test func `edits nothing once the streams are TLS`() {
        let hello: [UInt8] = [0x16, 0x03, 0x01, 0x00, 0x05, 1, 2, 3, 4, 5]
        var play = Playbook.neverSTARTTLS
        for octet in hello { #expect(play.receive([octet], from: .client).count == 1) }
        _ = play.server("* CAPABILITY STARTTLS\r\n")
        #expect(play.sent[.client] == hello)
        #expect(String(decoding: play.sent[.server]!, as: UTF8.self) == "* CAPABILITY STARTTLS\r\n")
        #expect(play.recorder.changes.map(\.layer) == [.unexpectedTLS])
    }

    @Test func `what stands behind the OK to COMPRESS is no cleartext`() {
        var play = Playbook.neverSTARTTLS
        _ = play.server("* OK hi\r\n")
        _ = play.client("a COMPRESS DEFLATE\r\n")
        _ = play.took(.server)
        _ = play.server("a OK active\r\n* CAPABILITY STARTTLS\r\n")
        #expect(play.took(.server).hasPrefix("a OK active\r\n"))
        #expect(play.recorder.edits.isEmpty)
        #expect(!play.recorder.messages.contains { $0.text.hasPrefix("* CAPABILITY") })
    }
}
