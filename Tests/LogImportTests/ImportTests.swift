import IMAPSession
import LogImport
import Testing
import Traffic

/// What a log says, as text: sessions, then who said what.
private func said(_ log: String, _ name: String, chunk: Int = .max) throws -> [String] {
    var lines: [String] = []
    let format = try #require(LogFormats.named(name))
    var importer = LogImporter(format) { input in
        switch input.kind {
        case .began(let description): lines.append("began \(description.server.host)")
        case .beginsMidStream: lines.append("mid-stream")
        case .octets(let direction, let octets):
            let text = String(decoding: octets, as: UTF8.self).replacing("\r\n", with: "|")
            lines.append((direction == .client ? "C " : "S ") + text)
        case .gap(let direction, let octets): lines.append((direction == .client ? "C" : "S") + " gap \(octets)")
        case .closed, .finding: break
        case .ended: lines.append("ended")
        }
    }
    let octets = Array(log.utf8)
    var start = 0
    while start < octets.count {
        let end = min(octets.count, start + min(chunk, octets.count))
        importer.read(octets[start..<end])
        start = end
    }
    importer.finish()
    return lines
}

private let samples: [(name: String, log: String, says: [String])] = [
    (
        "dialogue", "Prose.\r\n  S: * OK hi\r\n  C: a NOOP\r\n\r\n  S: a OK done\r\n",
        ["began server", "S * OK hi|", "C a NOOP|", "S a OK done|", "ended"]
    ),
    (
        "dialogue",
        "Connected to imaps://imap.example.org:993/\nS: * OK hi\nC: A1 LOGIN ann ********\nS: A1 OK done\n",
        ["began imap.example.org", "S * OK hi|", "C A1 LOGIN ann ********|", "S A1 OK done|", "ended"]
    ),
    (
        "curl",
        "* Connected to h (127.0.0.1) port 143 (#0)\n< * OK hi\n> A1 FETCH 1 BODY[]\n< * 1 FETCH (BODY[] {5}\n"
            + "* Written 5 bytes\n< )\n< A1 OK done\n",
        [
            "began h", "S * OK hi|", "C A1 FETCH 1 BODY[]|", "S * 1 FETCH (BODY[] {5}|", "S gap 5", "S )|",
            "S A1 OK done|",
            "ended",
        ]
    ),
    (
        "imaplib", "  38:14.87 < b'* OK hi'\n  38:14.87 > b'A0 LOGIN \"a\\'b\" \\x41'\n  38:14.88 < b'A0 OK'\n",
        ["began server", "S * OK hi|", "C A0 LOGIN \"a'b\" A|", "S A0 OK|", "ended"]
    ),
    (
        "thunderbird",
        "2026-11-24 10:00:00.123456 UTC - [Parent 1: IMAP]: D/IMAP 0x7f1:h:NA:CreateNewLineFromSocket: * OK hi\n"
            + "2026-11-24 10:00:00.2 UTC - [Parent 1: IMAP]: D/IMAP 0x7f2:h:NA:CreateNewLineFromSocket: * OK ho\n"
            + "2026-11-24 10:00:00.3 UTC - [Parent 1: IMAP]: I/IMAP 0x7f1:h:NA:SendData: 1 noop\n"
            + "2026-11-24 10:00:00.3 UTC - [Parent 1: IMAP]: I/IMAP 0x7f1:h:NA:SendData: Logging suppressed for this command\n",
        ["began server", "S * OK hi|", "began server", "S * OK ho|", "C 1 noop|", "ended", "ended"]
    ),
    (
        "cyrus", "---------- ann Tue Nov 24 14:38:16 2026\n\n<1795531096<a NOOP\r\n>1795531096>a OK done\r\n",
        ["began server", "mid-stream", "C a NOOP|", "S a OK done|", "ended"]
    ),
    (
        "fetchmail", "fetchmail: IMAP< * OK hi\nfetchmail: IMAP> A1 LOGIN \"ann\" \"*\"\nfetchmail: IMAP< A1 OK\n",
        ["began server", "S * OK hi|", "C A1 LOGIN \"ann\" \"*\"|", "S A1 OK|", "ended"]
    ),
    (
        "mbsync", "F: * OK hi\nF: >>> 1 APPEND x {10}\nF: + go on\nF: 1 OK done\nN: Called get_caps\n",
        [
            "began server", "S * OK hi|", "C 1 APPEND x {10}|", "S + go on|", "C gap 10", "C |", "S 1 OK done|",
            "ended",
        ]
    ),
    (
        "neomutt",
        "[2026-11-24 14:38:14]<5> mutt_socket_readln_d() 4< * OK hi\n[2026-11-24 14:38:14]<2> 4> a0 NOOP\n"
            + "[2026-11-24 14:38:14]<3> imap_cmd_step() IMAP queue drained\n",
        ["began server", "S * OK hi|", "C a0 NOOP|", "ended"]
    ),
    (
        "telnet",
        "Now we list the mailboxes:\n\n    a LIST \"\" *\n    * LIST () \".\" INBOX\n    a OK done\n\n* a bullet point\n"
            + "and then to close the mailbox.\n    b append x {4}\n    + go\n    abcd\n    b OK\n",
        [
            "began server", "mid-stream", "C a LIST \"\" *|", "S * LIST () \".\" INBOX|", "S a OK done|",
            "C b append x {4}|",
            "S + go|", "C abcd|", "S b OK|", "ended",
        ]
    ),
]

