import Cryptography
import Testing
import Traffic

/// A certificate in DER written by hand, so that it can hold what no builder would put there. Nobody signed it.
enum HostileCertificate {
    static func make(names: [SubjectAltName], commonName: String = "x") throws -> Certificate {
        try Certificate(der: self.der(names: names, commonName: commonName))
    }

    static func der(
        names: [SubjectAltName],
        commonName: String = "x",
        notAfter: String = "99991231235959Z"
    ) -> [UInt8] {
        let algorithm = self.tlv(0x30, [0x06, 0x03, 0x2B, 0x65, 0x70])  // Ed25519, RFC 8410
        let name = self.tlv(
            0x30,
            self.tlv(0x31, self.tlv(0x30, [0x06, 0x03, 0x55, 0x04, 0x03] + self.tlv(0x0C, Array(commonName.utf8))))
        )
        let validity = self.tlv(
            0x30,
            self.tlv(0x17, Array("200101000000Z".utf8)) + self.tlv(0x18, Array(notAfter.utf8))
        )
        let key = self.tlv(0x30, algorithm + self.tlv(0x03, [0] + [UInt8](repeating: 9, count: 32)))
        var content =
            self.tlv(0xA0, self.tlv(0x02, [2])) + self.tlv(0x02, [1]) + algorithm + name + validity + name + key
        if !names.isEmpty {
            let entries = names.flatMap { entry in
                switch entry {
                case .dns(let text): self.tlv(0x82, Array(text.utf8))
                case .ip(let octets): self.tlv(0x87, octets)
                }
            }
            let value = self.tlv(0x04, self.tlv(0x30, entries))
            content += self.tlv(0xA3, self.tlv(0x30, self.tlv(0x30, [0x06, 0x03, 0x55, 0x1D, 0x11] + value)))
        }
        let signature = self.tlv(0x03, [0] + [UInt8](repeating: 0, count: 64))
        return self.tlv(0x30, self.tlv(0x30, content) + algorithm + signature)
    }

    /// Tag, length, value of X.690.
    private static func tlv(_ tag: UInt8, _ value: [UInt8]) -> [UInt8] {
        let count = value.count
        if count < 0x80 { return [tag, UInt8(count)] + value }
        let length = [
            UInt8(truncatingIfNeeded: count >> 16), UInt8(truncatingIfNeeded: count >> 8), UInt8(count & 0xFF),
        ]
        return [tag, 0x83] + length + value
    }
}
