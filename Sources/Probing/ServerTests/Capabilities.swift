extension ServerProbe {
    /// The lists before TLS, under TLS and after the login, and what must not be in them.
    static let capabilities = ServerProbe(
        id: "capabilities",
        title: "capabilities before TLS, under TLS and after the login",
        reference: "RFC 9051 sections 6.1.1, 6.2.1 and 6.2.3",
        remedy: "offer STARTTLS and LOGINDISABLED before TLS, and neither of them under it"
    ) { target in
        guard target.security == .starttls else { return CapabilityLists(target).underTLS() }
        return target.inCleartext { greeting in
            .command("C1 CAPABILITY") { answer in
                var lists = CapabilityLists(target)
                lists.before = answer.capabilities
                guard let before = answer.capabilities else {
                    return .weak("CAPABILITY before TLS was answered by \(answer.shown)")
                }
                guard before.contains("STARTTLS") else {
                    return .weak("STARTTLS is not offered; before TLS: \(before.joined(separator: " "))")
                }
                return lists.underTLS()
            }
        }
    }
}

/// What the server listed, each at its time.
private struct CapabilityLists: Sendable {
    let target: ProbeTarget
    var before: [String]?
    var under: [String]?
    var after: [String]?
    var remark: String?

    init(_ target: ProbeTarget) { self.target = target }

    func underTLS() -> ProbeStep {
        self.target.underTLS { tls, _ in
            .command("C2 CAPABILITY") { answer in
                var lists = self
                lists.under = answer.capabilities
                guard answer.capabilities != nil else {
                    return .weak("CAPABILITY under TLS was answered by \(answer.shown)")
                }
                return lists.login(tls)
            }
        }
    }

    private func login(_ tls: ProbeTLS) -> ProbeStep {
        var lists = self
        guard self.target.hasPassword else {
            lists.remark = "without a user and a password nobody logged in"
            return lists.verdict
        }
        if let problem = tls.problem, !self.target.trustsAnyCertificate {
            lists.remark = "the password was not sent, because the certificate does not verify (\(problem))"
            return lists.verdict
        }
        return .login(.account) { [lists] answer in
            var lists = lists
            guard let answer, answer.isOK else {
                lists.remark = "the login failed: \(answer?.shown ?? "no more may fail")"
                return lists.verdict
            }
            return .command("C3 CAPABILITY") { [lists] answer in
                var lists = lists
                lists.after = answer.capabilities
                return lists.verdict
            }
        }
    }

    private var verdict: ProbeStep {
        let under = self.under ?? []
        var faults: [String] = []
        if under.contains("STARTTLS") { faults.append("STARTTLS is still offered under TLS") }
        if under.contains("LOGINDISABLED") { faults.append("LOGINDISABLED is still there under TLS") }
        if !under.contains(where: { $0 == "IMAP4REV1" || $0 == "IMAP4REV2" }) {
            faults.append("neither IMAP4rev1 nor IMAP4rev2 is listed")
        }
        let rows = [("before TLS", self.before), ("under TLS", self.under), ("after the login", self.after)]
        var facts = faults + rows.compactMap { name, list in list.map { "\(name): \($0.joined(separator: " "))" } }
        if let remark { facts.append(remark) }
        let text = facts.joined(separator: "; ")
        return faults.isEmpty ? .pass(text) : .weak(text)
    }
}
