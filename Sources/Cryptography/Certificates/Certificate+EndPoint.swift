import COpenSSL

extension Certificate {
    /// The hash that stands for the certificate in the channel binding tls-server-end-point (RFC 5929 section 4.1): by the hash
    /// function of its signature, or SHA-256 in place of MD5 and SHA-1.
    ///
    /// - Returns: nil where the signature names no hash (Ed25519, Ed448), for which none is defined.
    public static func endPointHash(_ der: [UInt8]) -> [UInt8]? {
        guard let handle = try? X509Handle(der: der, index: 1) else { return nil }
        var hash: Int32 = 0
        guard X509_get_signature_info(handle.pointer, &hash, nil, nil, nil) == 1 || hash != NID_undef else {
            ERR_clear_error()
            return nil
        }
        let digest: Digest
        switch hash {
        case NID_md5, NID_sha1, NID_sha256: digest = .sha256
        case NID_sha384: digest = .sha384
        case NID_sha512: digest = .sha512
        default: return nil
        }
        return try? digest.hash(der)
    }
}
