/// The part of a frame that is still to be dissected.
///
/// Invariant: `start <= end <= end of the octets`; `missing` octets behind `end` were on the wire and not captured.
struct Layer {
    enum Content: Sendable, Hashable {
        case link(LinkType)
        case etherType(UInt16)
        /// LLC (IEEE 802.2), as 802.3 and 802.11 frames hold it.
        case llc
        case ppp
        /// IPv4 or IPv6, by the version in the first octet.
        case ip
        /// What follows an IP header.
        case transport(UInt8, IPAddress, IPAddress)
    }

    var content: Content
    var start: Int
    var end: Int
    var missing: Int

    var count: Int { self.end - self.start }

    /// What follows a header of `header` octets; nil when the header is not there.
    func skipping(_ header: Int, _ content: Content) -> Layer? {
        guard header <= self.count else { return nil }
        return Layer(content: content, start: self.start + header, end: self.end, missing: self.missing)
    }

    /// Cut to `length` octets, when it holds more: padding and trailers of the link go. Octets that were not even on the wire
    /// are not missing, whatever a header claims.
    func limited(to length: Int) -> Layer {
        var layer = self
        if length <= self.count {
            layer.end = self.start + length
            layer.missing = 0
        } else {
            layer.missing = min(self.missing, length - self.count)
        }
        return layer
    }
}

/// What a layer holds inside, or what the frame turned out to be.
enum Step {
    case inner(Layer)
    case done(Dissection)

    static func cutOff(_ layer: String) -> Step { .done(.malformed(layer: layer, reason: .cutOff)) }

    /// Goes on behind a header, which may be cut off.
    static func inner(_ layer: Layer?, or name: String) -> Step {
        layer.map { .inner($0) } ?? .cutOff(name)
    }
}
