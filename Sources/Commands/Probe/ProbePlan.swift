import Probing
import Reporting

/// What a probe is going to do, said before it does anything.
struct ProbePlan {
    var url: ServerURL
    var target: ProbeTarget
    var user: String?

    var text: String {
        var lines = ["imapscope will connect to \(self.url), and to nothing else, for these tests:"]
        for test in ServerProbe.all { lines.append("  \(test.title)") }
        let most = ServerProbe.all.reduce(0) { $0 + self.failing($1) }
        lines.append("At most \(LoginBudget.limit) logins of the run fail, \(most) of them on purpose.")
        if let user {
            let name = TerminalText.escaped(user)
            lines.append("One of these names \(name) with a wrong password.")
            if self.target.hasPassword { lines.append("\(name) logs in once, under TLS.") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Without a user, or a cleartext port, some tests log nobody in.
    private func failing(_ test: ServerProbe) -> Int {
        if test.id == ServerProbe.userNames.id, !self.target.hasUser { return 0 }
        if test.id == ServerProbe.cleartextLogin.id, self.target.security == .implicit { return 0 }
        return test.failingLogins
    }
}
