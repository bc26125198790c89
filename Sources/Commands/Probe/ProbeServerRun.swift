import Cryptography
import IMAPSession
import Probing
import Reporting
import TLSTransport
import Traffic

/// A probe of a server from its plan to its exit status.
struct ProbeServerRun {
    var url: ServerURL
    var user: String?
    var password: PasswordOptions
    var format: ProbeFormat
    var isInsecure: Bool
    var authority: String?
    var isAgreed: Bool

    func run() throws {
        let trust =
            try self.authority.map { TLSTrust(files: [try CertificateFile.chain($0).flatMap(\.pem)]) } ?? .system
        let hasPassword = self.password.passwordFile != nil || self.password.passwordPrompt
        let target = ProbeTarget(
            self.url.scheme == .imaps ? .implicit : .starttls,
            hasUser: self.user != nil,
            hasPassword: hasPassword,
            trustsAnyCertificate: self.isInsecure
        )
        let plan = ProbePlan(url: self.url, target: target, user: self.user)
        writeDiagnostic(Array(plan.text.utf8))
        try ProbeConsent.ask(isAgreed: self.isAgreed)
        let password = hasPassword ? try self.password.password() : nil
        let account = self.user.map { ProbeAccount(user: $0, password: password) }
        let invented = InventedNames(random: try Self.random())
        let server = self.url.endpoint
        let outcome = Blocking.run { () async -> Result<[ProbeResult], any Error> in
            let channel = ProbeChannel(server: server, trust: trust)
            // A server that is not there fails the run, not each of its tests.
            if case .failed(let reason) = await channel.open(nil) {
                let summary = "cannot connect to \(server): \(TerminalText.escaped(reason))"
                return .failure(Failure(.unavailable, summary, advice: "check the host and the port"))
            }
            await channel.close()
            var probing = ServerProbing(target: target, account: account, invented: invented, transport: channel)
            var results: [ProbeResult] = []
            for test in ServerProbe.all { results.append(ProbeResult(test: test, verdict: await probing.run(test))) }
            return .success(results)
        }
        let results = try outcome.get()
        let output = StandardOutput()
        let report = ProbeReport(url: self.url, results: results)
        output.write(self.format == .json ? report.json : report.text)
        try output.finish()
        if results.contains(where: \.verdict.isBad) { throw EndOfCommand(exitCode: .findings) }
    }

    private static func random() throws(Failure) -> String {
        do throws(CryptographyError) {
            return Hexadecimal.string(try RandomBytes.generate(count: 8))
        } catch {
            throw Failure(.software, error.description, blame: .imapscope)
        }
    }
}

struct ProbeResult: Sendable {
    var test: ServerProbe
    var verdict: ProbeVerdict
}
