import IMAPSession
import NIOCore
import TLSTransport
import Traffic

extension ConnectionDriver {
    /// What a TLS handler says to its leg, in the words of the connection.
    func tlsEvent(_ event: TLSEvent, on direction: Direction) {
        let leg: Leg = direction == .client ? .client : .upstream
        switch event {
        case .clientHello(let serverName, let keys): self.wishesCertificate(for: serverName, keys)
        case .established(let facts):
            self[direction].hasTLS = true
            if leg == .client { self.certificate.settle() }
            // Before anything else: a client's handshake may wait for it.
            if leg == .upstream { self.loop.configuration.identities?.learn(facts.peerCertificates) }
            let verifies = self.loop.configuration.upstreamTLS?.verifiesPeer ?? false
            let told = IMAPSession.TLSFacts(facts, of: leg, verifies: verifies, &self.loop.certificates)
            self.input(.tlsEstablished(leg, told))
            if leg == .upstream { self.noteChange(to: facts.peerCertificates) }
        case .failed(let failure):
            let failure = TLSHandshakeFailure(failure, noIdentity: self.certificate.refusal)
            if self[direction].hasTLS {
                self.input(.tlsNoticed(leg, .broken(failure)))
                self.input(.closed(direction, .reset))
            } else {
                if leg == .client { self.certificate.settle() }
                self.input(.tlsFailed(leg, failure))
            }
        case .renegotiationRefused: self.input(.tlsNoticed(leg, .renegotiationRefused))
        // A stream that ends without close_notify ends all the same; many clients do that.
        case .truncated:
            self[direction.opposite].tls?.truncates = true
            self.input(.tlsNoticed(leg, .truncated))
        }
    }

    private func noteChange(to chain: [TLSCertificate]) {
        guard let leaf = chain.first, let change = self.loop.upstreamCertificates.note(leaf) else { return }
        self.input(.tlsNoticed(.upstream, .certificateChanged(from: change.before, to: change.now)))
    }
}

extension IMAPSession.TLSFacts {
    init(
        _ facts: TLSTransport.TLSFacts,
        of leg: Leg,
        verifies: Bool,
        _ certificates: inout KnownCertificates
    ) {
        let peer = facts.peerCertificates.first.flatMap { certificates.facts(of: $0) }
        let own = facts.ownCertificate.flatMap { certificates.facts(of: $0) }
        self.init(
            version: facts.version.description,
            cipher: facts.cipherSuite,
            group: facts.group,
            applicationProtocol: facts.applicationProtocol,
            serverName: facts.serverName,
            isResumed: facts.isResumed,
            certificate: leg == .upstream ? peer : own,
            clientCertificate: leg == .client ? peer : nil,
            verification: leg == .client ? .byPeer : verifies ? .verified : .skipped,
            problem: leg == .upstream ? facts.certificateProblem?.text : nil
        )
        self.bindings = ChannelBindingValues(unique: facts.unique, exporter: facts.exporter)
        self.protections = TLSProtections(
            hasExtendedMasterSecret: facts.hasExtendedMasterSecret,
            hasSecureRenegotiation: facts.hasSecureRenegotiation
        )
    }
}

extension CertificateFacts {
    init?(_ certificate: TLSCertificate) {
        guard let fields = certificate.fields else { return nil }
        self.init(
            subject: fields.subject,
            issuer: fields.issuer,
            names: fields.names,
            notBefore: Timestamp(certificateTime: fields.notBefore),
            notAfter: Timestamp(certificateTime: fields.notAfter),
            fingerprint: certificate.fingerprint
        )
        self.endPointHash = certificate.endPointHash
    }
}

extension Timestamp {
    /// Certificates without an end are dated 9999 (RFC 5280 section 4.1.2.5), which is beyond what this can hold.
    fileprivate init(certificateTime seconds: Int64) {
        self.init(seconds: min(max(seconds, -9_000_000_000), 9_000_000_000), nanoseconds: 0)
    }
}

extension TLSHandshakeFailure {
    /// - Parameter noIdentity: why there is no certificate to show, if that was it.
    init(_ failure: TLSFailure, noIdentity: String?) {
        let alert = failure.alert?.alert.name
        switch failure {
        case .refusedByPeer(_, let reason): self.init(.refusedByPeer, alert: alert, reason: reason)
        case .refused(_, let reason): self.init(.refusedByImapscope, alert: alert, reason: reason)
        case .certificate(let problem, _):
            self.init(
                .certificate,
                alert: alert,
                reason: problem.text,
                certificate: problem.certificate.flatMap { CertificateFacts($0) }
            )
        case .notTLS(let octets):
            self.init(.notTLS, reason: "\(octets.readableBytes) octets that begin no TLS record")
        case .timedOut(let limit):
            self.init(.timedOut, reason: "no handshake within \(limit.nanoseconds / 1_000_000_000) s")
        case .closedInHandshake: self.init(.closed, reason: "no alert was sent")
        case .noIdentity(let name):
            self.init(
                .configuration,
                reason: "there is no certificate for \(name ?? "a client without SNI")"
                    + (noIdentity.map { ": \($0)" } ?? ""),
                serverName: name
            )
        case .renegotiationFlood(let requests, let limit):
            self.init(.refusedByImapscope, reason: "\(requests) requests for renegotiation, at most \(limit)")
        }
    }
}
