import Traffic

/// Messages of which nothing can be shown, because what in them is a secret cannot be told.
extension SASLStep {
    /// Base64 that decodes to something else than was meant.
    static func damaged(_ message: [UInt8]) -> SASLStep {
        SASLStep("damaged response masked", secrets: [Secret(message)])
    }

    /// A message of another form than the mechanism's.
    static func malformed(_ message: [UInt8], _ problem: String) -> SASLStep {
        SASLStep(
            "malformed response masked",
            problems: [SASLProblem(problem, kind: .form)],
            secrets: [Secret(message)] + self.pieces(of: message)
        )
    }

    /// A message of the client behind the last one that the mechanism has.
    static func further(_ message: [UInt8], _ problem: String) -> SASLStep {
        SASLStep(
            "further response masked",
            problems: [SASLProblem(problem, kind: .furtherMessage)],
            secrets: [Secret(message)] + self.pieces(of: message)
        )
    }

    /// A message of the server that is not what the mechanism has at this point.
    static func maskedChallenge(_ message: [UInt8], _ problem: String) -> SASLStep {
        SASLStep(
            "unexpected challenge masked",
            problems: [SASLProblem(problem, kind: .form)],
            secrets: [Secret(message)]
        )
    }

    /// Names in messages, which are no secrets wherever they stand.
    private static let wordsOfProtocols: Set<String> = [
        "username", "response", "digest-uri", "cnonce", "rspauth", "bearer", "charset", "algorithm", "md5-sess",
        "cipher",
        "authzid", "maxbuf", "auth-int", "auth-conf", "ntlmssp",
    ]

    /// What may be a secret by itself within a malformed message: the longest words of it.
    private static func pieces(of message: [UInt8]) -> [Secret] {
        let separators: Set<UInt8> = [0x00, 0x01, 0x20, UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "\""), 0x3a]
        let words = message.split { separators.contains($0) }.filter {
            $0.count >= 6 && !self.wordsOfProtocols.contains(String(decoding: $0, as: UTF8.self).lowercased())
        }
        return words.sorted { $0.count > $1.count }.prefix(6).map { Secret($0) }
    }

    /// Keeps each value once: whoever looks for them has room for a limited number.
    mutating func dropRepeatedSecrets() {
        var kept: [Secret] = []
        for secret in self.secrets where secret.count > 0 && !kept.contains(where: { $0.equals(secret) }) {
            kept.append(secret)
        }
        self.secrets = kept
    }

    /// The last line of defence: a text that holds a secret of this very step goes, whatever its decoder thought.
    mutating func hideSecrets() {
        let texts = [self.summary, self.challenge ?? ""] + self.problems.map(\.text) + self.fields.map(\.value)
        let isShown = self.secrets.contains { secret in
            guard (6...4096).contains(secret.count) else { return false }
            let value = secret.withBytes { WireText.escape($0) }
            return texts.contains { $0.contains(value) }
        }
        guard isShown else { return }
        self.summary = "message masked, it repeats a secret"
        self.challenge = nil
        self.fields = []
        self.problems = []
    }
}
