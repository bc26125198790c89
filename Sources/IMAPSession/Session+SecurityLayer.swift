import IMAPProtocol
import IMAPWire
import SASL
import Traffic

// MARK: - SASL security layers

extension Session {
    /// An authentication succeeded. A layer wraps the server's octets from the next one on, the client's from the one after
    /// its last line (RFC 9051 section 6.2.2).
    mutating func securityLayerMayBegin(_ layer: SecurityLayer, _ message: inout Message) {
        let change = TransportChange(
            layer: .saslLayer,
            clientOffset: self.client.offset,
            serverOffset: message.offset + message.length,
            time: message.time
        )
        switch layer {
        case .none: break
        case .negotiated:
            self.becomeOpaque(.saslLayer)
            message.consequences.append(.transportChange(change))
        case .undecided: self.possibleLayer = change
        }
    }

    /// GSSAPI settles the layer under encryption (RFC 4752 section 3.1), so the first octet that follows decides: wrapped
    /// octets come behind their length, four octets of which the first is 0 up to 16 MiB, and no IMAP line begins with 0.
    mutating func decideSecurityLayer(_ octet: UInt8, at time: Timestamp) {
        guard var change = self.possibleLayer else { return }
        self.possibleLayer = nil
        guard octet == 0 else { return }
        change.time = time
        self.becomeOpaque(.saslLayer)
        self.observer.event(.transportChange(change))
    }
}
