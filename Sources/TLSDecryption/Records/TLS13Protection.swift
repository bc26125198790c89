import Cryptography
import Traffic

/// The only protection of TLS 1.3 (RFC 8446 section 5.2): the type stands inside, behind it zeros may.
final class TLS13Protection: RecordProtection {
    private let cipher: AuthenticatedCipher
    private let initializationVector: [UInt8]

    init(_ cipher: AuthenticatedCipher, initializationVector: Secret) {
        self.cipher = cipher
        self.initializationVector = initializationVector.withBytes { Array($0) }
    }

    var leastLength: Int { self.cipher.tagByteCount + 1 }
    var fixedOverhead: Int? { RecordHeader.byteCount + self.leastLength }

    func open(_ header: RecordHeader, _ body: RawSpan, sequence: UInt64, into output: PlaintextBuffer) -> OpenedRecord {
        guard body.byteCount >= self.leastLength else { return .failure(.length) }
        var nonce = Nonce(self.initializationVector)
        nonce.combine(sequence)
        // The header itself, as it was sent.
        let additional = (
            header.type, UInt8(header.version.code >> 8), UInt8(header.version.code & 0xFF),
            UInt8(body.byteCount >> 8), UInt8(body.byteCount & 0xFF)
        )
        let count = nonce.withBytes { nonce in
            withUnsafeBytes(of: additional) { additional in
                self.cipher.open(body, nonce: nonce, authenticating: additional, into: output.memory)
            }
        }
        guard let count else { return .failure(.authentication) }
        var end = count
        while end > 0, output.memory[end - 1] == 0 { end -= 1 }
        guard end > 0 else { return .failure(.noType) }
        return .content(type: output.memory[end - 1], 0..<end - 1, padding: count - end)
    }
}
