import PacketDecoding
import Testing
import Traffic

@testable import CaptureDecoding

@Suite("Sessions in captures")
struct CaptureDecoderTests {
    @Test
    func `a session on IMAP's port is read from greeting to end`() {
        let capture = Capture()
        capture.open(40_000)
        capture.say("* OK ready\r\n", 40_000)
        capture.say("a NOOP\r\n", 40_000, fromClient: true)
        capture.say("a OK done\r\n", 40_000)
        capture.close(40_000)
        #expect(
            capture.finish() == [
                "1 192.0.2.1:40000 cleartext", "1 S:* OK ready", "1 C:a NOOP", "1 S:a OK done", "1 end",
            ]
        )
        #expect(capture.decoder.totals.streams.sessionOctets == 31)
    }

    @Test
    func `sessions are numbered by their first packets, whichever speaks first`() {
        let capture = Capture()
        for port in [40_000, 40_001, 40_002] as [UInt16] { capture.open(port) }
        for port in [40_002, 40_000, 40_001] as [UInt16] { capture.say("* OK \(port)\r\n", port) }
        let lines = capture.finish()
        for (number, port) in [(1, 40_000), (2, 40_001), (3, 40_002)] {
            #expect(lines.contains("\(number) S:* OK \(port)"))
        }
    }

    @Test
    func `a connection that stays silent does not hold up the others for long`() {
        let capture = Capture()
        capture.open(40_000)
        capture.open(40_001)
        capture.say("* OK ready\r\n", 40_001)
        capture.decoder.flush()
        #expect(capture.sessions.lines.isEmpty)
        capture.wait(nanoseconds: 6_000_000_000)
        capture.open(40_002)
        capture.decoder.flush()
        #expect(capture.sessions.lines == ["1 192.0.2.1:40001 cleartext", "1 S:* OK ready"])
        capture.say("* OK late\r\n", 40_000)
        #expect(capture.finish().contains("2 S:* OK late"))
    }

    @Test
    func `connections that are no IMAP are counted by port and forgotten`() {
        let capture = Capture()
        capture.open(39_999)
        for port in 40_000..<45_000 as Range<UInt16> {
            capture.open(port, server: 80)
            capture.say("HTTP/1.1 200 OK\r\n", port, server: 80)
            capture.close(port, server: 80)
        }
        capture.say("* OK ready\r\n", 39_999)
        #expect(capture.finish().contains("1 S:* OK ready"))
        #expect(capture.decoder.totals.streams.otherPorts == [80: 5000])
    }

    @Test
    func `IMAP on another port is found by its greeting`() {
        let capture = Capture()
        capture.open(40_000, server: 31_143)
        capture.say("* PREAUTH hi\r\n", 40_000, server: 31_143)
        #expect(capture.finish().contains("1 S:* PREAUTH hi"))
    }

    @Test
    func `TLS is a session on IMAP's ports and a number elsewhere`() {
        let hello: [UInt8] = [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]
        let capture = Capture()
        for (client, server) in [(40_000, 993), (40_001, 443)] as [(UInt16, UInt16)] {
            capture.open(client, server: server)
            capture.say(hello, client, server: server, fromClient: true)
        }
        #expect(capture.finish() == ["1 192.0.2.1:40000 TLS", "1 end"])
        #expect(capture.decoder.totals.streams.tlsFlows == 2)
        #expect(capture.decoder.totals.streams.tlsOctets == 20)
    }

    @Test
    func `a PROXY header stands before the session and is no part of it`() {
        let capture = Capture()
        capture.open(40_000, server: 10_143)
        capture.say("PROXY TCP4 203.0.113.9 203.0.113.80 51000 143\r\n", 40_000, server: 10_143, fromClient: true)
        capture.say("* OK ready\r\n", 40_000, server: 10_143)
        capture.say("a NOOP\r\n", 40_000, server: 10_143, fromClient: true)
        let lines = capture.finish()
        #expect(lines.filter { $0.contains(" C:") } == ["1 C:a NOOP"])
    }

    @Test
    func `octets that are missing are a gap at their place`() {
        let capture = Capture()
        capture.open(40_000)
        capture.say("* OK ready\r\n", 40_000)
        capture.say("a NOOP\r\n", 40_000, fromClient: true)
        capture.lose(7, 40_000)
        capture.say("a OK done\r\n", 40_000)
        capture.say("b NOOP\r\n", 40_000, fromClient: true)
        capture.say("b OK done\r\n", 40_000)
        #expect(capture.finish().contains("1 S[7]"))
        #expect(capture.decoder.totals.streams.missingOctets == 7)
    }

    @Test
    func `a capture that begins within a session shows what there is`() {
        let capture = Capture()
        capture.say("* 3 EXISTS\r\n", 40_000)
        capture.say("b NOOP\r\n", 40_000, fromClient: true)
        capture.say("b OK done\r\n", 40_000)
        #expect(
            capture.finish() == [
                "1 192.0.2.1:40000 cleartext", "1 S:* 3 EXISTS", "1 C:b NOOP", "1 S:b OK done", "1 end",
            ]
        )
    }
}
