import PacketDecoding
import Traffic

/// Writes frames octet by octet, so that no test needs a file.
enum Packets {
    static func big16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)] }
    static func big32(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
    }

    static func tcp(
        _ payload: String = "",
        from source: Int = 40_000,
        to destination: Int = 143,
        sequence: UInt32 = 1,
        acknowledgement: UInt32 = 1,
        flags: TCPFlags = [.ack],
        options: [UInt8] = []
    ) -> [UInt8] {
        let offset = UInt8((20 + options.count) / 4) << 4
        return self.big16(source) + self.big16(destination) + self.big32(sequence) + self.big32(acknowledgement)
            + [offset, flags.rawValue] + self.big16(65_535) + [0, 0, 0, 0] + options + Array(payload.utf8)
    }

    static func ipv4(
        _ payload: [UInt8],
        protocolNumber: UInt8 = 6,
        length: Int? = nil,
        identification: Int = 1,
        fragment: Int = 0,
        source: UInt32 = 0xC000_0201,
        destination: UInt32 = 0xC633_6407
    ) -> [UInt8] {
        [0x45, 0] + self.big16(length ?? payload.count + 20) + self.big16(identification) + self.big16(fragment)
            + [64, protocolNumber, 0, 0] + self.big32(source) + self.big32(destination) + payload
    }

    static func ipv6(_ payload: [UInt8], next: UInt8 = 6, length: Int? = nil) -> [UInt8] {
        let address: [UInt8] = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11)
        return [0x60, 0, 0, 0] + self.big16(length ?? payload.count) + [next, 64] + address + [1] + address + [2]
            + payload
    }

    static func ethernet(_ payload: [UInt8], type: Int = 0x0800) -> [UInt8] {
        [UInt8](repeating: 2, count: 12) + self.big16(type) + payload
    }
}

extension Dissector {
    /// Dissects a whole frame, and returns the payload of the segment in it as text.
    mutating func text(_ frame: [UInt8], as link: LinkType = .ethernet, originalLength: Int? = nil) -> String? {
        let result = self.dissect(
            frame.span.bytes,
            as: link,
            originalLength: originalLength ?? frame.count,
            at: Timestamp(seconds: 1)
        )
        switch result {
        case .tcp(let segment): return String(decoding: frame[segment.payload], as: UTF8.self)
        case .reassembledTCP(let segment): return String(decoding: self.datagram[segment.payload], as: UTF8.self)
        default: return nil
        }
    }
}
