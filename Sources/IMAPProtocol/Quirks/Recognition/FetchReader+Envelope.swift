import IMAPWire
import Traffic

// MARK: - ENVELOPE (RFC 9051 section 7.5.2)

extension FetchReader {
    mutating func envelope(_ text: RawSpan) {
        guard let open = self.next(text) else { return }
        guard open.kind == .listOpen else { return self.skip(open, text) }
        var fields = 0
        while let token = self.next(text) {
            if token.kind == .listClose {
                if fields < 10 { self.note(.shortEnvelope, at: token.offset) }
                return
            }
            if token.kind == .listOpen {
                if (2...7).contains(fields) { self.addresses(text, open: token) } else { self.skipRest(text) }
            }
            fields += 1
        }
    }

    /// The addresses of a list whose `(` was read.
    private mutating func addresses(_ text: RawSpan, open: Token) {
        var count = 0
        while let token = self.next(text) {
            switch token.kind {
            case .listClose:
                if count == 0 { self.note(.emptyListForNil, at: open.offset) }
                return
            case .listOpen:
                if count > 0, token.spaceBefore { self.note(.spaceBetweenAddresses, at: token.offset) }
                self.address(text)
            default:
                if token.kind == .atom { self.note(.nilInAddressList, at: token.offset) }
            }
            count += 1
        }
    }

    /// `name adl mailbox host)`.
    private mutating func address(_ text: RawSpan) {
        var fields = 0
        var bracketed: Int?
        var hasHost = false
        while let token = self.next(text), token.kind != .listClose {
            if token.kind == .listOpen { self.skipRest(text) }
            if fields == 0, token.kind == .quoted, token.length > 2, text[token.offset] == UInt8(ascii: "<"),
                token.range.contains(where: { text[$0] == UInt8(ascii: "@") })
            {
                bracketed = token.offset
            }
            if fields == 3 { hasHost = token.kind != .atom }
            fields += 1
        }
        if let bracketed, !hasHost { self.note(.addressInName, at: bracketed) }
    }
}
