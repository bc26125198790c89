/// Puts handshake messages together, however records cut or join them (RFC 8446 section 5.1).
struct HandshakeAssembler {
    /// A whole message.
    struct Message {
        var type: UInt8
        var body: [UInt8]

        /// As it was sent: type, length, body.
        var octets: [UInt8] {
            [
                self.type, UInt8(self.body.count >> 16 & 0xFF), UInt8(self.body.count >> 8 & 0xFF),
                UInt8(self.body.count & 0xFF),
            ]
                + self.body
        }
    }

    private var octets: [UInt8] = []
    /// Octets of a message that is too long to be kept and has not ended.
    private var skipped = 0
    /// Messages that were passed over for their length.
    private(set) var tooLong = 0

    /// Longer than any real chain of certificates; what OpenSSL takes, too.
    static let longest = 131_072

    static let headerByteCount = 4

    var isEmpty: Bool { self.octets.isEmpty && self.skipped == 0 }

    mutating func append(_ more: some Collection<UInt8>) {
        let skipped = min(self.skipped, more.count)
        self.skipped -= skipped
        self.octets += more.dropFirst(skipped)
    }

    /// The next whole message.
    mutating func next() -> Message? {
        while self.octets.count >= Self.headerByteCount {
            let length = Int(self.octets[1]) << 16 | Int(self.octets[2]) << 8 | Int(self.octets[3])
            guard length <= Self.longest else {
                let present = min(self.octets.count, Self.headerByteCount + length)
                self.skipped = Self.headerByteCount + length - present
                self.octets.removeFirst(present)
                self.tooLong += 1
                continue
            }
            let end = Self.headerByteCount + length
            guard self.octets.count >= end else { return nil }
            let message = Message(type: self.octets[0], body: Array(self.octets[Self.headerByteCount..<end]))
            self.octets.removeFirst(end)
            return message
        }
        return nil
    }

    /// The rest of a message that lacks something.
    mutating func removeAll() {
        self.octets = []
        self.skipped = 0
    }
}
