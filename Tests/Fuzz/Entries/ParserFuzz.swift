import IMAPProtocol
import IMAPSession
import IMAPWire
import SASL
import Traffic

/// Tokens, trees, notes and quirks of arbitrary messages: nothing traps, tokens follow each other, ranges lie in the text.
public enum ParserFuzz {
    /// The first octet chooses the direction.
    public static func run(_ input: UnsafeBufferPointer<UInt8>) {
        guard input.count > 1 else { return }
        let direction: Direction = input[0] & 1 == 0 ? .client : .server
        let reader = Reader()
        var parser = StreamParser(direction: direction)
        let stream = Array(input[1...])
        parser.feed(stream.span.bytes, to: reader)
        parser.finish(to: reader)
        precondition(reader.next == UInt64(stream.count), "messages do not tile the stream")
    }

    private final class Reader: SessionObserver {
        var next: UInt64 = 0
        private var tokenizer = Tokenizer()
        private var parser = SyntaxParser()
        private var annotator = Annotator()

        func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
            precondition(message.offset == self.next, "messages do not tile the stream")
            self.next = message.offset + message.length
            self.tokens(text)
            for range in [message.tag, message.name] { precondition(range.upperBound <= text.byteCount) }
            for secret in message.secrets { precondition(secret.range.upperBound <= text.byteCount) }
            self.parser.parse(text, as: message.direction == .client ? .command : .response)
            self.syntax(text)
            switch message.direction {
            case .client: _ = self.annotator.command(text, masked: message.secrets.map(\.range))
            case .server:
                _ = self.annotator.response(text, answering: .fetch, isUID: true, isGreeting: message.kind == .greeting)
                _ = self.annotator.continuation(text, waiting: .sasl)
            }
        }

        /// Nodes are nested and in the order of the text.
        private func syntax(_ text: RawSpan) {
            let nodes = self.parser.tree.nodes
            for (index, node) in nodes.enumerated() {
                precondition(node.end > index && node.end <= nodes.count, "a node ends outside the tree")
                precondition(node.range.upperBound <= text.byteCount, "a node lies outside the text")
            }
            for tolerance in self.parser.tree.tolerances { precondition(tolerance.offset <= text.byteCount) }
            for problem in self.parser.tree.problems { precondition(problem.offset <= text.byteCount) }
        }

        private func tokens(_ text: RawSpan) {
            self.tokenizer.reset()
            var end = 0
            while let token = self.tokenizer.next(in: text) {
                precondition(token.offset >= end && token.range.upperBound <= text.byteCount, "tokens overlap")
                end = token.range.upperBound
            }
        }

        func announced(_ message: Message, text: RawSpan) {}
        func literal(_ piece: LiteralPiece, octets: RawSpan) {}
        func event(_ event: SessionEvent) {}
    }
}
