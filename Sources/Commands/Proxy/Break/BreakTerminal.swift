import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The terminal at which a person decides, whatever standard input and output are.
struct BreakTerminal: Sendable {
    /// What waiting for a line came to.
    enum Reading: Sendable, Hashable {
        case line(String)
        /// Something else happened: the wake descriptor can be read.
        case woken
        case timedOut
        /// The person typed the end of input.
        case ended
        /// Nobody can be asked: the terminal has gone, or the program runs in the background.
        case gone
    }

    let descriptor: Int32

    /// - Throws: exit status 64 when the process has no terminal.
    init(path: String = "/dev/tty") throws(Failure) {
        let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw Failure(
                .usage,
                "--break asks at the terminal, and there is none: \(systemErrorText(errno))",
                advice: "start imapscope from a terminal, or leave --break out"
            )
        }
        self.descriptor = descriptor
    }

    /// For a terminal that is open already.
    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Whether an open descriptor is this process's controlling terminal.
    static func isTerminal(_ descriptor: Int32) -> Bool { tcgetsid(descriptor) == getsid(0) }

    func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                #if canImport(Glibc)
                    Glibc.write(self.descriptor, bytes.baseAddress, bytes.count)
                #else
                    Musl.write(self.descriptor, bytes.baseAddress, bytes.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Waits for a line, until `wake` can be read, or for so many milliseconds; -1 waits for ever.
    func read(wake: Int32, milliseconds: Int32) -> Reading {
        var entries = [
            pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&entries, 2, milliseconds)
        if count < 0 { return errno == EINTR ? .woken : .gone }
        if count == 0 { return .timedOut }
        if entries[0].revents == 0 { return .woken }
        // The terminal gathers whole lines (termios(3), canonical mode), up to 4,095 octets.
        var buffer = [UInt8](repeating: 0, count: 4_096)
        #if canImport(Glibc)
            let length = Glibc.read(self.descriptor, &buffer, buffer.count)
        #else
            let length = Musl.read(self.descriptor, &buffer, buffer.count)
        #endif
        if length < 0 { return errno == EINTR ? .woken : .gone }
        if length == 0 { return entries[0].revents & Int16(POLLHUP) != 0 ? .gone : .ended }
        return .line(String(decoding: buffer[..<length].prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self))
    }

    /// Forgets what was typed before there was something to decide.
    func discardInput() { tcflush(self.descriptor, TCIFLUSH) }
}
