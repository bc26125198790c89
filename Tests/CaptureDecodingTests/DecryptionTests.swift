import PacketDecoding
import Testing
import Traffic

@testable import CaptureDecoding

@Suite("TLS in captures")
struct DecryptionTests {
    private static let dialogue = ["1 S:* OK ready", "1 C:a LOGIN user pass", "1 S:a OK done"]

    private func said(_ lines: [String]) -> [String] {
        lines.filter { $0.contains("S:") || $0.contains("C:") || $0.contains("[") }
    }

    @Test(arguments: [TLSWire.modern, TLSWire.old])
    func `implicit TLS is read from greeting to end`(name: String) throws {
        let wire = try TLSWire(name)
        let capture = Capture(keys: wire.keys)
        capture.open(40_000, server: 993)
        capture.say(wire, 40_000, server: 993)
        capture.close(40_000, server: 993)
        #expect(capture.finish() == ["1 192.0.2.1:40000 TLS"] + Self.dialogue + ["1 end"])
        #expect(capture.decoder.totals.streams.decryptedOctets == 42)
        #expect(capture.sessions.findings.isEmpty)
    }

    @Test(arguments: [TLSWire.modern, TLSWire.old])
    func `STARTTLS switches behind the tagged OK`(name: String) throws {
        let wire = try TLSWire(name)
        let capture = Capture(keys: wire.keys)
        capture.open(40_000)
        capture.say("* OK [CAPABILITY STARTTLS] hello\r\n", 40_000)
        capture.say("s STARTTLS\r\n", 40_000, fromClient: true)
        capture.say("s OK go\r\n", 40_000)
        capture.say(wire, 40_000, server: 143)
        #expect(
            self.said(capture.finish()) == [
                "1 S:* OK [CAPABILITY STARTTLS] hello", "1 C:s STARTTLS", "1 S:s OK go",
            ] + Self.dialogue
        )
    }

    @Test(arguments: [TLSWire.modern, TLSWire.old])
    func `records in the segment of the OK are not read as text, and none of them is lost`(name: String) throws {
        let wire = try TLSWire(name)
        let capture = Capture(keys: wire.keys)
        capture.open(40_000)
        capture.say("* OK hello\r\n", 40_000)
        // The client does not wait, so that the capture has its hello before the OK that the server's hello follows at once.
        var records = wire.records
        let hello = records.removeFirst().octets
        capture.say(Array("s STARTTLS\r\n".utf8) + hello, 40_000, fromClient: true)
        let answer = records.removeFirst()
        try #require(!answer.isFromClient)
        capture.say(Array("s OK go\r\n".utf8) + answer.octets, 40_000)
        for record in records { capture.say(record.octets, 40_000, fromClient: record.isFromClient) }
        #expect(
            self.said(capture.finish()) == ["1 S:* OK hello", "1 C:s STARTTLS", "1 S:s OK go"] + Self.dialogue
        )
    }

    @Test
    func `a refused STARTTLS switches nothing`() throws {
        let capture = Capture(keys: try TLSWire(TLSWire.modern).keys)
        capture.open(40_000)
        for (text, isFromClient) in [
            ("* OK hello\r\n", false), ("s STARTTLS\r\n", true), ("s NO not now\r\n", false), ("a NOOP\r\n", true),
            ("a OK done\r\n", false),
        ] {
            capture.say(text, 40_000, fromClient: isFromClient)
        }
        #expect(
            self.said(capture.finish()) == [
                "1 S:* OK hello", "1 C:s STARTTLS", "1 S:s NO not now", "1 C:a NOOP", "1 S:a OK done",
            ]
        )
    }

    @Test(arguments: [TLSWire.modern, TLSWire.old])
    func `a lost record is a gap, and what follows is read`(name: String) throws {
        let wire = try TLSWire(name)
        let capture = Capture(keys: wire.keys)
        capture.open(40_000, server: 993)
        let greeting = try #require(
            wire.records.indices.last { !wire.records[$0].isFromClient && $0 + 4 < wire.records.count }
        )
        for (index, record) in wire.records.enumerated() {
            if index == greeting {
                capture.lose(UInt32(record.octets.count), 40_000)
            } else {
                capture.say(record.octets, 40_000, server: 993, fromClient: record.isFromClient)
            }
        }
        let lines = self.said(capture.finish())
        #expect(lines.contains("1 S[12]"))
        #expect(lines.contains("1 C:a LOGIN user pass"))
        #expect(lines.contains("1 S:a OK done"))
        #expect(!lines.contains("1 S:* OK ready"))
    }

    @Test
    func `one direction alone opens with its secrets, and what the other said is a gap`() throws {
        let wire = try TLSWire(TLSWire.modern)
        let capture = Capture(keys: wire.keys.filter { $0.hasPrefix("SERVER") })
        capture.open(40_000, server: 993)
        capture.say(wire, 40_000, server: 993)
        let lines = self.said(capture.finish())
        #expect(lines.contains("1 S:* OK ready"))
        #expect(lines.contains("1 S:a OK done"))
        #expect(lines.contains { $0.hasPrefix("1 C[") })
        #expect(!lines.contains { $0.contains("LOGIN") })
        #expect(capture.sessions.findings.count == 1)
        #expect(
            capture.sessions.findings.first?.hasPrefix("tls-not-decrypted TLS is not decrypted: the key log has no")
                == true
        )
    }

    @Test(arguments: [TLSWire.modern, TLSWire.old])
    func `keys that come later open what waited for them`(name: String) throws {
        let wire = try TLSWire(name)
        let keys = GrowingKeys()
        let capture = Capture(keys.options(mayGrow: true))
        capture.open(40_000, server: 993)
        capture.say(wire, 40_000, server: 993)
        capture.decoder.flush()
        #expect(self.said(capture.sessions.lines).isEmpty)
        keys.add(wire.keys)
        capture.close(40_000, server: 993)
        #expect(capture.finish() == ["1 192.0.2.1:40000 TLS"] + Self.dialogue + ["1 end"])
        #expect(capture.sessions.findings.isEmpty)
    }

    @Test
    func `keys that never come are told, with the client random that they are listed under`() throws {
        let wire = try TLSWire(TLSWire.modern)
        let random = try #require(wire.keys.first?.split(separator: " ").dropFirst().first)
        for mayGrow in [true, false] {
            let capture = Capture(GrowingKeys().options(mayGrow: mayGrow))
            capture.open(40_000, server: 993)
            capture.say(wire, 40_000, server: 993)
            capture.close(40_000, server: 993)
            #expect(self.said(capture.finish()).isEmpty)
            #expect(capture.sessions.findings.count == 1)
            #expect(capture.sessions.findings.first?.hasSuffix("client random \(random)") == true)
            #expect(capture.sessions.handshakes == ["TLS 1.3 TLS_AES_128_GCM_SHA256, not decrypted"])
        }
    }

    @Test
    func `TLS on any port is a session where its keys show an IMAP greeting`() throws {
        let wire = try TLSWire(TLSWire.modern)
        let other = try TLSWire(TLSWire.old)
        let capture = Capture(keys: wire.keys)
        for port in [40_000, 40_001] as [UInt16] { capture.open(port, server: 10_993) }
        capture.say(other, 40_001, server: 10_993)
        capture.say(wire, 40_000, server: 10_993)
        for port in [40_000, 40_001] as [UInt16] { capture.close(port, server: 10_993) }
        #expect(capture.finish() == ["1 192.0.2.1:40000 TLS"] + Self.dialogue + ["1 end"])
        #expect(capture.decoder.totals.streams.tlsFlows == 1)
        #expect(capture.decoder.totals.streams.decryptedFlows == 1)
    }

    @Test
    func `the handshake is told without keys, as far as it is in the clear`() throws {
        let wire = try TLSWire(TLSWire.old)
        let capture = Capture()
        capture.open(40_000, server: 993)
        capture.say(wire, 40_000, server: 993)
        #expect(self.said(capture.finish()).isEmpty)
        #expect(capture.sessions.handshakes == ["TLS 1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, not decrypted"])
    }
}
