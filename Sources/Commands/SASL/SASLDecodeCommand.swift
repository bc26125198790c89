import ArgumentParser
import Reporting
import SASL
import Traffic

/// `imapscope sasl decode`
struct SASLDecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Explain base64 of an authentication; with a password, verify it.",
        discussion: """
            Without lines, or with -, they are read from standard input, as they stand on the wire or bare: \
            'a1 AUTHENTICATE PLAIN …', '+ …', 'C: …', 'S: …'. Base64 may hold a password, and every user of the machine \
            sees arguments: give such lines on standard input. Without a mechanism its form tells it, where it can.

            EXAMPLES:
              imapscope sasl decode PDE4NTY1MTU5ODI1OTMyOTYuMTU3Nzc0OTgwOUBibHVlZmluLnA+
              imapscope sasl decode SCRAM-SHA-256 biwsbj11c2VyLHI9ck9wck5HZndFYmVSV2diTkVrcU8=
              imapscope sasl decode --password-file secret - < exchange
            """
    )

    @Argument(help: ArgumentHelp("The mechanism, then lines in base64 in their order.", valueName: "mechanism|base64"))
    var words: [String] = []

    @OptionGroup var passwordOptions: PasswordOptions

    @Option(
        help: ArgumentHelp("text or json; json is one object for each message.", valueName: "format"),
        completion: .list(ExplainFormat.allCases.map(\.rawValue))
    )
    var format: String?

    func run() throws {
        let format = try self.chosenFormat()
        var words = self.words[...]
        var input = SASLInput(mechanism: words.first.flatMap(Self.knownMechanism))
        if input.mechanism != nil { words.removeFirst() }
        let password = try self.passwordOptions.password()
        if words.isEmpty || words == ["-"] {
            let content = try InputFile.contents(of: "-", limit: 1 << 22)
            for line in content.split(separator: 0x0A, omittingEmptySubsequences: false) { input.take(line) }
            // The end of the last line begins no other.
            if content.last == 0x0A, input.lines.last?.text.isEmpty == true, input.lines.last?.direction == nil {
                input.dropLast()
            }
        } else {
            for word in words { input.take(Array(word.utf8)) }
        }
        guard !input.lines.isEmpty else { throw Failure(.dataError, "there is no line of an authentication") }
        let output = StandardOutput()
        output.write(try SASLDecodeRun(input: input, format: format).text(password: password))
        try output.finish()
    }

    private func chosenFormat() throws -> ExplainFormat {
        guard let format = self.format else { return .text }
        do throws(SettingValueError) {
            return try ExplainFormat(setting: format)
        } catch {
            throw UsageError(option: "--format", text: error.description)
        }
    }

    /// Words of base64 are names of mechanisms by their form; only what is known is one.
    private static func knownMechanism(_ word: String) -> Mechanism? {
        do throws(MechanismNameError) {
            let mechanism = try Mechanism(parsing: word)
            return mechanism.properties == nil ? nil : mechanism
        } catch {
            return nil
        }
    }
}
