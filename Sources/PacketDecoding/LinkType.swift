/// What a captured frame begins with: the numbers of the tcpdump.org registry of link-layer header types.
public struct LinkType: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public var rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    public static let null = LinkType(rawValue: 0)
    public static let ethernet = LinkType(rawValue: 1)
    public static let ppp = LinkType(rawValue: 9)
    public static let pppHDLC = LinkType(rawValue: 50)
    public static let pppEther = LinkType(rawValue: 51)
    public static let raw = LinkType(rawValue: 101)
    public static let ciscoHDLC = LinkType(rawValue: 104)
    public static let ieee80211 = LinkType(rawValue: 105)
    public static let loop = LinkType(rawValue: 108)
    public static let linuxSLL = LinkType(rawValue: 113)
    public static let ieee80211Prism = LinkType(rawValue: 119)
    public static let ieee80211Radiotap = LinkType(rawValue: 127)
    public static let ieee80211AVS = LinkType(rawValue: 163)
    public static let ppi = LinkType(rawValue: 192)
    public static let ipv4 = LinkType(rawValue: 228)
    public static let ipv6 = LinkType(rawValue: 229)
    public static let nflog = LinkType(rawValue: 239)
    public static let pktap = LinkType(rawValue: 258)
    public static let linuxSLL2 = LinkType(rawValue: 276)
    /// Values of BSD systems that some files hold instead of 101.
    public static let rawBSD = LinkType(rawValue: 12)
    public static let rawOpenBSD = LinkType(rawValue: 14)

    private static let names: [LinkType: String] = [
        .null: "NULL", .ethernet: "Ethernet", .ppp: "PPP", .pppHDLC: "PPP in HDLC", .pppEther: "PPPoE", .raw: "raw IP",
        .ciscoHDLC: "Cisco HDLC", .ieee80211: "802.11", .loop: "LOOP", .linuxSLL: "Linux cooked",
        .ieee80211Prism: "802.11 with Prism header", .ieee80211Radiotap: "802.11 with radiotap header",
        .ieee80211AVS: "802.11 with AVS header", .ppi: "PPI", .ipv4: "IPv4", .ipv6: "IPv6", .nflog: "NFLOG",
        .pktap: "PKTAP", .linuxSLL2: "Linux cooked v2", .rawBSD: "raw IP", .rawOpenBSD: "raw IP",
    ]

    /// Whether frames of this type can be read.
    public var isSupported: Bool { Self.names[self] != nil }

    public var description: String { Self.names[self] ?? "link type \(self.rawValue)" }
}
