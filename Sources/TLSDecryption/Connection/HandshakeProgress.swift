import Traffic

/// How far one handshake has come, and what its keys are made of.
struct HandshakeProgress {
    var facts = TLSHandshakeFacts()
    /// All messages up to ClientKeyExchange, for the extended master secret (RFC 7627 section 3).
    private(set) var transcript: [UInt8] = []
    /// The transcript lacks something, or is longer than is kept.
    var isTranscriptBroken = false
    private var isTranscriptEnded = false
    /// The client's premaster secret under the server's RSA key.
    var encryptedPremaster: [UInt8]?
    /// The ticket that the server gave in this handshake.
    var ticket: [UInt8]?
    var master: Secret?
    var keys: KeyBlock?
    /// The sides that have switched to the new keys.
    var switched: Set<Direction> = []
    /// The server said something that it says only in a full handshake.
    var isFull = false

    private static let longestTranscript = 262_144

    init(renegotiation: Int = 0) {
        self.facts.renegotiation = renegotiation
    }

    mutating func append(_ message: HandshakeAssembler.Message) {
        // RFC 5246 section 7.4.1.1: HelloRequest is not part of it.
        guard !self.isTranscriptEnded, message.type != HandshakeType.helloRequest.rawValue else { return }
        if self.transcript.count + message.body.count > Self.longestTranscript { self.isTranscriptBroken = true }
        if !self.isTranscriptBroken { self.transcript += message.octets }
        if message.type == HandshakeType.clientKeyExchange.rawValue { self.isTranscriptEnded = true }
    }

    /// A hello in the form of SSL 2.0 counts without its length (RFC 5246 appendix E.2).
    mutating func append(sslv2 octets: [UInt8]) {
        self.transcript += octets
    }

    mutating func forgetTranscript() {
        self.transcript = []
        self.isTranscriptEnded = true
    }
}
