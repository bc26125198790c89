public import Traffic

/// Which mechanism a message belongs to, and who sent it, by its form.
public enum MechanismGuess {
    public struct Guess: Sendable, Hashable {
        public var mechanism: Mechanism
        public var sender: Direction
    }

    /// Nil for what many mechanisms could send.
    ///
    /// - Parameter message: before base64.
    public static func guess(_ message: [UInt8]) -> Guess? {
        if let found = self.binary(message) { return found }
        let text = String(decoding: message, as: UTF8.self)
        let lowered = text.lowercased()
        switch true {
        case message.contains(0x01) && lowered.hasPrefix("user="): return Guess(mechanism: .xoauth2, sender: .client)
        case message.contains(0x01): return Guess(mechanism: .oauthBearer, sender: .client)
        case message.count(where: { $0 == 0 }) == 2: return Guess(mechanism: .plain, sender: .client)
        case text.hasPrefix("{") && lowered.contains("status"): return Guess(mechanism: .oauthBearer, sender: .server)
        case text.hasPrefix("<") && text.hasSuffix(">"): return Guess(mechanism: .cramMD5, sender: .server)
        case lowered.hasPrefix("otp-"): return Guess(mechanism: .otp, sender: .server)
        case lowered.contains("cnonce="): return Guess(mechanism: .digestMD5, sender: .client)
        case lowered.contains("nonce=") || lowered.hasPrefix("rspauth="):
            return Guess(mechanism: .digestMD5, sender: .server)
        case ["username:", "password:", "user name\0", "password\0"].contains(lowered):
            return Guess(mechanism: .login, sender: .server)
        default: return self.scram(text) ?? self.digest(message)
        }
    }

    private static func binary(_ message: [UInt8]) -> Guess? {
        if let token = NTLMMessage(message) {
            return Guess(mechanism: .ntlm, sender: token.kind == .challenge ? .server : .client)
        }
        guard let token = ContextToken(message) else { return nil }
        return Guess(mechanism: token.mechanism == .spnego ? .gssSPNEGO : .gssapi, sender: .client)
    }

    /// The first messages do not tell the hash function: SHA-256 is the usual one. Proofs do, by their length.
    private static func scram(_ text: String) -> Guess? {
        let octets = Array(text.utf8)
        if let header = GS2Header(parsing: octets) {
            guard let attributes = SCRAMAttributes(octets.dropFirst(header.octets.count)), attributes.value("r") != nil
            else {
                return nil
            }
            if case .required = header.binding { return Guess(mechanism: .scramSHA256Plus, sender: .client) }
            return Guess(mechanism: .scramSHA256, sender: .client)
        }
        guard let attributes = SCRAMAttributes(octets[...]) else { return nil }
        if attributes.value("r") != nil, attributes.value("s") != nil, attributes.value("i") != nil {
            return Guess(mechanism: .scramSHA256, sender: .server)
        }
        if let proof = attributes.value("p"), attributes.value("c") != nil {
            return Guess(mechanism: self.scram(proof), sender: .client)
        }
        guard let signature = attributes.value("v"), attributes.names.count == 1 else { return nil }
        return Guess(mechanism: self.scram(signature), sender: .server)
    }

    private static func scram(_ proof: ArraySlice<UInt8>) -> Mechanism {
        switch SCRAMDecoder.octets(proof)?.count {
        case 20: .scramSHA1
        case 64: .scramSHA512
        default: .scramSHA256
        }
    }

    /// `user digest`
    private static func digest(_ message: [UInt8]) -> Guess? {
        guard let space = message.lastIndex(of: 0x20), DigestMD5Decoder.isDigest(Array(message[(space + 1)...])) else {
            return nil
        }
        return Guess(mechanism: .cramMD5, sender: .client)
    }
}
