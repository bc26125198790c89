import Cryptography
import Traffic

/// AEAD ciphers of TLS 1.2 (RFC 5246 section 6.2.3.3).
final class AEADProtection: RecordProtection {
    private let cipher: AuthenticatedCipher
    /// The part of the nonce that comes from the key block: all of it for ChaCha20 (RFC 7905 section 2).
    private let fixed: [UInt8]

    static let explicitNonceByteCount = 8

    init(_ cipher: AuthenticatedCipher, fixedNonce: Secret) {
        self.cipher = cipher
        self.fixed = fixedNonce.withBytes { Array($0) }
    }

    /// Octets of nonce that each record brings: GCM and CCM only (RFC 5288 section 3, RFC 6655 section 3).
    private var explicit: Int { AuthenticatedCipher.nonceByteCount - self.fixed.count }

    var leastLength: Int { self.explicit + self.cipher.tagByteCount }
    var fixedOverhead: Int? { RecordHeader.byteCount + self.leastLength }

    func open(_ header: RecordHeader, _ body: RawSpan, sequence: UInt64, into output: PlaintextBuffer) -> OpenedRecord {
        let length = body.byteCount - self.leastLength
        guard length >= 0 else { return .failure(.length) }
        var nonce = Nonce(self.fixed)
        if self.explicit == 0 {
            nonce.combine(sequence)
        } else {
            for index in 0..<self.explicit { nonce[self.fixed.count + index] = body[index] }
        }
        let additional = RecordIdentity(sequence, header, length: length)
        let sealed = body.extracting(self.explicit..<body.byteCount)
        let count = nonce.withBytes { nonce in
            additional.withBytes { additional in
                self.cipher.open(sealed, nonce: nonce, authenticating: additional, into: output.memory)
            }
        }
        guard let count else { return .failure(.authentication) }
        return .content(type: header.type, 0..<count, padding: 0)
    }
}
