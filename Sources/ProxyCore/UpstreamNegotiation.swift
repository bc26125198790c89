import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

/// Mandatory STARTTLS on the upstream leg: everything imapscope says to the server by itself, before the client's octets
/// are passed on.
///
/// What the server says before TLS is never used but for the text of its greeting (RFC 9051 sections 6.2.1 and 11.3).
struct UpstreamNegotiation {
    enum Phase: Hashable {
        case greeting
        /// CAPABILITY was sent because the greeting held no list. Next: starttls.
        case listBefore
        case starttls
        /// The server said OK; nothing but TLS may come. Next: listAfter.
        case handshake
        case listAfter
        case done
        case refused
    }

    enum Step {
        case send(String)
        /// A line of the server that the client does not get.
        case hide(String)
        /// An untagged line before TLS, not used.
        case ignore(String)
        case beginTLS
        case refuse(Refusal)
        case finished
    }

    private(set) var phase: Phase = .greeting
    /// The greeting as it came.
    private(set) var greeting: [UInt8] = []
    /// The list after TLS; nil when the server gave none.
    private(set) var list: [UInt8]?
    /// What the server said under TLS beside its answer to CAPABILITY: the client's.
    private(set) var rest: [UInt8] = []

    private let limit: Int
    private var framer = Framer(direction: .server)
    private var received = 0
    private var ownTag = ""
    private var tagCount = 0
    /// Whether the command in progress left while the current chunk was read: its answer cannot stand there too.
    private var hasJustSent = false
    private var listsSTARTTLS = false
    private var steps: [Step] = []

    /// - Parameter limit: the most octets that the server may send before the session begins.
    init(limit: Int) {
        self.limit = limit
    }

    mutating func receive(_ bytes: RawSpan) -> [Step] {
        self.steps = []
        self.hasJustSent = false
        self.received += bytes.byteCount
        if self.phase == .handshake {
            self.refuse(.starttlsInjected(bytes.byteCount))
        } else if self.received > self.limit {
            self.refuse(.flood(self.received, limit: self.limit))
        }
        var cursor = 0
        while self.phase != .refused, self.phase != .done {
            guard let frame = self.framer.next(in: bytes, cursor: &cursor) else { break }
            guard case .message(let message) = frame else { continue }
            switch message.text {
            case .chunk(let range): self.read(bytes.extracting(range))
            case .assembled:
                let text = self.framer.assembledText
                self.read(text.span.bytes)
            }
            if self.phase == .handshake {
                // TLS servers wait for a ClientHello, which has not been sent yet.
                let behind = bytes.byteCount - cursor
                if behind > 0 {
                    self.refuse(.starttlsInjected(behind))
                } else {
                    self.steps.append(.beginTLS)
                }
                break
            }
        }
        if self.phase == .done {
            bytes.extracting(cursor..<bytes.byteCount).withUnsafeBytes {
                self.rest.append(contentsOf: $0)
            }
        }
        return self.steps
    }

    /// The handshake is over: what the server can do is asked again.
    mutating func tlsEstablished() -> [Step] {
        self.steps = []
        self.framer = Framer(direction: .server)
        self.phase = .listAfter
        self.send("CAPABILITY")
        // Nothing has been read since.
        self.hasJustSent = false
        return self.steps
    }

    // MARK: - Lines

    private mutating func read(_ line: RawSpan) {
        let head = ResponseHead(line)
        if self.phase == .greeting {
            self.readGreeting(line, head)
            return
        }
        let text = Self.text(line)
        switch head.kind {
        case .untagged where head.response == .bye: self.refuse(.bye(text))
        case .untagged: self.untagged(line, head, text)
        case .tagged where line.latin1(head.tag) == self.ownTag:
            guard !self.hasJustSent else { return self.refuse(.answerBeforeCommand(text)) }
            self.tagged(line, head, text)
        case .tagged, .continuation, .unparsed: self.refuse(.starttlsInvalid(text))
        }
    }

    private mutating func readGreeting(_ line: RawSpan, _ head: ResponseHead) {
        guard head.kind == .untagged, head.number == nil else {
            return self.refuse(.noGreeting(Self.text(line)))
        }
        switch head.response {
        case .preauth: self.refuse(.preauth)
        case .bye: self.refuse(.bye(Self.text(line)))
        case .ok:
            self.greeting = line.withUnsafeBytes { Array($0) }
            if let list = CapabilityLine.list(in: line) {
                self.listsSTARTTLS = CapabilityList(line, list).contains("STARTTLS")
                self.decide()
            } else {
                self.phase = .listBefore
                self.send("CAPABILITY")
            }
        default: self.refuse(.noGreeting(Self.text(line)))
        }
    }

    private mutating func decide() {
        guard self.listsSTARTTLS else { return self.refuse(.starttlsMissing) }
        self.phase = .starttls
        self.send("STARTTLS")
    }

    private mutating func untagged(_ line: RawSpan, _ head: ResponseHead, _ text: String) {
        let isList = head.response == .capability
        switch self.phase {
        case .listBefore where isList, .listAfter where isList:
            self.noteList(line)
            self.steps.append(.hide(text))
        case .listAfter:
            line.withUnsafeBytes { self.rest.append(contentsOf: $0) }
        default:
            self.steps.append(.ignore(text))
        }
    }

    private mutating func tagged(_ line: RawSpan, _ head: ResponseHead, _ text: String) {
        let isOK = head.status == .ok
        self.steps.append(.hide(text))
        switch self.phase {
        case .listBefore:
            if isOK { self.noteList(line) }
            self.decide()
        case .starttls:
            if isOK { self.phase = .handshake } else { self.refuse(.starttlsRefused(text)) }
        case .listAfter:
            if isOK, self.list == nil { self.noteList(line) }
            self.phase = .done
            self.steps.append(.finished)
        case .greeting, .handshake, .done, .refused: break
        }
    }

    private mutating func noteList(_ line: RawSpan) {
        guard let range = CapabilityLine.list(in: line) else { return }
        if self.phase == .listAfter {
            var list = line.extracting(range).withUnsafeBytes { Array($0) }
            while list.last == 0x20 { list.removeLast() }
            self.list = list
        } else {
            self.listsSTARTTLS = CapabilityList(line, range).contains("STARTTLS")
        }
    }

    // MARK: - Steps

    /// Tags of imapscope's own. No command of the client is on its way while one of them is in use.
    private mutating func send(_ command: String) {
        self.tagCount += 1
        self.ownTag = "imapscope\(self.tagCount)"
        self.hasJustSent = true
        self.steps.append(.send("\(self.ownTag) \(command)"))
    }

    private mutating func refuse(_ refusal: Refusal) {
        self.phase = .refused
        self.steps.append(.refuse(refusal))
    }

    /// A line as far as people want to see it.
    private static func text(_ line: RawSpan) -> String {
        let octets = line.extracting(0..<min(ResponseHead.contentEnd(line), 200))
        return octets.withUnsafeBytes {
            String(decoding: $0.prefix { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
        }
    }
}
