import Cryptography
import Traffic

extension TLSDecryptor {
    func handshakeOctets(_ octets: [UInt8], _ stream: TLSStream, at time: Timestamp) {
        stream.handshake.append(octets)
        while let message = stream.handshake.next() {
            self.message(message, stream, at: time)
            // Keys change between messages, never within a record (RFC 8446 section 5.1).
            if stream.isUnreadable { return }
        }
        if stream.handshake.tooLong > 0 {
            self.tell(
                .damagedHandshake("a message is longer than \(HandshakeAssembler.longest) octets"),
                stream,
                at: time
            )
        }
    }

    private func message(_ message: HandshakeAssembler.Message, _ stream: TLSStream, at time: Timestamp) {
        let type = HandshakeType(rawValue: message.type)
        // A hello behind a finished handshake begins the next one (RFC 5246 section 7.4.1.1).
        if type == .clientHello, !self.handshake.switched.isEmpty, stream.direction == .client {
            self.handshake = HandshakeProgress(renegotiation: self.handshake.facts.renegotiation + 1)
        }
        if self.handshake.facts.version?.isTLS13 != true { self.handshake.append(message) }
        switch (type, stream.direction) {
        case (.clientHello, .client): self.clientHello(ClientHello(message.body), at: time)
        case (.serverHello, .server): self.serverHello(message.body, at: time)
        case (.encryptedExtensions, .server): self.encryptedExtensions(message.body, at: time)
        case (.certificate, _): self.certificate(message.body, stream, at: time)
        case (.compressedCertificate, .server): self.handshake.facts.serverCertificates.isCompressed = true
        case (.compressedCertificate, .client): self.handshake.facts.clientCertificates.isCompressed = true
        case (.serverKeyExchange, .server): self.serverKeyExchange(message.body)
        case (.certificateRequest, .server):
            self.handshake.isFull = true
            self.handshake.facts.asksForClientCertificate = true
        case (.serverHelloDone, .server): self.handshake.isFull = true
        case (.certificateVerify, _): self.certificateVerify(message.body, stream)
        case (.clientKeyExchange, .client): self.clientKeyExchange(message.body)
        case (.newSessionTicket, .server): self.newSessionTicket(message.body)
        case (.endOfEarlyData, .client): self.endOfEarlyData(stream, at: time)
        case (.finished, _):
            self.noteFinished(message.body)
            self.finished(stream, at: time)
        case (.keyUpdate, _): self.keyUpdate(stream, at: time)
        default: break
        }
    }

    func sslv2Hello(_ octets: [UInt8], _ stream: TLSStream) {
        self.handshake.append(sslv2: octets)
        if let hello = ClientHello(sslv2: octets) { self.handshake.facts.clientHello = hello }
    }

    private func clientHello(_ hello: ClientHello?, at time: Timestamp) {
        guard let hello else {
            self.tell(.damagedHandshake("the ClientHello cannot be read"), self.client, at: time)
            return
        }
        self.handshake.facts.clientHello = hello
        if hello.offersEarlyData { self.handshake.facts.earlyData = .offered }
    }

    private func serverHello(_ body: [UInt8], at time: Timestamp) {
        guard let hello = ServerHello(body) else {
            self.tell(.damagedHandshake("the ServerHello cannot be read"), self.server, at: time)
            return
        }
        if hello.isHelloRetryRequest {
            self.handshake.facts.hasHelloRetryRequest = true
            if self.handshake.facts.earlyData == .offered { self.handshake.facts.earlyData = .rejected }
            self.readEarlyRecords(isRejected: true)
            return
        }
        self.handshake.facts.serverHello = hello
        self.handshake.facts.applicationProtocol = hello.applicationProtocol
        guard hello.version.isTLS13 else {
            self.readEarlyRecords(isRejected: true)
            return
        }
        self.handshake.facts.isResumed = hello.choosesPreSharedKey
        self.handshake.forgetTranscript()
        self.enter(.handshake, self.server, at: time)
        let hasEarlyData = self.handshake.facts.earlyData == .offered
        self.enter(hasEarlyData ? .early : .handshake, self.client, at: time)
        self.readEarlyRecords(isRejected: false)
        if self.isWaiting { self.announce(at: time) }
    }

