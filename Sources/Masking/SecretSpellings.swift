import SASL
import Traffic

/// The ways in which a value is written when it reappears.
enum SecretSpellings {
    /// The value itself, and as base64 at each of the three alignments, quoted, in JSON, in a URL, in modified
    /// UTF-7, in hexadecimal.
    static func all(of value: Secret) -> [Secret] {
        guard value.count >= SecretPatterns.shortestValue else { return [] }
        return value.withBytes { bytes in
            let octets = Array(bytes)
            var spellings = [value]
            for alignment in 0..<3 {
                let base64 = self.base64(octets, alignment: alignment)
                spellings.append(Secret(base64))
                let urlSafe = base64.map { octet -> UInt8 in
                    switch octet {
                    case UInt8(ascii: "+"): UInt8(ascii: "-")
                    case UInt8(ascii: "/"): UInt8(ascii: "_")
                    default: octet
                    }
                }
                if urlSafe != base64 { spellings.append(Secret(urlSafe)) }
            }
            for escaped in [
                self.quoted(octets), self.json(octets), self.url(octets, digits: "0123456789ABCDEF"),
                self.url(octets, digits: "0123456789abcdef"), self.modifiedUTF7(octets), self.visible(octets),
                octets.flatMap { self.hexadecimal($0, digits: "0123456789abcdef") },
                octets.flatMap { self.hexadecimal($0, digits: "0123456789ABCDEF") },
            ] where escaped != octets {
                spellings.append(Secret(escaped))
            }
            return spellings
        }
    }

    /// The characters that the value alone decides when `alignment` octets stand before it in the encoded text.
    private static func base64(_ value: [UInt8], alignment: Int) -> [UInt8] {
        let padded = [UInt8](repeating: 0, count: alignment) + value
        let encoded = Base64.encode(padded)
        let first = (alignment * 8 + 5) / 6
        let end = padded.count * 8 / 6
        return Array(encoded[first..<end])
    }

    /// `\"` and `\\` (RFC 3501 section 9).
    private static func quoted(_ value: [UInt8]) -> [UInt8] {
        value.flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") ? [UInt8(ascii: "\\"), $0] : [$0] }
    }

    /// RFC 8259 section 7.
    private static func json(_ value: [UInt8]) -> [UInt8] {
        value.flatMap { octet -> [UInt8] in
            switch octet {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), octet]
            case 0..<0x20: Array("\\u00".utf8) + self.hexadecimal(octet, digits: "0123456789abcdef")
            default: [octet]
            }
        }
    }

    /// RFC 3986 section 2.1, everything but unreserved characters escaped.
    private static func url(_ value: [UInt8], digits: StaticString) -> [UInt8] {
        value.flatMap { octet -> [UInt8] in
            switch octet {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                [octet]
            default: [UInt8(ascii: "%")] + self.hexadecimal(octet, digits: digits)
            }
        }
    }

    /// RFC 3501 section 5.1.3, for values in ASCII; others appear in base64 of UTF-16, which is a spelling of its own.
    private static func modifiedUTF7(_ value: [UInt8]) -> [UInt8] {
        guard let text = String(validating: value, as: UTF8.self) else { return value }
        var result: [UInt8] = []
        var run: [UInt8] = []
        func endRun() {
            guard !run.isEmpty else { return }
            result.append(UInt8(ascii: "&"))
            result += Base64.encode(run).filter { $0 != UInt8(ascii: "=") }.map {
                $0 == UInt8(ascii: "/") ? UInt8(ascii: ",") : $0
            }
            result.append(UInt8(ascii: "-"))
            run = []
        }
        for unit in text.utf16 {
            if (0x20...0x7E).contains(unit) {
                endRun()
                result.append(UInt8(unit))
                if unit == 0x26 { result.append(UInt8(ascii: "-")) }
            } else {
                run.append(UInt8(unit >> 8))
                run.append(UInt8(unit & 0xFF))
            }
        }
        endRun()
        return result
    }

    /// The spelling of this program's own outputs: octets outside printable ASCII as `\xNN`, backslash doubled.
    private static func visible(_ value: [UInt8]) -> [UInt8] {
        value.flatMap { octet -> [UInt8] in
            switch octet {
            case UInt8(ascii: "\\"): [octet, octet]
            case 0x20...0x7E: [octet]
            default: Array("\\x".utf8) + self.hexadecimal(octet, digits: "0123456789ABCDEF")
            }
        }
    }

    private static func hexadecimal(_ octet: UInt8, digits: StaticString) -> [UInt8] {
        [digits.utf8Start[Int(octet >> 4)], digits.utf8Start[Int(octet & 15)]]
    }
}
