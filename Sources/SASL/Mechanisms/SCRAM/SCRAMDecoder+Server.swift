import Cryptography
import Traffic

extension SCRAMDecoder {
    /// RFC 5802 section 5.1 and RFC 7677 section 4.
    private static let leastIterations = 4096

    /// `[m=,] r=nonce,s=salt,i=iterations [,extensions]`
    mutating func serverFirst(_ message: [UInt8]) -> SASLStep {
        // A server that refuses at once: RFC 5802 section 5.1, "e".
        if message.starts(with: [UInt8(ascii: "e"), UInt8(ascii: "=")]) { return self.serverFinal(message) }
        guard let attributes = SCRAMAttributes(message[...]),
            let nonce = attributes.value("r"), SCRAMAttributes.isNonce(nonce),
            let encoded = attributes.value("s"), let salt = Self.octets(encoded),
            let count = attributes.value("i"), let iterations = Decimal.value(count), iterations > 0,
            attributes.value("v") == nil, attributes.value("p") == nil
        else {
            self.lose()
            return .maskedChallenge(
                message,
                "\(self.name) server-first message is not r=, s= and i= (RFC 5802 section 7)"
            )
        }
        self.state = .clientFinal
        self.transcript.serverFirst = message
        self.transcript.nonce = Array(nonce)
        self.transcript.salt = salt
        self.transcript.iterations = iterations

        var step = SASLStep("", challenge: WireText.escape(message))
        step.note("nonce", nonce)
        step.note("salt", encoded)
        step.note("iteration-count", "\(iterations)")
        let own = self.transcript.serverNonceIsRight ? nonce.dropFirst(self.transcript.clientNonce.count) : nonce
        step.summary =
            "server nonce \(WireText.excerpt(WireText.escape(own), limit: 64)), "
            + "salt \(WireText.excerpt(WireText.escape(encoded), limit: 64)), "
            + "\(iterations) \(iterations == 1 ? "iteration" : "iterations")"
        if !nonce.starts(with: self.transcript.clientNonce) {
            step.problems.append(
                SASLProblem(
                    "\(self.name) nonce does not begin with that of the client (RFC 5802 section 5.1)",
                    kind: .nonce
                )
            )
        } else if !self.transcript.serverNonceIsRight {
            step.problems.append(
                SASLProblem("\(self.name) nonce has no part of the server (RFC 5802 section 5.1)", kind: .serverNonce)
            )
        }
        if salt.count < 2 {
            step.problems.append(
                SASLProblem("\(self.name) salt has less than 2 octets (RFC 5802 erratum 2652)", kind: .salt)
            )
        }
        if iterations < Self.leastIterations {
            step.problems.append(
                SASLProblem(
                    "\(self.name) has \(iterations) iterations, less than \(Self.leastIterations) (RFC 5802 section 5.1)",
                    kind: .iterations
                )
            )
        }
        step.problems += self.extensionProblems(attributes, known: "rsi", order: "rsi")
        return step
    }

    /// `v=signature` or `e=error`
    mutating func serverFinal(_ message: [UInt8]) -> SASLStep {
        guard let attributes = SCRAMAttributes(message[...]) else { return self.unknownServerFinal(message) }
        if let encoded = attributes.value("v"), attributes.value("e") == nil, self.state == .serverFinal,
            let signature = Self.octets(encoded), signature.count == self.digest.byteCount
        {
            self.state = .acknowledgement
            self.transcript.signature = Secret(signature)
            var step = SASLStep("server signature masked", secrets: [Secret(encoded), Secret(signature)])
            step.note("server-final", "signature")
            step.problems += self.extensionProblems(attributes, known: "v", order: "v")
            return step
        }
        // A signature whose name was damaged must not be shown as an error: words of RFC 5802 section 7 are lower case.
        guard let error = attributes.value("e"), attributes.names.count == 1, error.count <= 64,
            error.allSatisfy({ $0 &- 0x61 < 26 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") })
        else { return self.unknownServerFinal(message) }
        let text = WireText.escape(error)
        self.state = .acknowledgement
        self.transcript.error = text
        var step = SASLStep("server refuses: \(text)", challenge: WireText.escape(message))
        step.note("server-error", text)
        if let meaning = Self.meaning(ofError: text) { step.summary += " (\(meaning))" }
        return step
    }

    private mutating func unknownServerFinal(_ message: [UInt8]) -> SASLStep {
        self.lose()
        return .maskedChallenge(
            message,
            "\(self.name) server-final message is not a v= of \(self.digest.byteCount) octets or e= "
                + "(RFC 5802 section 7)"
        )
    }

    private static func meaning(ofError error: String) -> String? {
        switch error {
        case "invalid-encoding": "base64 or an attribute could not be read"
        case "extensions-not-supported": "the client asked for an extension"
        case "invalid-proof": "wrong password, or a message was changed on the way"
        case "channel-bindings-dont-match": "client and server see different TLS connections"
        case "server-does-support-channel-binding": "somebody hid the -PLUS mechanisms from the client"
        case "channel-binding-not-supported": "the server cannot bind"
        case "unsupported-channel-binding-type": "the server does not know this way of binding"
        case "unknown-user": "the server tells which users it has"
        case "invalid-username-encoding": "the user name is not prepared UTF-8"
        case "no-resources": "the server is short of something"
        default: nil
        }
    }
}
