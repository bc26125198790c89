import CaptureDecoding
import CaptureFiles
import PacketDecoding

/// What a capture held, in a few lines on standard error.
struct DecodeReport {
    private let totals: CaptureTotals
    private let live: LiveCounts?

    init(_ totals: CaptureTotals, live: LiveCounts? = nil) {
        self.totals = totals
        self.live = live
    }

    func write() {
        for line in self.lines { writeNotice(line) }
    }

    var lines: [String] {
        let packets = self.totals.packets
        let totals = self.totals.streams
        var lines = [
            "\(Self.count(packets.packets, "packet")) · \(Self.count(packets.flows, "TCP connection")) · "
                + "\(Self.count(totals.sessions, "IMAP session")) · \(Self.octets(totals.sessionOctets)) decoded"
        ]
        if let live { lines.append(live.text) }
        if totals.missingOctets > 0 {
            lines.append("\(Self.octets(totals.missingOctets)) of the sessions are not in the capture")
        }
        for (layer, octets) in totals.unreadOctets.sorted(by: { $0.key < $1.key }) {
            lines.append("\(Self.octets(octets)) of the sessions could not be read: \(layer)")
        }
        if totals.conflicts > 0 {
            lines.append("\(Self.count(totals.conflicts, "retransmission")) with other octets than the first copy")
        }
        if totals.decryptedFlows > 0 {
            lines.append(
                "\(Self.octets(totals.decryptedOctets)) of it decrypted from \(Self.count(totals.decryptedFlows, "TLS connection"))"
            )
        }
        if totals.tlsFlows > 0 {
            let reasons = Self.list(totals.undecrypted.map { ($0, $1) })
            lines.append(
                "\(Self.octets(totals.tlsOctets)) in \(Self.count(totals.tlsFlows, "TLS connection")) not decrypted"
                    + (reasons.isEmpty ? ": on other ports" : ": \(reasons)")
            )
        }
        if !packets.malformed.isEmpty {
            lines.append("packets with headers that make no sense: " + Self.list(packets.malformed.map { ($0, $1) }))
        }
        if totals.sessions == 0 { lines += self.without }
        return lines
    }

    /// What was there instead of IMAP.
    private var without: [String] {
        let packets = self.totals.packets
        guard packets.packets > 0 else { return ["there is no packet in it"] }
        var seen = self.totals.streams.otherPorts.map { ("TCP port \($0.key)", $0.value) }
        seen += self.totals.streams.tlsPorts.map { ("TLS on TCP port \($0.key)", $0.value) }
        seen += packets.others.map { (Self.name($0.key), $0.value) }
        guard !seen.isEmpty else { return ["no IMAP session in it; connections carried no octets"] }
        return [
            "no IMAP session in it; seen were " + Self.list(seen),
            "try: --port N, if one of these is an IMAP server",
        ]
    }

    private static func list(_ entries: [(String, Int)]) -> String {
        let sorted = entries.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
        let shown = sorted.prefix(8).map { "\($0.0) (\($0.1))" }.joined(separator: ", ")
        return sorted.count > 8 ? "\(shown) and \(sorted.count - 8) more" : shown
    }

    private static func name(_ kind: PacketKind) -> String {
        switch kind {
        case .udp(_, let port): "UDP port \(port)"
        case .ipProtocol(1): "ICMP"
        case .ipProtocol(58): "ICMPv6"
        case .ipProtocol(50): "ESP"
        case .ipProtocol(132): "SCTP"
        case .ipProtocol(let number): "IP protocol \(number)"
        case .etherType(0x0806): "ARP"
        case .etherType(let type): "EtherType 0x\(String(type, radix: 16))"
        case .control: "link control frames"
        case .encryptedLink: "encrypted WLAN frames"
        case .link(let link): "\(link), which is not read"
        }
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(self.grouped(UInt64(number))) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func octets(_ number: UInt64) -> String {
        "\(self.grouped(number)) octet\(number == 1 ? "" : "s")"
    }

    private static func grouped(_ number: UInt64) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
