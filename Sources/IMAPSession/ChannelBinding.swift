import SASL
import Traffic

/// The channel binding that a client asks for in the header of GS2 (RFC 5801 section 4).
public enum ChannelBinding {
    /// The registered name behind `p=` at the beginning of a client's first message, such as `tls-exporter`; nil when
    /// there is none.
    ///
    /// - Parameter line: the message in base64, as it stands in AUTHENTICATE or on the line after it.
    public static func name(inFirstMessage line: RawSpan) -> String? {
        // The longest registered name has 20 octets; the base64 is not read to its end, which is a proof.
        let head = line.extracting(0..<min(line.byteCount, 64))
        let octets = Base64.decodeTolerantly(head).bytes
        guard octets.starts(with: Array("p=".utf8)), let comma = octets.firstIndex(of: UInt8(ascii: ",")) else {
            return nil
        }
        let name = octets[2..<comma]
        // cb-name: letters, digits, "." and "-".
        let isName = name.allSatisfy {
            ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        }
        return isName && !name.isEmpty ? String(decoding: name, as: UTF8.self) : nil
    }
}
