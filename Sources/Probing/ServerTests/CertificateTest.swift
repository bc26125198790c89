extension ServerProbe {
    static let certificate = ServerProbe(
        id: "certificate",
        title: "the certificate, and whether it verifies",
        reference: "RFC 9525; RFC 9325 section 4.5",
        remedy:
            "install a certificate of a known authority that names the host, with its whole chain, and renew it in time"
    ) { target in
        target.underTLS { tls, _ in
            guard let certificate = tls.certificate else { return .vulnerable("the server showed no certificate") }
            let names = certificate.names.prefix(8).joined(separator: ", ")
            let facts =
                "\(certificate.subject), by \(certificate.issuer), for \(names.isEmpty ? "no name" : names), "
                + "\(certificate.notBefore) to \(certificate.notAfter), \(certificate.key), "
                + "\(certificate.signatureAlgorithm), SHA-256 \(certificate.fingerprint)"
            if let problem = tls.problem { return .vulnerable("it does not verify: \(problem); \(facts)") }
            let algorithm = certificate.signatureAlgorithm.lowercased()
            if algorithm.contains("md5") || algorithm.contains("sha1") {
                return .weak("it is signed with \(certificate.signatureAlgorithm); \(facts)")
            }
            // RFC 9325 section 4.5 asks for 2048 bits.
            let words = certificate.key.split(separator: " ")
            if words.first == "RSA", let bits = words.last.flatMap({ Int($0) }), bits < 2048 {
                return .weak("its key has only \(bits) bits; \(facts)")
            }
            if certificate.daysLeft < 14 { return .weak("it ends in \(certificate.daysLeft) days; \(facts)") }
            return .pass("it verifies; \(facts)")
        }
    }
}
