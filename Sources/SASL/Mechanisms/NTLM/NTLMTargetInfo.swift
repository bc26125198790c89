import Traffic

/// AV pairs, MS-NLMP 2.2.2.1: what the server tells of itself, and what the client repeats and adds.
struct NTLMTargetInfo: Sendable {
    private(set) var pairs: [(id: Int, value: [UInt8])] = []

    private static let limit = 32

    /// Nil if the list does not parse up to its end mark.
    init?(_ octets: ArraySlice<UInt8>) {
        let reader = LittleEndian(octets: Array(octets))
        var offset = 0
        while true {
            guard let id = reader.number16(offset), let count = reader.number16(offset + 2) else { return nil }
            if id == 0 { return }
            guard offset + 4 + count <= octets.count, self.pairs.count < Self.limit else { return nil }
            self.pairs.append((id, Array(reader.octets[(offset + 4)..<(offset + 4 + count)])))
            offset += 4 + count
        }
    }

    private static let textNames = [
        1: "netbios-computer", 2: "netbios-domain", 3: "dns-computer", 4: "dns-domain", 5: "dns-forest",
        9: "target-name",
    ]

    subscript(id: Int) -> [UInt8]? { self.pairs.first { $0.id == id }?.value }

    /// A name of the list, as it may be shown.
    func text(_ id: Int) -> String? {
        guard let value = self[id], !value.isEmpty, let text = UTF16Text.string(value) else { return nil }
        return WireText.excerpt(WireText.escape(text.utf8), limit: 256)
    }

    /// MsvAvFlags 0x2.
    var saysIntegrityCode: Bool { (self[6].flatMap { LittleEndian(octets: $0).number32(0) } ?? 0) & 2 != 0 }

    /// MsvAvChannelBindings: MD5 of what RFC 2743 wants bound; zeros if the client binds nothing.
    var channelBinding: [UInt8]? { self[10].flatMap { value in value.contains { $0 != 0 } ? value : nil } }

    func note(in step: inout SASLStep) {
        for (id, _) in self.pairs {
            if let name = Self.textNames[id], let text = self.text(id) { step.note(name, text) }
        }
        if let time = self[7].flatMap({ LittleEndian(octets: $0).number64(0) }) {
            step.note("timestamp", UTCTime.text(seconds: UTCTime.seconds(fileTime: time)))
        }
        if let binding = self[10] {
            step.note("channel-bindings", self.channelBinding == nil ? "none" : HexText.string(binding, limit: 16))
        }
    }
}
