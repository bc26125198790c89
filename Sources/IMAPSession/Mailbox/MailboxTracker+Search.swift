import IMAPProtocol
import IMAPWire
import Traffic

/// What search results tell: numbers that cannot be, and, from a search that found every message, all UIDs.
extension MailboxTracker {
    /// How the searches in progress count: by UID, by number, or both at once.
    private enum Counting {
        case uids
        case numbers
        case mixed
    }

    private func counting(_ context: Context) -> Counting? {
        var counting: Counting?
        for exchange in context.running {
            guard let command = exchange.command, [.search, .sort, .esearch].contains(command) else { continue }
            let one = exchange.isUID ? Counting.uids : .numbers
            counting = counting == nil || counting == one ? one : .mixed
        }
        return counting
    }

    /// `SEARCH *(SP number) [(MODSEQ n)]`, and SORT.
    mutating func search(_ message: inout Message, _ head: ResponseHead, _ text: RawSpan, _ context: Context) {
        guard let response = head.response else { return }
        self.checkSelected(response, context, &message)
        guard let counting = self.counting(context), let view = self.view, view.isCounted, let exists = view.exists
        else {
            return
        }
        var all = counting == .uids ? [ClosedRange<UInt32>]() : nil
        var highest: UInt64 = 0
        var index = head.arguments
        let end = ResponseHead.contentEnd(text)
        while index < end {
            while index < end, text[index] == 0x20 { index += 1 }
            let start = index
            while index < end, text[index] &- 0x30 < 10 { index += 1 }
            guard index > start, let number = text.number(start..<index) else { break }
            highest = max(highest, number)
            if all != nil { Self.extend(&all, with: number, most: self.limit) }
        }
        if counting == .numbers, highest > UInt64(exists) {
            self.report(.numberOutOfRange(response, number: highest, exists: exists), in: &message)
        }
        if let all, !all.isEmpty { self.view?.concluded(all: all) }
    }

    /// `ESEARCH [(TAG "t")] [UID] ... ALL set` (RFC 4731).
    mutating func extendedSearch(_ head: ResponseHead, _ text: RawSpan, _ context: Context) {
        guard let view = self.view, view.isCounted, self.counting(context) == .uids else { return }
        self.tokenizer.reset(to: head.arguments)
        var isUID = false
        while let token = self.tokenizer.next(in: text), token.kind != .lineEnd {
            if token.kind == .listOpen {
                while let inner = self.tokenizer.next(in: text), inner.kind != .listClose, inner.kind != .lineEnd {}
            } else if text.matches(token.range, "UID") {
                isUID = true
            } else if isUID, text.matches(token.range, "ALL"), let set = self.tokenizer.next(in: text) {
                if let ranges = Self.ranges(text, set.range, most: self.limit) { self.view?.concluded(all: ranges) }
                return
            }
        }
    }

    /// One number more in an ascending list; nil when it is not that.
    private static func extend(_ ranges: inout [ClosedRange<UInt32>]?, with number: UInt64, most: Int) {
        guard let last = ranges?.indices.last else {
            ranges = number > 0 && number <= UInt64(UInt32.max) ? [UInt32(number)...UInt32(number)] : nil
            return
        }
        guard let range = ranges?[last], number > UInt64(range.upperBound), number <= UInt64(UInt32.max) else {
            ranges = nil
            return
        }
        if number == UInt64(range.upperBound) + 1 {
            ranges?[last] = range.lowerBound...UInt32(number)
        } else if last + 1 < most {
            ranges?.append(UInt32(number)...UInt32(number))
        } else {
            ranges = nil
        }
    }
}
