import IMAPSession
import Traffic

extension JSONRenderer {
    mutating func write(_ change: TLSChange, _ session: ConnectionID) {
        self.begin("tls", session, change.time)
        self.put(.leg, #","leg":"#) { $0.append(prose: change.leg.rawValue) }
        self.put(.layer, #","layer":"#) { $0.append("\"TLS\"") }
        self.put(.how, #","how":"#) { $0.append(prose: change.start.rawValue) }
        self.put(.result, #","result":"#) { $0.append(prose: change.outcome.word) }
        switch change.outcome {
        case .established(let facts): self.write(facts)
        case .failed(let failure), .broken(let failure): self.write(failure)
        case .truncated, .renegotiationRefused: break
        }
        self.put(.text, #","text":"#) { $0.append(prose: EventNotes.tls(change)) }
        self.put(.clientOffset, #","client_offset":"#) { $0.append(decimal: change.clientOffset) }
        self.put(.serverOffset, #","server_offset":"#) { $0.append(decimal: change.serverOffset) }
        self.endObject()
    }

    private mutating func write(_ facts: TLSFacts) {
        self.put(.version, #","version":"#) { $0.append(prose: facts.version) }
        self.put(.cipher, #","cipher":"#) { $0.append(prose: facts.cipher) }
        self.put(.group, #","group":"#) { $0.append(prose: facts.group) }
        self.put(.sni, #","sni":"#) { $0.append(prose: facts.serverName) }
        self.put(.alpn, #","alpn":"#) { $0.append(prose: facts.applicationProtocol) }
        self.put(.resumed, #","resumed":"#) { $0.append(facts.isResumed) }
        let verified: StaticString =
            switch facts.verification {
            case .verified: "true"
            case .failed: "false"
            case .skipped, .byPeer: "null"
            }
        self.put(.verified, #","verified":"#) { $0.append(verified) }
        if let problem = facts.problem { self.put(.reason, #","reason":"#) { $0.append(prose: problem) } }
        if let isDecrypted = facts.isDecrypted { self.put(.decrypted, #","decrypted":"#) { $0.append(isDecrypted) } }
        if let offer = facts.offer { self.write(offer) }
        if let certificate = facts.certificate { self.write(certificate) }
        if !facts.chain.isEmpty {
            self.put(.chain, #","chain":"#) { $0.append(proseList: facts.chain.map(\.subject)) }
        }
        if let shown = facts.clientCertificate {
            self.put(.clientSubject, #","client_subject":"#) { $0.append(prose: shown.subject) }
            self.put(.clientFingerprint, #","client_fingerprint":"#) { $0.append(prose: shown.fingerprint) }
        }
    }

    private mutating func write(_ offer: TLSOffer) {
        self.put(.offeredVersions, #","offered_versions":"#) { $0.append(proseList: offer.versions) }
        self.put(.offeredCiphers, #","offered_ciphers":"#) { $0.append(proseList: offer.ciphers) }
        self.put(.offeredAlpn, #","offered_alpn":"#) { $0.append(proseList: offer.protocols) }
    }

    private mutating func write(_ failure: TLSHandshakeFailure) {
        let refuser: StaticString? =
            switch failure.kind {
            case .refusedByPeer: "\"peer\""
            case .refusedByImapscope, .certificate, .notTLS, .timedOut, .configuration: "\"imapscope\""
            case .closed: nil
            }
        self.put(.refusedBy, #","refused_by":"#) { $0.append(refuser ?? "null") }
        self.put(.alert, #","alert":"#) { $0.append(prose: failure.alert) }
        self.put(.reason, #","reason":"#) { $0.append(prose: failure.reason) }
        if let name = failure.serverName { self.put(.sni, #","sni":"#) { $0.append(prose: name) } }
        if let certificate = failure.certificate { self.write(certificate) }
    }

    private mutating func write(_ certificate: CertificateFacts) {
        self.put(.subject, #","subject":"#) { $0.append(prose: certificate.subject) }
        self.put(.issuer, #","issuer":"#) { $0.append(prose: certificate.issuer) }
        self.put(.names, #","names":"#) { $0.append(proseList: certificate.names) }
        self.put(.notBefore, #","not_before":"#) { $0.append(whole: certificate.notBefore) }
        self.put(.notAfter, #","not_after":"#) { $0.append(whole: certificate.notAfter) }
        self.put(.fingerprint, #","fingerprint":"#) { $0.append(prose: certificate.fingerprint) }
        if let key = certificate.key { self.put(.key, #","key":"#) { $0.append(prose: key) } }
        if let signature = certificate.signature {
            self.put(.signature, #","signature":"#) { $0.append(prose: signature) }
        }
    }
}

extension TLSChange.Outcome {
    fileprivate var word: String {
        switch self {
        case .established: "established"
        case .failed: "failed"
        case .truncated: "truncated"
        case .renegotiationRefused: "renegotiation refused"
        case .broken: "broken"
        }
    }
}

extension ByteWriter {
    fileprivate mutating func append(proseList texts: [String]) {
        var separator = UInt8(ascii: "[")
        for text in texts {
            self.append(separator)
            separator = UInt8(ascii: ",")
            self.append(prose: text)
        }
        self.append(texts.isEmpty ? "[]" : "]")
    }

    fileprivate mutating func append(whole time: Timestamp) {
        self.append(UInt8(ascii: "\""))
        self.append(time, fraction: 0)
        self.append(UInt8(ascii: "\""))
    }
}
