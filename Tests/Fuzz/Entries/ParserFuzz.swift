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
        private var tree = ArgumentTree()
        private var annotator = Annotator()

        func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
            precondition(message.offset == self.next, "messages do not tile the stream")
            self.next = message.offset + message.length
            self.tokens(text)
            self.tree.parse(text)
            for node in self.tree.nodes { precondition(node.token.range.upperBound <= text.byteCount) }
            for range in [message.tag, message.name] { precondition(range.upperBound <= text.byteCount) }
            for secret in message.secrets { precondition(secret.range.upperBound <= text.byteCount) }
            switch message.direction {
            case .client: _ = self.annotator.command(text, masked: message.secrets.map(\.range))
            case .server:
                _ = self.annotator.response(text, answering: .fetch, isUID: true, isGreeting: message.kind == .greeting)
                _ = self.annotator.continuation(text, waiting: .sasl)
            }
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
