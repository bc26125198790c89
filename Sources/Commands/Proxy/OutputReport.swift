import ProxyServer
import Reporting
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Tells people what happens to one output, and remembers what counts at the end.
final class OutputReport: Sendable {
    private struct State {
        var dropped = 0
        var drops = 0
        var hasFailed = false
    }

    /// Nil for standard output.
    let path: String?
    private let pressure: OutputPressure
    private let tell: @Sendable (String) -> Void
    private let state = Mutex(State())

    init(path: String?, pressure: OutputPressure, tell: @escaping @Sendable (String) -> Void) {
        self.path = path
        self.pressure = pressure
        self.tell = tell
    }

    /// Whether a write failed; a reader that has gone is no failure.
    var hasFailed: Bool { self.state.withLock { $0.hasFailed } }

    private var name: String { self.path ?? "standard output" }
    private var content: String { self.path == nil ? "the transcript" : "this file" }

    func take(_ notice: FileOutput.Notice) {
        switch notice {
        case .blocked: self.pressure.change(by: 1)
        case .unblocked: self.pressure.change(by: -1)
        case .dropped(let octets): self.dropped(octets)
        case .readerGone: self.tell("\(self.name): its reader has gone; the proxy goes on without \(self.content)")
        case .failed(let number): self.failed(number)
        case .notReopened(let number):
            self.tell("cannot open \(self.name) again: \(systemErrorText(number)); the old file is written on")
        }
    }

    /// What is to be said when the output is closed.
    func ended(unwritten: Int) {
        if unwritten > 0 {
            self.tell(
                "\(self.name): its reader takes nothing; the last \(OutputGap(octets: unwritten).amount) were dropped"
            )
        }
        let (dropped, drops) = self.state.withLock { ($0.dropped, $0.drops) }
        if drops > 1 {
            self.tell("\(self.name): \(OutputGap(octets: dropped).amount) were dropped in \(drops) places in all")
        }
    }

    private func dropped(_ octets: Int) {
        let isFirst = self.state.withLock { state in
            state.dropped += octets
            state.drops += 1
            return state.drops == 1
        }
        // A slow reader stays slow: the rest is told once, at the end.
        guard isFirst else { return }
        self.tell(
            "\(self.name) is too slow: \(OutputGap(octets: octets).amount) were dropped; "
                + "--on-slow-output pause slows the traffic instead"
        )
    }

    private func failed(_ number: Int32) {
        self.state.withLock { $0.hasFailed = true }
        var text = "cannot write to \(self.name): \(systemErrorText(number)); the proxy goes on without \(self.content)"
        if number == ENOSPC || number == EDQUOT { text += ". Make room" }
        if self.path != nil {
            text += number == ENOSPC || number == EDQUOT ? ", then " : ". "
            text += "SIGUSR1 opens it again"
        }
        self.tell(text)
    }
}

/// Pauses the traffic while at least one output asks for it.
final class OutputPressure: Sendable {
    private struct State {
        var blocked = 0
        var proxy: ListeningProxy?
    }

    private let state = Mutex(State())

    /// The proxy whose traffic pauses.
    func attach(_ proxy: ListeningProxy) {
        self.update { $0.proxy = proxy }
    }

    func change(by amount: Int) {
        self.update { $0.blocked += amount }
    }

    private func update(_ body: (inout State) -> Void) {
        // Under the lock, so that the last word told is the last one that came.
        self.state.withLock { state in
            body(&state)
            state.proxy?.setOutputsBlocked(state.blocked > 0)
        }
    }
}
