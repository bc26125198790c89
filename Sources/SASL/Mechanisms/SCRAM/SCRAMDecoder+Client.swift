import Cryptography
import Traffic

extension SCRAMDecoder {
    /// `gs2-header [m=,] n=user,r=nonce [,extensions]`
    mutating func clientFirst(_ message: [UInt8]) -> SASLStep {
        guard let header = GS2Header(parsing: message),
            case let bare = message.dropFirst(header.octets.count),
            let attributes = SCRAMAttributes(bare),
            let name = attributes.value("n"), let nonce = attributes.value("r"), SCRAMAttributes.isNonce(nonce),
            attributes.value("p") == nil
        else {
            self.lose()
            return .malformed(message, "\(self.name) client-first message is malformed (RFC 5802 section 7)")
        }
        self.state = .serverFirst
        self.transcript.binding = ChannelBindingClaim(header: header)
        self.transcript.clientFirstBare = Array(bare)
        self.transcript.clientNonce = Array(nonce)

        let unescaped = GS2Header.unescape(name)
        let user = WireText.escape(unescaped.octets)
        var step = SASLStep("", user: user)
        var identityIsValid = true
        // GNU SASL sends a= for no identity at all.
        if let identity = header.authorizationIdentity, !identity.isEmpty {
            let decoded = GS2Header.unescape(identity)
            identityIsValid = decoded.isValid
            step.authorizationIdentity = WireText.escape(decoded.octets)
        }
        step.note("gs2-cbind-flag", header.flag)
        if case .required(let name) = header.binding { step.note("cb-name", name) }
        step.note("client-nonce", nonce)
        let acting = step.authorizationIdentity.map { " acting as \(WireText.excerpt($0))" } ?? ""
        step.summary =
            (user.isEmpty ? "empty user" : "user \(WireText.excerpt(user))") + acting
            + ", client nonce \(WireText.excerpt(WireText.escape(nonce), limit: 64)), \(header.binding.text)"

        if user.isEmpty {
            step.problems.append(SASLProblem("\(self.name) user name is empty (RFC 5802 section 5.1)", kind: .name))
        }
        if !unescaped.isValid || !identityIsValid {
            step.problems.append(
                SASLProblem("\(self.name) name has a = that is not =2C or =3D (RFC 5802 section 5.1)", kind: .name)
            )
        }
        if !Self.isPrepared(unescaped.octets) {
            step.problems.append(
                SASLProblem("\(self.name) user name is not prepared by SASLprep (RFC 5802 section 5.1)", kind: .name)
            )
        }
        step.problems += self.bindingProblems(header) + self.extensionProblems(attributes, known: "nr", order: "nr")
        return step
    }

    private func bindingProblems(_ header: GS2Header) -> [SASLProblem] {
        switch header.binding {
        case .required where !self.isPlus:
            [SASLProblem("channel binding in \(self.name), which has none (RFC 5802 section 6)", kind: .binding)]
        case .unsupported where self.isPlus, .notOffered where self.isPlus:
            [SASLProblem("\(self.name) without channel binding (RFC 5802 section 6)", kind: .binding)]
        default: []
        }
    }

    func extensionProblems(_ attributes: SCRAMAttributes, known: String, order: String) -> [SASLProblem] {
        var problems: [SASLProblem] = []
        if attributes.names.contains(UInt8(ascii: "m")) {
            problems.append(
                SASLProblem(
                    "\(self.name) message has the reserved extension m= (RFC 5802 section 5.1)",
                    kind: .mandatoryExtension
                )
            )
        } else if !attributes.begins(with: order) {
            problems.append(
                SASLProblem("\(self.name) attributes are out of order (RFC 5802 section 5.1)", kind: .attributes)
            )
        }
        if let unknown = attributes.unknown(beside: known + "m") {
            problems.append(SASLProblem("\(self.name) message has unknown attributes: \(unknown)", kind: .attributes))
        }
        return problems
    }

    private static func isPrepared(_ name: [UInt8]) -> Bool {
        do throws(SASLprepError) {
            return try SASLprep.prepare(name) == name
        } catch {
            return false
        }
    }

    /// `c=binding,r=nonce [,extensions],p=proof`
    mutating func clientFinal(_ message: [UInt8]) -> SASLStep {
        guard let attributes = SCRAMAttributes(message[...]), attributes.names.last == UInt8(ascii: "p"),
            let encoded = attributes.value("p"), let proof = Self.octets(encoded), proof.count == self.digest.byteCount,
            let binding = attributes.value("c"), let nonce = attributes.value("r")
        else {
            self.lose()
            return .malformed(
                message,
                "\(self.name) client-final message is not c=, r= and a p= of \(self.digest.byteCount) octets "
                    + "(RFC 5802 section 7)"
            )
        }
        self.state = .serverFinal
        self.transcript.proof = Secret(proof)
        self.transcript.clientFinalWithoutProof = Array(message.dropLast(encoded.count + 3))
        self.transcript.clientNonceIsRight = nonce.elementsEqual(self.transcript.nonce)

        var step = SASLStep("", secrets: [Secret(encoded), Secret(proof)])
        if self.transcript.clientNonceIsRight {
            step.note("nonce", nonce)
        } else {
            step.problems.append(
                SASLProblem("\(self.name) nonce is not the one of the server (RFC 5802 section 5.1)", kind: .nonce)
            )
        }
        step.summary = self.bindingText(Self.octets(binding), &step) + ", client proof masked"
        step.problems += self.extensionProblems(attributes, known: "crp", order: "cr")
        return step
    }

    private mutating func bindingText(_ octets: [UInt8]?, _ step: inout SASLStep) -> String {
        guard let octets, let header = self.transcript.binding?.header, octets.starts(with: header.octets) else {
            step.problems.append(
                SASLProblem(
                    "\(self.name) c= does not repeat the header of the first message (RFC 5802 section 6)",
                    kind: .binding
                )
            )
            return "wrong channel binding field masked"
        }
        let data = Array(octets.dropFirst(header.octets.count))
        self.transcript.binding?.data = data
        if case .required(let name) = header.binding {
            self.transcript.bindingIsRight = !data.isEmpty
            if data.isEmpty {
                step.problems.append(
                    SASLProblem("\(self.name) c= has no channel binding data (RFC 5802 section 6)", kind: .binding)
                )
            }
            let digits = HexText.string(data, limit: 64)
            step.note("cbind-data", digits)
            return "bound to \(name) \(digits)"
        }
        self.transcript.bindingIsRight = data.isEmpty
        if !data.isEmpty {
            step.problems.append(
                SASLProblem(
                    "\(self.name) c= has data although no binding was asked for (RFC 5802 section 6)",
                    kind: .binding
                )
            )
        }
        return header.binding.text
    }

    static func octets(_ base64: ArraySlice<UInt8>) -> [UInt8]? {
        do throws(Base64Problem) {
            return try Base64.decode([UInt8](base64))
        } catch {
            return nil
        }
    }
}

extension GS2Header {
    /// `n`, `y` or `p`
    var flag: String {
        switch self.binding {
        case .unsupported: "n"
        case .notOffered: "y"
        case .required: "p"
        }
    }
}
