import IMAPProtocol
import IMAPSession
import TLSDecryption
import Traffic

/// Looks under the TLS of a connection on a port that is none of IMAP's: is it an IMAP server that speaks first?
final class TLSProbe: TLSObserver {
    enum Verdict {
        case undecided
        case imap
        /// Another protocol, or one that cannot be read.
        case other
    }

    private(set) var verdict = Verdict.undecided
    private var decryptor: TLSDecryptor?
    /// The beginning of what the server says.
    private var beginning: [UInt8] = []

    init(_ keys: TLSDecryptionKeys) {
        self.decryptor = TLSDecryptor(keys: keys, observer: self)
    }

    func receive(_ octets: RawSpan, from direction: Direction, at time: Timestamp) {
        guard case .undecided = self.verdict, let decryptor else { return }
        decryptor.receive(octets, from: direction, at: time)
        // Keys that may come do not come for every connection: its octets are not kept for them.
        if decryptor.isUnreadable(.server) { self.verdict = .other }
    }

    func cleartext(_ octets: RawSpan, from direction: Direction, at time: Timestamp) {
        guard case .undecided = self.verdict else { return }
        // IMAP servers speak first (RFC 9051 section 7).
        guard direction == .server else {
            self.verdict = .other
            return
        }
        octets.withUnsafeBytes {
            self.beginning += $0.prefix(StreamContent.limit - min(self.beginning.count, StreamContent.limit))
        }
        switch StreamContent(self.beginning.span.bytes) {
        case .greeting: self.verdict = .imap
        case .undecided: break
        default: self.verdict = .other
        }
    }

    func gap(_ gap: CleartextGap, from direction: Direction, at time: Timestamp) { self.verdict = .other }
    func handshake(_ facts: TLSHandshakeFacts, at time: Timestamp) {}
    func alert(_ alert: TLSAlert, from direction: Direction, at time: Timestamp) {}
    func problem(_ problem: TLSProblem, from direction: Direction, at time: Timestamp) {}
    func undecrypted(_ octets: Int, from direction: Direction, at time: Timestamp) {}
}
