import Traffic

/// Messages that a client fetches part by part (RFC 9051 section 6.4.5, `BODY[]<0.65536>`), in the mailbox that is open.
struct PartialFetches {
    /// The beginning of each message so far, by its number, and in which order they came.
    private var open: [(number: UInt64, mail: ExportedMail)] = []
    private var sizes: [UInt64: UInt64] = [:]
    /// How long the parts are that a command asks for.
    private var lengths: [Int: UInt64] = [:]

    /// Clients fetch few messages this way at a time.
    private static let mostOpen = 64
    private static let mostSizes = 65_536
    private static let mostCommands = 1024

    mutating func asked(for length: UInt64, in exchange: Int) {
        if self.lengths.count >= Self.mostCommands { self.lengths = [:] }
        self.lengths[exchange] = length
    }

    mutating func forget(exchange: Int) {
        if !self.lengths.isEmpty { self.lengths[exchange] = nil }
    }

    mutating func learn(size: UInt64, of number: UInt64?) {
        guard let number else { return }
        if self.sizes.count >= Self.mostSizes { self.sizes = [:] }
        self.sizes[number] = size
    }

    /// Whether a part reaches the end of its message: the size says so, or there was less than was asked for.
    func isLast(_ mail: ExportedMail, of number: UInt64?, exchange: Int) -> Bool {
        if let number, let size = self.sizes[number] { return mail.start + mail.octets >= size }
        guard let length = self.lengths[exchange] else { return false }
        return mail.lastLength < length
    }

    /// The part that goes as far as `offset`.
    mutating func take(_ number: UInt64?, endingAt offset: UInt64) -> ExportedMail? {
        guard
            let index = self.open.firstIndex(where: { entry in
                entry.number == number && entry.mail.start + entry.mail.octets == offset
            })
        else { return nil }
        return self.open.remove(at: index).mail
    }

    mutating func takeAll(of number: UInt64?) -> [ExportedMail] {
        defer { self.open.removeAll { $0.number == number } }
        return self.open.filter { $0.number == number }.map(\.mail)
    }

    /// Waits for the next part. Returns what does not wait any more.
    mutating func keep(_ mail: ExportedMail, of number: UInt64?) -> [ExportedMail] {
        guard let number else { return [mail] }
        self.open.append((number, mail))
        return self.open.count > Self.mostOpen ? [self.open.removeFirst().mail] : []
    }

    /// Another mailbox, or other numbers in this one.
    mutating func takeAll() -> [ExportedMail] {
        defer {
            self.open = []
            self.sizes = [:]
        }
        return self.open.map(\.mail)
    }
}
