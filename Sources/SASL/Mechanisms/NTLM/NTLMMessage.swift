/// One message of NTLM, MS-NLMP 2.2.1: a fixed head, whose descriptors tell where the variable parts are.
struct NTLMMessage: Sendable {
    enum Kind: Int, Sendable {
        case negotiate = 1
        case challenge = 2
        case authenticate = 3
    }

    static let signature: [UInt8] = Array("NTLMSSP\0".utf8)

    let kind: Kind
    let reader: LittleEndian

    init?(_ octets: [UInt8]) {
        self.reader = LittleEndian(octets: octets)
        guard octets.starts(with: Self.signature), let type = self.reader.number32(8),
            let kind = Kind(rawValue: Int(type))
        else { return nil }
        self.kind = kind
    }

    var octets: [UInt8] { self.reader.octets }

    var flags: NTLMFlags? {
        let offset =
            switch self.kind {
            case .negotiate: 12
            case .challenge: 20
            case .authenticate: 60
            }
        return self.reader.number32(offset).map { NTLMFlags(rawValue: $0) }
    }

    /// The octets that the descriptor at `offset` points to: length, maximum, place. Empty parts have no place.
    func part(_ offset: Int) -> Range<Int>? {
        guard let count = self.reader.number16(offset), let start = self.reader.number32(offset + 4) else { return nil }
        if count == 0 { return 0..<0 }
        let place = Int(start)
        guard place >= 12, place + count <= self.octets.count else { return nil }
        return place..<(place + count)
    }

    /// Text in the character set that was agreed on; nil for octets that are none. OEM text is shown as ASCII only.
    func text(_ range: Range<Int>, _ flags: NTLMFlags) -> String? {
        let octets = self.octets[range]
        if flags.contains(.unicode) { return UTF16Text.string(octets) }
        return octets.allSatisfy { $0 >= 0x20 && $0 < 0x7f } ? String(decoding: octets, as: UTF8.self) : nil
    }

    /// MS-NLMP 2.2.2.10, where the flags say that it is there.
    var version: NTLMVersion? {
        guard self.flags?.contains(.version) == true else { return nil }
        switch self.kind {
        case .negotiate: return NTLMVersion(self.reader, at: 32)
        case .challenge: return NTLMVersion(self.reader, at: 48)
        case .authenticate: return NTLMVersion(self.reader, at: 64)
        }
    }
}
