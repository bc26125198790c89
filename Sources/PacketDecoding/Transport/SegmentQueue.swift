/// Segments that wait, in the order of their offsets. Most come in order and leave from the front, thousands at once when a gap
/// before them is given up.
struct SegmentQueue: Sendable {
    private var segments: [TCPStream.Held?] = []
    /// Where the first one stands: those before it have left.
    private var head = 0

    var isEmpty: Bool { self.head == self.segments.count }
    var first: TCPStream.Held? { self.isEmpty ? nil : self.segments[self.head] }

    var last: TCPStream.Held? { self.isEmpty ? nil : self.segments[self.segments.count - 1] }

    mutating func insert(_ segment: TCPStream.Held) {
        guard let last = self.segments.last ?? nil, !self.isEmpty, last.offset > segment.offset else {
            self.segments.append(segment)
            return
        }
        // Behind all that begin at the same place: the copy that came first is taken first.
        var low = self.head
        var high = self.segments.count
        while low < high {
            let middle = (low + high) / 2
            if let other = self.segments[middle], other.offset <= segment.offset {
                low = middle + 1
            } else {
                high = middle
            }
        }
        self.segments.insert(segment, at: low)
    }

    mutating func takeFirst() -> TCPStream.Held? {
        guard !self.isEmpty else { return nil }
        let segment = self.segments[self.head]
        self.segments[self.head] = nil
        self.head += 1
        if self.isEmpty {
            self.segments.removeAll(keepingCapacity: self.segments.capacity <= 64)
            self.head = 0
        } else if self.head > 64, self.head * 2 > self.segments.count {
            self.segments.removeFirst(self.head)
            self.head = 0
        }
        return segment
    }

    mutating func relaxFirst(acknowledges: UInt64) {
        guard !self.isEmpty else { return }
        self.segments[self.head]?.acknowledges = acknowledges
    }

    /// Octets were found before what was taken for the beginning.
    mutating func shift(by earlier: UInt64) {
        for index in self.head..<self.segments.count { self.segments[index]?.offset += earlier }
    }
}
