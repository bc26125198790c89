import PacketDecoding
import Testing
import Traffic

struct TCPConnectionTests {
    private typealias Script = TCPScript

    private static func c(_ at: Int, _ text: String = "", ack: Int? = nil, _ flags: TCPFlags = [], missing: Int = 0)
        -> TCPScript.Packet
    { Script.c(at, text, ack: ack, flags, missing: missing) }
    private static func s(_ at: Int, _ text: String = "", ack: Int? = nil, _ flags: TCPFlags = [], missing: Int = 0)
        -> TCPScript.Packet
    { Script.s(at, text, ack: ack, flags, missing: missing) }

    /// Greeting, a command, an answer in two segments, another command, the end.
    private static let dialogue = [
        s(0, "* OK hi\r\n", ack: 0), c(0, ack: 9), c(0, "a NOOP\r\n", ack: 9), s(9, "* 1 EXI", ack: 8),
        s(16, "STS\r\n", ack: 8), s(21, "a OK\r\n", ack: 8), c(8, "b LOGOUT\r\n", ack: 27), s(27, "* BYE\r\n", ack: 18),
        s(34, "", ack: 18, [.fin]), c(18, "", ack: 35, [.fin]), s(35, "", ack: 19),
    ]
    private static let said = [
        "S:* OK hi\r\n", "C:a NOOP\r\n", "S:* 1 EXISTS\r\na OK\r\n", "C:b LOGOUT\r\n", "S:* BYE\r\n", "S.fin", "C.fin",
    ]

    @Test
    func `segments in order are handed on as they come, across the wrap of sequence numbers`() {
        let observer = Script.play(Script.handshake + Self.dialogue, finish: false)
        #expect(observer.said == Self.said)
    }

    @Test
    func `every swap of two packets gives the same`() {
        for one in Self.dialogue.indices {
            for other in (one + 1)..<Self.dialogue.count {
                var packets = Self.dialogue
                packets.swapAt(one, other)
                let observer = Script.play(Script.handshake + packets)
                #expect(observer.said == Self.said, "packets \(one) and \(other)")
                #expect(observer.conflicts.isEmpty)
            }
        }
    }

    @Test
    func `packets in reverse order behind the handshake give the same`() {
        #expect(Script.play(Script.handshake + Self.dialogue.reversed()).said == Self.said)
    }

    @Test
    func `without the handshake the streams begin where they are seen`() {
        #expect(Script.play(Self.dialogue).said == Self.said)
    }

    @Test
    func `doubled packets are not doubled text`() {
        let observer = Script.play((Script.handshake + Self.dialogue).flatMap { [$0, $0] })
        #expect(observer.said == Self.said)
        #expect(observer.conflicts.isEmpty)
    }

    @Test
    func `retransmissions with other boundaries add nothing`() {
        let packets = [
            Self.s(0, "0123", ack: 0), Self.s(2, "2345", ack: 0), Self.s(8, "89", ack: 0), Self.s(4, "45678", ack: 0),
            Self.s(0, "0123456789", ack: 0), Self.s(10, "A", ack: 0),
        ]
        let observer = Script.play(Script.handshake + packets)
        #expect(observer.said == ["S:0123456789A"])
        #expect(observer.conflicts.isEmpty)
    }

    @Test
    func `a retransmission with other octets is told, and the first copy stays`() {
        let packets = [Self.s(0, "0123", ack: 0), Self.s(0, "01X3456", ack: 0)]
        let observer = Script.play(Script.handshake + packets)
        #expect(observer.said == ["S:0123456"])
        #expect(observer.conflicts == [2])
    }

    @Test
    func `a conflict among segments that wait is told`() {
        let packets = [Self.s(4, "4567", ack: 0), Self.s(4, "45Y7", ack: 0), Self.s(0, "0123", ack: 0)]
        let observer = Script.play(Script.handshake + packets)
        #expect(observer.said == ["S:01234567"])
        #expect(observer.conflicts == [6])
    }

