import PacketDecoding
import Traffic

/// Segments of a few connections in any order, lost, repeated, cut: octets come out in the order of their sequence numbers,
/// what is missing is told with its exact length, nothing comes behind an end, and what waits stays within its limit.
public enum ReassemblyFuzz {
    private static let limits: FlowLimits = {
        var limits = FlowLimits.standard
        limits.flows = 3
        limits.idleTime = 60_000_000_000
        limits.lingerTime = 1_000_000_000
        limits.heldOctets = 6000
        limits.reassembly.heldOctets = 4000
        limits.reassembly.reorderPackets = 8
        limits.reassembly.history = 64
        return limits
    }()

    /// Each segment is 8 octets: connection and side, flags, sequence 2, acknowledgement 2, length, time. Its octets are the
    /// lowest octets of their sequence numbers.
    public static func run(_ input: UnsafeBufferPointer<UInt8>) {
        var ended = 0
        var begun = 0
        var table = FlowTable(
            limits: self.limits,
            begin: { _, _, _ in
                begun += 1
                return Streams()
            },
            end: { streams, _ in
                ended += 1
                streams.finish()
            }
        )
        var time: Int64 = 0
        var index = 0
        while index + 8 <= input.count {
            let octets = Array(input[index..<(index + 8)])
            index += 8
            time += Int64(octets[7]) * 4_000_000
            let segment = self.segment(octets)
            let payload = self.payload(segment)
            let flow = table.receive(
                segment,
                payload: payload.span.bytes,
                at: Timestamp(seconds: 0, nanoseconds: time)
            )
            precondition(
                flow.connection.heldOctets <= self.limits.reassembly.heldOctets,
                "more waits than the limit allows"
            )
            precondition(table.count <= self.limits.flows, "more connections than the limit allows")
        }
        table.finish()
        precondition(begun == ended, "a connection ended never, or twice")
    }

    private static func segment(_ octets: [UInt8]) -> TCPSegment {
        let number = UInt16(octets[0] & 0x07)
        let client = SocketAddress(address: IPAddress(ipv4: 0x0A00_0001), port: 40_000 + number)
        let server = SocketAddress(address: IPAddress(ipv4: 0x0A00_0002), port: 143)
        let isClient = octets[0] & 0x80 == 0
        // The second begins close before sequence numbers wrap; a third beginning is that of a connection over the same ports.
        let again: UInt32 = octets[0] & 0x40 != 0 ? 0x2000_0000 : 0
        let own = (isClient ? 5000 : 0xFFFF_FF00) &+ again
        let other = (isClient ? 0xFFFF_FF00 : 5000) &+ again
        let length = Int(octets[6])
        let missing = octets[0] & 0x20 != 0 ? length / 2 : 0
        return TCPSegment(
            source: isClient ? client : server,
            destination: isClient ? server : client,
            sequence: own &+ UInt32(octets[2]) << 8 &+ UInt32(octets[3]),
            acknowledgement: other &+ UInt32(octets[4]) << 8 &+ UInt32(octets[5]),
            flags: TCPFlags(rawValue: octets[1] & 0x3F),
            payload: 0..<(length - missing),
            missing: missing
        )
    }

    private static func payload(_ segment: TCPSegment) -> [UInt8] {
        let first = segment.flags.contains(.syn) ? segment.sequence &+ 1 : segment.sequence
        return segment.payload.map { UInt8(truncatingIfNeeded: first &+ UInt32($0)) }
    }

    private struct Streams: TCPObserver {
        private var position: [TCPSide: UInt64] = [:]
        /// What the lowest octet of a sequence number is ahead of the position.
        private var ahead: [TCPSide: UInt8] = [:]
        private var hasEnded: Set<TCPSide> = []
        private var isFinished = false

        mutating func data(_ octets: RawSpan, from side: TCPSide, at time: Timestamp) {
            self.check(side)
            for index in 0..<octets.byteCount {
                let position = self.position[side, default: 0]
                let difference = octets[index] &- UInt8(truncatingIfNeeded: position)
                precondition(self.ahead[side, default: difference] == difference, "octets at the wrong place")
                self.ahead[side] = difference
                self.position[side] = position + 1
            }
        }

        mutating func gap(_ octets: UInt64, from side: TCPSide, at time: Timestamp) {
            self.check(side)
            precondition(octets > 0 && octets <= 1 << 31, "a gap that cannot be")
            self.position[side, default: 0] += octets
        }

        mutating func conflict(at offset: UInt64, count: Int, from side: TCPSide, at time: Timestamp) {
            preconditionFailure("every copy of an octet is the same")
        }

        mutating func ended(_ end: TCPEnd, from side: TCPSide, at time: Timestamp) {
            self.check(side)
            self.hasEnded.insert(side)
        }

        mutating func finish() {
            precondition(!self.isFinished, "a connection ends twice")
            self.isFinished = true
        }

        private func check(_ side: TCPSide) {
            precondition(!self.isFinished && !self.hasEnded.contains(side), "something comes behind the end")
        }
    }
}
