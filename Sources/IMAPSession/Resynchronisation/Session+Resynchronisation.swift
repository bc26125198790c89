import IMAPProtocol
import IMAPWire
import Traffic

// MARK: - A client whose octets cannot be attributed

extension Session {
    /// Reads no more of the client until a line of it can only be a command.
    mutating func loseClient(at time: Timestamp) {
        let change = TransportChange(
            layer: .desynchronised,
            clientOffset: self.client.offset,
            serverOffset: self.server.offset,
            time: time
        )
        if let gate = self.gate, case .literal = gate {
            // The server's answer to it comes, but which octets it is about is not known any more.
            self.gate = nil
            if let frame = self.client.finish() {
                let text = self.client.assembledText
                self.clientMessage(frame, text.span.bytes, at: time)
            }
            self.sending = 0
        }
        self.observer.event(.transportChange(change))
        self.lostClient = CommandSearch()
        let held = self.held.takeAll()
        if !held.isEmpty { self.searchClient(held.span.bytes, at: time) }
    }

    mutating func searchClient(_ bytes: RawSpan, at time: Timestamp) {
        guard var search = self.lostClient else { return }
        switch search.read(bytes, mayFind: self.gate == nil, tokenizer: &self.tokenizer) {
        case .notFound(let discarded):
            self.lostClient = search
            self.discardFromClient(discarded, at: time)
        case .found(let cursor, let discarded):
            self.lostClient = nil
            self.discardFromClient(discarded, at: time)
            self.client.language = .commands
            self.report(.resynchronised(.client, at: self.client.offset), at: time)
            self.readClient(search.line.span.bytes, at: time)
            if cursor < bytes.byteCount {
                self.read(bytes.extracting(cursor..<bytes.byteCount), from: .client, at: time)
            }
        }
    }

    private mutating func discardFromClient(_ count: Int, at time: Timestamp) {
        guard count > 0 else { return }
        self.client.skip(octets: UInt64(count))
        self.tellOpaque(count, .client, at: time)
    }

    /// The connection ends while a line was kept that might have become a command.
    mutating func releaseSearch(at time: Timestamp) {
        guard let search = self.lostClient else { return }
        self.lostClient = CommandSearch()
        self.discardFromClient(search.kept, at: time)
    }
}

// MARK: - A server's literal that is shorter than announced

extension Session {
    /// A whole command arrives while the server is silent inside a literal: did it complete the last one in there?
    mutating func suspectLiteral() {
        guard self.literalWatch.suspected == nil else { return }
        self.literalWatch.suspected = self.completionInsideLiteral()
    }

    /// Where the line begins in the server's stream that ends what it sent inside a literal and completes a command.
    private func completionInsideLiteral() -> UInt64? {
        guard self.server.literalRemaining != nil, let literal = self.server.currentLiteral,
            let line = self.literalWatch.lastLine(received: literal.received)
        else { return nil }
        guard self.isPlausible(self.literalWatch.tail.span.bytes.extracting(line), needsTag: true) else { return nil }
        return self.server.offset - UInt64(line.count)
    }

    /// Octets of the server behind a suspected completion: they tell whether it was one.
    mutating func settleLiteral(_ bytes: RawSpan, at time: Timestamp) {
        bytes.withUnsafeBytes { self.literalWatch.undecided.append(contentsOf: $0) }
        let octets = self.literalWatch.undecided
        guard let cut = self.literalWatch.suspected else { return }
        let verdict = self.beginsResponse(octets.span.bytes)
        if verdict == nil { return }
        self.literalWatch.suspected = nil
        self.literalWatch.undecided = []
        if verdict == true { self.breakLiteral(at: cut, time) }
        self.readServer(octets.span.bytes, at: time)
    }

    /// The stream ends: what was suspected is decided by what there is.
    mutating func settleLiteralAtEnd(at time: Timestamp) {
        let cut = self.literalWatch.suspected ?? self.completionInsideLiteral()
        let octets = self.literalWatch.undecided
        self.literalWatch.suspected = nil
        self.literalWatch.undecided = []
        if let cut { self.breakLiteral(at: cut, time) }
        if !octets.isEmpty { self.readServer(octets.span.bytes, at: time) }
    }