    @Test
    func `keep-alives and their octet are ignored`() {
        let packets = [
            Self.s(0, "0123", ack: 0), Self.s(3, "\0", ack: 0), Self.s(3, "", ack: 0), Self.s(4, "45", ack: 0),
        ]
        let observer = Script.play(Script.handshake + packets)
        #expect(observer.said == ["S:012345"])
        #expect(observer.conflicts.isEmpty)
    }

    @Test
    func `a zero-window probe is a part of the stream`() {
        let packets = [
            Self.s(0, "0123", ack: 0), Self.s(4, "4", ack: 0), Self.s(4, "45", ack: 0), Self.s(6, "6", ack: 0),
        ]
        #expect(Script.play(Script.handshake + packets).said == ["S:0123456"])
    }

    @Test
    func `a lost segment that was acknowledged is a gap of its size`() {
        let packets = [Self.s(0, "0123", ack: 0), Self.s(8, "89", ack: 0), Self.c(0, "x", ack: 10)]
        #expect(Script.play(Script.handshake + packets).said == ["S:0123", "S[4]", "S:89", "C:x"])
    }

    @Test
    func `a lost segment at the end shows by its acknowledgement`() {
        let packets = [Self.s(0, "0123", ack: 0), Self.c(0, "", ack: 10)]
        #expect(Script.play(Script.handshake + packets).said == ["S:0123", "S[6]"])
    }