    private func encryptedExtensions(_ body: [UInt8], at time: Timestamp) {
        var reader = MessageReader(body)
        let extensions = reader.extensions() ?? []
        for var entry in extensions where entry.type == ExtensionType.applicationProtocols {
            self.handshake.facts.applicationProtocol = entry.content.protocolNames().first
        }
        guard self.handshake.facts.earlyData == .offered else { return }
        let isTaken = extensions.contains { $0.type == ExtensionType.earlyData }
        self.handshake.facts.earlyData = isTaken ? .accepted : .rejected
        self.releaseEarlyContent(isTaken: isTaken)
    }

    private func certificate(_ body: [UInt8], _ stream: TLSStream, at time: Timestamp) {
        let version = self.handshake.facts.version ?? .tls12
        guard let message = CertificateMessage(body, version) else {
            self.tell(.damagedHandshake("the Certificate message cannot be read"), stream, at: time)
            return
        }
        if stream.direction == .client {
            self.handshake.facts.clientCertificates = message.chain
        } else {
            self.handshake.isFull = true
            self.handshake.facts.serverCertificates = message.chain
        }
    }

    private func serverKeyExchange(_ body: [UInt8]) {
        self.handshake.isFull = true
        guard let hello = self.handshake.facts.serverHello,
            let exchange = ServerKeyExchange(body, hello.cipherSuite, hello.version)
        else { return }
        self.handshake.facts.keyExchangeGroup = exchange.group
        self.handshake.facts.primeBits = exchange.primeBits
        self.handshake.facts.serverSignature = exchange.signature
    }

    private func certificateVerify(_ body: [UInt8], _ stream: TLSStream) {
        var reader = MessageReader(body)
        // Before TLS 1.2 the hash goes without saying.
        guard let version = self.handshake.facts.version, version >= .tls12, let scheme = reader.uint16() else {
            return
        }
        if stream.direction == .client {
            self.handshake.facts.clientSignature = SignatureScheme(scheme)
        } else {
            self.handshake.facts.serverSignature = SignatureScheme(scheme)
        }
    }

    private func clientKeyExchange(_ body: [UInt8]) {
        self.handshake.isFull = true
        guard self.handshake.facts.cipherSuite?.keyExchange == .rsa else { return }
        var reader = MessageReader(body)
        // SSL 3.0 had no length before it.
        self.handshake.encryptedPremaster = reader.vector(2)?.rest
    }

    private func newSessionTicket(_ body: [UInt8]) {
        self.handshake.facts.tickets += 1
        guard self.handshake.facts.version?.isTLS13 == false else { return }
        var reader = MessageReader(body)
        guard reader.integer(4) != nil, let ticket = reader.vector(2) else { return }
        self.handshake.ticket = ticket.rest
    }

    private func endOfEarlyData(_ stream: TLSStream, at time: Timestamp) {
        guard stream.epoch == .early else { return }
        // The client says so only after the server has taken it (RFC 8446 section 4.5).
        self.handshake.facts.earlyData = .accepted
        self.releaseEarlyContent(isTaken: true)
        self.enter(.handshake, stream, at: time)
    }

    /// In TLS 1.3 what follows is protected by the keys of the application; before, the keys change with
    /// ChangeCipherSpec.
    private func finished(_ stream: TLSStream, at time: Timestamp) {
        guard stream.epoch == .handshake else {
            // Its value is worth telling, where the handshake has been told already.
            if self.handshake.switched.count == 2 { self.announce(at: time) }
            return
        }
        self.enter(.application(0), stream, at: time)
        if stream.direction == .client {
            self.handshake.facts.isComplete = true
            self.handshake.switched = [.client, .server]
            self.announce(at: time)
        }
    }

    private func keyUpdate(_ stream: TLSStream, at time: Timestamp) {
        self.handshake.facts.keyUpdates += 1
        guard let next = self.nextEpoch(stream), case .application = stream.epoch else { return }
        self.enter(next, stream, at: time)
    }
}
