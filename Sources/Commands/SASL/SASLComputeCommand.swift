import ArgumentParser
import Cryptography
import IMAPSession
import Reporting
import SASL
import Traffic

/// `imapscope sasl compute`
struct SASLComputeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compute",
        abstract: "Compute what a client answers to a challenge, step by step.",
        discussion: """
            The password is the first line of standard input unless an option says otherwise. What is as good as the \
            password is masked; the answer of a challenge-response mechanism is shown, because it is what was asked \
            for: whoever reads it can try passwords against it.

            EXAMPLES:
              imapscope sasl compute CRAM-MD5 --user drichards \
            --challenge PDE4NTY1MTU5ODI1OTMyOTYuMTU3Nzc0OTgwOUBibHVlZmluLnA+ --password-prompt
              imapscope sasl compute SCRAM-SHA-256 --user joe --password-file secret
              imapscope sasl compute PLAIN --user joe --password-prompt --reveal-secrets
            """
    )

    @Argument(
        help: ArgumentHelp("The mechanism.", valueName: "mechanism"),
        completion: .list(ClientComputation.mechanisms)
    )
    var mechanism: String

    @Option(help: ArgumentHelp("The user name; the trace of ANONYMOUS.", valueName: "name"))
    var user = ""

    @Option(help: ArgumentHelp("The identity to act as.", valueName: "name"))
    var authzid: String?

    @Option(help: ArgumentHelp("The server's challenge, in base64 as it stands behind +.", valueName: "base64"))
    var challenge: String?

    @Option(help: ArgumentHelp("The client's nonce of SCRAM and DIGEST-MD5; random without it.", valueName: "nonce"))
    var clientNonce: String?

    @Option(help: ArgumentHelp("The realm of DIGEST-MD5; the first that is offered without it.", valueName: "realm"))
    var realm: String?

    @Option(help: ArgumentHelp("The name of the server, for DIGEST-MD5 and OAUTHBEARER.", valueName: "name"))
    var host: String?

    @Option(help: ArgumentHelp("The port of the server, for OAUTHBEARER.", valueName: "n"))
    var port: UInt16?

    @Option(help: ArgumentHelp("What a -PLUS mechanism binds to, such as tls-exporter=00ff….", valueName: "name=hex"))
    var channelBinding: String?

    @OptionGroup var passwordOptions: PasswordOptions

    @Flag(help: "Show what is as good as the password too.")
    var revealSecrets = false

    func run() throws {
        let computation = try self.computation()
        let steps: [ComputationStep]
        do throws(ComputationError) {
            steps = try computation.steps()
        } catch {
            throw Failure(.dataError, TerminalText.escaped(error.description), advice: error.advice)
        }
        if self.revealSecrets { writeNotice("--reveal-secrets: passwords and other secrets are shown, not masked") }
        let output = StandardOutput()
        output.write(SASLText.lines(of: steps, reveals: self.revealSecrets))
        try output.finish()
    }

    private func computation() throws -> ClientComputation {
        let mechanism: Mechanism
        do throws(MechanismNameError) {
            mechanism = try Mechanism(parsing: self.mechanism)
        } catch {
            throw UsageError(
                option: "mechanism",
                text: "one of \(ClientComputation.mechanisms.joined(separator: ", "))"
            )
        }
        let challenge = try self.challenge.map { try self.decoded($0) }
        let binding = try self.channelBinding.map { try self.binding($0) }
        let password =
            ClientComputation.needsPassword(mechanism) ? try self.passwordOptions.neededPassword() : Secret("")
        var computation = ClientComputation(
            mechanism: mechanism,
            user: self.user,
            password: password,
            challenge: challenge,
            clientNonce: try self.nonce(mechanism, challenge)
        )
        computation.authorizationIdentity = self.authzid
        computation.realm = self.realm
        computation.host = self.host
        computation.port = self.port
        computation.channelBinding = binding
        return computation
    }

    /// A challenge of SCRAM answers a nonce that only the caller knows.
    private func nonce(_ mechanism: Mechanism, _ challenge: [UInt8]?) throws -> [UInt8] {
        if let nonce = self.clientNonce { return Array(nonce.utf8) }
        if mechanism.name.hasPrefix("SCRAM-"), challenge != nil {
            throw UsageError(option: "--client-nonce", text: "give what the client's first message has behind r=")
        }
        do throws(CryptographyError) {
            return Base64.encode(try RandomBytes.generate(count: 18))
        } catch {
            throw Failure(.software, error.description, blame: .imapscope)
        }
    }

    private func decoded(_ text: String) throws -> [UInt8] {
        do throws(Base64Problem) {
            return try Base64.decode(Array(text.utf8))
        } catch {
            throw UsageError(option: "--challenge", text: error.summary)
        }
    }

    private func binding(_ text: String) throws -> (name: String, data: [UInt8]) {
        let parts = text.split(separator: "=", maxSplits: 1)
        do throws(Hexadecimal.Problem) {
            guard parts.count == 2, parts[0].utf8.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 || $0 == 0x2d }) else {
                throw .oddLength
            }
            return (String(parts[0]), try Hexadecimal.decode(Array(parts[1].utf8)))
        } catch {
            throw UsageError(option: "--channel-binding", text: "a name, = and hexadecimal digits")
        }
    }
}
