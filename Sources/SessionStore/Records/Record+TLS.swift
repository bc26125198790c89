import IMAPSession
import Traffic

extension RecordWriter {
    mutating func write(_ change: TLSChange) {
        self.part { part in
            part.write(change.leg)
            part.write(change.start.rawValue)
            switch change.outcome {
            case .established(let facts):
                part.write(0)
                part.write(facts)
            case .failed(let failure):
                part.write(1)
                part.write(failure)
            case .truncated: part.write(2)
            case .renegotiationRefused: part.write(3)
            case .broken(let failure):
                part.write(4)
                part.write(failure)
            }
            part.write(change.client) { $0.write($1) }
            part.write(change.upstream) { $0.write($1) }
            part.write(change.otherIsPending)
            part.write(change.clientOffset)
            part.write(change.serverOffset)
            part.write(change.time)
        }
    }

    private mutating func write(_ failure: TLSHandshakeFailure) {
        self.part { part in
            part.write(failure.kind.rawValue)
            part.write(failure.alert)
            part.write(failure.reason)
            part.write(failure.serverName)
            part.write(failure.certificate) { $0.write($1) }
        }
    }

    /// Without the values of channel bindings: nobody needs them behind the session.
    private mutating func write(_ facts: TLSFacts) {
        self.part { part in
            part.write(facts.version)
            part.write(facts.cipher)
            part.write(facts.group)
            part.write(facts.applicationProtocol)
            part.write(facts.serverName)
            part.write(facts.isResumed)
            part.write(facts.certificate) { $0.write($1) }
            part.write(facts.clientCertificate) { $0.write($1) }
            part.write(facts.verification)
            part.write(facts.problem)
            part.write(facts.isDecrypted) { $0.write($1) }
            part.write(facts.offer) { part, offer in
                part.write(offer.versions) { $0.write($1) }
                part.write(offer.ciphers) { $0.write($1) }
                part.write(offer.protocols) { $0.write($1) }
            }
            part.write(facts.chain) { $0.write($1) }
            part.write(facts.protections) { part, protections in
                part.write(protections.hasExtendedMasterSecret)
                part.write(protections.hasSecureRenegotiation)
                part.write(protections.isDowngraded)
                part.write(protections.isCompressed)
                part.write(protections.acceptsEarlyData)
            }
        }
    }

    private mutating func write(_ verification: CertificateVerification) {
        switch verification {
        case .verified: self.write(0)
        case .skipped: self.write(1)
        case .failed(let reason):
            self.write(2)
            self.write(reason)
        case .byPeer: self.write(3)
        }
    }

    private mutating func write(_ certificate: CertificateFacts) {
        self.part { part in
            part.write(certificate.subject)
            part.write(certificate.issuer)
            part.write(certificate.names) { $0.write($1) }
            part.write(certificate.notBefore)
            part.write(certificate.notAfter)
            part.write(certificate.fingerprint)
            part.write(certificate.key)
            part.write(certificate.endPointHash) { $0.write($1) }
            part.write(certificate.signature)
        }
    }
}

extension RecordReader {
    mutating func tlsChange() throws(Damage) -> TLSChange {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let leg = try part.leg()
            let start = try part.raw(TLSChange.Start.self)
            let outcome: TLSChange.Outcome
            switch try part.unsigned() {
            case 0: outcome = .established(try part.tlsFacts())
            case 1: outcome = .failed(try part.handshakeFailure())
            case 2: outcome = .truncated
            case 3: outcome = .renegotiationRefused
            case 4: outcome = .broken(try part.handshakeFailure())
            default: throw Damage()
            }
            let client = try part.optional { (part) throws(Damage) in try part.tlsFacts() }
            let upstream = try part.optional { (part) throws(Damage) in try part.tlsFacts() }
            let isPending = try part.bool()
            let clientOffset = try part.unsigned()
            let serverOffset = try part.unsigned()
            return TLSChange(
                leg: leg,
                start: start,
                outcome: outcome,
                client: client,
                upstream: upstream,
                otherIsPending: isPending,
                clientOffset: clientOffset,
                serverOffset: serverOffset,
                time: try part.time()
            )
        }
    }

    private mutating func handshakeFailure() throws(Damage) -> TLSHandshakeFailure {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let kind = try part.raw(TLSHandshakeFailure.Kind.self)
            let alert = try part.optionalString()
            let reason = try part.string()
            let serverName = try part.optionalString()
            return TLSHandshakeFailure(
                kind,
                alert: alert,
                reason: reason,
                serverName: serverName,
                certificate: try part.optional { (part) throws(Damage) in try part.certificate() }
            )
        }
    }

    private mutating func tlsFacts() throws(Damage) -> TLSFacts {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let version = try part.string()
            let cipher = try part.string()
            let group = try part.optionalString()
            let name = try part.optionalString()
            let serverName = try part.optionalString()
            let isResumed = try part.bool()
            let certificate = try part.optional { (part) throws(Damage) in try part.certificate() }
            let shown = try part.optional { (part) throws(Damage) in try part.certificate() }
            var facts = TLSFacts(
                version: version,
                cipher: cipher,
                group: group,
                applicationProtocol: name,
                serverName: serverName,
                isResumed: isResumed,
                certificate: certificate,
                clientCertificate: shown,
                verification: try part.verification()
            )
            facts.problem = try part.optionalString()
            facts.isDecrypted = try part.optional { (part) throws(Damage) in try part.bool() }
            facts.offer = try part.optional { (part) throws(Damage) in
                let versions = try part.strings()
                let ciphers = try part.strings()
                return TLSOffer(versions: versions, ciphers: ciphers, protocols: try part.strings())
            }
            facts.chain = try part.array { (part) throws(Damage) in try part.certificate() }
            facts.protections = try part.optional { (part) throws(Damage) in
                var protections = TLSProtections()
                protections.hasExtendedMasterSecret = try part.bool()
                protections.hasSecureRenegotiation = try part.bool()
                protections.isDowngraded = try part.bool()
                protections.isCompressed = try part.bool()
                protections.acceptsEarlyData = try part.bool()
                return protections
            }
            return facts
        }
    }

    private mutating func verification() throws(Damage) -> CertificateVerification {
        switch try self.unsigned() {
        case 0: .verified
        case 1: .skipped
        case 2: .failed(reason: try self.string())
        case 3: .byPeer
        default: throw Damage()
        }
    }

    private mutating func certificate() throws(Damage) -> CertificateFacts {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let subject = try part.string()
            let issuer = try part.string()
            let names = try part.strings()
            let notBefore = try part.time()
            var certificate = CertificateFacts(
                subject: subject,
                issuer: issuer,
                names: names,
                notBefore: notBefore,
                notAfter: try part.time()
            )
            certificate.fingerprint = try part.optionalString()
            certificate.key = try part.optionalString()
            certificate.endPointHash = try part.optional { (part) throws(Damage) in try part.bytes() }
            certificate.signature = try part.optionalString()
            return certificate
        }
    }

    private mutating func strings() throws(Damage) -> [String] {
        try self.array { (part) throws(Damage) in try part.string() }
    }
}
