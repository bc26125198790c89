/// The version of Windows that a peer says it is, MS-NLMP 2.2.2.10. Other systems often send that of some Windows.
struct NTLMVersion: Sendable, Hashable {
    let major: UInt8
    let minor: UInt8
    let build: Int

    /// Nil beyond the end, and for the zeros of peers that do not want to tell.
    init?(_ message: LittleEndian, at offset: Int) {
        guard offset + 8 <= message.octets.count, let build = message.number16(offset + 2) else { return nil }
        self.major = message.octets[offset]
        self.minor = message.octets[offset + 1]
        self.build = build
        if self.major == 0 { return nil }
    }

    var text: String {
        let number = "\(self.major).\(self.minor) build \(self.build)"
        return self.name.map { "\($0) (\(number))" } ?? number
    }

    private var name: String? {
        switch (self.major, self.minor) {
        case (5, 0): "Windows 2000"
        case (5, 1): "Windows XP"
        case (5, 2): "Windows Server 2003"
        case (6, 0): "Windows Vista or Server 2008"
        // The fixed value of Samba and of many libraries.
        case (6, 1) where self.build == 0: "no Windows, most likely Samba"
        case (6, 1): "Windows 7 or Server 2008 R2"
        case (6, 2): "Windows 8 or Server 2012"
        case (6, 3): "Windows 8.1 or Server 2012 R2"
        case (10, 0):
            switch self.build {
            case 26100...: "Windows 11 24H2 or Server 2025"
            case 22000...: "Windows 11"
            case 20348: "Windows Server 2022"
            case 17763: "Windows 10 1809 or Server 2019"
            case 14393: "Windows 10 1607 or Server 2016"
            default: "Windows 10"
            }
        default: nil
        }
    }
}
