import Cryptography
import Traffic

/// Keys for a part of a stream.
struct EpochKeys {
    var epoch: TLSStream.Epoch
    var protection: any RecordProtection
    var secret: TrafficSecret?
}

extension TLSDecryptor {
    /// From the next record on the stream is protected by other keys.
    func enter(_ epoch: TLSStream.Epoch, _ stream: TLSStream, at time: Timestamp) {
        stream.enter(epoch)
        guard !self.prepare(stream, at: time) else { return }
        stream.isBlocked = true
    }

    func enter(_ keys: EpochKeys, _ stream: TLSStream, at time: Timestamp) {
        let hadData = stream.hasData
        if stream.epoch == .early { self.releaseEarlyContent(isTaken: false) }
        stream.enter(keys.epoch)
        stream.protection = keys.protection
        stream.secret = keys.secret
        if !hadData, stream.hasData, stream.direction == .client {
            self.handshake.facts.isComplete = true
            self.announce(at: time)
        }
    }

    /// Finds the keys of the stream's epoch.
    ///
    /// - Returns: false when they may still come, and records are to wait. When they cannot come that is told.
    func prepare(_ stream: TLSStream, at time: Timestamp) -> Bool {
        do throws(TLSProblem) {
            let keys = try self.epochKeys(stream.epoch, stream)
            stream.protection = keys.protection
            stream.secret = keys.secret
            return true
        } catch {
            // The keys of the application are enough, its handshake stays unread then.
            if self.nextEpoch(stream) != nil { return true }
            if error.mayEnd, self.keys.mayGrow, !self.isFinished, self.keys.heldOctets < self.keys.heldLimit {
                if !stream.isBlocked { self.announce(at: time) }
                return false
            }
            self.tell(error, stream, at: time)
            self.abandon(stream, at: time)
            return true
        }
    }

    /// The keys that follow those of the stream, if they are known: behind early data, a handshake, or a KeyUpdate.
    func nextEpoch(_ stream: TLSStream) -> EpochKeys? {
        switch stream.epoch {
        case .cleartext: return nil
        case .early: return try? self.epochKeys(.handshake, stream)
        case .handshake: return try? self.epochKeys(.application(0), stream)
        case .application(let number):
            guard let suite = self.handshake.facts.cipherSuite, let secret = try? stream.secret?.updated(),
                let protection = try? secret.protection(suite.cipher)
            else { return nil }
            return EpochKeys(epoch: .application(number + 1), protection: protection, secret: secret)
        }
    }

    /// The label of the secret that protects the stream.
    func label(_ stream: TLSStream) -> KeyLogLabel? {
        guard let version = self.handshake.facts.version else { return nil }
        guard version.isTLS13 else {
            guard let random = self.handshake.facts.clientHello.flatMap({ ClientRandom($0.random) }),
                self.keys.keyLog.secret(.clientRandom, for: random) != nil
            else { return nil }
            return .clientRandom
        }
        return Self.label(stream.epoch, stream.direction)
    }

    private static func label(_ epoch: TLSStream.Epoch, _ direction: Direction) -> KeyLogLabel {
        switch (epoch, direction) {
        case (.early, _), (.cleartext, _): .clientEarlyTrafficSecret
        case (.handshake, .client): .clientHandshakeTrafficSecret
        case (.handshake, .server): .serverHandshakeTrafficSecret
        case (.application, .client): .clientTrafficSecret
        case (.application, .server): .serverTrafficSecret
        }
    }

    // MARK: - Finding keys

    private func epochKeys(_ epoch: TLSStream.Epoch, _ stream: TLSStream) throws(TLSProblem) -> EpochKeys {
        guard let client = self.handshake.facts.clientHello, let hello = self.handshake.facts.serverHello,
            let random = ClientRandom(client.random)
        else { throw .noHandshake }
        let suite = hello.cipherSuite
        if case .unsupported = suite.cipher { throw .unsupportedSuite(suite) }
        do {
            if hello.version.isTLS13 {
                let label = Self.label(epoch, stream.direction)
                guard let value = self.keys.keyLog.secret(label, for: random) else {
                    throw self.missing(label, random, suite)
                }
                let secret = TrafficSecret(secret: value, hash: suite.hash)
                guard let protection = try secret.protection(suite.cipher) else {
                    throw TLSProblem.unsupportedSuite(suite)
                }
                return EpochKeys(epoch: epoch, protection: protection, secret: secret)
            }
            let block = try self.keyBlock(client, hello, random)
            guard let protection = try block.protection(stream.direction) else {
                throw TLSProblem.unsupportedSuite(suite)
            }
            return EpochKeys(epoch: epoch, protection: protection)
        } catch let problem as TLSProblem {
            throw problem
        } catch let error as CryptographyError {
            throw .notCheckable(suite, reason: error.reason)
        } catch {
            throw .unsupportedSuite(suite)
        }
    }

