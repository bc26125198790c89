import CaptureDecoding

/// What the kernel is to let through when nobody says anything else: IMAP's ports, and fragments, of which only the first
/// has a port.
enum PacketFilter {
    static func text(ports: Set<UInt16>) -> String {
        let all = CaptureOptions.imapPorts.union(ports).sorted()
        let tcp = all.map { "tcp port \($0)" }.joined(separator: " or ")
        return "\(tcp) or (ip[6:2] & 0x1fff != 0) or (ip6 and ip6[6] == 44)"
    }
}
