import Reporting
import SASL
import Traffic

/// Plays the lines of an exchange through its decoder.
struct SASLDecodeRun {
    let input: SASLInput
    let format: ExplainFormat

    func text(password: Secret?) throws -> String {
        let guess = self.input.lines.lazy.compactMap { MechanismGuess.guess(Base64.decodeTolerantly($0.text).bytes) }
            .first
        guard let mechanism = self.input.mechanism ?? guess?.mechanism else {
            throw Failure(
                .dataError,
                "no mechanism can be told by the form of these lines",
                advice: "name it: imapscope sasl decode EXTERNAL …"
            )
        }
        var exchange = AuthenticationExchange(mechanism: mechanism)
        var text = ""
        if self.format == .text {
            text = mechanism.name + (self.input.mechanism == nil ? ", by the form of the message" : "") + "\n"
        }
        // Whose turn it is where nothing says.
        var turn: Direction = mechanism.properties?.firstSpeaker == .server ? .server : .client
        for (index, line) in self.input.lines.enumerated() {
            let known = MechanismGuess.guess(Base64.decodeTolerantly(line.text).bytes)
            let form = known?.mechanism == mechanism || index == 0 && known != nil ? known?.sender : nil
            let direction = line.direction ?? form ?? turn
            turn = direction == .client ? .server : .client
            let octets = line.text.span.bytes
            let step =
                switch direction {
                case .server: exchange.challenge(octets)
                case .client: line.isInitial ? exchange.initialResponse(octets) : exchange.response(octets)
                }
            text +=
                self.format == .text
                ? SASLText.lines(of: step, from: direction) : SASLJSON.line(of: step, mechanism, from: direction)
        }
        guard let password else { return text }
        var budget = VerificationBudget()
        let verdicts = exchange.verdicts(using: .password(password), within: &budget)
        if self.format == .json { return text + SASLJSON.line(of: verdicts) }
        text += SASLText.line(of: verdicts.client, by: "client")
        if let server = verdicts.server { text += SASLText.line(of: server, by: "server") }
        return text
    }
}
