import IMAPWire
import Traffic

/// Lines of a client behind a gap, until one of them can only be a command.
///
/// Nobody knows what the others are: they may be the rest of a message, or of a login.
struct LostLines {
    /// Longer lines are told in pieces.
    static let maximumLine = 65_536

    var line: [UInt8] = []
    /// Whether `line` began where a line begins, so that it may be a command.
    var isCandidate = true
}

extension Session {
    /// What the client sends from here on may be the rest of anything.
    mutating func loseLines() {
        self.sending = 0
        self.lostLines = LostLines()
    }

    mutating func readLostLines(_ bytes: RawSpan, at time: Timestamp) {
        for index in 0..<bytes.byteCount {
            let octet = bytes[index]
            self.lostLines?.line.append(octet)
            let count = self.lostLines?.line.count ?? 0
            guard octet == 0x0A || count >= LostLines.maximumLine else { continue }
            guard octet == 0x0A, self.lostLines?.isCandidate == true, let line = self.lostLines?.line,
                CommandSearch.isCommand(line.span.bytes, &self.tokenizer)
            else {
                self.tellLostLine(isWhole: octet == 0x0A, at: time)
                continue
            }
            self.lostLines = nil
            self.client.language = .commands
            self.report(.resynchronised(.client, at: self.client.offset), at: time)
            self.read(line.span.bytes, from: .client, at: time)
            self.read(bytes.extracting((index + 1)..<bytes.byteCount), from: .client, at: time)
            return
        }
    }

    /// The stream, or what there is of it, ends within a line.
    mutating func releaseLostLine(at time: Timestamp) {
        if self.lostLines?.line.isEmpty == false { self.tellLostLine(isWhole: true, at: time) }
    }

    private mutating func tellLostLine(isWhole: Bool, at time: Timestamp) {
        guard let line = self.lostLines?.line else { return }
        self.lostLines?.line.removeAll(keepingCapacity: true)
        self.lostLines?.isCandidate = isWhole
        let frame = MessageFrame(offset: self.client.offset, length: UInt64(line.count), text: .assembled)
        self.client.skip(octets: UInt64(line.count))
        var message = self.message(.unparsed, .client, frame, at: time)
        // It may be the second half of a LOGIN or of a SASL response.
        var end = line.count
        while end > 0, line[end - 1] == 0x0A || line[end - 1] == 0x0D { end -= 1 }
        if end > 0 { message.secrets = [SecretRange(0..<end, showsLength: true)] }
        self.emit(message, text: line.span.bytes)
    }
}
