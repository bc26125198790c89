/// The chaining value of MD5 (RFC 1321), with the block function in our own hands.
///
/// OpenSSL cannot start from a chosen state, and a stored CRAM-MD5 context is exactly such a state; nor has it MD5 at
/// all where only its FIPS provider is loaded. After a keyed block the state is worth as much as the key, so it does
/// not show itself.
public struct MD5State: Sendable {
    var a: UInt32
    var b: UInt32
    var c: UInt32
    var d: UInt32

    /// Octets that one step of the function takes.
    public static let blockByteCount = 64

    /// The hash value of `bytes`, whatever providers OpenSSL has.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        MD5State().finish(bytes.span.bytes, after: 0)
    }

    /// The state before any block, RFC 1321 section 3.3.
    public init() {
        self.init(words: (0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476))
    }

    public init(words: (UInt32, UInt32, UInt32, UInt32)) {
        (self.a, self.b, self.c, self.d) = words
    }

    public var words: (UInt32, UInt32, UInt32, UInt32) { (self.a, self.b, self.c, self.d) }

    /// Takes in whole blocks.
    public mutating func process(_ blocks: RawSpan) {
        precondition(blocks.byteCount % Self.blockByteCount == 0, "process(_:) takes whole blocks of 64 octets")
        blocks.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                self.processBlock(bytes, at: offset)
                offset += Self.blockByteCount
            }
        }
    }

    /// The hash value, once `rest` is taken in after `processed` octets, a multiple of 64.
    public consuming func finish(_ rest: RawSpan, after processed: Int) -> [UInt8] {
        precondition(processed >= 0 && processed % Self.blockByteCount == 0, "what went before was whole blocks")
        let whole = rest.byteCount - rest.byteCount % Self.blockByteCount
        self.process(rest.extracting(0..<whole))

        // RFC 1321 section 3.1, 3.2: one 1 bit, zeros up to 56 modulo 64, the length in bits, low octet first.
        var last: [UInt8] = []
        last.reserveCapacity(2 * Self.blockByteCount)
        defer { last.cleanse() }
        rest.extracting(whole..<rest.byteCount).withUnsafeBytes { last.append(contentsOf: $0) }
        last.append(0x80)
        while last.count % Self.blockByteCount != 56 { last.append(0) }
        let bitCount = (UInt64(processed) &+ UInt64(rest.byteCount)) &* 8
        withUnsafeBytes(of: bitCount.littleEndian) { last.append(contentsOf: $0) }
        self.process(last.span.bytes)
        return self.bytes
    }

    /// The four words, low octet first, as hash values and stored contexts have them.
    var bytes: [UInt8] {
        [self.a, self.b, self.c, self.d].flatMap { word in withUnsafeBytes(of: word.littleEndian) { [UInt8]($0) } }
    }
}

extension MD5State: CustomStringConvertible, CustomReflectable {
    public var description: String { "MD5State(‹masked›)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
