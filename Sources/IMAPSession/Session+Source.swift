public import Traffic

// MARK: - What only the source of the octets knows

extension Session {
    /// Both directions have ended.
    public var isClosed: Bool { self.clientClosed && self.serverClosed }

    /// The connection is TLS from its first octet on, and nobody decrypts it.
    public mutating func beginsTLS(at time: Timestamp) {
        self.becomeOpaque(.tls)
        self.observer.event(
            .transportChange(TransportChange(layer: .tls, clientOffset: 0, serverOffset: 0, time: time))
        )
    }
}
