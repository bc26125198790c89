import COpenSSL
import NIOCore

/// One SSL: records in, plaintext out, and the other way round. It never waits and owns no buffers while idle.
final class TLSConnection {
    enum HandshakeStep {
        case needsInput
        case needsIdentity
        case done
        case failed(TLSFailure)
    }

    enum ReadStep {
        /// Every record that was whole is read.
        case needsInput
        /// There is no more room for plaintext.
        case full
        /// The peer's close_notify.
        case closed
        case failed(TLSFailure)
    }

    /// A peer needs none; OpenSSL answers each request with a warning that costs memory until it is sent. One read may
    /// hold hundreds, so OpenSSL gets no octet more as soon as there was one too many.
    static let renegotiationLimit = 4

    let ssl: OpaquePointer
    let context: TLSContext
    private let io: UnsafeMutablePointer<imapscope_tls_io>
    private var answer: TLSServerSettings.IdentityAnswer?
    /// What the client may be shown, one for each kind of key.
    private var identities: [TLSIdentity] = []
    private var hasNoIdentity = false

    // Unsafe only in name: made once, under the lock of a static, and neither changed nor freed afterwards.
    nonisolated(unsafe) private static let method = imapscope_tls_bio_method()

    init(_ context: TLSContext) throws(TLSFailure) {
        OpenSSLQueue.clear()
        guard let io = imapscope_tls_io_new() else { throw .refused(nil, reason: "out of memory") }
        guard let ssl = SSL_new(context.pointer), imapscope_tls_attach(ssl, Self.method, io) == 1 else {
            imapscope_tls_io_free(io)
            throw .refused(nil, reason: OpenSSLQueue.takeReason() ?? "no connection")
        }
        self.ssl = ssl
        self.io = io
        self.context = context
        io.pointee.renegotiation_limit = Int32(Self.renegotiationLimit)
        SSL_set_ex_data(ssl, Self.index, Unmanaged.passUnretained(self).toOpaque())
        if context.role == .server {
            SSL_set_accept_state(ssl)
            if case .requested = context.server?.clientCertificates { io.pointee.tolerates_any_certificate = 1 }
        } else {
            SSL_set_connect_state(ssl)
            if context.client?.verification == TLSClientSettings.Verification.none {
                io.pointee.tolerates_any_certificate = 1
            }
            context.prepareClient(ssl)
        }
    }

    deinit {
        SSL_free(self.ssl)
        imapscope_tls_io_free(self.io)
    }

    // MARK: - Steps

    func handshake(_ input: inout ByteBuffer) -> HandshakeStep {
        OpenSSLQueue.clear()
        let result = self.lend(&input) { SSL_do_handshake(self.ssl) }
        if result == 1 { return .done }
        switch SSL_get_error(self.ssl, result) {
        case SSL_ERROR_WANT_READ: return .needsInput
        case SSL_ERROR_WANT_X509_LOOKUP: return .needsIdentity
        default: return .failed(self.failure())
        }
    }

    /// Decrypts records of `input` into the room of `plaintext`.
    func read(_ input: inout ByteBuffer, into plaintext: inout ByteBuffer) -> ReadStep {
        OpenSSLQueue.clear()
        var error = SSL_ERROR_NONE
        self.lend(&input) {
            plaintext.writeWithUnsafeMutableBytes(minimumWritableBytes: 0) { room in
                guard let base = room.baseAddress else { return 0 }
                var total = 0
                while total < room.count {
                    var count = 0
                    let result = SSL_read_ex(self.ssl, base + total, room.count - total, &count)
                    guard result == 1 else {
                        error = SSL_get_error(self.ssl, result)
                        break
                    }
                    total += count
                }
                return total
            }
        }
        switch error {
        case SSL_ERROR_NONE: return .full
        case SSL_ERROR_WANT_READ: return .needsInput
        case SSL_ERROR_ZERO_RETURN: return .closed
        default: return .failed(self.failure())
        }
    }

