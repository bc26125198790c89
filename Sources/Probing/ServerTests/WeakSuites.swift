extension ServerProbe {
    /// One handshake for each class of cipher suites that no client should be given.
    static let weakSuites = ServerProbe(
        id: "weak-suites",
        title: "weak cipher suites of TLS 1.2 and before, one handshake for each class",
        reference: "RFC 9325 section 4.1; RFC 7465",
        remedy: "restrict the cipher list to ECDHE with AES-GCM or ChaCha20-Poly1305"
    ) { target in
        SuiteSurvey(target).next(SuiteClass.all[...])
    }
}

private struct SuiteClass: Sendable {
    var name: String
    /// In OpenSSL's language, at the level at which it allows them.
    var ciphers: String
    /// Whoever listens reads or changes everything; the others are only on the way there.
    var isBroken = false

    static let all = [
        SuiteClass(name: "without encryption (NULL)", ciphers: "eNULL:@SECLEVEL=0", isBroken: true),
        SuiteClass(name: "without authentication (anonymous)", ciphers: "aNULL:@SECLEVEL=0", isBroken: true),
        SuiteClass(name: "export", ciphers: "EXPORT:@SECLEVEL=0", isBroken: true),
        SuiteClass(name: "RC4", ciphers: "RC4:!aNULL:@SECLEVEL=0"),
        SuiteClass(name: "3DES", ciphers: "3DES:!aNULL:@SECLEVEL=0"),
        SuiteClass(name: "RSA key exchange, without forward secrecy", ciphers: "kRSA:!eNULL:@SECLEVEL=0"),
    ]
}

private struct SuiteSurvey: Sendable {
    let target: ProbeTarget
    var accepted: [(kind: SuiteClass, suite: String)] = []
    var refused: [String] = []
    var notOffered: [String] = []

    init(_ target: ProbeTarget) { self.target = target }

    func next(_ rest: ArraySlice<SuiteClass>) -> ProbeStep {
        guard let kind = rest.first else { return self.verdict }
        return self.target.handshake(TLSOffer(.tls12 ... .tls12, ciphers: kind.ciphers)) { outcome in
            var survey = self
            switch outcome {
            case .established(let tls): survey.accepted.append((kind, tls.cipherSuite))
            case .refused: survey.refused.append(kind.name)
            case .notOffered: survey.notOffered.append(kind.name)
            }
            return survey.next(rest.dropFirst())
        }
    }

    private var verdict: ProbeStep {
        var facts: [String] = []
        if !self.accepted.isEmpty {
            facts.append("accepted: " + self.accepted.map { "\($0.kind.name): \($0.suite)" }.joined(separator: ", "))
        }
        if !self.refused.isEmpty { facts.append("refused: " + self.refused.joined(separator: ", ")) }
        if !self.notOffered.isEmpty {
            facts.append(
                "not checkable, because the OpenSSL here lacks them: " + self.notOffered.joined(separator: ", ")
            )
        }
        let text = facts.joined(separator: "; ")
        if self.accepted.contains(where: \.kind.isBroken) { return .vulnerable(text) }
        if !self.accepted.isEmpty { return .weak(text) }
        return self.refused.isEmpty ? .notCheckable(text) : .pass(text)
    }
}
