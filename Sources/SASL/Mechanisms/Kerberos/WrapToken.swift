/// A wrapped message of Kerberos that is protected against change only: RFC 4752 section 3.1 wraps the negotiation of the
/// security layer so, which lets everybody read it.
struct WrapToken {
    /// Nil if the message is encrypted.
    let message: [UInt8]?

    /// Nil if the octets are no wrap token.
    init?(_ token: [UInt8]) {
        if token.starts(with: [0x05, 0x04]) {
            guard token.count >= 16 else { return nil }
            self.message = Self.current(token)
        } else if token.first == 0x60 {
            guard let message = Self.old(token) else { return nil }
            self.message = message.isEmpty ? nil : message
        } else {
            return nil
        }
    }

    /// RFC 4121 section 4.2.6.2.
    ///
    ///     05 04 | flags | FF | EC (2) | RRC (2) | sequence number (8) | message and checksum, rotated right by RRC
    private static func current(_ token: [UInt8]) -> [UInt8]? {
        guard token[2] & 0x02 == 0 else { return nil }
        let checksum = Int(token[4]) << 8 | Int(token[5])
        let rotation = Int(token[6]) << 8 | Int(token[7])
        let data = token[16...]
        guard data.count >= checksum, !data.isEmpty else { return nil }
        let shift = rotation % data.count
        let straight = Array(data.dropFirst(shift) + data.prefix(shift))
        return Array(straight.dropLast(checksum))
    }

    /// RFC 1964 section 1.2.2: the message behind 8 octets of confounder, with 1 to 8 octets of padding. Empty if it is
    /// encrypted.
    private static func old(_ token: [UInt8]) -> [UInt8]? {
        guard let inner = ContextToken(token)?.inner, inner.starts(with: [0x02, 0x01]), inner.count >= 8 else {
            return nil
        }
        let octets = Array(inner)
        guard octets[4] == 0xff, octets[5] == 0xff else { return [] }
        // Checksums have 8 octets, or 20 with des3 (RFC 1964 section 1.2.2.1 and its successors).
        let checksum = octets[2] == 0x04 ? 20 : 8
        let body = octets.dropFirst(8 + 8 + checksum + 8)
        guard let padding = body.last, padding >= 1, padding <= 8, body.count > Int(padding) else { return [] }
        return Array(body.dropLast(Int(padding)))
    }
}

/// The head of a first context token (RFC 2743 section 3.1): `60 length 06 length identifier`, then the mechanism's own.
struct ContextToken {
    let mechanism: GSSMechanism
    let inner: ArraySlice<UInt8>

    init?(_ token: [UInt8]) {
        var reader = DERReader(token[...])
        guard let outer = reader.next(), outer.tag == 0x60, reader.rest.isEmpty else { return nil }
        var content = DERReader(outer.content)
        guard let identifier = content.next(), identifier.tag == 0x06, let mechanism = GSSMechanism(identifier.content)
        else { return nil }
        self.mechanism = mechanism
        self.inner = content.rest
    }
}
