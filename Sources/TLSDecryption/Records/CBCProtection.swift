import Cryptography
import Traffic

/// Block ciphers of TLS 1.0 to 1.2 (RFC 5246 section 6.2.3.2), with the MAC inside, or outside (RFC 7366).
final class CBCProtection: RecordProtection {
    private let cipher: BlockCipher
    private let mac: KeyedHash
    private let encryptsFirst: Bool
    /// TLS 1.0: the last block of ciphertext, with which the next record goes on. Nil: every record brings its own.
    private var chained: [UInt8]?

    /// - Parameter initializationVector: TLS 1.0 takes the first one from the key block.
    init(_ cipher: BlockCipher, mac: KeyedHash, encryptsFirst: Bool, initializationVector: Secret?) {
        self.cipher = cipher
        self.mac = mac
        self.encryptsFirst = encryptsFirst
        self.chained = initializationVector.map { secret in secret.withBytes { Array($0) } }
    }

    private var block: Int { self.cipher.algorithm.blockByteCount }
    private var tag: Int { self.mac.digest.byteCount }

    var leastLength: Int {
        let vector = self.chained == nil ? self.block : 0
        if self.encryptsFirst { return vector + self.block + self.tag }
        return vector + (self.tag / self.block + 1) * self.block
    }

    var fixedOverhead: Int? { nil }

    func open(_ header: RecordHeader, _ body: RawSpan, sequence: UInt64, into output: PlaintextBuffer) -> OpenedRecord {
        guard body.byteCount >= self.leastLength else { return .failure(.length) }
        var end = body.byteCount
        if self.encryptsFirst {
            end -= self.tag
            let isRight = body.withUnsafeBytes { octets in
                self.isRight(
                    UnsafeRawBufferPointer(rebasing: octets[end...]),
                    for: UnsafeRawBufferPointer(rebasing: octets[..<end]),
                    RecordIdentity(sequence, header, length: end)
                )
            }
            guard isRight else { return .failure(.authentication) }
        }
        let start = self.chained == nil ? self.block : 0
        let ciphertext = body.extracting(start..<end)
        let isDecrypted: Bool
        if let chained = self.chained {
            isDecrypted = self.cipher.decrypt(
                ciphertext,
                initializationVector: chained.span.bytes,
                into: output.memory
            )
        } else {
            isDecrypted = self.cipher.decrypt(
                ciphertext,
                initializationVector: body.extracting(0..<start),
                into: output.memory
            )
        }
        guard isDecrypted, ciphertext.byteCount > 0 else { return .failure(.length) }
        // The last octet says how many like it stand before it (RFC 5246 section 6.2.3.2).
        let padding = Int(output.memory[ciphertext.byteCount - 1]) + 1
        var length = ciphertext.byteCount - padding
        guard length >= 0, output.memory[length..<ciphertext.byteCount].allSatisfy({ Int($0) == padding - 1 }) else {
            return .failure(.authentication)
        }
        if self.encryptsFirst { return .content(type: header.type, 0..<length, padding: 0) }
        length -= self.tag
        guard length >= 0 else { return .failure(.authentication) }
        let content = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(output.memory)[..<length])
        let code = UnsafeRawBufferPointer(
            rebasing: UnsafeRawBufferPointer(output.memory)[length..<length + self.tag]
        )
        guard self.isRight(code, for: content, RecordIdentity(sequence, header, length: length)) else {
            return .failure(.authentication)
        }
        return .content(type: header.type, 0..<length, padding: 0)
    }

    private func isRight(
        _ code: UnsafeRawBufferPointer,
        for octets: UnsafeRawBufferPointer,
        _ identity: RecordIdentity
    ) -> Bool {
        self.mac.begin()
        identity.withBytes { self.mac.update($0) }
        self.mac.update(octets)
        return ConstantTime.areEqual(self.mac.finish().span.bytes, code.bytes)
    }

    func pass(_ body: RawSpan) {
        guard self.chained != nil else { return }
        _ = self.resume(after: body)
    }

    func resume(after preceding: RawSpan) -> Bool {
        guard self.chained != nil else { return true }
        let end = preceding.byteCount - (self.encryptsFirst ? self.tag : 0)
        guard end >= self.block else { return false }
        self.chained = preceding.extracting(end - self.block..<end).withUnsafeBytes { Array($0) }
        return true
    }
}
