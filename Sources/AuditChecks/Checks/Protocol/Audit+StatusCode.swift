import IMAPProtocol
import IMAPSession

extension Audit {
    /// The word of the response code of a status response, `ALERT`; nil when it has none, as most.
    func code(of message: Message) -> String? {
        let start = message.arguments
        guard message.status != nil, start < self.text.count, self.text[start] == UInt8(ascii: "[") else { return nil }
        let word = self.text[(start + 1)...].prefix(32).prefix { $0 != UInt8(ascii: "]") && $0 != 0x20 }
        return word.isEmpty ? nil : self.words(word.startIndex..<word.endIndex).uppercased()
    }
}
