import Reporting
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Asks for a password on the terminal, whatever standard input and output are, and shows nothing of what is typed.
enum PasswordPrompt {
    /// Longer than any password; tokens belong into a file.
    private static let limit = 4096

    static func ask(_ question: String) throws -> Secret {
        let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw Failure(
                .noInput,
                "there is no terminal to ask for a password on",
                advice: "give it in a file, or on standard input where the command takes it"
            )
        }
        defer { close(descriptor) }
        var shown = termios()
        guard tcgetattr(descriptor, &shown) == 0 else {
            throw Failure(.noInput, "the terminal cannot be kept from showing a password: \(systemErrorText(errno))")
        }
        var hidden = shown
        // Without signals of the keyboard: one of them would end the program and leave a terminal that shows nothing.
        hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard tcsetattr(descriptor, TCSAFLUSH, &hidden) == 0 else {
            throw Failure(.noInput, "the terminal cannot be kept from showing a password: \(systemErrorText(errno))")
        }
        defer { tcsetattr(descriptor, TCSAFLUSH, &shown) }
        self.write(question, to: descriptor)
        defer { self.write("\n", to: descriptor) }
        return try self.line(from: descriptor)
    }

    private static func line(from descriptor: Int32) throws -> Secret {
        var line: [UInt8] = []
        // Growing would leave copies behind in freed memory.
        line.reserveCapacity(self.limit)
        defer { line.withUnsafeMutableBytes { if let base = $0.baseAddress { explicit_bzero(base, $0.count) } } }
        while true {
            var key: UInt8 = 0
            let count = read(descriptor, &key, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { throw Failure(.noInput, "the terminal was closed before a password was typed") }
            switch key {
            case 0x0A, 0x0D: return Secret(line)
            // ^C and ^D
            case 0x03: throw EndOfCommand(exitCode: .interrupted)
            case 0x04: throw Failure(.noInput, "no password was typed")
            // Backspace takes a whole character of UTF-8; ^U takes all.
            case 0x08, 0x7F:
                while let last = line.popLast(), last & 0xC0 == 0x80 {}
            case 0x15: line.removeAll(keepingCapacity: true)
            default:
                guard line.count < self.limit else { throw Failure(.dataError, "the password is too long") }
                line.append(key)
            }
        }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            #if canImport(Glibc)
                _ = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            #else
                _ = Musl.write(descriptor, bytes.baseAddress, bytes.count)
            #endif
        }
    }
}
