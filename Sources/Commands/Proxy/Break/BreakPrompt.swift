import IMAPSession
import ProxyServer
import Reporting
import Synchronization
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Asks a person about messages that wait, one after the other, on a thread of its own: sessions go on meanwhile, each as far
/// as it can without the message.
final class BreakPrompt: Sendable {
    private struct Waiting {
        var message: WaitingMessage
        var deadline: ContinuousClock.Instant?
    }

    private struct State {
        /// The first one is being shown, if any is.
        var queue: [Waiting] = []
        var isClosed = false
    }

    private let terminal: BreakTerminal
    /// Holds back what goes to the same terminal.
    private let gate: OutputGate?
    /// Seconds after which a message is forwarded; 0: it waits for ever.
    private let limit: Int
    private let editor: Editor
    private let state = Mutex(State())
    private let wakeInput: Int32
    private let wakeOutput: Int32

    /// - Parameter editor: nil: the one that the person prefers.
    init(terminal: BreakTerminal, gate: OutputGate?, limit: Int, editor: String? = nil) throws(Failure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw Failure(.software, "cannot make a pipe: \(systemErrorText(errno))", blame: .imapscope)
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        self.terminal = terminal
        self.gate = gate
        self.limit = limit
        self.editor = Editor(command: editor ?? Editor.preferred, terminal: terminal)
        self.wakeInput = ends[0]
        self.wakeOutput = ends[1]
        guard WorkerThread.start({ self.run() }) else {
            throw Failure(.software, "cannot start a thread", blame: .imapscope)
        }
    }

    // MARK: - From the sessions, on any thread

    /// Asks about a message, after those that wait already.
    func ask(_ message: WaitingMessage) {
        let deadline = self.limit == 0 ? nil : ContinuousClock.now + .seconds(self.limit)
        let isClosed = self.state.withLock { state in
            if !state.isClosed { state.queue.append(Waiting(message: message, deadline: deadline)) }
            return state.isClosed
        }
        if isClosed { message.decide(.forward) } else { self.wake() }
    }

    /// A session has ended: nothing is decided about its messages any more.
    func withdraw(_ connection: ConnectionID) {
        self.state.withLock { $0.queue.removeAll { $0.message.connection == connection } }
        self.wake()
    }

    /// Forwards all that waits, and whatever comes. The terminal is given back.
    func close() {
        let left = self.state.withLock { state in
            defer { state.queue = [] }
            state.isClosed = true
            return state.queue
        }
        for waiting in left { waiting.message.decide(.forward) }
        self.gate?.release()
        self.wake()
    }

    private func wake() {
        var octet: UInt8 = 0
        // A full pipe wakes as well as one with one octet more.
        #if canImport(Glibc)
            _ = Glibc.write(self.wakeOutput, &octet, 1)
        #else
            _ = Musl.write(self.wakeOutput, &octet, 1)
        #endif
    }

    // MARK: - The prompt's thread

    private func run() {
        // In the background the terminal answers with an error instead of stopping the program.
        SignalWatch.block([SIGTTIN, SIGTTOU])
        while !self.state.withLock({ $0.isClosed }) {
            guard let next = self.state.withLock({ $0.queue.first }) else {
                self.awaitWork()
                continue
            }
            self.gate?.hold()
            self.terminal.discardInput()
            self.talk(about: next)
            self.gate?.release()
        }
    }

    private func awaitWork() {
        var entry = pollfd(fd: self.wakeInput, events: Int16(POLLIN), revents: 0)
        poll(&entry, 1, -1)
        self.drainWake()
    }

    private func drainWake() {
        var buffer = [UInt8](repeating: 0, count: 256)
        #if canImport(Glibc)
            while Glibc.read(self.wakeInput, &buffer, buffer.count) > 0 {}
        #else
            while Musl.read(self.wakeInput, &buffer, buffer.count) > 0 {}
        #endif
    }

