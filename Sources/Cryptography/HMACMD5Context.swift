public import Traffic

/// HMAC-MD5 with the key already worked in (RFC 2104 section 4): what a server needs to check CRAM-MD5, less than
/// the password.
///
/// It is built on our own block function, so it works whatever providers OpenSSL has loaded.
public struct HMACMD5Context: Sendable {
    /// The state after the outer block, then the state after the inner block, four words each, low octet first.
    ///
    /// This is the order in which Dovecot's `{CRAM-MD5}` scheme stores them.
    public let stored: Secret

    /// Octets of a stored context.
    public static let storedByteCount = 32

    /// A context as it was stored; nil unless it has 32 octets.
    public init?(stored: Secret) {
        guard stored.count == Self.storedByteCount else { return nil }
        self.stored = stored
    }

    public init(key: Secret) {
        // RFC 2104 section 2: a key longer than a block is replaced by its hash, then padded with zeros.
        var block = [UInt8](repeating: 0, count: MD5State.blockByteCount)
        key.withBytes { bytes in
            if bytes.count > block.count {
                block.replaceSubrange(0..<16, with: MD5State().finish(bytes.bytes, after: 0))
            } else {
                block.replaceSubrange(0..<bytes.count, with: bytes)
            }
        }
        var outer = Self.state(after: block, xor: 0x5c)
        var inner = Self.state(after: block, xor: 0x36)
        var both = outer + inner
        self.stored = Secret(both)
        block.cleanse()
        outer.cleanse()
        inner.cleanse()
        both.cleanse()
    }

    public func authenticationCode(for message: RawSpan) -> [UInt8] {
        var inner = self.state(at: 16).finish(message, after: MD5State.blockByteCount)
        defer { inner.cleanse() }
        return self.state(at: 0).finish(inner.span.bytes, after: MD5State.blockByteCount)
    }

    public func authenticationCode(for message: [UInt8]) -> [UInt8] {
        self.authenticationCode(for: message.span.bytes)
    }

    private static func state(after key: [UInt8], xor pad: UInt8) -> [UInt8] {
        var block = key.map { $0 ^ pad }
        defer { block.cleanse() }
        var state = MD5State()
        state.process(block.span.bytes)
        return state.bytes
    }

    private func state(at offset: Int) -> MD5State {
        self.stored.withBytes { bytes in
            func word(_ index: Int) -> UInt32 {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 4 * index, as: UInt32.self))
            }
            return MD5State(words: (word(0), word(1), word(2), word(3)))
        }
    }
}