    /// Ends the message before the completion that its literal swallowed, and reads that.
    private mutating func breakLiteral(at cut: UInt64, _ time: Timestamp) {
        guard let literal = self.server.currentLiteral, self.server.offset >= cut else { return }
        let count = Int(self.server.offset - cut)
        let swallowed = Array(self.literalWatch.tail.suffix(count))
        guard swallowed.count == count, let frame = self.server.breakLiteral(at: cut) else { return }
        self.literalWatch.reset()
        let received = cut - literal.offset
        let text = self.server.assembledText
        self.serverMessage(
            frame,
            text.span.bytes,
            at: time,
            findings: [
                .quirk(.literalTooShort, .server, at: literal.offset),
                .literalBroken(received: received, size: literal.size, at: literal.offset),
            ]
        )
        self.report(.resynchronised(.server, at: cut), at: time)
        self.readServer(swallowed.span.bytes, at: time)
    }

    /// Whether octets begin a response: nil while there are too few to tell.
    private func beginsResponse(_ octets: RawSpan) -> Bool? {
        let count = octets.byteCount
        guard count > 1 else { return nil }
        switch octets[0] {
        case UInt8(ascii: "*"): return octets[1] == 0x20
        case UInt8(ascii: "+"): return octets[1] == 0x20 || octets[1] == 0x0D
        default: break
        }
        for index in 0..<count where octets[index] == 0x0A {
            return self.isPlausible(octets.extracting(0..<(index + 1)), needsTag: true)
        }
        return count > 512 ? false : nil
    }
}

// MARK: - A server's literal that is longer than announced

extension Session {
    /// What stands behind each literal must be a space, `)` or the end of the line (RFC 9051 section 4.3).
    func overlongLiteral(_ head: ResponseHead, _ frame: MessageFrame, _ text: RawSpan) -> [Finding] {
        guard frame.complete, !frame.truncated else { return [] }
        let prefix = UInt64(self.options.limits.literalPrefix)
        for literal in frame.literals {
            let after = literal.textOffset + Int(min(literal.size, prefix))
            guard after < text.byteCount else { continue }
            switch text[after] {
            case 0x20, UInt8(ascii: ")"), UInt8(ascii: "]"), 0x0D, 0x0A: continue
            default: break
            }
            let end = literal.offset + literal.size
            let characters = literal.size <= prefix && Self.countsCharacters(text, literal)
            return [
                .quirk(characters ? .literalCountsCharacters : .literalTooLong, .server, at: literal.offset),
                .literalOverrun(size: literal.size, at: end),
            ]
        }
        // The items of FETCH end in “)”: a line that ends elsewhere was part of the literal, whatever stood behind it.
        guard head.response == .fetch || head.response == .uidfetch, let literal = frame.literals.last else {
            return []
        }
        let end = Self.trimmedEnd(text)
        guard end > 0, text[end - 1] != UInt8(ascii: ")") else { return [] }
        return [
            .quirk(.literalTooLong, .server, at: literal.offset),
            .literalOverrun(size: literal.size, at: literal.offset + literal.size),
        ]
    }

    /// Whether as many characters as were announced end where a literal can end.
    private static func countsCharacters(_ text: RawSpan, _ literal: LiteralRecord) -> Bool {
        var characters: UInt64 = 0
        var index = literal.textOffset
        while index < text.byteCount {
            if text[index] & 0xC0 != 0x80 {
                if characters == literal.size { break }
                characters += 1
            }
            index += 1
        }
        guard characters == literal.size, index < text.byteCount, index - literal.textOffset > Int(literal.size) else {
            return false
        }
        return text[index] == 0x20 || text[index] == UInt8(ascii: ")") || text[index] == 0x0D
    }

    /// Whether a line of a server that was lost can only be a response.
    func isPlausible(_ text: RawSpan, needsTag: Bool = false) -> Bool {
        let head = ResponseHead(text)
        switch head.kind {
        case .tagged:
            let tag = text.latin1(head.tag)
            return self.running.contains { $0.tag == tag }
        case .continuation: return !needsTag && self.gate != nil
        case .untagged: return !needsTag && head.response != nil
        case .unparsed: return false
        }
    }
}
