import PacketDecoding
import Traffic

/// A connection as a script of segments, and what came out of it as text: `C` and `S` for octets, `[n]` for gaps.
struct TCPScript {
    struct Observer: TCPObserver {
        var said: [String] = []
        var conflicts: [UInt64] = []

        private func name(_ side: TCPSide) -> String { side == .first ? "C" : "S" }

        mutating func data(_ octets: RawSpan, from side: TCPSide, at time: Timestamp) {
            let text = octets.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            if let last = self.said.last, last.hasPrefix("\(self.name(side)):") {
                self.said[self.said.count - 1] = last + text
            } else {
                self.said.append("\(self.name(side)):\(text)")
            }
        }

        mutating func gap(_ octets: UInt64, from side: TCPSide, at time: Timestamp) {
            self.said.append("\(self.name(side))[\(octets)]")
        }

        mutating func conflict(at offset: UInt64, count: Int, from side: TCPSide, at time: Timestamp) {
            self.conflicts.append(offset)
        }

        mutating func ended(_ end: TCPEnd, from side: TCPSide, at time: Timestamp) {
            self.said.append(self.name(side) + (end == .finished ? ".fin" : ".rst"))
        }
    }

    struct Packet: Sendable {
        var side: TCPSide
        var segment: TCPSegment
        var text: String
    }

    static let client = SocketAddress(address: IPAddress(ipv4: 1), port: 40_000)
    static let server = SocketAddress(address: IPAddress(ipv4: 2), port: 143)
    /// Chosen so that sequence numbers wrap in the middle of a script.
    static let clientISN: UInt32 = 0xFFFF_FFF0
    static let serverISN: UInt32 = 0xFFFF_FFE0

    static func c(_ at: Int, _ text: String = "", ack: Int? = nil, _ flags: TCPFlags = [], missing: Int = 0) -> Packet {
        self.packet(.first, at, text, ack, flags, missing)
    }

    static func s(_ at: Int, _ text: String = "", ack: Int? = nil, _ flags: TCPFlags = [], missing: Int = 0) -> Packet {
        self.packet(.second, at, text, ack, flags, missing)
    }

    /// Offsets are those of the streams; a SYN stands at -1.
    private static func packet(
        _ side: TCPSide,
        _ at: Int,
        _ text: String,
        _ ack: Int?,
        _ flags: TCPFlags,
        _ missing: Int
    ) -> Packet {
        let own = side == .first ? self.clientISN : self.serverISN
        let other = side == .first ? self.serverISN : self.clientISN
        return Packet(
            side: side,
            segment: TCPSegment(
                source: side == .first ? self.client : self.server,
                destination: side == .first ? self.server : self.client,
                sequence: own &+ UInt32(truncatingIfNeeded: at + 1),
                acknowledgement: ack.map { other &+ UInt32(truncatingIfNeeded: $0 + 1) } ?? 0,
                flags: ack == nil ? flags : flags.union(.ack),
                payload: 0..<text.utf8.count,
                missing: missing
            ),
            text: text
        )
    }

    static let handshake = [c(-1, [.syn]), s(-1, ack: 0, [.syn]), c(0, ack: 0)]

    private static func c(_ at: Int, _ flags: TCPFlags) -> Packet { self.c(at, "", ack: nil, flags) }

    /// Plays the packets a millisecond apart.
    static func play(_ packets: [Packet], limits: ReassemblyLimits = .standard, finish: Bool = true) -> Observer {
        var connection = TCPConnection(limits: limits)
        var observer = Observer()
        var time = Timestamp(seconds: 1)
        for packet in packets {
            time = time.advanced(byNanoseconds: 1_000_000)
            connection.receive(
                packet.segment,
                payload: packet.text.utf8.span.bytes,
                from: packet.side,
                at: time,
                &observer
            )
        }
        if finish { connection.finish(&observer) }
        return observer
    }
}
