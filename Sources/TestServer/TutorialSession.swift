import IMAPProtocol
import IMAPWire
import SASL
public import Traffic

/// A mail client that plays the tutorial against a server with ``TutorialMail`` and checks every answer.
///
/// Like the server it has no socket: octets come in, octets go out. The session ends after the last step or when an
/// answer leaves it without a way to go on.
public struct TutorialSession: Sendable {
    public static let steps = Self.tutorial

    /// What was not as it must be, in order.
    public private(set) var failures: [TutorialFailure] = []
    /// How many steps have been answered.
    public private(set) var completed = 0
    public private(set) var isDone = false

    private let user: String
    private let password: Secret
    private var framer = Framer(direction: .server, limits: WireLimits(messageText: 1 << 22, literalPrefix: 1 << 20))
    private var answer = TutorialAnswer()
    private var kept: [String: [UInt8]] = [:]
    /// A continuation request is due.
    private var awaitsContinuation = false
    private var output: [UInt8] = []

    public init(user: String = TutorialMail.user, password: Secret) {
        self.user = user
        self.password = password
    }

    /// The step in progress; nil at the end.
    public var current: TutorialStep? {
        self.completed < Self.steps.count ? Self.steps[self.completed] : nil
    }

    /// The connection is open; in IMAP the server speaks first, so there is nothing to send.
    public mutating func connected() -> [UInt8]? { nil }

    /// Octets of the server.
    ///
    /// When `done` is set the session is over once `octets` are sent.
    public mutating func receive(_ bytes: RawSpan) -> (octets: [UInt8], done: Bool) {
        var cursor = 0
        while !self.isDone, let frame = self.framer.next(in: bytes, cursor: &cursor) {
            guard case .message(let message) = frame else { continue }
            let text = self.framer.withText(of: message, in: bytes) { text in text.withUnsafeBytes { Array($0) } }
            self.receivedMessage(text, message)
        }
        defer { self.output = [] }
        return (self.output, self.isDone)
    }

    /// The server closed the connection.
    public mutating func closed() {
        guard !self.isDone else { return }
        self.fail(.closed)
        self.isDone = true
    }

    private mutating func receivedMessage(_ text: [UInt8], _ message: MessageFrame) {
        guard let step = self.current else { return self.isDone = true }
        let line = ResponseHead(text.span.bytes)
        self.answer.take(text, message, line)
        switch line.kind {
        case .untagged:
            if step.action == .greeting { self.complete(step, isOK: line.status == .ok || line.status == .preauth) }
        case .continuation:
            self.continuation(step, Array(text[line.arguments..<ResponseHead.contentEnd(text.span.bytes)]))
        case .tagged:
            let tag = String(decoding: text[line.tag], as: UTF8.self)
            if tag == step.tag {
                self.complete(step, isOK: line.status == .ok)
            } else if !step.expectations.contains(.strayTag(tag)) {
                self.fail(.unexpectedTag)
            }
        case .unparsed:
            if step.action == .greeting { self.complete(step, isOK: false) }
        }
    }

    private mutating func continuation(_ step: TutorialStep, _ text: [UInt8]) {
        guard self.awaitsContinuation else { return self.fail(.unexpectedContinuation) }
        self.awaitsContinuation = false
        switch step.action {
        case .cramMD5:
            do throws(Base64Problem) {
                let challenge = try Base64.decode(text)
                let response = CRAMMD5.response(user: self.user, password: self.password, challenge: challenge)
                self.output += Base64.encode(response) + [0x0D, 0x0A]
            } catch {
                self.fail(.badChallenge)
                self.output += Array("*\r\n".utf8)
            }
        case .literal(_, _, let octets): self.output += octets
        case .idle: self.output += Array("DONE\r\n".utf8)
        case .greeting, .command: self.fail(.unexpectedContinuation)
        }
    }

    private mutating func complete(_ step: TutorialStep, isOK: Bool) {
        if !isOK {
            self.fail(step.action == .greeting ? .badGreeting : .notOK)
        } else {
            for expectation in step.expectations where !self.answer.meets(expectation, kept: &self.kept) {
                self.fail(.expected(expectation))
            }
        }
        self.answer = TutorialAnswer()
        self.completed += 1
        // Without a login, every further step would only fail for the same reason.
        let isHopeless: Bool
        if case .cramMD5 = step.action { isHopeless = !isOK } else { isHopeless = step.action == .greeting && !isOK }
        guard let next = self.current, !isHopeless else {
            self.isDone = true
            return
        }
        self.send(next)
    }

    private mutating func send(_ step: TutorialStep) {
        self.awaitsContinuation = true
        switch step.action {
        case .greeting: return
        case .command(let text):
            self.output += Array("\(step.tag) \(text)\r\n".utf8)
            self.awaitsContinuation = false
        case .cramMD5(let text): self.output += Array("\(step.tag) \(text)\r\n".utf8)
        case .literal(let text, let size, _): self.output += Array("\(step.tag) \(text) {\(size)}\r\n".utf8)
        case .idle: self.output += Array("\(step.tag) IDLE\r\n".utf8)
        }
    }

    private mutating func fail(_ reason: TutorialFailure.Reason) {
        let step = self.current
        self.failures.append(
            TutorialFailure(
                step: self.completed,
                title: step?.title ?? "",
                tag: step?.tag ?? "",
                reason: reason,
                received: self.answer.excerpt
            )
        )
    }
}