@Suite struct ImportTests {
    @Test(arguments: samples.indices)
    func `a log says what was said, in whatever pieces it comes`(index: Int) throws {
        let sample = samples[index]
        #expect(try said(sample.log, sample.name) == sample.says)
        for chunk in [1, 7] { #expect(try said(sample.log, sample.name, chunk: chunk) == sample.says) }
        #expect(try said("\u{FEFF}" + sample.log, sample.name) == sample.says)
    }

    @Test(arguments: samples.indices)
    func `a log that is cut anywhere says a beginning of what it said`(index: Int) throws {
        let sample = samples[index]
        for count in 0..<sample.log.utf8.count {
            let cut = try said(String(decoding: sample.log.utf8.prefix(count), as: UTF8.self), sample.name)
            // Half a line may be one that the whole would not be.
            #expect(cut.count <= sample.says.count + 1)
        }
    }

    @Test(arguments: samples.indices)
    func `a format is known by its lines`(index: Int) {
        #expect(LogFormats.detect(Array(samples[index].log.utf8))?.name == samples[index].name)
    }

    @Test func `what is no log has no format`() {
        #expect(LogFormats.detect([]) == nil)
        #expect(LogFormats.detect(Array("A letter.\n\nDear Ann,\n* OK is what I say\n".utf8)) == nil)
        #expect(LogFormats.detect((0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }) == nil)
    }

    @Test func `a rawlog without times is put in the order of its dialogue`() throws {
        let merged = RawlogPair.merged(
            client: Array("a LOGIN x y\r\nb APPEND z {4}\r\nabcd\r\nc NOOP\r\n".utf8),
            server: Array("* OK hi\r\na OK in\r\n+ go\r\nb OK done\r\n* 1 EXISTS\r\nc OK done\r\n".utf8)
        )
        #expect(
            try said(String(decoding: merged, as: UTF8.self), "rawlog") == [
                "began server", "S * OK hi|", "C a LOGIN x y|", "S a OK in|", "C b APPEND z {4}|", "S + go|", "C abcd|",
                "S b OK done|", "C c NOOP|", "S * 1 EXISTS|", "S c OK done|", "ended",
            ]
        )
        #expect(RawlogPair.partner(of: "x/1.in") == "x/1.out")
        #expect(RawlogPair.partner(of: "x/1.log") == nil)
    }
}