    @Test
    func `a gap is given up after so many packets, not only at the end`() {
        var limits = ReassemblyLimits.standard
        limits.reorderPackets = 5
        let packets =
            [Self.s(0, "ab", ack: 0), Self.s(4, "ef", ack: 0), Self.c(0, "", ack: 6)]
            + (6..<12).map { Self.s($0, "x", ack: 0) }
        #expect(
            Script.play(Script.handshake + packets, limits: limits, finish: false).said == [
                "S:ab", "S[2]", "S:efxxxxxx",
            ]
        )
    }

    @Test
    func `what nobody acknowledged is waited for`() {
        var limits = ReassemblyLimits.standard
        limits.reorderPackets = 2
        let packets =
            [Self.s(0, "ab", ack: 0), Self.s(4, "ef", ack: 0)] + (6..<12).map { Self.s($0, "x", ack: 0) }
            + [Self.s(2, "cd", ack: 0)]
        #expect(Script.play(Script.handshake + packets, limits: limits, finish: false).said == ["S:abcdefxxxxxx"])
    }

    @Test
    func `held octets are bounded`() {
        var limits = ReassemblyLimits.standard
        limits.heldOctets = 400
        let packets = [Self.s(2, "cdef", ack: 0), Self.s(6, "ghij", ack: 0), Self.s(10, "k", ack: 0)]
        #expect(Script.play(Script.handshake + packets, limits: limits, finish: false).said == ["S[2]", "S:cdefghijk"])
    }

    @Test
    func `octets that the snapshot length cut off are gaps`() {
        let packets = [Self.s(0, "0123", ack: 0, missing: 6), Self.s(10, "AB", ack: 0)]
        #expect(Script.play(Script.handshake + packets).said == ["S:0123", "S[6]", "S:AB"])
    }

    @Test
    func `a whole copy fills what another copy lacks`() {
        let packets = [Self.s(4, "45", ack: 0, missing: 2), Self.s(4, "4567", ack: 0), Self.s(0, "0123", ack: 0)]
        #expect(Script.play(Script.handshake + packets).said == ["S:01234567"])
    }

    @Test
    func `a capture of one direction shows the other one as gaps`() {
        let packets = Self.dialogue.filter { $0.side == .second }
        let said = Script.play(packets).said
        #expect(
            said == [
                "S:* OK hi\r\n", "C[8]", "S:* 1 EXISTS\r\na OK\r\n", "C[10]", "S:* BYE\r\n", "S.fin",
            ]
        )
    }

    @Test
    func `a reset ends the connection behind what came before it`() {
        let packets = [Self.c(2, "", ack: 0, [.rst]), Self.c(0, "ab", ack: 0)]
        let observer = Script.play(Script.handshake + packets, finish: false)
        #expect(observer.said == ["C:ab", "C.rst"])
    }

    @Test
    func `data behind a FIN that was handed on is ignored`() {
        let packets = [Self.c(0, "ab", ack: 0, [.fin]), Self.c(3, "cd", ack: 0)]
        #expect(Script.play(Script.handshake + packets).said == ["C:ab", "C.fin"])
    }

    @Test
    func `after a half-close the other side goes on`() {
        let packets = [
            Self.c(0, "ab", ack: 0, [.fin]), Self.s(0, "cd", ack: 3), Self.s(2, "ef", ack: 3, [.fin]),
            Self.c(3, "", ack: 5),
        ]
        #expect(Script.play(Script.handshake + packets).said == ["C:ab", "C.fin", "S:cdef", "S.fin"])
    }

    @Test
    func `data in the SYN is the beginning of the stream`() {
        let packets = [
            Script.c(-1, "ab", ack: nil, [.syn]), Self.s(-1, "", ack: 2, [.syn]), Self.c(2, "cd", ack: 0),
        ]
        #expect(Script.play(packets).said == ["C:abcd"])
    }

    @Test
    func `a segment far outside of the window belongs to nothing`() {
        let packets = [Self.s(0, "ab", ack: 0), Self.s(0x5000_0000, "zz", ack: 0), Self.s(2, "cd", ack: 0)]
        #expect(Script.play(Script.handshake + packets).said == ["S:abcd"])
    }

    @Test
    func `a SYN with another number begins another connection`() {
        var connection = TCPConnection()
        var observer = Script.Observer()
        for packet in Script.handshake + [Self.s(0, "ab", ack: 0)] {
            connection.receive(
                packet.segment,
                payload: packet.text.utf8.span.bytes,
                from: packet.side,
                at: .zero,
                &observer
            )
        }
        let isSame = !connection.isReuse(Script.handshake[0].segment, from: .first)
        #expect(isSame)
        var again = Script.handshake[0].segment
        again.sequence &+= 5000
        let isReuse = connection.isReuse(again, from: .first)
        #expect(isReuse)
    }

    @Test
    func `a SYN behind what was seen moves nothing, and begins another connection`() {
        let packets = [Self.c(0, ack: 0), Self.s(-1, "ab", ack: 40)]
        let late = Self.s(0, ack: 0, [.syn])
        #expect(Script.play(packets + [late]).said == ["C[40]", "S:ab"])
        var connection = TCPConnection()
        var observer = Script.Observer()
        for packet in packets {
            connection.receive(
                packet.segment,
                payload: packet.text.utf8.span.bytes,
                from: packet.side,
                at: .zero,
                &observer
            )
        }
        let isReuse = connection.isReuse(late.segment, from: .second)
        #expect(isReuse)
        let isOlder = !connection.isReuse(Self.s(-50, ack: 0, [.syn]).segment, from: .second)
        #expect(isOlder)
    }

    @Test
    func `beginnings ever earlier do not add up to more than the largest window`() {
        let packets = [
            Self.c(0, ack: 0), Self.s(0, "ab", ack: 40), Self.s(-0x3000_0000, "cd", ack: 40),
            Self.s(-0x6000_0000, "ef", ack: 40),
        ]
        #expect(Script.play(packets).said == ["C[40]", "S:cd", "S[\(0x3000_0000 - 2)]", "S:ab"])
    }

    @Test
    func `a copy of a segment longer than what is kept is no conflict`() {
        var limits = ReassemblyLimits.standard
        limits.history = 8
        let long = "bcdefghijklmnopqrstuvwxyz"
        let packets = [Self.s(0, "a", ack: 0), Self.s(1, long, ack: 0), Self.s(0, "a" + long, ack: 0)]
        let observer = Script.play(Script.handshake + packets, limits: limits)
        #expect(observer.said == ["S:a" + long])
        #expect(observer.conflicts.isEmpty)
    }
}