    private func talk(about waiting: Waiting) {
        let message = waiting.message
        let others = self.state.withLock { $0.queue.count - 1 }
        let remaining = waiting.deadline.map { max(Int(($0 - .now).components.seconds), 0) }
        self.say(BreakText.message(message, remaining: remaining, others: others) + BreakText.prompt)
        /// What was typed into the editor and could not be sent.
        var draft: [UInt8]?
        while true {
            let reading = self.terminal.read(
                wake: self.wakeInput,
                milliseconds: Self.milliseconds(to: waiting.deadline)
            )
            if reading == .woken { self.drainWake() }
            guard self.isWaiting(message) else { return self.say("\n\(BreakText.withdrawn)\n") }
            switch reading {
            case .woken: continue
            case .timedOut:
                self.settle(message, .forward)
                return self.say("\n\(BreakText.expired(self.limit))\n")
            case .ended, .gone: return self.conclude(message, .forward)
            case .line(let line):
                switch BreakCommand(line, isCommand: message.isCommand) {
                case .forward: return self.conclude(message, .forward)
                case .drop: return self.conclude(message, .drop)
                case .kill: return self.conclude(message, .kill)
                case .answer(let text): return self.conclude(message, .answer(text))
                case .explain(let text): self.say("\(text)\n\(BreakText.prompt)")
                case .edit:
                    if let octets = self.edit(waiting, draft: &draft) {
                        return self.conclude(message, .replace(octets))
                    }
                    guard self.isWaiting(message) else { return }
                    self.say(BreakText.prompt)
                }
            }
        }
    }

    /// Octets that can be sent; nil when there are none, which has been said.
    private func edit(_ waiting: Waiting, draft: inout [UInt8]?) -> [UInt8]? {
        let message = waiting.message
        let editable = EditableText(message.octets, secrets: message.secrets)
        let text = draft.map { String(decoding: $0, as: UTF8.self) } ?? editable.text
        let edited: [UInt8]
        do throws(Failure) {
            edited = try self.editor.edit(text) {
                // The time goes on while the editor is open.
                if let deadline = waiting.deadline, deadline <= .now { self.settle(message, .forward) }
            }
        } catch {
            self.say(error.summary + "\n")
            return nil
        }
        guard self.isWaiting(message) else {
            self.say(BreakText.lateEdit + "\n")
            return nil
        }
        guard draft != nil || edited != Array(text.utf8) else {
            self.say(BreakText.unchanged + "\n")
            return nil
        }
        draft = edited
        guard let octets = editable.octets(of: edited) else {
            self.say(BreakText.refused(BreakText.unknownMask) + "\n")
            return nil
        }
        if let reason = message.check(octets) {
            self.say(BreakText.refused(reason) + "\n")
            return nil
        }
        return octets
    }

    private func say(_ text: String) { self.terminal.write(text) }

    private func conclude(_ message: WaitingMessage, _ verdict: BreakVerdict) {
        let isFirst = self.settle(message, verdict)
        self.say((isFirst ? BreakText.verdict(verdict, message) : BreakText.withdrawn) + "\n")
    }

    /// Tells a verdict, once; false when the message does not wait any more.
    @discardableResult
    private func settle(_ message: WaitingMessage, _ verdict: BreakVerdict) -> Bool {
        let isFirst = self.state.withLock { state in
            let index = state.queue.firstIndex { Self.isSame($0.message, message) }
            if let index { state.queue.remove(at: index) }
            return index != nil
        }
        if isFirst { message.decide(verdict) }
        return isFirst
    }

    private func isWaiting(_ message: WaitingMessage) -> Bool {
        self.state.withLock { $0.queue.contains { Self.isSame($0.message, message) } }
    }

    private static func isSame(_ left: WaitingMessage, _ right: WaitingMessage) -> Bool {
        left.connection == right.connection && left.id == right.id
    }

    private static func milliseconds(to deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let left = (deadline - .now).components
        return Int32(clamping: max(left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000 + 1, 0))
    }
}
