import Cryptography

/// The chain that a peer shows: the DER octets of each certificate, its own first.
struct CertificateMessage {
    var certificates: [[UInt8]] = []

    /// - Parameter version: TLS 1.3 puts a context before and extensions behind each (RFC 8446 section 4.4.2).
    init?(_ body: [UInt8], _ version: ProtocolVersion) {
        var reader = MessageReader(body)
        if version.isTLS13 { guard reader.vector(1) != nil else { return nil } }
        guard var list = reader.vector(3) else { return nil }
        while !list.isAtEnd {
            guard let certificate = list.vector(3) else { return nil }
            if version.isTLS13 { guard list.vector(2) != nil else { return nil } }
            self.certificates.append(certificate.rest)
        }
    }

    /// What the certificates say; those beyond a sane number are left out.
    var chain: TLSCertificateChain {
        var chain = TLSCertificateChain()
        for der in self.certificates.prefix(Certificate.chainLimit) {
            do throws(CertificateProblem) {
                chain.certificates.append(try Certificate(der: der))
            } catch {
                chain.unreadable += 1
                if chain.problem == nil { chain.problem = error }
            }
        }
        chain.unreadable += max(0, self.certificates.count - Certificate.chainLimit)
        return chain
    }
}
