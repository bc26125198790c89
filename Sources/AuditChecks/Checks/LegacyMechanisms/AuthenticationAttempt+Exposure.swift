import Traffic

extension AuthenticationAttempt {
    /// Whether its octets passed in the clear all the way. Where only one of the proxy's legs is TLS, the configuration is the
    /// cause.
    var isInTheClear: Bool { !self.clientIsSecure && !self.serverIsSecure }

    /// What the server said under a name and what the client said.
    func offered(_ name: String) -> String? { self.field(name, of: .server) }
    func chosen(_ name: String) -> String? { self.field(name, of: .client) }
}

extension String {
    /// As much of a name from the wire as a finding cites.
    var cited: String { self.count <= 64 ? self : "\(self.prefix(63))…" }
}
