import IMAPWire
public import Traffic

/// Octets of a stream that is TLS, as they came.
public struct EncryptedOctets: Sendable {
    public var direction: Direction
    public var octets: [UInt8]
    public var time: Timestamp
}

// MARK: - TLS that the source takes off

extension Session {
    /// Whether TLS has begun and its octets are left to whoever can take it off.
    public var isUnderTLS: Bool { self.leavesTLS && self.opaqueLayer == .tls }

    /// The octets of TLS that came with what was handed in last, in their order.
    public mutating func takeEncrypted() -> [EncryptedOctets] {
        defer { self.encrypted = [] }
        return self.encrypted
    }

    mutating func keepsEncrypted(_ octets: RawSpan, _ direction: Direction, at time: Timestamp) -> Bool {
        guard self.isUnderTLS else { return false }
        self.encrypted.append(
            EncryptedOctets(direction: direction, octets: octets.withUnsafeBytes { Array($0) }, time: time)
        )
        return true
    }

    /// What comes from now on is the cleartext of the TLS connection.
    public mutating func goesOnUnderTLS() {
        guard self.opaqueLayer == .tls else { return }
        self.opaqueLayer = nil
        self.client.language = .commands
        self.server.language = .responses
    }

    /// So many octets of TLS records were not read.
    public mutating func skipEncrypted(_ octets: Int, _ direction: Direction, at time: Timestamp) {
        self.tellOpaque(octets, direction, at: time)
    }

    /// A handshake that was seen in a capture: what it settled, as far as could be told.
    public mutating func tlsSeen(_ facts: TLSFacts, start: TLSChange.Start, at time: Timestamp) {
        self.tlsEstablished(.client, facts, start: start, at: time)
    }
}
