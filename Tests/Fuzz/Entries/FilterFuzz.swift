import FilterLanguage
import IMAPSession
import IMAPWire
import SASL
import Traffic

/// Arbitrary text as a filter: a wrong one is refused at a place that it has, and what a right one says early of a message it
/// does not take back.
public enum FilterFuzz {
    public static func run(_ input: UnsafeBufferPointer<UInt8>) {
        let text = String(decoding: input, as: UTF8.self)
        do throws(FilterError) {
            FilteredDialogue.play(to: Asked(try Filter(text)))
        } catch {
            precondition(error.expression == text, "the error is of another filter")
            precondition(error.column >= 1 && error.column <= text.count + 1, "the column is outside the filter")
            precondition(error.length >= 1 && !error.reason.isEmpty, "the error says nothing")
        }
    }

    private final class Asked: SessionObserver {
        private let filter: Filter
        private let facts = SessionFacts(literalPrefix: WireLimits.standard.literalPrefix)

        init(_ filter: Filter) { self.filter = filter }

        func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
            let sort = self.facts.sort(of: message)
            let canMatch = self.filter.canMatch(sort, like: message, self.facts)
            let early = self.facts.withMessage(message) { self.filter.evaluate($0) }
            self.facts.observe(message)
            let truth = self.facts.withMessage(message, text: text) { self.filter.evaluate($0) }
            precondition(truth != .unknown, "a message that is known leaves a question open")
            precondition(early == .unknown || early == truth, "what was known early turned out otherwise")
            precondition(canMatch || truth == .no, "a sort of message was ruled out that matches")
            if let ended = message.completes { self.facts.forget(ended.number) }
        }

        func announced(_ message: Message, text: RawSpan) {}
        func literal(_ piece: LiteralPiece, octets: RawSpan) {}

        func event(_ event: SessionEvent) {
            self.facts.observe(event)
            precondition(
                self.facts.withEvent(event) { self.filter.evaluate($0) } != .unknown,
                "an event leaves a question open"
            )
        }
    }
}
