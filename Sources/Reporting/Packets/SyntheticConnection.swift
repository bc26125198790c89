import IMAPSession
import Traffic

/// A TCP connection that carries the octets of a session, made anew: handshake, data, acknowledgements, end.
struct SyntheticConnection {
    private struct Side {
        var address: NetworkAddress
        var port: UInt16
        var initialSequence: UInt32
        /// Offset of the next octet of the stream.
        var position: UInt64 = 0
        /// How much of what the other side sent it has acknowledged.
        var acknowledged: UInt64 = 0
        var isFinished = false

        /// The SYN and the FIN take a number each (RFC 9293 section 3.4).
        var sequence: UInt32 {
            self.initialSequence &+ 1 &+ UInt32(truncatingIfNeeded: self.position) &+ (self.isFinished ? 1 : 0)
        }
    }

    private var client: Side
    private var server: Side
    /// What the next packet is annotated with.
    private var comments: [String] = []
    private var isReset = false

    /// A receiver acknowledges at least so often; far below the window.
    private static let acknowledgeAfter: UInt64 = 65_536
    /// More remarks than these on one packet are counted.
    private static let mostComments = 64

    init(number: UInt64, client: (NetworkAddress, UInt16), server: (NetworkAddress, UInt16)) {
        let isIPv6 = client.0.isIPv6 || server.0.isIPv6
        // Different for each session: ports are used again, and a SYN with the old number would be a retransmission.
        let seed = UInt32(truncatingIfNeeded: number &* 0x9E37_79B9)
        self.client = Side(
            address: isIPv6 ? client.0.mapped : client.0,
            port: client.1,
            initialSequence: seed
        )
        self.server = Side(
            address: isIPv6 ? server.0.mapped : server.0,
            port: server.1,
            initialSequence: ~seed
        )
    }

    private subscript(_ direction: Direction) -> Side {
        get { direction == .client ? self.client : self.server }
        set { if direction == .client { self.client = newValue } else { self.server = newValue } }
    }

    /// Offset of the next octet in the stream of a direction.
    func position(_ direction: Direction) -> UInt64 { self[direction].position }

    mutating func comment(_ text: String) {
        if self.comments.count < Self.mostComments {
            self.comments.append(text)
        } else if self.comments.count == Self.mostComments {
            self.comments.append("there is more to say here than \(Self.mostComments) remarks")
        }
    }

    mutating func open(at time: Timestamp, _ writer: inout PcapngWriter) {
        let (client, server) = (self.client.initialSequence, self.server.initialSequence)
        self.packet(.client, [.syn], sequence: client, acknowledgement: 0, at: time, &writer)
        self.packet(.server, [.syn, .ack], sequence: server, acknowledgement: client &+ 1, at: time, &writer)
        self.packet(.client, [.ack], sequence: client &+ 1, acknowledgement: server &+ 1, at: time, &writer)
    }

    /// Octets of a stream. Those that went out before are left out.
    mutating func send(
        _ direction: Direction,
        _ octets: RawSpan,
        at offset: UInt64,
        time: Timestamp,
        _ writer: inout PcapngWriter
    ) {
        let known = self[direction].position &- min(offset, self[direction].position)
        guard known < UInt64(octets.byteCount) else { return }
        if offset > self[direction].position { self[direction].position = offset }
        let largest = self.client.address.isIPv6 ? 1440 : 1460
        var start = Int(known)
        while start < octets.byteCount {
            let end = min(start + largest, octets.byteCount)
            self.packet(
                direction,
                end == octets.byteCount ? [.psh, .ack] : [.ack],
                payload: octets.extracting(start..<end),
                at: time,
                &writer
            )
            self[direction].position += UInt64(end - start)
            start = end
            if self[direction].position - self[direction.opposite].acknowledged >= Self.acknowledgeAfter {
                self.packet(direction.opposite, [.ack], at: time, &writer)
            }
        }
    }

    /// Octets that there are none of: their segments are missing, as in the source.
    mutating func skip(_ direction: Direction, to offset: UInt64) {
        self[direction].position = max(offset, self[direction].position)
    }

    mutating func close(_ direction: Direction, _ how: Closing, at time: Timestamp, _ writer: inout PcapngWriter) {
        guard !self.isReset, !self[direction].isFinished else { return }
        switch how {
        case .interrupted: break
        case .reset:
            self.packet(direction, [.rst, .ack], at: time, &writer)
            self.isReset = true
        case .closed:
            self.packet(direction, [.fin, .ack], at: time, &writer)
            self[direction].isFinished = true
            if self[direction.opposite].isFinished { self.packet(direction.opposite, [.ack], at: time, &writer) }
        }
    }

    /// Nothing more comes: what was not acknowledged is, and what was not said yet is said.
    mutating func end(at time: Timestamp, _ writer: inout PcapngWriter) {
        for direction in Direction.allCases where !self.isReset {
            guard self[direction].acknowledged < self[direction.opposite].position else { continue }
            self.packet(direction, [.ack], at: time, &writer)
        }
        guard !self.comments.isEmpty else { return }
        self.packet(.server, self.isReset ? [.rst, .ack] : [.ack], at: time, &writer)
    }

    private mutating func packet(
        _ direction: Direction,
        _ flags: SegmentHeader.Flags,
        payload: RawSpan = RawSpan(),
        at time: Timestamp,
        _ writer: inout PcapngWriter
    ) {
        self[direction].acknowledged = self[direction.opposite].position
        self.packet(
            direction,
            flags,
            sequence: self[direction].sequence,
            acknowledgement: self[direction.opposite].sequence,
            payload: payload,
            at: time,
            &writer
        )
    }

    private mutating func packet(
        _ direction: Direction,
        _ flags: SegmentHeader.Flags,
        sequence: UInt32,
        acknowledgement: UInt32,
        payload: RawSpan = RawSpan(),
        at time: Timestamp,
        _ writer: inout PcapngWriter
    ) {
        let (sender, receiver) = (self[direction], self[direction.opposite])
        let header = SegmentHeader(
            source: sender.address,
            destination: receiver.address,
            sourcePort: sender.port,
            destinationPort: receiver.port,
            sequence: sequence,
            acknowledgement: acknowledgement,
            flags: flags
        )
        var octets = ByteWriter(capacity: 80)
        header.write(to: &octets, payload: payload)
        writer.packet(at: time, comments: self.comments, header: octets, payload: payload)
        if !self.comments.isEmpty { self.comments = [] }
    }
}
