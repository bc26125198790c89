#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A bar on the terminal while long files are read; nothing where nobody sees it.
struct Progress {
    private let inputs: [CaptureInput]
    private let isShown: Bool
    private let total: UInt64
    private var packets = 0
    private var last: Int64 = 0
    private var isDrawn = false

    private static let width = 30
    /// Packets between two looks at the clock.
    private static let interval = 4096

    init(_ inputs: [CaptureInput], isWanted: Bool) {
        self.inputs = inputs
        self.total = inputs.reduce(0) { $0 + ($1.size ?? 0) }
        // A transcript on the same terminal is progress enough.
        self.isShown = isWanted && isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 0
    }

    mutating func step() {
        self.packets += 1
        guard self.isShown, self.packets.isMultiple(of: Self.interval) else { return }
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let milliseconds = Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
        guard milliseconds - self.last >= 100 else { return }
        self.last = milliseconds
        self.draw()
    }

    private mutating func draw() {
        self.isDrawn = true
        let position = self.inputs.reduce(0) { $0 + $1.position }
        guard self.total > 0 else {
            writeDiagnostic(Array("\r\u{1B}[K\(self.packets) packets".utf8))
            return
        }
        let share = min(1, Double(position) / Double(self.total))
        let filled = Int(share * Double(Self.width))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
        writeDiagnostic(Array("\r\u{1B}[K\(bar) \(Int(share * 100)) %  \(self.packets) packets".utf8))
    }

    /// Takes the bar away.
    mutating func clear() {
        guard self.isDrawn else { return }
        self.isDrawn = false
        writeDiagnostic(Array("\r\u{1B}[K".utf8))
    }
}
