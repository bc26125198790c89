import PacketDecoding
import Traffic

/// Frames of every link type: nothing traps, and payloads lie inside what was captured.
public enum DissectorFuzz {
    private static let links: [LinkType] = [
        .ethernet, .null, .loop, .raw, .linuxSLL, .linuxSLL2, .ppp, .pppHDLC, .pppEther, .ciscoHDLC, .ieee80211,
        .ieee80211Radiotap, .ieee80211Prism, .ieee80211AVS, .ppi, .pktap, .nflog, .ipv4, .ipv6, LinkType(rawValue: 999),
    ]

    /// The first octet chooses the link; then frames, each behind its length and what the snapshot length cut off.
    public static func run(_ input: UnsafeBufferPointer<UInt8>) {
        guard input.count > 3 else { return }
        let link = self.links[Int(input[0]) % self.links.count]
        var dissector = Dissector(
            fragmentLimits: FragmentLimits(datagrams: 4, octets: 8192, lifetime: 1_000_000_000)
        )
        var index = 1
        var time: Int64 = 0
        while index + 3 <= input.count {
            let length = Int(input[index]) << 3
            let missing = Int(input[index + 1])
            time += Int64(input[index + 2]) * 10_000_000
            let end = min(index + 3 + length, input.count)
            let frame = Array(input[(index + 3)..<end])
            index = end
            let found = dissector.dissect(
                frame.span.bytes,
                as: link,
                originalLength: frame.count + missing,
                at: Timestamp(seconds: 0, nanoseconds: time)
            )
            switch found {
            case .tcp(let segment): self.check(segment, in: frame.count)
            case .reassembledTCP(let segment): self.check(segment, in: dissector.datagram.count)
            case .fragment, .other, .malformed: break
            }
        }
    }

    private static func check(_ segment: TCPSegment, in count: Int) {
        precondition(segment.payload.upperBound <= count, "a payload lies outside its frame")
        precondition(segment.missing >= 0 && segment.missing <= 1 << 20, "what is missing cannot be")
    }
}
