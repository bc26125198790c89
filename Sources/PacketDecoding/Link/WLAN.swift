import Traffic

/// IEEE 802.11 data frames, and the headers that capture programs put before them.
enum WLAN {
    /// ```
    /// frame control 2 | duration 2 | address 6 x 3 | sequence 2 | [address 6] | [QoS 2] | [HT 4] | LLC
    /// ```
    static func frame(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 2 else { return .cutOff("802.11") }
        let control = octets[layer.start]
        let flags = octets[layer.start + 1]
        // Data frames only, and not those without data (IEEE 802.11 section 9.2.4.1.3).
        guard control & 0x0C == 0x08, control & 0x40 == 0 else { return .done(.other(.control)) }
        if flags & 0x40 != 0 { return .done(.other(.encryptedLink)) }
        var header = 24
        if flags & 0x03 == 0x03 { header += 6 }
        if control & 0x80 != 0 {
            let qos = layer.start + header
            guard header + 2 <= layer.count else { return .cutOff("802.11") }
            // An A-MSDU holds several frames, each with a header of its own: the first is read.
            let isAggregate = octets[qos] & 0x80 != 0
            header += flags & 0x80 != 0 ? 6 : 2
            if isAggregate { return Self.aggregate(octets, layer, header) }
        }
        return .inner(layer.skipping(header, .llc), or: "802.11")
    }

    /// Destination 6, source 6, length 2, LLC.
    private static func aggregate(_ octets: RawSpan, _ layer: Layer, _ header: Int) -> Step {
        guard layer.count >= header + 14 else { return .cutOff("802.11 A-MSDU") }
        let length = Int(octets.big16(layer.start + header + 12))
        return .inner(layer.skipping(header + 14, .llc)?.limited(to: length), or: "802.11 A-MSDU")
    }

    /// Version 0, padding, length 2 (little-endian), which fields there are 4, ...
    static func radiotap(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 8, octets[layer.start] == 0 else { return .cutOff("radiotap") }
        let header = Int(octets.little16(layer.start + 2))
        guard header >= 8 else { return .done(.malformed(layer: "radiotap", reason: .badLength)) }
        guard var inner = layer.skipping(header, .link(.ieee80211)) else { return .cutOff("radiotap") }
        if Self.hasFrameCheck(octets, layer), inner.count >= 4, inner.missing == 0 { inner.end -= 4 }
        return .inner(inner)
    }

    /// Whether the flags field says that the frame ends in its check sequence.
    private static func hasFrameCheck(_ octets: RawSpan, _ layer: Layer) -> Bool {
        let present = octets.little32(layer.start + 4)
        guard present & 0x02 != 0 else { return false }
        var offset = 8
        var word = present
        // Bit 31 of each word says that another one follows.
        while word & 0x8000_0000 != 0 {
            guard offset + 4 <= layer.count else { return false }
            word = octets.little32(layer.start + offset)
            offset += 4
        }
        // The time stamp before the flags is aligned to 8 octets.
        if present & 0x01 != 0 { offset = ((offset + 7) & ~7) + 8 }
        guard offset < layer.count else { return false }
        return octets[layer.start + offset] & 0x10 != 0
    }

    /// Message code 4, length of the whole header 4, in the byte order of the host. Some drivers write AVS headers under
    /// this type.
    static func prism(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 8 else { return .cutOff("Prism") }
        if octets.big32(layer.start) & 0xFFFF_F000 == 0x8021_1000 { return Self.avs(octets, layer) }
        let little = octets.little32(layer.start + 4)
        let header = little < 0x10000 ? little : octets.big32(layer.start + 4)
        return .inner(layer.skipping(Int(header), .link(.ieee80211)), or: "Prism")
    }

    /// Version 4, length 4, big-endian.
    static func avs(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 8 else { return .cutOff("AVS") }
        return .inner(layer.skipping(Int(octets.big32(layer.start + 4)), .link(.ieee80211)), or: "AVS")
    }
}
