extension ServerProbe {
    /// One handshake for each version.
    static let tlsVersions = ServerProbe(
        id: "tls-versions",
        title: "TLS 1.0, 1.1, 1.2 and 1.3, one handshake each",
        reference: "RFC 8996; RFC 9325 section 3.1",
        remedy: "switch TLS 1.0 and 1.1 off, and 1.2 and 1.3 on"
    ) { target in
        VersionSurvey(target).next(ProbeTLSVersion.allCases[...])
    }
}

private struct VersionSurvey: Sendable {
    let target: ProbeTarget
    var accepted: [ProbeTLSVersion] = []
    var refused: [ProbeTLSVersion] = []
    var notOffered: [String] = []

    init(_ target: ProbeTarget) { self.target = target }

    func next(_ rest: ArraySlice<ProbeTLSVersion>) -> ProbeStep {
        guard let version = rest.first else { return self.verdict }
        return self.target.handshake(TLSOffer(version...version)) { outcome in
            var survey = self
            switch outcome {
            case .established: survey.accepted.append(version)
            case .refused: survey.refused.append(version)
            case .notOffered(let reason): survey.notOffered.append("\(version) is not checkable from here: \(reason)")
            }
            return survey.next(rest.dropFirst())
        }
    }

    private var verdict: ProbeStep {
        var facts: [String] = []
        if !self.accepted.isEmpty { facts.append("accepted: \(Self.list(self.accepted))") }
        if !self.refused.isEmpty { facts.append("refused: \(Self.list(self.refused))") }
        let text = (facts + self.notOffered).joined(separator: "; ")
        if self.accepted.contains(where: { $0 < .tls12 }) { return .weak(text) }
        if self.accepted.isEmpty {
            return self.refused.isEmpty ? .notCheckable(text) : .vulnerable("no version was accepted; \(text)")
        }
        return self.notOffered.isEmpty ? .pass(text) : .notCheckable(text)
    }

    private static func list(_ versions: [ProbeTLSVersion]) -> String {
        versions.map(\.description).joined(separator: ", ")
    }
}
