public import Traffic

/// Finds the TCP segment in a captured frame, whatever it is wrapped in. Checksums are not looked at: hosts that offload
/// them to their network card are captured with wrong ones.
///
/// One is kept for a whole capture, because fragments wait in it.
public struct Dissector: Sendable {
    /// Headers in a frame before it is given up: no network nests that deep.
    public static let maximumLayers = 24

    /// The last datagram that was put together from fragments.
    public private(set) var datagram: [UInt8] = []
    private var fragments: FragmentTable

    public init(fragmentLimits: FragmentLimits = .standard) {
        self.fragments = FragmentTable(limits: fragmentLimits)
    }

    /// - Parameters:
    ///   - frame: the captured octets.
    ///   - originalLength: how many octets the frame had on the wire; smaller values than the captured count are ignored.
    public mutating func dissect(
        _ frame: RawSpan,
        as link: LinkType,
        originalLength: Int,
        at time: Timestamp
    ) -> Dissection {
        self.walk(
            frame,
            from: Layer(
                content: .link(link),
                start: 0,
                end: frame.byteCount,
                missing: max(0, originalLength - frame.byteCount)
            ),
            at: time,
            isDatagram: false
        )
    }

    private mutating func walk(_ octets: RawSpan, from first: Layer, at time: Timestamp, isDatagram: Bool) -> Dissection
    {
        var layer = first
        for _ in 0..<Self.maximumLayers {
            let step: Step
            switch layer.content {
            case .link(let type): step = Link.step(type, octets, layer)
            case .etherType(let type): step = Link.etherType(type, octets, layer)
            case .llc: step = Link.llc(octets, layer)
            case .ppp: step = Link.ppp(octets, layer)
            case .ip: step = self.internet(octets, layer, at: time)
            case .transport(let number, let source, let destination):
                step = Transport.step(number, source, destination, octets, layer)
            }
            switch step {
            case .inner(let inner): layer = inner
            case .done(.tcp(let segment)) where isDatagram: return .reassembledTCP(segment)
            case .done(.fragment): return self.reassemble(at: time)
            case .done(let dissection): return dissection
            }
        }
        return .malformed(layer: "frame", reason: .tooDeep)
    }

    private mutating func internet(_ octets: RawSpan, _ layer: Layer, at time: Timestamp) -> Step {
        guard layer.count > 0 else { return .cutOff("IP") }
        switch octets[layer.start] >> 4 {
        case 4: return IPv4.step(octets, layer, &self.fragments, at: time)
        case 6: return IPv6.step(octets, layer, &self.fragments, at: time)
        default: return .done(.malformed(layer: "IP", reason: .badVersion))
        }
    }

    /// A fragment has been taken: goes on with its datagram if that is whole now.
    private mutating func reassemble(at time: Timestamp) -> Dissection {
        switch self.fragments.takeComplete() {
        case nil: return .fragment
        case .contradiction: return .malformed(layer: "IP", reason: .overlappingFragments)
        case .datagram(let whole):
            self.datagram = whole.octets
            let layer = Layer(
                content: .transport(whole.key.protocolNumber, whole.key.source, whole.key.destination),
                start: 0,
                end: whole.octets.count,
                missing: 0
            )
            return self.walk(whole.octets.span.bytes, from: layer, at: time, isDatagram: true)
        }
    }
}
