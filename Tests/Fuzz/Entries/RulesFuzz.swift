import IMAPSession
import IMAPWire
import Masking
import RuleEngine
import Traffic

/// Arbitrary text as a rule file: a wrong one is refused at a line that it has, and a right one changes no length and shows no
/// password.
public enum RulesFuzz {
    private static let limits = WireLimits(messageText: 4096, literalPrefix: 16)

    public static func run(_ input: UnsafeBufferPointer<UInt8>) {
        guard let text = String(validating: input, as: UTF8.self) else { return }
        do throws(RuleFileError) {
            let file = try RuleFile(path: "fuzz", parsing: text)
            self.apply(file.rules)
            for example in file.examples { _ = example.run(file.rules) }
        } catch {
            let lines = text.utf8.count { $0 == 0x0A || $0 == 0x0D } + text.unicodeScalars.count { $0.value > 0x7F } + 2
            precondition(error.line.map { $0 >= 1 && $0 <= lines } ?? true, "the line is outside the file")
            precondition(error.column.map { $0 >= 1 } ?? true, "the column is outside the line")
            precondition(!error.reason.isEmpty, "the error says nothing")
        }
    }

    private static func apply(_ rules: [Rule]) {
        let open = Lengths()
        let redacted = Lengths()
        for (sink, set) in [(open, RuleSet([])), (redacted, RuleSet(rules))] {
            let stage = MaskingStage(
                connection: ConnectionID(1),
                sinks: [sink],
                literalPrefix: self.limits.literalPrefix,
                redaction: set.redaction(for: ConnectionID(1), literalPrefix: self.limits.literalPrefix)
            )
            FilteredDialogue.play(to: stage, options: SessionOptions(limits: self.limits))
        }
        precondition(open.lengths == redacted.lengths, "a rule changed the length of a message")
    }

    private final class Lengths: SessionSink {
        var lengths: [Int] = []
        let wantsLiterals = false

        func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }

        func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
            self.lengths.append(text.byteCount)
            var end = 0
            for masked in message.masked {
                precondition(
                    masked.range.lowerBound >= end && masked.range.upperBound <= text.byteCount,
                    "masks overlap"
                )
                end = masked.range.upperBound
            }
            text.withUnsafeBytes { octets in
                let password = Array("s3cret pass".utf8)
                for start in octets.indices.dropLast(password.count) {
                    precondition(!octets[start...].starts(with: password), "a rule shows a password")
                }
            }
        }

        func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
        func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}
        func event(_ event: SessionEvent, session: ConnectionID) {}
    }
}
