import Cryptography
import Traffic

/// RC4, or no cipher at all, behind a MAC (RFC 5246 section 6.2.3.1).
final class StreamProtection: RecordProtection {
    /// Nil: the content is only authenticated.
    private let cipher: RC4?
    private let mac: KeyedHash

    init(_ cipher: RC4?, mac: KeyedHash) {
        self.cipher = cipher
        self.mac = mac
    }

    private var tag: Int { self.mac.digest.byteCount }
    var leastLength: Int { self.tag }
    var fixedOverhead: Int? { RecordHeader.byteCount + self.tag }
    /// The place in the key stream is lost with the first octet that is missing.
    var isSelfContained: Bool { self.cipher == nil }

    /// Moves the key stream on, so that a record can be opened once.
    func open(_ header: RecordHeader, _ body: RawSpan, sequence: UInt64, into output: PlaintextBuffer) -> OpenedRecord {
        if let cipher = self.cipher {
            guard cipher.decrypt(body, into: output.memory) else { return .failure(.length) }
        } else {
            body.withUnsafeBytes { UnsafeMutableRawBufferPointer(output.memory).copyMemory(from: $0) }
        }
        let length = body.byteCount - self.tag
        guard length >= 0 else { return .failure(.length) }
        let octets = UnsafeRawBufferPointer(output.memory)
        self.mac.begin()
        RecordIdentity(sequence, header, length: length).withBytes { self.mac.update($0) }
        self.mac.update(UnsafeRawBufferPointer(rebasing: octets[..<length]))
        let code = UnsafeRawBufferPointer(rebasing: octets[length..<body.byteCount])
        guard ConstantTime.areEqual(self.mac.finish().span.bytes, code.bytes) else {
            return .failure(.authentication)
        }
        return .content(type: header.type, 0..<length, padding: 0)
    }

    func resume(after preceding: RawSpan) -> Bool { self.isSelfContained }
}
