import Testing
import Traffic

@testable import PacketDecoding

@Suite("Segments that wait")
struct SegmentQueueTests {
    private static func held(_ offset: UInt64, _ octets: String = "x", packet: Int = 0) -> TCPStream.Held {
        TCPStream.Held(
            offset: offset,
            octets: Array(octets.utf8),
            missing: 0,
            acknowledges: 0,
            time: .zero,
            packet: packet
        )
    }

    private static func drain(_ queue: inout SegmentQueue) -> [UInt64] {
        var offsets: [UInt64] = []
        while let segment = queue.takeFirst() { offsets.append(segment.offset) }
        return offsets
    }

    @Test(arguments: [[1, 2, 3, 4], [4, 3, 2, 1], [3, 1, 4, 2], [1, 1, 1, 0]] as [[UInt64]])
    func `segments leave in the order of their offsets`(_ offsets: [UInt64]) {
        var queue = SegmentQueue()
        for offset in offsets { queue.insert(Self.held(offset)) }
        #expect(queue.first?.offset == offsets.min())
        #expect(Self.drain(&queue) == offsets.sorted())
        #expect(queue.isEmpty)
    }

    @Test
    func `of copies the first one leaves first`() {
        var queue = SegmentQueue()
        queue.insert(Self.held(9, packet: 1))
        for packet in 2...4 { queue.insert(Self.held(5, packet: packet)) }
        var packets: [Int] = []
        while let segment = queue.takeFirst() { packets.append(segment.packet) }
        #expect(packets == [2, 3, 4, 1])
    }

    @Test
    func `segments come and go for a long time`() {
        var queue = SegmentQueue()
        var next: UInt64 = 0
        for offset in 0..<2000 as Range<UInt64> {
            // Pairs come the wrong way round.
            queue.insert(Self.held(offset ^ 1))
            guard offset > 100 else { continue }
            #expect(queue.takeFirst()?.offset == next)
            next += 1
        }
        #expect(Self.drain(&queue) == Array(next..<2000))
    }

    @Test
    func `an earlier beginning moves all that wait`() {
        var queue = SegmentQueue()
        for offset in [3, 7] as [UInt64] { queue.insert(Self.held(offset)) }
        queue.shift(by: 10)
        #expect(Self.drain(&queue) == [13, 17])
    }

    @Test
    func `the first one can be let go`() {
        var queue = SegmentQueue()
        var segment = Self.held(1)
        segment.acknowledges = 500
        queue.insert(segment)
        queue.relaxFirst(acknowledges: 4)
        #expect(queue.first?.acknowledges == 4)
    }

    @Test
    func `segments of one octet cost more than their octets`() {
        var limits = ReassemblyLimits.standard
        limits.heldOctets = 100_000
        var connection = TCPConnection(limits: limits)
        var observer = Silent()
        let ends = (
            SocketAddress(address: IPAddress(ipv4: 1), port: 1), SocketAddress(address: IPAddress(ipv4: 2), port: 2)
        )
        for number in 0..<50_000 as Range<UInt32> {
            let segment = TCPSegment(
                source: ends.0,
                destination: ends.1,
                sequence: number == 0 ? 0 : number * 2,
                acknowledgement: 0,
                flags: number == 0 ? .syn : [],
                payload: 0..<(number == 0 ? 0 : 1),
                missing: 0
            )
            let octets: [UInt8] = number == 0 ? [] : [0x78]
            connection.receive(segment, payload: octets.span.bytes, from: .first, at: .zero, &observer)
            let held = connection.heldOctets
            #expect(held <= 100_000)
        }
        #expect(observer.octets > 40_000)
    }

    private struct Silent: TCPObserver {
        var octets: UInt64 = 0
        mutating func data(_ octets: RawSpan, from side: TCPSide, at time: Timestamp) {
            self.octets += UInt64(octets.byteCount)
        }
        mutating func gap(_ octets: UInt64, from side: TCPSide, at time: Timestamp) {}
        mutating func conflict(at offset: UInt64, count: Int, from side: TCPSide, at time: Timestamp) {}
        mutating func ended(_ end: TCPEnd, from side: TCPSide, at time: Timestamp) {}
    }
}
