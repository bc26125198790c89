import Cryptography
import Reporting
import SASL
import Traffic

/// How `imapscope sasl` writes for a person.
enum SASLText {
    /// Names, how each is made, and the values beneath.
    static func lines(of steps: [ComputationStep], reveals: Bool) -> String {
        var text = ""
        for step in steps {
            text += step.name + (step.formula.isEmpty ? "" : " = \(step.formula)") + "\n"
            text += "    \(self.value(step, reveals: reveals))\n"
        }
        return text
    }

    private static func value(_ step: ComputationStep, reveals: Bool) -> String {
        switch step.value {
        case .text(let text): return TerminalText.escaped(text)
        case .secret where !reveals: return "‹masked›"
        case .proof(let secret), .secret(let secret):
            return secret.withBytes { octets in
                step.isBinary
                    ? Hexadecimal.string([UInt8](octets))
                    : TerminalText.escaped(String(decoding: octets, as: UTF8.self))
            }
        }
    }

    /// A message of an exchange: what it means, then piece by piece.
    static func lines(of step: SASLStep, from direction: Direction) -> String {
        var text = "\(direction == .client ? "C" : "S"): \(TerminalText.escaped(step.summary))\n"
        let width = step.fields.map(\.name.count).max() ?? 0
        for field in step.fields {
            let blanks = String(repeating: " ", count: width - field.name.count)
            text += "     \(field.name)\(blanks)  \(TerminalText.escaped(field.value))\n"
        }
        for problem in step.problems { text += "   ! \(TerminalText.escaped(problem.text))\n" }
        return text
    }

    static func line(of verdict: Verdict, by prover: String) -> String {
        switch verdict {
        case .verified: "\(prover): verified with the given password\n"
        case .wrong(let reason): "\(prover): WRONG: \(TerminalText.escaped(reason))\n"
        case .notCheckable(let reason): "\(prover): not checkable: \(TerminalText.escaped(reason))\n"
        }
    }
}
