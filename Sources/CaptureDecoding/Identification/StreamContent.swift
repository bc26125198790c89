import IMAPProtocol
import Traffic

/// What the first octets of one side's stream look like.
enum StreamContent: Sendable, Hashable {
    /// Too few octets to tell, and they may still become one of the others.
    case undecided
    /// `* OK`, `* PREAUTH` or `* BYE`: what an IMAP server says first.
    case greeting
    /// Another line of a server, as a capture that begins late shows it.
    case response
    /// A tag and a command.
    case command
    /// The handshake record of a client or of a server (RFC 8446 section 5.1), or of SSLv2.
    case clientHello
    case serverHello
    /// A TLS record of another type: the handshake is not in the capture.
    case tlsRecord
    /// A header of the PROXY protocol, of this many octets; nil until they are all there.
    case proxyHeader(Int?)
    /// None of these: the first octets, for a name.
    case other

    /// Octets after which a stream that has become nothing stays nothing.
    static let limit = 600

    init(_ octets: RawSpan) {
        guard octets.byteCount > 0 else {
            self = .undecided
            return
        }
        if let header = ProxyHeader.length(octets) {
            self = .proxyHeader(header)
            return
        }
        switch octets[0] {
        case 0x14...0x17: self = Self.tls(octets)
        case 0x80...0xFF where octets.byteCount >= 3 && octets[2] == 1: self = Self.sslv2(octets)
        default: self = Self.line(octets)
        }
    }

    /// ```
    /// content type 1 | version 2 | length 2 | handshake type 1
    /// ```
    private static func tls(_ octets: RawSpan) -> StreamContent {
        guard octets.byteCount >= 6 else { return .undecided }
        guard octets[1] == 3, octets[2] <= 4 else { return .other }
        guard octets[0] == 0x16 else { return .tlsRecord }
        switch octets[5] {
        case 1: return .clientHello
        case 2: return .serverHello
        default: return .tlsRecord
        }
    }

    /// RFC 6101 appendix E.1: a length with the highest bit set, type 1, version.
    private static func sslv2(_ octets: RawSpan) -> StreamContent {
        guard octets.byteCount >= 5 else { return .undecided }
        return octets[3] == 3 || (octets[3] == 0 && octets[4] == 2) ? .clientHello : .other
    }

    private static func line(_ octets: RawSpan) -> StreamContent {
        var end = 0
        while end < octets.byteCount, octets[end] != 0x0A, octets[end] != 0x0D {
            // IMAP lines hold no other controls, and UTF-8 at most from the third word on.
            guard octets[end] >= 0x20 || octets[end] == 0x09 else { return .other }
            end += 1
        }
        let isWhole = end < octets.byteCount
        if !isWhole, end < 64 { return .undecided }
        let line = octets.extracting(0..<end)
        let response = ResponseHead(line)
        switch response.kind {
        case .untagged:
            guard let known = response.response else { return .other }
            switch known {
            case .ok where response.number == nil, .preauth, .bye: return .greeting
            default: return .response
            }
        case .tagged: return Self.isTag(line, response.tag) ? .response : .other
        case .continuation: return isWhole ? .response : .other
        case .unparsed: break
        }
        var index = 0
        while index < end, octets[index] != 0x20 { index += 1 }
        guard index > 0, index < end, Self.isTag(line, 0..<index) else { return .other }
        var word = index + 1
        if Self.word(line, from: word) == "UID" { word += 4 }
        guard let name = Self.word(line, from: word), Command(rawValue: name) != nil else { return .other }
        return .command
    }

    private static func word(_ line: RawSpan, from start: Int) -> String? {
        var end = start
        while end < line.byteCount, line[end] != 0x20 { end += 1 }
        guard start < end, end - start <= 24 else { return nil }
        return line.extracting(start..<end).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }.uppercased()
    }

    /// Letters, digits and the few signs that clients use; `+` and `*` are not among them (RFC 9051 section 9).
    private static func isTag(_ line: RawSpan, _ range: Range<Int>) -> Bool {
        guard (1...32).contains(range.count) else { return false }
        for index in range {
            switch line[index] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x24, 0x23, 0x3A: continue
            default: return false
            }
        }
        return true
    }
}