    private func missing(_ label: KeyLogLabel, _ random: ClientRandom, _ suite: CipherSuite) -> TLSProblem {
        if self.keys.keyLog.count == 0 {
            guard self.keys.privateKeys.isEmpty || suite.keyExchange == .rsa else {
                return .privateKeyCannotWork(suite)
            }
            return .noKeys(random)
        }
        let offersECH = self.handshake.facts.clientHello?.offersEncryptedClientHello ?? false
        return .noSecret(label, random, offersEncryptedClientHello: offersECH)
    }

    /// The keys of both directions before TLS 1.3.
    private func keyBlock(_ client: ClientHello, _ hello: ServerHello, _ random: ClientRandom) throws -> KeyBlock {
        if let keys = self.handshake.keys { return keys }
        // SSL 3.0 made its keys in a way of its own (RFC 6101 section 6.2.2).
        guard (ProtocolVersion.tls10 ... .tls12).contains(hello.version) else {
            throw TLSProblem.unsupportedVersion(hello.version)
        }
        guard hello.compressionMethod == 0 else { throw TLSProblem.compressed(method: hello.compressionMethod) }
        guard !hello.hasTruncatedHMAC else { throw TLSProblem.unsupportedExtension("truncated_hmac") }
        let master = try self.masterSecret(client, hello, random)
        self.handshake.master = master
        self.handshake.forgetTranscript()
        let keys = try KeyBlock(
            master: master,
            clientRandom: client.random,
            serverRandom: hello.random,
            version: hello.version,
            suite: hello.cipherSuite,
            // With other ciphers it changes nothing (RFC 7366 section 3).
            encryptsFirst: hello.hasEncryptThenMAC
        )
        self.handshake.keys = keys
        self.rememberSession()
        return keys
    }

    private func masterSecret(_ client: ClientHello, _ hello: ServerHello, _ random: ClientRandom) throws -> Secret {
        if let master = self.keys.keyLog.secret(.clientRandom, for: random) { return master }
        if let premaster = self.keys.keyLog.secret(.premasterSecret, for: random) {
            return try self.masterSecret(from: premaster, client, hello)
        }
        if self.handshake.facts.isResumed {
            for name in [client.ticket ?? [], client.sessionID] where !name.isEmpty {
                if let master = self.keys.sessions.master(name) { return master }
            }
            throw TLSProblem.resumedFromElsewhere(random)
        }
        if let encrypted = self.handshake.encryptedPremaster {
            if let premaster = self.keys.keyLog.premasterSecret(encryptedAs: encrypted) {
                return try self.masterSecret(from: premaster, client, hello)
            }
            for key in self.keys.privateKeys {
                guard let premaster = key.decryptPKCS1(encrypted), Self.isPremaster(premaster, client, hello) else {
                    continue
                }
                return try self.masterSecret(from: premaster, client, hello)
            }
            if !self.keys.privateKeys.isEmpty { throw TLSProblem.noMatchingPrivateKey(hello.cipherSuite) }
        }
        throw self.missing(.clientRandom, random, hello.cipherSuite)
    }

    /// 48 octets that begin with the version that the client offered; some clients take the chosen one (RFC 5246 section
    /// 7.4.7.1).
    private static func isPremaster(_ secret: Secret, _ client: ClientHello, _ hello: ServerHello) -> Bool {
        guard secret.count == 48 else { return false }
        let version = secret.withBytes { ProtocolVersion(UInt16($0[0]) << 8 | UInt16($0[1])) }
        return version == client.legacyVersion || version == hello.version
    }

    private func masterSecret(from premaster: Secret, _ client: ClientHello, _ hello: ServerHello) throws -> Secret {
        let prf = PseudorandomFunction(hello.version, hello.cipherSuite)
        guard hello.hasExtendedMasterSecret else {
            let seed = client.random + hello.random
            return try prf.expand(premaster, label: "master secret", seed: seed, count: 48)
        }
        guard !self.handshake.isTranscriptBroken else {
            throw TLSProblem.damagedHandshake("messages are missing that the extended master secret depends on")
        }
        let seed = try prf.sessionHash(self.handshake.transcript)
        return try prf.expand(premaster, label: "extended master secret", seed: seed, count: 48)
    }

    // MARK: - Changing keys before TLS 1.3

    /// ChangeCipherSpec: what follows is protected by the keys of the handshake.
    func switchKeys(_ stream: TLSStream, at time: Timestamp) {
        stream.handshake.removeAll()
        // The server goes first only when it goes on with an earlier session (RFC 5246 section 7.3).
        if stream.direction == .server, !self.handshake.isFull, self.handshake.facts.serverHello != nil {
            self.handshake.facts.isResumed = true
        }
        self.handshake.switched.insert(stream.direction)
        self.enter(.application(0), stream, at: time)
        guard self.handshake.switched.count == 2 else { return }
        self.handshake.facts.isComplete = self.handshake.facts.serverHello != nil
        self.rememberSession()
        self.announce(at: time)
    }

    /// Keeps the master secret for connections that go on with this session.
    private func rememberSession() {
        guard let master = self.handshake.master, self.handshake.switched.count == 2 else { return }
        if let ticket = self.handshake.ticket { self.keys.sessions.remember(ticket, master) }
        if let identifier = self.handshake.facts.serverHello?.sessionID {
            self.keys.sessions.remember(identifier, master)
        }
    }
}
