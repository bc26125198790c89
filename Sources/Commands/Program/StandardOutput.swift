import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Standard output of a command that ends: collected in large pieces, written to the last octet.
final class StandardOutput: TranscriptOutput {
    enum State: Equatable {
        case open
        /// The reader has gone (EPIPE): nothing more is wanted, which is no error.
        case closed
        /// errno
        case failed(Int32)
    }

    private(set) var state: State = .open
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private static let chunk = 131_072

    init(descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
        self.buffer.reserveCapacity(Self.chunk + 65_536)
    }

    var isTerminal: Bool { isatty(self.descriptor) == 1 }

    func write(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { self.buffer.append(contentsOf: $0) }
        if self.buffer.count >= Self.chunk { self.flush() }
    }

    func write(_ text: String) {
        self.buffer.append(contentsOf: text.utf8)
        if self.buffer.count >= Self.chunk { self.flush() }
    }

    func flush() {
        defer { self.buffer.removeAll(keepingCapacity: true) }
        guard self.state == .open else { return }
        self.buffer.withUnsafeBytes { self.writeAll($0) }
    }

    /// Writes what is left. A reader that has gone is no error.
    func finish() throws(Failure) {
        self.flush()
        if case .failed(let number) = self.state {
            throw Failure(standardOutput: number)
        }
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            #if canImport(Glibc)
                let count = Glibc.write(self.descriptor, piece.baseAddress, piece.count)
            #else
                let count = Musl.write(self.descriptor, piece.baseAddress, piece.count)
            #endif
            if count >= 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: self.awaitWritability()
            case EPIPE:
                self.state = .closed
                return
            default:
                self.state = .failed(errno)
                return
            }
        }
    }

    /// Another process may have made the terminal or pipe non-blocking.
    private func awaitWritability() {
        var entry = pollfd(fd: self.descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&entry, 1, -1)
    }
}

extension Failure {
    /// Standard output cannot be written.
    init(standardOutput number: Int32) {
        self.init(
            .ioError,
            "cannot write to standard output: \(systemErrorText(number))",
            advice: number == ENOSPC ? "make room, or write elsewhere" : nil
        )
    }
}

/// Writes whole lines to standard error; if that fails there is nobody left to tell.
func writeDiagnostic(_ octets: [UInt8]) {
    octets.withUnsafeBytes { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            #if canImport(Glibc)
                let count = Glibc.write(STDERR_FILENO, piece.baseAddress, piece.count)
            #else
                let count = Musl.write(STDERR_FILENO, piece.baseAddress, piece.count)
            #endif
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// Says something beside the output: `imapscope: text`.
func writeNotice(_ text: String) {
    writeDiagnostic(Array("imapscope: \(text)\n".utf8))
}
