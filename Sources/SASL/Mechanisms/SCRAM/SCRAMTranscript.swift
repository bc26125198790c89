import Traffic

/// What a SCRAM exchange said so far, as far as proofs depend on it.
struct SCRAMTranscript: Sendable {
    var binding: ChannelBindingClaim?
    var clientFirstBare: [UInt8] = []
    var clientNonce: [UInt8] = []
    var serverFirst: [UInt8]?
    var nonce: [UInt8] = []
    var salt: [UInt8] = []
    var iterations = 0
    var clientFinalWithoutProof: [UInt8] = []
    var clientNonceIsRight = false
    var bindingIsRight = false
    var proof: Secret?
    var signature: Secret?
    /// What the server said instead of a signature.
    var error: String?

    var serverNonceIsRight: Bool {
        self.nonce.count > self.clientNonce.count && self.nonce.starts(with: self.clientNonce)
    }

    /// RFC 5802 section 3.
    var authMessage: [UInt8] {
        let comma = [UInt8(ascii: ",")]
        return self.clientFirstBare + comma + (self.serverFirst ?? []) + comma + self.clientFinalWithoutProof
    }
}
