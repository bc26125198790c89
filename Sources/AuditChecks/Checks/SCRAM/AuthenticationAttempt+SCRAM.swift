import IMAPSession
import SASL

extension AuthenticationAttempt {
    /// The mechanism that the server offers for the same hash with channel binding; nil for none.
    var offeredPlus: String? {
        let name = self.isPlus ? self.mechanism : "\(self.mechanism)-PLUS"
        return self.offer?.mechanisms.first { $0 == name }
    }
}

extension SASLStep {
    /// Whether it is the server's proof.
    var isSCRAMSignature: Bool { self.field("server-final") == "signature" }
}
