import Traffic

/// The last two messages of GSSAPI: which layers the server has, which one the client takes (RFC 4752 sections 3.1 and 3.2).
///
///     layers (1) | largest message (3) | authorization identity, of the client only
enum LayerNegotiation {
    private static let names: [(UInt8, String)] = [(1, "none"), (2, "integrity"), (4, "confidentiality")]

    private static func text(_ bits: UInt8) -> String {
        let words = Self.names.filter { bits & $0.0 != 0 }.map(\.1)
        return words.isEmpty ? "no layer at all" : words.joined(separator: " or ")
    }

    static func offer(_ message: [UInt8]) -> SASLStep? {
        guard message.count == 4 else { return nil }
        let largest = Self.largest(message)
        var step = SASLStep("server offers security layer \(self.text(message[0])), messages up to \(largest) octets")
        step.note("security-layers", self.text(message[0]))
        step.note("largest-message", "\(largest)")
        if message[0] & 7 == 0 { step.problems.append("GSSAPI offers no security layer (RFC 4752 section 3.2)") }
        if message[0] & 6 == 0, largest != 0 {
            step.problems.append("GSSAPI names a message size without a security layer (RFC 4752 section 3.2)")
        }
        return step
    }

    static func choice(_ message: [UInt8]) -> (step: SASLStep, layer: SecurityLayer)? {
        guard message.count >= 4, message.count <= 1024, let name = self.names.first(where: { $0.0 == message[0] })?.1
        else { return nil }
        let largest = Self.largest(message)
        var step = SASLStep("client takes security layer \(name)")
        step.note("security-layer", name)
        step.note("largest-message", "\(largest)")
        if name != "none" { step.summary += ", messages up to \(largest) octets" }
        if message.count > 4 {
            // Octets of a checksum whose length is damaged are no name.
            let octets = message[4...]
            guard String(validating: octets, as: UTF8.self) != nil, !WireText.containsControls(octets) else {
                return nil
            }
            let identity = WireText.escape(octets)
            step.authorizationIdentity = identity
            step.summary += ", acting as \(WireText.excerpt(identity))"
        }
        return (step, name == "none" ? .none : .negotiated)
    }

    private static func largest(_ message: [UInt8]) -> Int {
        message[1..<4].reduce(0) { $0 << 8 | Int($1) }
    }
}