    /// Encrypts `plaintext` into the room of `output`; what finds none is left for ``drain(into:)``.
    func write(_ plaintext: UnsafeRawBufferPointer, into output: inout ByteBuffer) -> TLSFailure? {
        guard plaintext.count > 0 else { return nil }
        OpenSSLQueue.clear()
        var written = 0
        var result: Int32 = 0
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: 0) { room in
            self.io.pointee.output = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
            self.io.pointee.output_room = room.count
            self.io.pointee.output_count = 0
            result = SSL_write_ex(self.ssl, plaintext.baseAddress, plaintext.count, &written)
            let count = self.io.pointee.output_count
            self.io.pointee.output = nil
            self.io.pointee.output_room = 0
            self.io.pointee.output_count = 0
            return count
        }
        guard result == 1, written == plaintext.count else {
            _ = SSL_get_error(self.ssl, result)
            return self.failure()
        }
        return nil
    }

    /// Makes a close_notify.
    func shutdown() {
        OpenSSLQueue.clear()
        SSL_shutdown(self.ssl)
        OpenSSLQueue.clear()
    }

    /// Ends this direction without a close_notify. The session stays good for another connection: OpenSSL forgets those of
    /// connections that ended like this, which TLS since 1.1 does not ask for (RFC 4346 section 7.2.1).
    func endSilently() {
        SSL_set_shutdown(self.ssl, SSL_get_shutdown(self.ssl) | SSL_SENT_SHUTDOWN)
    }

    var hasOutput: Bool { self.io.pointee.overflow_count > 0 }

    /// Moves handshake messages and alerts that wait to `output`.
    func drain(into output: inout ByteBuffer) {
        guard self.hasOutput, let overflow = self.io.pointee.overflow else { return }
        output.writeBytes(UnsafeRawBufferPointer(start: overflow, count: self.io.pointee.overflow_count))
        imapscope_tls_io_drained(self.io)
    }

    /// How often a peer was told that there is no renegotiation.
    var renegotiationsRefused: Int { Int(self.io.pointee.renegotiations_refused) }

    /// Lets OpenSSL read from `input` for the length of `body`, and moves the reader past what it read.
    @discardableResult
    private func lend<Result>(_ input: inout ByteBuffer, _ body: () -> Result) -> Result {
        input.readWithUnsafeReadableBytes { octets in
            self.io.pointee.input = octets.baseAddress?.assumingMemoryBound(to: UInt8.self)
            self.io.pointee.input_count = octets.count
            let result = body()
            let read = octets.count - self.io.pointee.input_count
            self.io.pointee.input = nil
            self.io.pointee.input_count = 0
            return (read, result)
        }
    }

    // MARK: - Failures

    private func failure() -> TLSFailure {
        let reason = OpenSSLQueue.takeReason()
        let sent = TLSAlert(noted: self.io.pointee.alert_sent)
        if let received = TLSAlert(noted: self.io.pointee.alert_received) {
            return .refusedByPeer(received, reason: reason ?? received.name)
        }
        if self.hasNoIdentity { return .noIdentity(serverName: self.serverName) }
        if self.io.pointee.tolerates_any_certificate == 0, let problem = self.certificateProblem() {
            return .certificate(problem, sent)
        }
        return .refused(sent, reason: reason ?? "the stream is broken")
    }

    func certificateProblem() -> TLSCertificateProblem? {
        let code = self.io.pointee.verify_error
        guard code != X509_V_OK else {
            // A resumed session keeps the result of the handshake that began it.
            let kept = SSL_get_verify_result(self.ssl)
            guard kept != Int(X509_V_OK), SSL_session_reused(self.ssl) == 1 else { return nil }
            return TLSCertificateProblem(code: Int32(kept), text: Self.text(kept), depth: 0, certificate: nil)
        }
        return TLSCertificateProblem(
            code: code,
            text: Self.text(Int(code)),
            depth: Int(self.io.pointee.verify_depth),
            certificate: self.io.pointee.verify_certificate.map(TLSCertificate.init)
        )
    }

    private static func text(_ code: Int) -> String {
        X509_verify_cert_error_string(code).map { String(cString: $0) } ?? "error \(code)"
    }

    // MARK: - The identity for a name

    /// After ``HandshakeStep/needsIdentity``; none refuses the client.
    func provide(_ identities: [TLSIdentity]) {
        self.identities = identities
        self.answer = identities.first.map { .identity($0) } ?? TLSServerSettings.IdentityAnswer.none
    }

    /// The ClientHello has been read: whether there can be an identity for its name at all.
    func askForIdentity() -> Int32 {
        guard self.answer == nil, case .byName(let source) = self.context.server?.identity else {
            return SSL_TLSEXT_ERR_OK
        }
        let answer = source(self.serverName)
        self.answer = answer
        if case .identity(let identity) = answer { self.identities = [identity] }
        guard case .none = answer else { return SSL_TLSEXT_ERR_OK }
        self.hasNoIdentity = true
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }

    /// The handshake needs a certificate. Not reached when a session is resumed.
    func chooseIdentity() -> Int32 {
        switch self.answer {
        case .identity:
            for identity in self.identities {
                let isUsed = SSL_use_cert_and_key(self.ssl, identity.certificate, identity.key, identity.chain, 1)
                guard isUsed == 1 else { return 0 }
            }
            return 1
        case .later: return -1
        case TLSServerSettings.IdentityAnswer.none?, nil:
            self.hasNoIdentity = true
            return 0
        }
    }

    /// Read while the handshake waits for an identity.
    ///
    /// In TLS 1.3 the client's signature algorithms alone decide (RFC 8446 section 4.2.3). Before, the cipher suites do
    /// (RFC 5246 section 7.4.2), and OpenSSL chooses among both kinds when it is given both.
    var acceptableKeys: TLSKeyTypes {
        guard SSL_version(self.ssl) >= TLSVersion.tls13.rawValue else { return [.ecdsa, .rsa] }
        var low: UInt8 = 0
        var high: UInt8 = 0
        for index in 0..<max(SSL_get_sigalgs(self.ssl, -1, nil, nil, nil, nil, nil), 0) {
            SSL_get_sigalgs(self.ssl, index, nil, nil, nil, &low, &high)
            if UInt16(high) << 8 | UInt16(low) == Self.ecdsaP256 { return .ecdsa }
        }
        return .rsa
    }

    /// ecdsa_secp256r1_sha256
    private static let ecdsaP256: UInt16 = 0x0403

    /// The certificate that this side showed, as it was given.
    var shownIdentity: TLSIdentity? {
        guard let shown = SSL_get_certificate(self.ssl) else { return nil }
        return self.identities.first { $0.certificate == shown }
    }

    private static let index = imapscope_ssl_index()

    static func of(_ ssl: OpaquePointer) -> TLSConnection? {
        guard let found = SSL_get_ex_data(ssl, Self.index) else { return nil }
        return Unmanaged<TLSConnection>.fromOpaque(found).takeUnretainedValue()
    }
}
