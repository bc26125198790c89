import COpenSSL
import Traffic

/// Reading PEM files from memory.
enum PEM {
    /// Runs `body` on a BIO over `octets`, which are not copied.
    static func withBIO<Result>(_ octets: UnsafeRawBufferPointer, _ body: (OpaquePointer) -> Result) -> Result? {
        guard let bio = BIO_new_mem_buf(octets.baseAddress, Int32(clamping: octets.count)) else { return nil }
        defer { BIO_free(bio) }
        return body(bio)
    }

    /// Every certificate of a file, in its order. The caller owns them.
    static func certificates(_ octets: [UInt8]) throws(TLSFileError) -> [OpaquePointer] {
        guard !octets.isEmpty else { throw .emptyCertificate }
        OpenSSLQueue.clear()
        let found = octets.withUnsafeBytes { octets in
            Self.withBIO(octets) { bio -> (list: [OpaquePointer], isComplete: Bool) in
                var list: [OpaquePointer] = []
                while let certificate = PEM_read_bio_X509(bio, nil, nil, nil) { list.append(certificate) }
                // The end of a file is an error too: no further line that begins an object.
                let code = ERR_peek_last_error()
                let isEnd = (code & 0x7F_FFFF) == UInt(PEM_R_NO_START_LINE)
                return (list, isEnd)
            }
        }
        let reason = OpenSSLQueue.takeReason() ?? "no PEM object"
        guard let found else { throw .notACertificate(reason: reason) }
        if found.isComplete, !found.list.isEmpty { return found.list }
        for certificate in found.list { X509_free(certificate) }
        if found.list.isEmpty { throw .notACertificate(reason: reason) }
        throw .damagedCertificate(position: found.list.count + 1, reason: reason)
    }

    private struct Passphrase {
        var secret: Secret?
        var wasAsked = false
    }

    /// The private key of a file. The caller owns it.
    static func privateKey(_ octets: Secret, passphrase: Secret?) throws(TLSFileError) -> OpaquePointer {
        guard octets.count > 0 else { throw .emptyKey }
        OpenSSLQueue.clear()
        var asked = Passphrase(secret: passphrase)
        let key = octets.withBytes { octets in
            withUnsafeMutablePointer(to: &asked) { asked in
                Self.withBIO(octets) { bio in
                    PEM_read_bio_PrivateKey(
                        bio,
                        nil,
                        { buffer, room, _, asked in
                            guard let asked = asked?.assumingMemoryBound(to: Passphrase.self) else { return -1 }
                            asked.pointee.wasAsked = true
                            guard let secret = asked.pointee.secret, secret.count <= Int(room) else { return -1 }
                            secret.withBytes { bytes in
                                if let base = bytes.baseAddress {
                                    buffer?.update(from: base.assumingMemoryBound(to: CChar.self), count: bytes.count)
                                }
                            }
                            return Int32(secret.count)
                        },
                        asked
                    )
                }
            }
        }
        let reason = OpenSSLQueue.takeReason() ?? "no PEM object"
        if let key, let key { return key }
        guard asked.wasAsked else { throw .notAKey(reason: reason) }
        throw passphrase == nil ? .encryptedKey : .wrongPassphrase
    }
}
