#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How wide lines may be.
enum TerminalWidth {
    /// The width of the terminal on standard output, within reason; of a file or pipe that of transcripts.
    static func columns(isTerminal: Bool) -> Int {
        guard isTerminal else { return 104 }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 104 }
        return min(max(Int(size.ws_col), 40), 120)
    }
}
